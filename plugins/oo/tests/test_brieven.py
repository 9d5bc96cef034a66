"""What the documents of a real dossier say: the people, the reactions, the examination and the advies."""

import pytest
from sqlalchemy import select

from vlok.api.tables import Document

pytestmark = pytest.mark.asyncio(loop_scope="session")

DB = "dossierbeheerder@aalst"
WVL = "dossierbeheerder@wvl"
EIGENAAR = {"voornaam": "Lotte", "naam": "Verhelst", "rol": "Volle eigenaar", "adres": "Zandweg 7\n9300 Aalst"}
BEWONER = {"voornaam": "Amir", "naam": "Haddad", "rol": "Bewoner"}
MENU = """query ($r: ID!) { formulier(handeling: "register.betrokkeneToevoegen", subject: $r) {
  stappen { velden { naam opties { waarde label } } }
} }"""
VERZOEKERS = """query ($r: ID!) { formulier(handeling: "oo.procedureStarten", subject: $r) {
  stappen { velden { naam opties { waarde label } } }
} }"""


async def options(one, query, veld):
    formulier = (await one.world.query(DB, query, r=one.pand))["formulier"]
    velden = {v["naam"]: v["opties"] for stap in formulier["stappen"] for v in stap["velden"]}
    return {optie["label"]: optie["waarde"] for optie in velden[veld]}


@pytest.fixture
def bewoond(zaak):
    """``await bewoond()``: a procedure on the request of the bewoner, with an owner."""

    async def make():
        one = await zaak()
        roles = await options(one, MENU, "rol")
        for person in (EIGENAAR, BEWONER):
            betrokkene = {**person, "soort": "natuurlijk_persoon", "rol": roles[person["rol"]]}
            await one.doe(DB, "register.betrokkeneToevoegen", one.pand, betrokkene=betrokkene)
        people = await options(one, VERZOEKERS, "verzoekers")
        verzoek = {
            "datum": "2026-11-02",
            "initiatiefnemer": "belanghebbende",
            "verzoekers": [people["Amir Haddad"]],
            "bestand": await one.world.upload(DB),
        }
        outcome = await one.doe(DB, "oo.procedureStarten", one.pand, verzoek=verzoek)
        one.dossier = outcome.bericht.split()[1]
        return one

    return make


async def inhoud(one, wie, soort):
    """What the one document of a type speaks about."""
    [referte] = [d["referte"] for d in (await one.zie(wie))["documenten"] if d["soort"] == soort]
    async with one.world.session(wie) as session:
        opdracht = await session.scalar(select(Document.opdracht).where(Document.referte == referte))
    return opdracht["content"]


async def test_the_besluit_tells_what_happened_in_the_dossier(bewoond):
    one = await bewoond()
    await one.onderzoek("OG")
    await one.advies("OG")
    await one.doe(DB, "oo.hoorplichtStarten", one.dossier, hoorplicht={"entiteiten": one.entiteiten})
    people = await options(one, VERZOEKERS, "verzoekers")
    await one.doe(
        DB,
        "oo.reactieRegistreren",
        one.dossier,
        entiteiten={"entiteiten": one.entiteiten},
        reactie={"datum": "2026-11-20", "wijze": "schriftelijk", "inhoud": "De werken zijn besteld."},
        betrokkenen={"betrokkenen": [people["Lotte Verhelst"]]},
    )
    await one.beslis("2026-11-30", "OG", motivering="Er is niets hersteld.")
    said = await inhoud(one, DB, "DT034")
    assert said["verzoek"] == {"datum": {"$datum": "2026-11-02"}, "verzoeker": "Amir Haddad"}
    assert {p["naam"]: p["hoedanigheid"] for p in said["betrokkenen"]} == {
        "Lotte Verhelst": "volle eigenaar",
        "Amir Haddad": "bewoner",
    }
    assert said["onderzoek"]["uitvoerder"] == "de woningcontroleur van Aalst"
    assert said["advies"]["uitslag"] == "OG"
    [reactie] = said["reacties"]
    assert (reactie["naam"], reactie["wijze"], reactie["inhoud"]) == (
        "Lotte Verhelst",
        "schriftelijk",
        "De werken zijn besteld.",
    )
    assert said["motivering"] == "Er is niets hersteld."
    assert said["woning"]["entiteit"] == one.entiteiten[0]
    [shown] = (await one.zie())["oo"]["reacties"]
    assert shown["personen"] == "Lotte Verhelst"


async def test_uitstel_goes_to_the_owner_with_a_copy_to_the_others(bewoond):
    one = await bewoond()
    await one.onderzoek("OG")
    await one.beslis("2026-11-30", "UITSTEL", uitstelTot="2027-02-28")
    said = await inhoud(one, DB, "DT044")
    assert said["geadresseerde"] == {
        "hoedanigheid": "volle eigenaar",
        "naam": "Lotte Verhelst",
        "adres": ["Zandweg 7", "9300 Aalst"],
    }
    assert [p["naam"] for p in said["kopie_aan"]] == ["Amir Haddad"]


async def test_the_letter_with_the_advies_goes_to_the_burgemeester_with_the_end_of_the_term(bewoond):
    one = await bewoond()
    await one.vraag_advies("2026-11-03")
    rijen = [{"entiteit": one.entiteiten[0], "uitslag": "GADV"}]
    await one.doe(WVL, "oo.adviesMaken", one.dossier, adviezen={"perEntiteit": rijen})
    said = await inhoud(one, WVL, "DT024")
    assert said["geadresseerde"]["naam"] == "De burgemeester van Aalst"
    assert said["beslissen_voor"] == {"$datum": "2027-02-02"}
    assert [(a["entiteit"], a["uitslag"]) for a in said["adviezen"]] == [(one.entiteiten[0], "GADV")]
    await one.world.drain()
    query = "query ($r: String!) { dossier(referte: $r) { documenten { soort beschikbaar } } }"
    found = (await one.world.query(WVL, query, r=one.dossier))["dossier"]["documenten"]
    assert {(d["soort"], d["beschikbaar"]) for d in found} == {("DT001", True), ("DT023", True), ("DT024", True)}
