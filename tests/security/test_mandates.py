"""Who works for an IGS acts in a municipality on the days of the mandate that the IGS has there, and on record."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from structlog.testing import capture_logs

from vlok.api.actor import Actor
from vlok.api.errors import ContractError
from vlok.audit.tables import Auditregel
from vlok.db.session import Database
from vlok.demo.story import persona_actor
from vlok.identity.actors import Actors
from vlok.identity.claims import Identity
from vlok.identity.enrolment import Enrolment, enrol
from vlok.identity.mandates import demo_mandaten, load_mandaten
from vlok.identity.organisations import demo_organisaties, seed_organisaties
from vlok.identity.roles import DATA
from vlok.identity.tables import Mandaat, Roltoekenning
from vlok.settings import Settings
from vlok.tenancy.tables import Organisatie
from vlok.testing.cluster import Databases
from vlok.testing.login import SetClock, create_tables
from vlok.testing.practice_world import a_dossier
from vlok.testing.world import World

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
IGS = demo_mandaten()["igs"]
ANTWERPEN, GENT, AALST = (demo_organisaties()[code].ovo for code in ("antwerpen", "gent", "aalst"))
BOTH = (("lb.dossierbeheerder", ANTWERPEN), ("lb.dossierbeheerder", GENT))


@pytest.fixture(scope="module")
def app_url(cluster: Databases) -> str:
    cluster.template("identity", create_tables)
    return cluster.clone("identity").app_url


@pytest.fixture
async def database(app_url) -> AsyncIterator[Database]:
    opened = Database(app_url, pool_size=2)
    async with opened.sessions.begin() as session:
        await session.execute(delete(Roltoekenning))
        await session.execute(delete(Mandaat))
        await seed_organisaties(session)
    yield opened
    await opened.close()


async def sign_in(
    database: Database, *rollen: tuple[str, str], employer: str | None = IGS.ovo, day: date = MONDAY
) -> Enrolment:
    async with database.sessions.begin() as session:
        return await enrol(session, Identity("https://idp.example", "1", "An", "Aerts", None, rollen, employer), day)


async def acting(database: Database, enrolment: Enrolment, code: str, day: date) -> Actor | None:
    """Who the person is in a municipality on a day."""
    clock = SetClock()
    clock.advance(day - MONDAY)
    async with database.sessions() as session:
        organisatie_id = await session.scalar(select(Organisatie.id).where(Organisatie.code == code))
    assert organisatie_id is not None
    return await Actors(Settings(), database, clock)._actor((enrolment.gebruiker_id, organisatie_id), "")


async def mandate(database: Database, code: str, **values: Any) -> None:
    """Changes the mandate for a municipality."""
    async with database.sessions.begin() as session:
        where = select(Organisatie.id).where(Organisatie.code == code)
        await session.execute(update(Mandaat).where(Mandaat.organisatie_id.in_(where)).values(**values))


async def history(database: Database, code: str) -> list[tuple[date, date | None, str | None]]:
    """The roles in a municipality: first day, last day, and the decision they rest on."""
    asked = (
        select(Roltoekenning.van, Roltoekenning.tot, Mandaat.besluit)
        .join(Organisatie, Organisatie.id == Roltoekenning.organisatie_id)
        .outerjoin(Mandaat, Mandaat.id == Roltoekenning.mandaat_id)
        .where(Organisatie.code == code)
        .order_by(Roltoekenning.van, Mandaat.besluit)
    )
    async with database.sessions() as session:
        return [(row[0], row[1], row[2]) for row in await session.execute(asked)]


async def test_who_works_for_an_igs_acts_in_its_name(database):
    enrolment = await sign_in(database, *BOTH)
    actor = await acting(database, enrolment, "gent", MONDAY)
    assert actor is not None
    assert (actor.rollen, actor.igs, actor.namens) == ({"lb.dossierbeheerder"}, IGS.naam, f"namens {IGS.naam}")


async def test_who_works_for_the_municipality_itself_does_not(database):
    enrolment = await sign_in(database, *BOTH, employer=GENT)
    for code in ("gent", "antwerpen"):
        actor = await acting(database, enrolment, code, MONDAY)
        assert actor is not None
        assert (actor.igs, actor.namens) == (None, None)


async def test_a_role_holds_until_the_last_day_of_the_mandate_for_that_municipality(database):
    enrolment = await sign_in(database, *BOTH)
    await mandate(database, "gent", geldig_tot=MONDAY + DAY)
    held = [await acting(database, enrolment, "gent", MONDAY + ahead * DAY) is not None for ahead in range(4)]
    other = [await acting(database, enrolment, "antwerpen", MONDAY + ahead * DAY) is not None for ahead in range(4)]
    assert (held, other) == ([True, True, False, False], [True] * 4)


async def test_it_can_no_longer_be_chosen_either(database):
    enrolment = await sign_in(database, *BOTH)
    await mandate(database, "gent", geldig_tot=MONDAY)
    actors = Actors(Settings(), database, SetClock())
    for day, codes in ((MONDAY, ["antwerpen", "gent"]), (MONDAY + DAY, ["antwerpen"])):
        assert [choice.code for choice in await actors.organisaties(enrolment.gebruiker_id, day)] == codes


@pytest.mark.parametrize(
    "values", [{"geldig_van": MONDAY + DAY}, {"geldig_tot": MONDAY - DAY}], ids=["not yet", "no more"]
)
async def test_a_mandate_that_does_not_hold_gives_no_role(database, values):
    await mandate(database, "gent", **values)
    with capture_logs() as logged:
        enrolment = await sign_in(database, *BOTH)
    assert await acting(database, enrolment, "gent", MONDAY) is None
    assert await history(database, "gent") == []
    assert [(entry["rol"], entry["ovo"]) for entry in logged] == [("lb.dossierbeheerder", GENT)]


async def test_a_municipality_without_mandate_is_closed_whatever_gebruikersbeheer_says(database):
    enrolment = await sign_in(database, ("lb.dossierbeheerder", AALST))
    assert enrolment.organisatie is None
    assert await acting(database, enrolment, "aalst", MONDAY) is None


async def test_an_igs_whose_mandates_all_ended_is_still_an_igs(database):
    async with database.sessions.begin() as session:
        await session.execute(update(Mandaat).values(geldig_tot=MONDAY - DAY))
    assert (await sign_in(database, *BOTH)).organisatie is None


async def test_a_renewed_mandate_gives_a_new_role_at_the_next_login_and_the_first_is_kept(database):
    await mandate(database, "gent", geldig_tot=MONDAY + DAY, besluit="eerste")
    await sign_in(database, *BOTH)
    async with database.sessions.begin() as session:
        gent = await session.scalar(select(Organisatie.id).where(Organisatie.code == "gent"))
        renewed = {"igs_code": IGS.code, "igs_naam": IGS.naam, "igs_ovo": IGS.ovo, "organisatie_id": gent}
        session.add(Mandaat(**renewed, geldig_van=MONDAY + 5 * DAY, geldig_tot=None, besluit="tweede"))
    enrolment = await sign_in(database, *BOTH, day=MONDAY + 7 * DAY)
    assert await history(database, "gent") == [
        (MONDAY, MONDAY + 6 * DAY, "eerste"),
        (MONDAY + 7 * DAY, None, "tweede"),
    ]
    assert await acting(database, enrolment, "gent", MONDAY + 7 * DAY) is not None
    assert await acting(database, enrolment, "gent", MONDAY + 3 * DAY) is None  # between the two


async def test_a_role_that_was_taken_away_does_not_come_back_with_the_mandate(database):
    enrolment = await sign_in(database, *BOTH)
    await mandate(database, "gent", geldig_tot=MONDAY)
    await sign_in(database, BOTH[0], day=MONDAY + 3 * DAY)
    await mandate(database, "gent", geldig_tot=None)
    assert await acting(database, enrolment, "gent", MONDAY + 3 * DAY) is None


async def test_who_leaves_the_igs_for_the_municipality_acts_for_the_municipality_from_then_on(database):
    await sign_in(database, *BOTH)
    enrolment = await sign_in(database, *BOTH, employer=GENT, day=MONDAY + DAY)
    actor = await acting(database, enrolment, "gent", MONDAY + DAY)
    assert actor is not None
    assert actor.namens is None
    assert [(van, tot) for van, tot, _ in await history(database, "gent")] == [(MONDAY, MONDAY), (MONDAY + DAY, None)]


async def test_each_action_is_kept_in_the_name_of_the_igs(proef: World):
    actor = await persona_actor(proef.kernel, "dossierbeheerder@igs")
    dossier = await a_dossier(proef, "dossierbeheerder@igs", gebied=actor.gebied)
    async with proef.kernel.work(actor) as work:
        work.audit("proef", {}, dossier)
    async with proef.session("dossierbeheerder@igs") as session:
        kept = (await session.scalars(select(Auditregel).where(Auditregel.subject_id == dossier.id))).all()
    assert [(line.gebruiker, line.namens) for line in kept] == [(actor.naam, f"namens {IGS.naam}")]
    assert (await proef.query("dossierbeheerder@igs", "{ ik { namens } }"))["ik"] == {"namens": IGS.naam}


async def test_seeding_twice_changes_nothing(database):
    async with database.sessions.begin() as session:
        before = (await session.scalars(select(Mandaat.id))).all()
        await seed_organisaties(session)
        assert (await session.scalars(select(Mandaat.id))).all() == before
    assert len(before) == len(IGS.mandaat)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2018-06-01\nbesluit", "2018-06-01\ngeldig_tot = 2018-05-31\nbesluit", "before it begins"),
        ('besluit = "college', 'besluit = "" # "college', "besluit"),
        ('ovo = "OVO900101"', 'ovo = "900101"', "ovo"),
        ('gemeente = "gent"', 'gemeente = "Gent!"', "gemeente"),
        ('naam = "IGS', 'name = "IGS', "naam"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_file_and_reason(tmp_path, old, new, told):
    wrong = tmp_path / "mandaten.toml"
    text = (DATA / "mandaten.toml").read_text(encoding="utf-8")
    assert old in text
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContractError, match=rf"mandaten\.toml.*{told}"):
        load_mandaten(wrong)
