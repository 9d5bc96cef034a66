"""A woningcontroleur of Wonen in Vlaanderen is inside for as long as an assignment of his runs, and sees only that."""

import pytest
from sqlalchemy import func, select, text

from vlok.api.tables import Dossier, Taak
from vlok_wi.tables import WiMelding, WiOpdracht, WiPv, WiResultaat, WiZaak

pytestmark = pytest.mark.asyncio(loop_scope="session")

CONTROLEUR = "woningcontroleur@wvl"
INSPECTEUR = "wooninspecteur@wi"
DB = "dossierbeheerder@aalst"


async def buiten(world):
    with pytest.raises(AssertionError, match="not admitted"):
        await world.wi.actor(CONTROLEUR)


async def trek_in(one, opdracht):
    await one.doe(INSPECTEUR, "wi.opdrachtIntrekken", opdracht)


async def test_without_an_assignment_nobody_of_wonen_in_vlaanderen_is_admitted(zaak):
    one = await zaak()
    await buiten(one.world)
    with pytest.raises(AssertionError, match="not admitted"):
        await one.world.wi.actor("dossierbeheerder@wvl")


async def test_the_guest_sees_pand_date_checklist_and_status(zaak):
    one = await zaak()
    await one.vraag_onderzoek(checklist="De geiser.\n\nDe kelder.")
    [seen] = await one.opdrachten()
    assert seen["pand"]["referte"] == one.pand
    assert (seen["datum"], seen["status"]) == ("2026-11-24", "Gegeven")
    assert seen["checklist"] == ["De geiser.", "De kelder."]


async def test_the_guest_finds_no_dossier_no_task_and_no_party(zaak):
    one = await zaak()
    await one.vraag_onderzoek()
    query = "query ($r: String!) { dossier(referte: $r) { referte } werklijst { edges { node { referte } } } }"
    seen = await one.world.wi.query(CONTROLEUR, query, r=one.referte)
    assert seen["dossier"] is None
    assert seen["werklijst"]["edges"] == []
    lists = "{ wiDossiers { edges { node { referte } } } wiMeldingen { edges { node { id } } } }"
    seen = await one.world.wi.query(CONTROLEUR, lists)
    assert seen["wiDossiers"]["edges"] == seen["wiMeldingen"]["edges"] == []


async def test_row_security_hides_all_but_the_own_assignment_from_the_guest(zaak):
    one = await zaak()
    await one.onderzocht()
    await one.vraag_onderzoek()
    async with one.world.wi.session(CONTROLEUR) as session:
        for model in (Dossier, Taak, WiZaak, WiMelding, WiPv, WiResultaat):
            assert await session.scalar(select(func.count()).select_from(model)) == 0, model
        held = (await session.scalars(select(WiOpdracht))).all()
    assert sorted({row.status for row in held}) == ["Beëindigd", "Gegeven"]
    assert {row.gebruiker_id for row in held} == {(await one.world.actor(CONTROLEUR)).gebruiker_id}


async def test_only_the_pand_of_the_assignment_can_be_found(zaak, pand):
    one, other = await zaak(), await pand()
    await one.vraag_onderzoek()
    query = "query ($r: String!) { pand(referte: $r) { referte dossiers { referte } } }"
    assert (await one.world.wi.query(CONTROLEUR, query, r=one.pand))["pand"] == {"referte": one.pand, "dossiers": []}
    assert (await one.world.wi.query(CONTROLEUR, query, r=other.pand))["pand"] is None


async def test_what_was_handed_over_counts_only_when_it_is_validated(zaak):
    one = await zaak()
    opdracht = await one.vraag_onderzoek()
    await one.voer_uit(opdracht)
    assert [r["gevalideerd"] for r in (await one.zie())["wi"]["resultaten"]] == [False]
    assert 914 in await one.taken()
    assert await one.codes(INSPECTEUR, "wi.pvOpmaken") == ["NIET_BESCHIKBAAR"]
    await one.valideer()
    assert [r["gevalideerd"] for r in (await one.zie())["wi"]["resultaten"]] == [True]
    assert await one.taken() == {922}
    assert [o["status"] for o in await one.opdrachten()] == ["Gevalideerd"]
    await one.doe(CONTROLEUR, "wi.kennisNemen", opdracht)


async def test_what_was_handed_over_cannot_be_handed_over_again(zaak):
    one = await zaak()
    opdracht = await one.vraag_onderzoek()
    await one.voer_uit(opdracht)
    assert await one.codes(CONTROLEUR, "wi.opdrachtUitvoeren", opdracht) == ["NIET_BESCHIKBAAR"]
    assert await one.codes(CONTROLEUR, "wi.kennisNemen", opdracht) == ["NIET_BESCHIKBAAR"]


async def test_a_withdrawn_assignment_closes_the_door_at_once(zaak):
    one = await zaak()
    opdracht = await one.vraag_onderzoek()
    assert len(await one.opdrachten()) == 1
    await trek_in(one, opdracht)
    await buiten(one.world)
    assert await one.codes(INSPECTEUR, "wi.opdrachtIntrekken", opdracht) == ["NIET_BESCHIKBAAR"]


async def test_withdrawing_what_waits_for_validation_takes_the_task_away(zaak):
    one = await zaak()
    opdracht = await one.vraag_onderzoek()
    await one.voer_uit(opdracht)
    await trek_in(one, opdracht)
    assert await one.taken() == set()


async def test_who_took_note_of_the_validation_is_out(zaak):
    one = await zaak()
    await one.onderzocht()
    await buiten(one.world)
    assert [o["status"] for o in (await one.zie())["wi"]["opdrachten"]] == ["Beëindigd"]


async def test_a_dossier_does_not_end_while_somebody_is_inside(zaak):
    one = await zaak()
    opdracht = await one.vraag_onderzoek()
    await one.voer_uit(opdracht, "VOL")
    await one.valideer()
    reden = {"reden": "Geen inbreuk."}
    assert await one.codes(INSPECTEUR, "wi.zonderGevolg", reden=reden) == ["NIET_BESCHIKBAAR"]
    await one.doe(CONTROLEUR, "wi.kennisNemen", opdracht)
    await one.doe(INSPECTEUR, "wi.zonderGevolg", reden=reden)
    assert await one.status() == "Zonder gevolg"


async def test_the_checklist_may_not_name_the_dossier(zaak):
    one = await zaak()
    aanvraag = {"controleur": await one.controleur(), "datum": "2026-11-24", "checklist": f"Zie {one.referte}."}
    assert await one.codes(INSPECTEUR, "wi.onderzoekAanvragen", aanvraag=aanvraag) == ["WI-R2"]


async def test_only_woningcontroleurs_of_wonen_in_vlaanderen_can_be_asked(zaak):
    one = await zaak()
    await one.world.actor("woningcontroleur@aalst")
    async with one.world.wi.session(INSPECTEUR) as session:
        found = await session.execute(text("select naam from wi_woningcontroleurs(date '2026-11-23')"))
        names = {row.naam for row in found}
        before = await session.execute(text("select naam from wi_woningcontroleurs(date '2000-01-01')"))
        assert before.all() == []
    assert names == {(await one.world.actor(CONTROLEUR)).naam}


async def test_an_examination_for_the_wooninspectie_leaves_no_trace_outside(zaak):
    one = await zaak()
    await one.onderzocht()
    query = """query ($r: String!) { pand(referte: $r) {
      versie onderzoeken { referte } taken { referte } documenten { referte } dossiers { referte }
    } }"""
    seen = (await one.world.query("woningcontroleur@wvl", query, r=one.pand))["pand"]
    assert seen == {"versie": 1, "onderzoeken": [], "taken": [], "documenten": [], "dossiers": []}


async def test_the_report_of_the_guest_is_in_the_dossier_and_out_of_his_sight(zaak):
    one = await zaak()
    opdracht = await one.vraag_onderzoek()
    rijen = [{"entiteit": e, "uitslag": "OG", "bevindingen": "Schimmel."} for e in one.entiteiten]
    bezoek = {"datum": "2026-11-23", "verslag": await one.world.wi.upload(CONTROLEUR)}
    await one.doe(CONTROLEUR, "wi.opdrachtUitvoeren", opdracht, bezoek=bezoek, bevindingen={"perEntiteit": rijen})
    [document] = (await one.zie())["documenten"]
    assert (document["soort"], document["status"]) == ("DT966", "Opgeladen")
    assert document["referte"].startswith("WD26-")
    query = "query ($r: String!) { pand(referte: $r) { documenten { referte } } }"
    assert (await one.world.wi.query(CONTROLEUR, query, r=one.pand))["pand"]["documenten"] == []
    assert (await one.world.query(CONTROLEUR, query, r=one.pand))["pand"]["documenten"] == []
