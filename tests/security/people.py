"""Some people in two municipalities, and the questions of who looks them up and of who watches over that."""

import pytest
from sqlalchemy import select

from vlok.audit.tables import Auditregel
from vlok.graph.names import global_id
from vlok_register.api.tables import Betrokkene

DB, LEZER, AUDITOR = "dossierbeheerder@aalst", "lezer@aalst", "auditor@aalst"
GENT, WVL, WVL_AUDITOR = "dossierbeheerder@gent", "dossierbeheerder@wvl", "auditor@wvl"
VLABEL_AUDITOR = "auditor@vlabel"
INSZ = "85.07.30-033.28"
WHY = {"reden": "dossierbehandeling", "toelichting": "Vraag van de eigenaar over zijn dossier"}

SEARCH = """query($naam: String, $voornaam: String, $insz: String, $reden: String!, $toelichting: String!,
  $first: Int! = 25) {
  personenZoeken(naam: $naam, voornaam: $voornaam, insz: $insz, reden: $reden, toelichting: $toelichting,
    first: $first) { edges { node { referte naam pand { referte } } } } }"""
LOG = """query($subject: String, $gebruiker: String, $soort: String, $van: Date, $tot: Date) {
  logboek(subject: $subject, gebruiker: $gebruiker, soort: $soort, van: $van, tot: $tot, first: 100) { edges { node {
    id volgnummer soort soortNaam wat omschrijving doel gebruiker organisatie namens rollen subject aantal verzoekId
    hash dossier { referte } } } } }"""
READERS = """query($persoon: String!, $reden: String!, $toelichting: String!) {
  leesregister(persoon: $persoon, reden: $reden, toelichting: $toelichting) {
    edges { node { soort wat gebruiker doel } } } }"""
PAND = "query($r: String!) { pand(referte: $r) { titel betrokkenen { naam } } }"


def nodes(found, field):
    return [edge["node"] for edge in found[field]["edges"]]


async def a_pand(world, wie, straat):
    own = global_id("Organisatie", (await world.actor(wie)).organisatie_id)
    adres = {"straat": straat, "huisnummer": "1", "postcode": "9300"}
    outcome = await world.act(wie, "register.pandToevoegen", own, {"adres": adres}, bevestigd=True)
    assert outcome.uitgevoerd, outcome.meldingen
    return global_id(*outcome.toon)


async def concerned(world, wie, pand, **given):
    who = {"soort": "natuurlijk_persoon", "rol": "volle_eigenaar", **given}
    outcome = await world.act(wie, "register.betrokkeneToevoegen", pand, {"betrokkene": who})
    assert outcome.uitgevoerd, outcome.meldingen


@pytest.fixture(scope="module")
async def people(world):
    """Els Peeters twice in Aalst, once in Gent; Niël D'Hondt in Aalst."""
    first, second = await a_pand(world, DB, "Kerkstraat"), await a_pand(world, DB, "Molenstraat")
    elsewhere = await a_pand(world, GENT, "Veldstraat")
    await concerned(world, DB, first, naam="Peeters", voornaam="Els", insz=INSZ)
    await concerned(world, DB, second, naam="Peeters", voornaam="Els", insz=INSZ)
    await concerned(world, GENT, elsewhere, naam="Peeters", voornaam="Els")
    await concerned(world, DB, first, naam="D'Hondt", voornaam="Niël")
    return first, second, elsewhere


async def referte(world, key):
    return (await world.query(DB, "query($id: ID!) { node(id: $id) { ... on Pand { referte } } }", id=key))["node"][
        "referte"
    ]


async def key_of(world, wie, naam):
    async with world.session(wie) as session:
        found = await session.scalars(select(Betrokkene.id).where(Betrokkene.naam == naam).order_by(Betrokkene.referte))
        return [global_id("Betrokkene", key) for key in found]


async def lines(world, persona):
    async with world.session(persona) as session:
        return list((await session.scalars(select(Auditregel).order_by(Auditregel.volgnummer))).all())
