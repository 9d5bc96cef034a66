"""The gemeente reports to the Wooninspectie: one way, after a decision, seen by nobody but itself."""

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")

DB = "dossierbeheerder@aalst"
WVL = "dossierbeheerder@wvl"
GEZIEN = {
    "verhuring": {"soort": "verhuring", "datum": "2026-11-23", "omschrijving": "Er staat een nieuwe naam op de bel."}
}
MELDINGEN = """query ($r: String!) { dossier(referte: $r) {
  status info tijdlijn { titel } taken { nummer geslotenOp }
  oo { verhuurmeldingen { soort datum omschrijving gemeldDoor } }
} }"""
BINNEN = """query ($r: String!) { pand(referte: $r) {
  wiMeldingen { id soort datum omschrijving melder ooReferte status }
  taken { nummer rol geslotenOp dossier { referte } }
} }"""


@pytest.fixture
def beslist(klaar):
    """``await beslist()``: a procedure whose decision OG the gemeente sent today."""

    async def make():
        one = await klaar()
        await one.beslis("2026-11-23", "OG")
        await one.teken(DB)
        await one.doe(DB, "oo.beslissingVersturen", one.dossier, verzending={"datumBetekening": "2026-11-23"})
        return one

    return make


async def zie(one, wie):
    return (await one.world.query(wie, MELDINGEN, r=one.dossier))["dossier"]


async def binnen(one):
    await one.world.drain()
    return (await one.world.wi.query("voor-en-natraject@wi", BINNEN, r=one.pand))["pand"]


async def test_before_a_decision_was_sent_there_is_nothing_to_report_on(klaar):
    one = await klaar()
    outcome = await one.probeer(DB, "oo.verhuringMelden", one.dossier, **GEZIEN)
    assert [melding.code for melding in outcome.meldingen] == ["NIET_BESCHIKBAAR"]


async def test_the_gemeente_sees_its_own_report_and_wonen_does_not(beslist):
    one = await beslist()
    await one.doe(DB, "oo.verhuringMelden", one.dossier, **GEZIEN)
    own = await zie(one, DB)
    [melding] = own["oo"]["verhuurmeldingen"]
    assert (melding["soort"], melding["datum"]) == ("verhuring", "2026-11-23")
    assert any(regel["titel"].startswith("Nieuwe bewoning") for regel in own["tijdlijn"])
    for wie in (WVL, "lezer@wi"):
        other = await zie(one, wie)
        assert other["oo"]["verhuurmeldingen"] == []
        assert not any(regel["titel"].startswith("Nieuwe bewoning") for regel in other["tijdlijn"])


async def test_the_report_comes_in_once_with_task_915(beslist):
    one = await beslist()
    await one.doe(DB, "oo.verhuringMelden", one.dossier, **GEZIEN)
    await binnen(one)
    seen = await binnen(one)
    [melding] = seen["wiMeldingen"]
    assert (melding["melder"], melding["ooReferte"], melding["status"]) == ("Stad Aalst", one.dossier, "Nieuw")
    assert [(t["nummer"], t["rol"], t["dossier"]) for t in seen["taken"]] == [(915, "wi.voor-en-natraject", None)]


async def test_what_the_wooninspectie_does_with_it_shows_nowhere_outside(beslist):
    one = await beslist()
    await one.doe(DB, "oo.verhuringMelden", one.dossier, **GEZIEN)
    [melding] = (await binnen(one))["wiMeldingen"]
    before = {wie: await zie(one, wie) for wie in (DB, WVL)}
    afhandeling = {"afhandeling": {"reden": "Familie van de eigenaar."}}
    outcome = await one.world.wi.act("voor-en-natraject@wi", "wi.meldingAfhandelen", melding["id"], afhandeling)
    assert outcome.uitgevoerd, outcome.meldingen
    seen = await binnen(one)
    assert seen["wiMeldingen"][0]["status"] == "Zonder gevolg"
    assert all(taak["geslotenOp"] for taak in seen["taken"])
    await one.world.wi.drain()
    assert {wie: await zie(one, wie) for wie in (DB, WVL)} == before


async def test_a_report_from_before_the_decision_or_from_tomorrow_is_refused(beslist):
    one = await beslist()
    for datum in ("2026-11-22", "2026-11-24"):
        gezien = {"verhuring": {**GEZIEN["verhuring"], "datum": datum}}
        outcome = await one.probeer(DB, "oo.verhuringMelden", one.dossier, **gezien)
        assert [(m.code, m.veld) for m in outcome.meldingen] == [("DATUM", "datum")]


async def test_only_the_gemeente_of_the_procedure_reports(beslist):
    one = await beslist()
    for wie in (WVL, "dossierbeheerder@gent", "lezer@aalst", "wooninspecteur@wi"):
        outcome = await one.probeer(wie, "oo.verhuringMelden", one.dossier, **GEZIEN)
        assert [melding.code for melding in outcome.meldingen] == ["ONBEKEND"]
