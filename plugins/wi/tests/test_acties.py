"""Each action refused once for its own reason, with the sentence that the user reads."""

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")

NATRAJECT, MEDEWERKER = "voor-en-natraject@wi", "administratief-medewerker@wi"
VERBALISANT, INSPECTEUR = "verbalisant@wi", "wooninspecteur@wi"
INSZ, FOUT_INSZ = "85.07.30-033.28", "85.07.30-033.29"


async def test_a_second_dossier_on_the_same_pand_must_be_confirmed(zaak):
    one = await zaak()
    outcome = await one.probeer(NATRAJECT, "wi.dossierOpenen", one.pand, opening={"aanleiding": "parket"})
    assert outcome.bevestiging_nodig
    assert [melding.code for melding in outcome.meldingen] == ["WI-LOPEND"]


async def test_a_dossier_on_a_melding_names_the_melding(pand):
    one = await pand()
    codes = await one.codes(NATRAJECT, "wi.dossierOpenen", one.pand, opening={"aanleiding": "melding"})
    assert codes == ["VERPLICHT"]


async def test_a_new_dossier_has_a_number_of_its_own_series_and_one_task(zaak):
    one = await zaak()
    assert one.referte.startswith("WI26-")
    [taak] = (await one.zie())["taken"]
    assert taak["nummer"] == 921


async def test_an_action_outside_its_status_says_in_which_status_the_dossier_is(zaak):
    one = await zaak()
    outcome = await one.probeer(VERBALISANT, "wi.pvOpmaken")
    [melding] = outcome.meldingen
    assert (melding.code, melding.tekst) == (
        "NIET_BESCHIKBAAR",
        "Dit kan niet in een dossier met de status “Voortraject”.",
    )


async def test_a_partij_stands_in_the_compartment_with_its_number_masked(zaak):
    one = await zaak()
    partij = {
        "hoedanigheid": "verdachte",
        "soort": "natuurlijk_persoon",
        "voornaam": "Ward",
        "naam": "Claes",
        "insz": INSZ,
    }
    await one.doe(VERBALISANT, "wi.partijToevoegen", partij=partij)
    assert (await one.zie())["wi"]["partijen"] == [{"hoedanigheid": "Verdachte", "naam": "Ward Claes", "nummer": "***"}]
    query = "query ($r: String!) { pand(referte: $r) { betrokkenen { naam } } }"
    assert (await one.world.query("dossierbeheerder@wvl", query, r=one.pand))["pand"]["betrokkenen"] == []


async def test_a_wrong_number_of_a_partij_is_refused_on_its_field(zaak):
    one = await zaak()
    partij = {"hoedanigheid": "getuige", "soort": "natuurlijk_persoon", "naam": "Claes", "insz": FOUT_INSZ}
    outcome = await one.probeer(VERBALISANT, "wi.partijToevoegen", partij=partij)
    assert [(m.code, m.stap, m.veld) for m in outcome.meldingen] == [("ONGELDIG", "partij", "insz")]


async def test_a_visit_in_the_past_is_refused(zaak):
    one = await zaak()
    aanvraag = {"controleur": await one.controleur(), "datum": "2026-11-22"}
    assert await one.codes(INSPECTEUR, "wi.onderzoekAanvragen", aanvraag=aanvraag) == ["DATUM"]


async def test_without_a_defect_there_is_no_proces_verbaal_and_no_herstelvordering(zaak):
    one = await zaak()
    await one.onderzocht("VOL")
    assert await one.codes(VERBALISANT, "wi.pvOpmaken") == ["NIET_BESCHIKBAAR"]


async def test_a_proces_verbaal_without_suspect_must_be_confirmed(zaak):
    one = await zaak()
    await one.onderzocht()
    pv = {"datum": "2026-11-23", "entiteiten": one.entiteiten, "vaststellingen": "Verhuurd."}
    outcome = await one.probeer(VERBALISANT, "wi.pvOpmaken", pv=pv)
    assert outcome.bevestiging_nodig
    assert [melding.code for melding in outcome.meldingen] == ["WI-W1"]


async def test_only_a_signed_proces_verbaal_is_sent_and_the_next_one_is_navolgend(zaak):
    one = await zaak()
    await one.onderzocht()
    await one.maak_pv()
    verzending = {"parket": "Gent", "datum": "2026-11-23"}
    assert await one.codes(VERBALISANT, "wi.pvVerzenden", verzending=verzending) == ["NIET_BESCHIKBAAR"]
    await one.teken(VERBALISANT)
    assert await one.taken() == {922, 923}
    await one.verzend_pv()
    assert await one.taken() == {925}
    await one.maak_pv()
    assert [pv["soort"] for pv in (await one.zie())["wi"]["processenVerbaal"]] == ["aanvankelijk", "navolgend"]
    assert await one.status() == "PV opgesteld"


async def test_a_dossier_with_a_proces_verbaal_does_not_end_without_consequence(zaak):
    one = await zaak()
    await one.onderzocht()
    await one.maak_pv()
    assert await one.codes(VERBALISANT, "wi.zonderGevolg", reden={"reden": "Toch niet."}) == ["NIET_BESCHIKBAAR"]


async def test_only_a_signed_herstelvordering_is_entered_and_the_same_dwelling_is_not_asked_twice(zaak):
    one = await zaak()
    await one.pv()
    gegevens = {"datum": "2026-11-23", "entiteiten": one.entiteiten, "maatregel": "herstel", "termijnMaanden": 10,
                "dwangsom": 50, "motivering": "Gevaar."}  # fmt: skip
    await one.doe(INSPECTEUR, "wi.herstelvorderingOpmaken", vordering=gegevens)
    inschrijving = {"datum": "2026-11-23"}
    assert await one.codes(INSPECTEUR, "wi.herstelvorderingInschrijven", inschrijving=inschrijving) == [
        "NIET_BESCHIKBAAR"
    ]
    assert await one.codes(INSPECTEUR, "wi.herstelvorderingOpmaken", vordering=gegevens) == ["WI-H4"]
    await one.teken(INSPECTEUR)
    assert 924 in await one.taken()
    await one.schrijf_in()
    assert 924 not in await one.taken()
    assert await one.codes(INSPECTEUR, "wi.herstelvorderingOpmaken", vordering=gegevens) == ["WI-H4"]


async def test_a_judgment_needs_a_summons(zaak):
    one = await zaak()
    await one.pv()
    await one.gevolg("seponering")
    assert await one.codes(NATRAJECT, "wi.uitspraakInvoeren") == ["NIET_BESCHIKBAAR"]
    await one.gevolg("dagvaarding")
    await one.uitspraak()
    assert await one.status() == "Uitspraak"
    assert {t["nummer"]: t["deadline"] for t in (await one.zie())["taken"]}[926] == "2027-09-23"


async def test_a_consequence_from_before_the_sending_is_refused(zaak):
    one = await zaak()
    await one.pv()
    gevolg = {"soort": "dagvaarding", "datum": "2026-11-22"}
    assert await one.codes(NATRAJECT, "wi.juridischGevolg", gevolg=gevolg) == ["DATUM"]


async def test_a_dossier_that_was_dropped_by_the_parket_can_be_closed(zaak):
    one = await zaak()
    await one.pv()
    await one.gevolg("seponering")
    await one.doe(NATRAJECT, "wi.afsluiten", reden={"reden": "Geseponeerd."})
    assert (await one.status(), await one.taken()) == ("Afgesloten", set())


async def test_a_dossier_whose_herstelvordering_runs_is_not_closed(zaak):
    one = await zaak()
    await one.pv()
    await one.vorder()
    await one.schrijf_in()
    await one.gevolg("seponering")
    assert await one.codes(NATRAJECT, "wi.afsluiten", reden={"reden": "Klaar."}) == ["NIET_BESCHIKBAAR"]


async def test_execution_is_established_only_for_what_was_found_conform_after_the_herstelvordering(zaak):
    one = await zaak()
    await one.pv()
    await one.vorder()
    assert await one.codes(INSPECTEUR, "wi.pvVanUitvoering") == ["NIET_BESCHIKBAAR"]
    await one.schrijf_in()
    pv = {"datum": "2026-11-23", "entiteiten": one.entiteiten, "vaststellingen": "Hersteld."}
    assert await one.codes(INSPECTEUR, "wi.pvVanUitvoering", pv=pv) == ["WI-U3"]
    await one.onderzocht("VOL")
    await one.doe(INSPECTEUR, "wi.pvVanUitvoering", pv=pv)
    assert await one.status() == "Herstelvordering"
    assert await one.codes(INSPECTEUR, "wi.pvVanUitvoering", pv=pv) == ["NIET_BESCHIKBAAR"]
    await one.teken(VERBALISANT)
    assert await one.status() == "Hersteld"


async def test_a_dossier_is_repaired_when_all_its_dwellings_are(zaak):
    one = await zaak(2)
    await one.pv()
    await one.vorder()
    await one.schrijf_in()
    await one.onderzocht("VOL")
    for entiteit, status in zip(one.entiteiten, ("Herstelvordering", "Hersteld"), strict=True):
        pv = {"datum": "2026-11-23", "entiteiten": [entiteit], "vaststellingen": "Hersteld."}
        await one.doe(INSPECTEUR, "wi.pvVanUitvoering", pv=pv)
        await one.teken(VERBALISANT)
        assert await one.status() == status


async def test_the_acts_are_printed(zaak):
    one = await zaak()
    await one.pv()
    await one.world.wi.drain()
    query = "query ($r: String!) { dossier(referte: $r) { documenten { soort beschikbaar url } } }"
    [document] = (await one.world.wi.query(INSPECTEUR, query, r=one.referte))["dossier"]["documenten"]
    assert (document["soort"], document["beschikbaar"]) == ("DT961", True)
