"""The demo has every role in every organisation of its kind, played by an invented person."""

from collections import Counter

import pytest

from vlok.api.actor import OrganisatieSoort, domein_for
from vlok.api.errors import ContractError
from vlok.identity.organisations import demo_organisaties, load_organisaties
from vlok.identity.personas import UnknownPersona, find_persona, personas
from vlok.identity.roles import DATA, in_force, rollen


def test_the_26_profiles_of_the_four_kinds_of_organisation():
    """Infosessie VLOK 11/03/2020."""
    assert Counter(rol.soort for rol in rollen().values()) == {
        OrganisatieSoort.LOKAAL_BESTUUR: 8,
        OrganisatieSoort.WVL: 10,
        OrganisatieSoort.WI: 6,
        OrganisatieSoort.VLABEL: 2,
    }


def test_a_role_exists_from_the_start_of_vlok_and_an_unknown_one_never():
    start = rollen()["lb.lezer"].geldig_van
    assert in_force(["lb.lezer", "lb.keizer"], start) == {"lb.lezer"}
    assert in_force(["lb.lezer"], start.replace(year=start.year - 1)) == frozenset()


def test_each_organisation_owns_the_domain_that_its_roles_work_in():
    for persona in personas().values():
        for rol, ovo in persona.rollen:
            [organisatie] = [found for found in demo_organisaties().values() if found.ovo == ovo]
            assert domein_for(rol, organisatie.gebied) == organisatie.domein


def test_there_is_a_persona_for_every_role_in_every_organisation_of_its_kind():
    expected = {
        f"{rol.kort}@{organisatie.code}"
        for organisatie in demo_organisaties().values()
        for rol in rollen().values()
        if rol.soort is organisatie.soort
    }
    assert set(personas()) == expected | {"dossierbeheerder@igs"}
    assert len(expected) == 5 * 8 + 10 + 6 + 2


@pytest.mark.parametrize(
    "naam",
    [
        "algemeen-directeur@aalst", "gewestelijk-ambtenaar@wvl", "administratieve-medewerker@wvl",
        "dossierbeheerder-beroepsprocedure@wvl", "voor-en-natraject@wi", "verbalisant@wi", "lezer@vlabel",
    ],
)  # fmt: skip
def test_personas_are_found_by_role_and_organisation(naam):
    assert find_persona(naam).naam == naam


def test_no_two_personas_are_the_same_person():
    people = personas().values()
    assert len({persona.sub for persona in people}) == len(people)
    assert len({(persona.voornaam, persona.familienaam) for persona in people}) == len(people)
    assert all(persona.email.endswith(".example") for persona in people)


def test_the_igs_worker_is_dossierbeheerder_in_three_municipalities():
    """Infosessie VLOK 11/03/2020: one login, Antwerpen, Gent and Hasselt."""
    worker = find_persona("dossierbeheerder@igs")
    wanted = {("lb.dossierbeheerder", demo_organisaties()[code].ovo) for code in ("antwerpen", "gent", "hasselt")}
    assert set(worker.rollen) == wanted


def test_an_unknown_persona_is_answered_with_near_names():
    with pytest.raises(UnknownPersona, match="dossierbeheerder@aalst"):
        find_persona("dosierbeheerder@aalst")
    with pytest.raises(UnknownPersona, match="Bedoelde u"):
        find_persona("")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('domein = "lb:41002"', 'domein = "lb:11002"', "do not fit"),
        ('gebied = "*"', 'gebied = "41002"', "do not fit"),
        ('ovo = "OVO900001"', 'ovo = "OVO900002"', "ovo OVO900002 occurs twice"),
        ('ovo = "OVO900001"', 'ovo = "900001"', r"organisatie\.0\.ovo"),
    ],
)
def test_a_wrong_organisation_is_refused_with_file_key_and_reason(tmp_path, old, new, told):
    wrong = tmp_path / "organisaties.toml"
    wrong.write_text((DATA / "organisaties.toml").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContractError, match=rf"^organisaties\.toml: .*{told}"):
        load_organisaties(wrong)
