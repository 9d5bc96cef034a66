"""From what a client sends to typed answers: defaults below, mistakes told in Dutch at the right question."""

import pytest
from sqlalchemy import select

from vlok.api.tables import Taak
from vlok.testing.practice import REGELS
from vlok.testing.practice_world import BEHEERDER, a_dossier


@pytest.fixture(scope="module")
async def dossier(proef):
    return await a_dossier(proef)


async def told(world, dossier, invoer):
    outcome = await world.act(BEHEERDER, "proef.noteren", dossier, invoer, dry_run=True)
    return [(m.code, m.stap, m.veld, m.entiteit) for m in outcome.meldingen]


async def test_good_answers_are_told_nothing(proef, dossier):
    good = {"tekst": " x ", "aantal": 3, "datumNota": "2026-12-01", "soort": "dringend", "kleur": "rood"}
    assert await told(proef, dossier, {"nota": good}) == []


async def test_an_empty_answer_to_a_required_question_is_told(proef, dossier):
    for invoer in ({}, {"nota": {}}, {"nota": {"tekst": None}}, {"nota": {"tekst": ""}}, {"nota": {"tekst": "   "}}):
        assert await told(proef, dossier, invoer) == [("VERPLICHT", "nota", "tekst", None)]


async def test_the_message_names_the_question_as_it_is_shown(proef, dossier):
    outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, {})
    assert outcome.meldingen[0].tekst == "Vul 'Tekst' in."


@pytest.mark.parametrize(
    ("veld", "waarde", "tekst"),
    [
        ("datumNota", "gisteren", "Vul een geldige datum in (dd/mm/jjjj)."),
        ("datumNota", "2026-02-30", "Vul een geldige datum in (dd/mm/jjjj)."),
        ("aantal", "veel", "Vul een geheel getal in."),
        ("aantal", 1.5, "Vul een geheel getal in."),
        ("perEntiteit", "misschien", "Kies ja of nee."),
        ("soort", "traag", "Kies een van de mogelijkheden."),
        ("bijlage", "geen-id", "Laad het bestand opnieuw op."),
        ("onbekend", 1, "Dit veld bestaat niet."),
        ("tekst", ["een", "lijst"], "Deze waarde is niet geldig."),
    ],
)
async def test_a_malformed_answer_is_told_in_dutch_at_its_question(proef, dossier, veld, waarde, tekst):
    outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, {"nota": {"tekst": "x", veld: waarde}})
    [melding] = outcome.meldingen
    assert (melding.code, melding.stap, melding.veld, melding.tekst) == ("ONGELDIG", "nota", veld, tekst)


async def test_a_value_that_was_not_offered_is_refused(proef, dossier):
    assert await told(proef, dossier, {"nota": {"tekst": "x", "kleur": "paars"}}) == [
        ("ONGELDIGE_KEUZE", "nota", "kleur", None)
    ]


async def test_a_step_that_does_not_exist_is_refused(proef, dossier):
    assert await told(proef, dossier, {"nota": {"tekst": "x"}, "elders": {}}) == [("ONGELDIG", None, None, None)]


@pytest.mark.parametrize(
    "invoer",
    [
        {"nota": [1]},
        {"nota": "x"},
        {"nota": 5},
        {"nota": {"tekst": "x", "perEntiteit": True}, "perEntiteit": {"regels": 5}},
        {"nota": {"tekst": "x", "perEntiteit": True}, "perEntiteit": {"regels": ["x"]}},
        {"nota": {"tekst": "x", "perEntiteit": True}, "perEntiteit": {"regels": {"a": 1}}},
        {"nota": {"tekst": "x", "perEntiteit": True}, "perEntiteit": [[]] * 3},
        {"nota": {"tekst": {"a": {"b": "c"}}}},
    ],
)
async def test_answers_of_another_shape_are_wrong_answers_and_no_fault(proef, dossier, invoer):
    codes = {code for code, *_ in await told(proef, dossier, invoer)}
    assert "ONGELDIG" in codes


async def test_rules_do_not_speak_about_answers_that_could_not_be_read(proef, dossier):
    invoer = {"nota": {"tekst": "x", "aantal": -1, "datumNota": "x"}}
    assert [code for code, *_ in await told(proef, dossier, invoer)] == ["ONGELDIG"]


async def test_all_that_is_missing_is_told_together_with_the_rules(proef, dossier):
    assert [code for code, *_ in await told(proef, dossier, {"nota": {"aantal": -1}})] == ["VERPLICHT", "PROEF-1"]


def regels(*rows):
    return {"nota": {"tekst": "x", "perEntiteit": True}, "perEntiteit": {"regels": list(rows)}}


async def test_items_that_were_not_sent_have_their_defaults(proef, dossier):
    assert await told(proef, dossier, regels()) == []
    assert await told(proef, dossier, regels({"entiteit": REGELS[0], "besluit": "anders", "reden": "daarom"})) == []


async def test_a_mistake_in_a_row_names_its_item(proef, dossier):
    found = await told(proef, dossier, regels({"entiteit": REGELS[1], "besluit": None}))
    assert found == [("VERPLICHT", "perEntiteit", "besluit", REGELS[1])]
    found = await told(proef, dossier, regels({"entiteit": REGELS[1], "besluit": ["x"]}))
    assert found == [("ONGELDIG", "perEntiteit", "besluit", REGELS[1])]


async def test_a_question_that_is_not_shown_is_not_required(proef, dossier):
    hidden = {"entiteit": REGELS[0], "besluit": "ok"}
    assert await told(proef, dossier, regels(hidden)) == []
    shown = {"entiteit": REGELS[0], "besluit": "anders"}
    assert await told(proef, dossier, regels(shown)) == [("VERPLICHT", "perEntiteit", "reden", REGELS[0])]


async def test_a_row_for_an_item_of_another_is_refused(proef, dossier):
    found = await told(proef, dossier, regels({"entiteit": "EN26-999999", "besluit": "ok"}))
    assert found == [("ONGELDIGE_KEUZE", "perEntiteit", None, "EN26-999999")]


async def test_answers_to_a_step_that_is_not_asked_do_not_count(proef, dossier):
    invoer = {"nota": {"tekst": "x"}, "perEntiteit": {"regels": [{"entiteit": "onzin", "besluit": None}]}}
    assert await told(proef, dossier, invoer) == []


async def test_a_default_is_what_holds_when_nothing_is_said(proef):
    dossier = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", dossier, {"nota": {"tekst": "eerste"}})
    assert (await proef.act(BEHEERDER, "proef.noteren", dossier, {})).uitgevoerd
    async with proef.session(BEHEERDER) as session:
        taken = select(Taak.deadline).where(Taak.dossier_id == dossier.id, Taak.nummer == 900)
        assert {str(day) for day in await session.scalars(taken)} == {"2026-11-23"}


@pytest.mark.parametrize("tekst", ["\0", "a\0b", "\ud800"])
async def test_a_character_no_database_keeps_is_a_wrong_answer_and_no_fault(proef, tekst):
    dossier = await a_dossier(proef)
    outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, {"nota": {"tekst": tekst}})
    assert not outcome.uitgevoerd
    assert {m.code for m in outcome.meldingen} == {"ONGELDIG"}


async def test_text_is_kept_as_it_was_written(proef):
    for tekst in ("'; drop table dossier; --", "<script>alert(1)</script>", "é ẞ 🏠 ‮x", "a" * 20_000, "%s {x} $1"):
        dossier = await a_dossier(proef)
        assert (await proef.act(BEHEERDER, "proef.noteren", dossier, {"nota": {"tekst": tekst}})).uitgevoerd
        found = await proef.query(BEHEERDER, "query($r: String!) { dossier(referte: $r) { info } }", r=dossier.referte)
        assert found["dossier"]["info"] == tekst
