"""A shield and a procedure: what must be sent cannot be kept back, and what was shielded starts nothing."""

import pytest
from sqlalchemy import func, select

from vlok_oo.tables import OoBevinding

pytestmark = pytest.mark.asyncio(loop_scope="session")

DB, WC = "dossierbeheerder@aalst", "woningcontroleur@aalst"
WVL, GA = "dossierbeheerder@wvl", "gewestelijk-ambtenaar@wvl"
SHIELD, LIFT = "kernel.documentAfschermen", "kernel.afschermingOpheffen"
REDEN = {"reden": "beraad", "toelichting": "Nog te bespreken."}
VERZENDING = {"datumBetekening": "2026-11-23", "poststempel": True}
ZICHT = "query($h: String!, $r: ID!) { formulier(handeling: $h, subject: $r) { zichtNadien } }"


async def te_versturen(one):
    """A decision with its document, ready to be sent: the document's reference."""
    await one.beslis("2026-11-20")
    [beslissing] = await one.beslissingen()
    bestand = {"bestand": await one.world.upload(DB)}
    await one.doe(DB, "oo.beslissingDocumentOpladen", beslissing["referte"], document=bestand)
    [beslissing] = await one.beslissingen()
    return beslissing["documenten"][0]["referte"]


async def test_a_decision_is_not_sent_while_its_document_is_shielded(klaar):
    one = await klaar()
    document = await te_versturen(one)
    await one.doe(DB, SHIELD, document, reden=REDEN)
    outcome = await one.probeer(DB, "oo.beslissingVersturen", one.dossier, verzending=VERZENDING)
    assert [(m.code, document in m.tekst) for m in outcome.meldingen] == [("NIET_BESCHIKBAAR", True)]
    await one.doe(DB, LIFT, document)
    await one.doe(DB, "oo.beslissingVersturen", one.dossier, verzending=VERZENDING)
    assert len(await one.beslissingen(WVL)) == 1


async def test_the_document_of_a_sent_decision_cannot_be_shielded(klaar):
    one = await klaar()
    document = await te_versturen(one)
    await one.doe(DB, "oo.beslissingVersturen", one.dossier, verzending=VERZENDING)
    outcome = await one.probeer(DB, SHIELD, document, reden=REDEN)
    assert [(m.code, "verstuurd" in m.tekst) for m in outcome.meldingen] == [("NIET_BESCHIKBAAR", True)]
    assert document in {d["referte"] for d in (await one.zie(WVL))["documenten"]}


async def test_the_documents_of_a_sent_advice_cannot_be_shielded_its_covering_letter_neither(zaak):
    one = await zaak()
    await one.start()
    await one.onderzoek("OG")
    await one.advies("OG")
    documenten = {d["soort"]: d["referte"] for d in (await one.zie(GA))["documenten"]}
    assert documenten.keys() == {"DT023", "DT024"}
    for referte in documenten.values():
        outcome = await one.probeer(GA, SHIELD, referte, reden=REDEN)
        assert [m.code for m in outcome.meldingen] == ["NIET_BESCHIKBAAR"]


async def test_an_advice_is_not_sent_while_a_document_of_it_is_shielded(zaak):
    one = await zaak()
    await one.start()
    await one.onderzoek("OG")
    await one.vraag_advies()
    rijen = [{"entiteit": e, "uitslag": "OG", "motivering": "Zie verslag."} for e in one.entiteiten]
    await one.doe(WVL, "oo.adviesMaken", one.dossier, adviezen={"perEntiteit": rijen})
    letter = next(d["referte"] for d in (await one.zie(GA))["documenten"] if d["soort"] == "DT024")
    await one.doe(GA, SHIELD, letter, reden=REDEN)
    await one.teken(GA)
    assert (await one.zie(DB))["oo"]["adviezen"] == []
    assert letter not in {d["referte"] for d in (await one.zie(DB))["documenten"]}
    outcome = await one.probeer(WVL, "oo.adviesVersturen", one.dossier)
    assert [(m.code, letter in m.tekst) for m in outcome.meldingen] == [("NIET_BESCHIKBAAR", True)]
    await one.doe(WVL, LIFT, letter)
    await one.doe(WVL, "oo.adviesVersturen", one.dossier)
    assert letter in {d["referte"] for d in (await one.zie(DB))["documenten"]}


async def bevindingen(one):
    async with one.world.session(WVL) as session:
        here = select(func.count()).select_from(OoBevinding).where(OoBevinding.onderzoek_referte == one.onderzocht)
        return await session.scalar(here)


async def ondertekend(one):
    """An examination of the gemeente outside any procedure: its reference."""
    await one.onderzoek("OG")
    found = await one.world.query(
        WC, "query($r: String!) { pand(referte: $r) { onderzoeken { referte } } }", r=one.pand
    )
    one.onderzocht = found["pand"]["onderzoeken"][0]["referte"]
    return one.onderzocht


async def test_what_a_shielded_examination_found_is_kept_nowhere_else(zaak):
    one = await zaak()
    onderzoek = await ondertekend(one)
    assert await bevindingen(one) == 1
    await one.doe(WC, "onderzoek.afschermen", onderzoek, reden=REDEN)
    assert await bevindingen(one) == 0
    await one.start()
    outcome = await one.probeer(DB, "oo.onderzoekKoppelen", one.dossier)
    assert [m.code for m in outcome.meldingen] == ["NIET_BESCHIKBAAR"]
    await one.doe(WC, "onderzoek.afschermingOpheffen", onderzoek)
    assert await bevindingen(one) == 1
    assert await one.statussen() == {"Gestart"}


async def test_an_examination_that_a_procedure_rests_on_cannot_be_shielded_any_more(zaak):
    one = await zaak()
    await one.start()
    onderzoek = await ondertekend(one)
    outcome = await one.probeer(WC, "onderzoek.afschermen", onderzoek, reden=REDEN)
    assert [(m.code, onderzoek in m.tekst) for m in outcome.meldingen] == [("NIET_BESCHIKBAAR", True)]
    assert await bevindingen(one) == 1


async def test_before_sending_the_wizard_says_who_will_see_the_decision(klaar):
    one = await klaar()
    await te_versturen(one)
    found = await one.world.query(DB, ZICHT, h="oo.beslissingVersturen", r=one.dossier)
    assert found["formulier"]["zichtNadien"] == [
        "Stad Aalst: alle rollen",
        "Wonen in Vlaanderen – woningkwaliteit: alle rollen",
    ]


async def test_a_remark_on_the_property_stands_on_its_page(zaak):
    one = await zaak()
    query = "query($r: String!) { pand(referte: $r) { opmerkingen { tekst zichtbaarheid } } }"
    for tekst, lezers in (("voor ons", "EIGEN"), ("voor beide", "BEIDE")):
        given = {"tekst": tekst, "zichtbaarheid": lezers}
        await one.doe(WC, "register.pandOpmerkingSchrijven", one.pand, opmerking=given)
    assert len((await one.world.query(DB, query, r=one.pand))["pand"]["opmerkingen"]) == 2
    assert (await one.world.query(WVL, query, r=one.pand))["pand"]["opmerkingen"] == [
        {"tekst": "voor beide", "zichtbaarheid": "Beide"}
    ]
