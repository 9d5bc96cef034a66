"""What the identity provider says becomes a person with roles; ended roles stay as history."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from vlok.api.errors import ContractError
from vlok.db.session import Database
from vlok.identity.claims import ClaimsError, Identity, load_provider
from vlok.identity.enrolment import Enrolment, enrol
from vlok.identity.organisations import demo_organisaties, seed_organisaties
from vlok.identity.personas import personas
from vlok.identity.roles import DATA, load_rollen
from vlok.identity.tables import Gebruiker, Roltoekenning
from vlok.tenancy.tables import Organisatie
from vlok.testing.cluster import Databases
from vlok.testing.login import create_tables

PERSON = {"iss": "https://idp.example", "sub": "1", "given_name": "An", "family_name": "Aerts"}
MONDAY = date(2026, 3, 2)
AALST, GENT, WI = (demo_organisaties()[code].ovo for code in ("aalst", "gent", "wi"))


@pytest.fixture
async def database(cluster: Databases):
    cluster.template("identity", create_tables)
    opened = Database(cluster.clone("identity").app_url, pool_size=2)
    async with opened.sessions.begin() as session:
        await seed_organisaties(session)
    yield opened
    await opened.close()


def read(**claims: Any) -> Identity:
    return load_provider().identity({**PERSON, **claims})


def an(*rollen: tuple[str, str], employer: str | None = None, naam: str = "Aerts") -> Identity:
    return Identity("https://idp.example", "1", "An", naam, None, rollen, employer)


async def sign_in(database: Database, identity: Identity, day: date = MONDAY) -> Enrolment:
    async with database.sessions.begin() as session:
        return await enrol(session, identity, day)


async def history(database: Database) -> list[tuple[str, str, date, date | None]]:
    statement = (
        select(Organisatie.code, Roltoekenning.rol, Roltoekenning.van, Roltoekenning.tot)
        .join(Organisatie, Organisatie.id == Roltoekenning.organisatie_id)
        .order_by(Organisatie.code, Roltoekenning.rol, Roltoekenning.van)
    )
    async with database.sessions() as session:
        return [tuple(row) for row in await session.execute(statement)]


def test_roles_come_with_the_organisation_they_hold_in():
    identity = read(vlok_rol_3d=["VLOKDossierbeheerder:OVO900001", "VLOKLezer:OVO900004"], vo_orgcode="OVO900004")
    assert identity.rollen == (("lb.dossierbeheerder", "OVO900001"), ("lb.lezer", "OVO900004"))
    assert (identity.voornaam, identity.naam, identity.email, identity.organisatie) == (
        "An",
        "Aerts",
        None,
        "OVO900004",
    )


def test_a_single_role_may_come_as_a_text_and_a_repeated_one_counts_once():
    assert read(vlok_rol_3d="VLOKLezer:OVO900001").rollen == (("lb.lezer", "OVO900001"),)
    assert len(read(vlok_rol_3d=["VLOKLezer:OVO900001"] * 2).rollen) == 1


@pytest.mark.parametrize("rol", ["VLOKKeizer:OVO900001", "VLOKLezer", "VLOKLezer:", "", ":OVO900001"])
def test_an_unknown_role_is_ignored_and_logged(rol):
    with capture_logs() as logged:
        assert read(vlok_rol_3d=[rol, "VLOKAuditor:OVO900001"]).rollen == (("lb.auditor", "OVO900001"),)
    assert [entry["rol"] for entry in logged] == [rol]


def test_who_has_no_role_claim_has_no_roles():
    assert read().rollen == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"sub": None}, {"sub": ""}, {"sub": 7}, {"family_name": ["a"]}, {"given_name": "x" * 201}, {"email": {}},
        {"given_name": "a\x00b"}, {"vlok_rol_3d": {"a": 1}}, {"vlok_rol_3d": [1]}, {"vlok_rol_3d": None},
        {"vlok_rol_3d": ["VLOKLezer:OVO900001"] * 501},
    ],
    ids=str,
)  # fmt: skip
def test_claims_of_another_shape_are_refused(wrong):
    with pytest.raises(ClaimsError):
        read(**wrong)


@pytest.mark.parametrize("naam", personas())
def test_what_is_said_of_a_persona_is_read_back_as_that_persona(naam):
    persona = personas()[naam]
    identity = load_provider().identity({"iss": "https://idp.example", **load_provider().describe(persona)})
    assert (identity.sub, identity.rollen, identity.organisatie) == (persona.sub, persona.rollen, persona.ovo)


async def test_new_roles_begin_today_and_vanished_ones_ended_yesterday(database):
    await sign_in(database, an(("lb.lezer", AALST), ("lb.auditor", AALST)))
    await sign_in(database, an(("lb.lezer", AALST), ("lb.burgemeester", GENT)), MONDAY + timedelta(days=7))
    assert await history(database) == [
        ("aalst", "lb.auditor", MONDAY, date(2026, 3, 8)),
        ("aalst", "lb.lezer", MONDAY, None),
        ("gent", "lb.burgemeester", date(2026, 3, 9), None),
    ]


async def test_a_role_that_comes_back_begins_anew_and_its_first_period_stays(database):
    lezer = an(("lb.lezer", AALST))
    for identity, days in ((lezer, 0), (an(), 10), (lezer, 20)):
        await sign_in(database, identity, MONDAY + timedelta(days=days))
    assert await history(database) == [
        ("aalst", "lb.lezer", MONDAY, date(2026, 3, 11)),
        ("aalst", "lb.lezer", date(2026, 3, 22), None),
    ]


async def test_signing_in_again_changes_the_name_and_makes_no_second_person(database):
    first = await sign_in(database, an(("lb.lezer", AALST)))
    second = await sign_in(database, an(("lb.lezer", AALST), naam="Baeten"))
    assert first.gebruiker_id == second.gebruiker_id
    async with database.sessions() as session:
        assert (await session.scalars(select(Gebruiker.naam))).all() == ["Baeten"]


async def test_an_unknown_organisation_is_ignored_and_logged(database):
    with capture_logs() as logged:
        enrolment = await sign_in(database, an(("lb.lezer", "OVO999999")))
    assert enrolment.organisatie is None
    assert [entry["ovo"] for entry in logged] == ["OVO999999"]


async def test_a_role_in_an_organisation_of_another_kind_gives_nothing(database):
    enrolment = await sign_in(database, an(("wi.verbalisant", AALST), ("lb.lezer", WI)))
    assert enrolment.organisatie is None
    assert await history(database) == []


@pytest.mark.parametrize(
    ("rollen", "employer", "begins"),
    [
        ((GENT,), AALST, "gent"),
        ((GENT, AALST), GENT, "gent"),
        ((GENT, AALST), None, "aalst"),
        ((GENT, AALST), "OVO900199", "aalst"),
    ],
    ids=["the only one", "the employer", "first by name", "an employer without role"],
)
async def test_where_someone_begins_to_act(database, rollen, employer, begins):
    enrolment = await sign_in(database, an(*(("lb.lezer", ovo) for ovo in rollen), employer=employer))
    assert enrolment.organisatie is not None
    assert enrolment.organisatie.code == begins


async def test_seeding_the_organisations_twice_changes_nothing(database):
    async with database.sessions.begin() as session:
        before = (await session.execute(select(Organisatie.id, Organisatie.code))).all()
        await seed_organisaties(session)
        assert (await session.execute(select(Organisatie.id, Organisatie.code))).all() == before
    assert {code for _, code in before} == set(demo_organisaties())


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('code = "lb.lezer"', 'code = "wvl.lezer"', "groep.0.*not a role of lokaal_bestuur"),
        ('code = "lb.lezer"', 'code = "lb.Lezer"', r"groep\.0\.rol\.4\.code"),
        ('acmidm = "VLOKLezer"', 'acmidm = "VLOKAuditor"', "acmidm VLOKAuditor occurs twice"),
        ('naam = "Lezer"', 'name = "Lezer"', r"groep\.0\.rol\.4\.naam: Field required"),
        ('bron = "', 'bron = "" # ', r"groep\.0\.bron"),
        ("[[groep]]", "[[groep", "rollen.toml"),
    ],
)
def test_a_wrong_catalogue_is_refused_with_file_key_and_reason(tmp_path, old, new, told):
    wrong = tmp_path / "rollen.toml"
    wrong.write_text((DATA / "rollen.toml").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContractError, match=rf"^rollen\.toml: .*{told}|^{told}"):
        load_rollen(wrong)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS1"])
def test_no_signature_and_shared_secrets_cannot_even_be_configured(tmp_path, algorithm):
    wrong = tmp_path / "claims.toml"
    wrong.write_text((DATA / "claims.toml").read_text(encoding="utf-8").replace('"RS256"', f'"{algorithm}"'))
    with pytest.raises(ContractError, match=r"^claims\.toml: algoritmen\.0"):
        load_provider(wrong)
