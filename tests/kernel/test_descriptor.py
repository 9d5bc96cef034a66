"""A wizard as data: any client can show it, and its values can be sent back as they are."""

import pytest

from vlok.testing.practice import REGELS
from vlok.testing.practice_world import BEHEERDER, ELDERS, a_dossier

FORM = """query($r: ID!, $i: JSON) { formulier(handeling: "proef.noteren", subject: $r, invoer: $i) {
  handeling titel uitleg knop subjectId subjectReferte versie waarden
  stappen { sleutel titel uitleg lijst itemSleutel items { sleutel titel }
    velden { naam label soort verplicht hulp minimum maximum opties { waarde label } toonAls { veld waarden } } } } }"""


@pytest.fixture(scope="module")
async def dossier(proef):
    return await a_dossier(proef)


async def form(world, dossier, invoer=None, persona=BEHEERDER):
    return (await world.query(persona, FORM, r=dossier.referte, i=invoer))["formulier"]


async def test_a_wizard_says_what_it_is_about(proef, dossier):
    found = await form(proef, dossier)
    assert (found["handeling"], found["titel"], found["knop"]) == ("proef.noteren", "Nota maken", "Uitvoeren")
    assert (found["subjectReferte"], found["versie"]) == (dossier.referte, 1)


async def test_the_control_of_a_question_follows_from_its_type(proef, dossier):
    [stap] = (await form(proef, dossier))["stappen"]
    assert {veld["naam"]: veld["soort"] for veld in stap["velden"]} == {
        "tekst": "TEKSTVAK", "aantal": "GETAL", "datumNota": "DATUM", "soort": "KEUZE", "kleur": "KEUZE",
        "bijlage": "BESTAND", "perEntiteit": "VINKJE",
    }  # fmt: skip


async def test_choices_come_from_the_list_or_the_action(proef, dossier):
    [stap] = (await form(proef, dossier))["stappen"]
    opties = {veld["naam"]: [(o["waarde"], o["label"]) for o in veld["opties"]] for veld in stap["velden"]}
    assert opties["soort"] == [("gewoon", "Gewoon"), ("dringend", "Dringend")]
    assert opties["kleur"] == [("rood", "Rood"), ("groen", "Groen")]


async def test_bounds_and_the_required_mark_are_told(proef, dossier):
    [stap] = (await form(proef, dossier))["stappen"]
    velden = {veld["naam"]: veld for veld in stap["velden"]}
    assert (velden["aantal"]["minimum"], velden["aantal"]["maximum"]) == (0, 100)
    assert [naam for naam, veld in velden.items() if veld["verplicht"]] == ["tekst"]


async def test_a_step_appears_as_soon_as_the_answers_ask_for_it(proef, dossier):
    assert [stap["sleutel"] for stap in (await form(proef, dossier))["stappen"]] == ["nota"]
    found = await form(proef, dossier, {"nota": {"perEntiteit": True}})
    assert [stap["sleutel"] for stap in found["stappen"]] == ["nota", "perEntiteit"]
    stap = found["stappen"][1]
    assert (stap["lijst"], stap["itemSleutel"]) == ("regels", "entiteit")
    assert [item["sleutel"] for item in stap["items"]] == list(REGELS)
    assert [veld["naam"] for veld in stap["velden"]] == ["besluit", "reden"]
    assert stap["velden"][1]["toonAls"] == {"veld": "besluit", "waarden": ["anders"]}


async def test_defaults_follow_the_answers_so_far_and_yield_to_what_was_typed(proef, dossier):
    found = await form(proef, dossier, {"nota": {"perEntiteit": True, "soort": "dringend"}})
    rows = found["waarden"]["perEntiteit"]["regels"]
    assert [row["besluit"] for row in rows] == ["spoed", "ok"]
    typed = {"nota": {"perEntiteit": True}, "perEntiteit": {"regels": [{"entiteit": REGELS[0], "besluit": None}]}}
    rows = (await form(proef, dossier, typed))["waarden"]["perEntiteit"]["regels"]
    assert [row["besluit"] for row in rows] == [None, "ok"]


async def test_every_question_has_a_value_and_the_values_can_be_sent_back(proef, dossier):
    found = await form(proef, dossier, {"nota": {"tekst": "x", "perEntiteit": True}})
    for stap in found["stappen"]:
        given = found["waarden"][stap["sleutel"]]
        rows = given[stap["lijst"]] if stap["lijst"] else [given]
        assert all({veld["naam"] for veld in stap["velden"]} <= row.keys() for row in rows)
    outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, found["waarden"], dry_run=True)
    assert outcome.meldingen == ()
    assert (await form(proef, dossier, found["waarden"]))["waarden"] == found["waarden"]


async def test_malformed_answers_are_shown_as_they_were_typed(proef, dossier):
    found = await form(proef, dossier, {"nota": {"datumNota": "gisteren", "tekst": "x"}})
    assert found["waarden"]["nota"]["datumNota"] == "gisteren"


async def test_a_wizard_that_is_not_for_you_and_one_that_does_not_exist_are_one_answer(proef, dossier):
    assert await form(proef, dossier, persona=ELDERS) is None
    assert await form(proef, dossier, persona="lezer@aalst") is None
    found = await proef.query(
        BEHEERDER, 'query($r: ID!) { formulier(handeling: "proef.bestaatNiet", subject: $r) { titel } }',
        r=dossier.referte,
    )  # fmt: skip
    assert found["formulier"] is None


@pytest.mark.parametrize("invoer", ["tekst", [1, 2], 5, True, [[[[]]]]])
async def test_answers_that_are_no_object_are_a_wrong_question(proef, dossier, invoer):
    result = await proef.result(BEHEERDER, FORM, r=dossier.referte, i=invoer)
    assert [error.extensions for error in result.errors] == [{"code": "ONGELDIG"}]


async def test_answers_deeper_than_any_form_are_a_wrong_question(proef, dossier):
    deep: dict = {}
    for _ in range(600):
        deep = {"a": deep}
    result = await proef.result(BEHEERDER, FORM, r=dossier.referte, i=deep)
    assert [error.extensions for error in result.errors] == [{"code": "ONGELDIG"}]


MENU = """query($r: ID!, $ook: Boolean!) { handelingen(subject: $r, ookNietBeschikbaar: $ook) {
  sleutel beschikbaar reden } }"""


async def test_the_menu_shows_what_can_be_done_now_and_on_request_why_not_the_rest(proef):
    made = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", made, {"nota": {"tekst": "x"}})
    await proef.act(BEHEERDER, "proef.afsluiten", made)

    async def menu(ook):
        found = await proef.query(BEHEERDER, MENU, r=made.referte, ook=ook)
        return {one["sleutel"]: one["reden"] for one in found["handelingen"]}

    assert await menu(False) == {"kernel.opmerkingSchrijven": None}
    assert await menu(True) == {
        "kernel.opmerkingSchrijven": None,
        "kernel.documentenKlaarmaken": "Er zijn geen documenten in opmaak.",
        "proef.noteren": "Het dossier loopt niet meer.",
        "proef.afsluiten": "Het dossier is al afgesloten.",
    }


async def test_the_menu_has_only_what_the_policy_grants(proef, dossier):
    for persona, keys in [
        (BEHEERDER, {"proef.noteren", "proef.afsluiten", "kernel.opmerkingSchrijven"}),
        ("dossierbeheerder@wvl", {"proef.noteren", "kernel.opmerkingSchrijven"}),
        ("lezer@aalst", set()),
        (ELDERS, set()),
    ]:
        found = await proef.query(persona, MENU, r=dossier.referte, ook=False)
        assert {one["sleutel"] for one in found["handelingen"]} == keys, persona


TYPED = """mutation($r: ID!, $i: ProefNoterenInvoer) { proefNoteren(subject: $r, invoer: $i) {
  uitgevoerd bevestigingNodig bericht meldingen { code nummer ernst stap veld entiteit tekst }
  subject { id ... on Dossier { info } } conflict { huidigeVersie } } }"""


async def test_the_typed_mutation_is_the_same_action(proef):
    made = await a_dossier(proef)
    invoer = {"nota": {"tekst": "getypt", "soort": "DRINGEND", "datumNota": "2026-12-01", "perEntiteit": True},
              "perEntiteit": {"regels": [{"entiteit": REGELS[0], "besluit": "anders", "reden": "r"}]}}  # fmt: skip
    found = (await proef.query(BEHEERDER, TYPED, r=made.referte, i=invoer))["proefNoteren"]
    assert (found["uitgevoerd"], found["bericht"]) == (True, "De nota is gemaakt.")
    assert found["subject"]["info"] == "getypt"


async def test_a_no_is_data_and_no_error(proef, dossier):
    found = await proef.query(BEHEERDER, TYPED, r=dossier.referte, i={"nota": {"tekst": "x", "aantal": 11}})
    answer = found["proefNoteren"]
    assert (answer["uitgevoerd"], answer["bevestigingNodig"]) == (False, True)
    [melding] = answer["meldingen"]
    assert (melding["code"], melding["nummer"], melding["ernst"], melding["stap"]) == (
        "PROEF-2", 2, "WAARSCHUWING", "nota",
    )  # fmt: skip
