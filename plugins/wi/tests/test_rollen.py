"""All six roles of the Wooninspectie against all its actions, asked of the very menu that the product offers."""

import pytest
from sqlalchemy import select

from vlok.api.tables import Document
from vlok_wi.plugin import actions
from vlok_wi.tables import WiMelding

asynchronous = pytest.mark.asyncio(loop_scope="session")

NATRAJECT, MEDEWERKER = "voor-en-natraject@wi", "administratief-medewerker@wi"
VERBALISANT, INSPECTEUR = "verbalisant@wi", "wooninspecteur@wi"
LEZER, BEHEERDER = "lezer@wi", "toepassingsbeheerder@wi"
ROLLEN = (NATRAJECT, MEDEWERKER, VERBALISANT, INSPECTEUR, LEZER, BEHEERDER)

VOORBEREIDEN = {NATRAJECT, MEDEWERKER, INSPECTEUR}
VASTSTELLEN = {VERBALISANT, INSPECTEUR}
MAG = {
    "wi.dossierOpenen": VOORBEREIDEN,
    "wi.meldingAfhandelen": VOORBEREIDEN,
    "wi.partijToevoegen": VOORBEREIDEN | {VERBALISANT},
    "wi.onderzoekAanvragen": VOORBEREIDEN,
    "wi.opdrachtIntrekken": VOORBEREIDEN,
    "wi.opdrachtUitvoeren": set(),
    "wi.kennisNemen": set(),
    "wi.onderzoekValideren": VASTSTELLEN,
    "wi.zonderGevolg": VASTSTELLEN,
    "wi.pvOpmaken": VASTSTELLEN | {MEDEWERKER},
    "wi.pvVerzenden": VASTSTELLEN,
    "wi.pvVanUitvoering": VASTSTELLEN | {MEDEWERKER},
    "wi.herstelvorderingOpmaken": {MEDEWERKER, INSPECTEUR},
    "wi.herstelvorderingInschrijven": {INSPECTEUR},
    "wi.meldingMetHerstelvordering": VOORBEREIDEN,
    "wi.juridischGevolg": VOORBEREIDEN,
    "wi.uitspraakInvoeren": VOORBEREIDEN,
    "wi.afsluiten": VOORBEREIDEN,
}
"""Action → who may do it (matrix of roles of the Wooninspectie)."""

MENU = "query ($s: ID!) { handelingen(subject: $s) { sleutel } }"


def test_the_matrix_names_every_action():
    assert MAG.keys() == {action.key for action in actions()}


async def onderwerpen(one):
    """A pand, a dossier, a melding and an assignment: everything that an action of the procedure is about."""
    opdracht = await one.vraag_onderzoek()
    async with one.world.wi.kernel.work(await one.world.wi.actor(INSPECTEUR)) as work:
        melding = WiMelding(
            oo_dossier_id=one.pand_id,
            oo_referte="OO26-000099",
            pand_id=one.pand_id,
            soort="verhuring",
            datum=work.today,
            omschrijving="Er woont iemand.",
            melder="Aalst",
            ontvangen_op=work.now,
            status="Nieuw",
            domein="wi",
            gebied="41002",
        )
        work.session.add(melding)
    query = "query ($r: String!) { pand(referte: $r) { wiMeldingen { id } } }"
    [found] = (await one.world.wi.query(INSPECTEUR, query, r=one.pand))["pand"]["wiMeldingen"]
    return {"Pand": one.pand, "Dossier": one.referte, "WiMelding": found["id"], "WiOpdracht": opdracht}


@asynchronous
async def test_a_role_that_may_not_gets_the_answer_of_what_does_not_exist_and_one_that_may_another(zaak):
    one = await zaak()
    about = await onderwerpen(one)
    for action in actions():
        for rol in ROLLEN:
            tried = await one.world.wi.act(rol, action.key, about[action.subject.__name__], dry_run=True)
            refused = [melding.code for melding in tried.meldingen] == ["ONBEKEND"]
            assert refused is (rol not in MAG[action.key]), (action.key, rol)


@asynchronous
async def test_the_menu_offers_a_role_nothing_that_it_may_not(zaak):
    one = await zaak()
    for subject in (await onderwerpen(one)).values():
        for rol in ROLLEN:
            menu = (await one.world.wi.query(rol, MENU, s=subject))["handelingen"]
            offered = {entry["sleutel"] for entry in menu if entry["sleutel"].startswith("wi.")}
            assert offered <= {key for key, who in MAG.items() if rol in who}, rol


@asynchronous
async def test_every_role_reads_the_dossier(zaak):
    one = await zaak()
    for rol in ROLLEN:
        assert (await one.zie(rol))["referte"] == one.referte
        lijst = "query ($z: String!) { wiDossiers(zoek: $z) { edges { node { referte wi { aanleiding } } } } }"
        [edge] = (await one.world.wi.query(rol, lijst, z=one.referte))["wiDossiers"]["edges"]
        assert edge["node"]["wi"]["aanleiding"] == "Ambtshalve"


@asynchronous
async def test_a_verbalisant_signs_a_proces_verbaal_and_no_herstelvordering(zaak):
    one = await zaak()
    await one.pv()
    gegevens = {"datum": "2026-11-23", "entiteiten": one.entiteiten, "maatregel": "sloop", "termijnMaanden": 6,
                "dwangsom": 1, "motivering": "Instorting dreigt."}  # fmt: skip
    await one.doe(MEDEWERKER, "wi.herstelvorderingOpmaken", vordering=gegevens)
    await one.doe(VERBALISANT, "kernel.documentenKlaarmaken")
    async with one.world.wi.session(VERBALISANT) as session:
        document = await session.scalar(
            select(Document.referte).where(Document.soort == "DT964").order_by(Document.referte.desc()).limit(1)
        )
    bestand = {"bestand": await one.world.wi.upload(VERBALISANT)}
    assert await one.codes(VERBALISANT, "kernel.documentVervangen", document, bestand=bestand) == ["ONBEKEND"]
    bestand = {"bestand": await one.world.wi.upload(INSPECTEUR)}
    await one.doe(INSPECTEUR, "kernel.documentVervangen", document, bestand=bestand)


@asynchronous
async def test_who_drafts_does_not_sign(zaak):
    one = await zaak()
    await one.onderzocht()
    pv = {"datum": "2026-11-23", "entiteiten": one.entiteiten, "vaststellingen": "Verhuurd."}
    await one.doe(MEDEWERKER, "wi.pvOpmaken", pv=pv)
    assert await one.codes(MEDEWERKER, "kernel.documentenKlaarmaken") == ["ONBEKEND"]
