"""Recording, signing and removing an examination; who sees it before and after the signature."""

from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from sqlalchemy import text

from vlok.testing.world import World
from vlok_register.api.register import Adres, NieuweEntiteit, NieuwPand, gemeente, make_entiteiten, make_panden

pytestmark = pytest.mark.asyncio(loop_scope="session")

WC = "woningcontroleur@aalst"
WVL = "woningcontroleur@wvl"
_numbers = count(1)
ONDERZOEKEN = """query ($r: String!) { pand(referte: $r) { onderzoeken {
  referte status datum redenNaam organisatieNaam ondertekendOp resultaten { uitslag entiteit { referte } }
} } }"""


@dataclass
class Huis:
    """A pand in Aalst with two dwellings."""

    world: World
    pand: str
    entiteiten: list[str]

    async def leg_vast(self, wie: str = WC, datum: str = "2026-11-05", reden: str = "vooronderzoek") -> Any:
        een, twee = self.entiteiten
        rijen = [{"entiteit": een, "uitslag": "OG/OB"}, {"entiteit": twee, "uitslag": "VOL"}]
        gegevens = {"datum": datum, "reden": reden, "entiteiten": self.entiteiten}
        stappen = {"onderzoek": gegevens, "resultaten": {"perEntiteit": rijen}}
        return await self.world.act(wie, "onderzoek.resultaatVastleggen", self.pand, stappen)

    async def zie(self, wie: str) -> list[dict[str, Any]]:
        found = await self.world.query(wie, ONDERZOEKEN, r=self.pand)
        onderzoeken: list[dict[str, Any]] = found["pand"]["onderzoeken"]
        return onderzoeken


@pytest.fixture
async def huis(world: World) -> Huis:
    async with world.kernel.work(await world.actor("dossierbeheerder@aalst")) as work:
        aalst = gemeente("Aalst", work.today)
        assert aalst is not None
        [pand] = await make_panden(work, [NieuwPand(Adres.lees(f"Kerkstraat {next(_numbers)}"), aalst)])
        wanted = [NieuweEntiteit(pand, "ZW", busnummer=bus) for bus in ("1", "2")]
        made = await make_entiteiten(work, wanted)
    return Huis(world, pand.referte, [entiteit.referte for entiteit in made])


async def test_an_examination_keeps_its_results_in_the_order_given(huis):
    outcome = await huis.leg_vast()
    assert outcome.uitgevoerd, outcome.meldingen
    [onderzoek] = await huis.zie(WC)
    assert (onderzoek["status"], onderzoek["redenNaam"], onderzoek["datum"]) == (
        "In opmaak",
        "Vooronderzoek",
        "2026-11-05",
    )
    een, twee = huis.entiteiten
    assert [(r["entiteit"]["referte"], r["uitslag"]) for r in onderzoek["resultaten"]] == [
        (een, "OG/OB"),
        (twee, "VOL"),
    ]


async def test_until_the_signature_it_is_the_own_organisations(huis):
    await huis.leg_vast()
    assert await huis.zie(WVL) == []
    [onderzoek] = await huis.zie("lezer@aalst")
    signed = await huis.world.act(WC, "onderzoek.ondertekenen", onderzoek["referte"])
    assert signed.uitgevoerd, signed.meldingen
    for wie in (WVL, "wooninspecteur@wi"):
        [seen] = await huis.zie(wie)
        assert seen["status"] == "Ondertekend"
        assert seen["ondertekendOp"] is not None
        assert len(seen["resultaten"]) == 2


async def test_the_signature_is_told_once_with_every_result(huis):
    await huis.leg_vast()
    [onderzoek] = await huis.zie(WC)
    await huis.world.act(WC, "onderzoek.ondertekenen", onderzoek["referte"])
    again = await huis.world.act(WC, "onderzoek.ondertekenen", onderzoek["referte"])
    assert [m.tekst for m in again.meldingen] == ["Dit onderzoek is al ondertekend."]
    async with huis.world.session(WC) as session:
        told = (await session.scalars(text("select inhoud from feit where soort = 'OnderzoekOndertekend'"))).all()
    [feit] = [feit for feit in told if feit["referte"] == onderzoek["referte"]]
    assert [uitslag for _, uitslag in feit["uitslagen"]] == ["OG/OB", "VOL"]


async def test_an_unsigned_examination_can_be_removed_and_a_signed_one_not(huis):
    await huis.leg_vast()
    [onderzoek] = await huis.zie(WC)
    removed = await huis.world.act(WC, "onderzoek.verwijderen", onderzoek["referte"])
    assert removed.uitgevoerd, removed.meldingen
    assert await huis.zie(WC) == []

    await huis.leg_vast()
    [onderzoek] = await huis.zie(WC)
    await huis.world.act(WC, "onderzoek.ondertekenen", onderzoek["referte"])
    refused = await huis.world.act(WC, "onderzoek.verwijderen", onderzoek["referte"])
    assert [m.code for m in refused.meldingen] == ["NIET_BESCHIKBAAR"]


async def test_an_examination_of_tomorrow_is_refused(huis):
    outcome = await huis.leg_vast(datum="2026-11-24")
    assert [(m.code, m.veld) for m in outcome.meldingen] == [("DATUM", "datum")]


async def test_a_reason_of_the_agency_is_not_the_gemeentes(huis):
    outcome = await huis.leg_vast(reden="advies")
    assert [(m.code, m.veld) for m in outcome.meldingen] == [("ONGELDIGE_KEUZE", "reden")]
    assert (await huis.leg_vast(wie=WVL, reden="advies")).uitgevoerd


@pytest.mark.parametrize("wie", ["dossierbeheerder@aalst", "lezer@aalst", "woningcontroleur@gent", "lezer@vlabel"])
async def test_only_a_woningcontroleur_of_the_place_or_the_agency_examines(huis, wie):
    assert [m.code for m in (await huis.leg_vast(wie=wie)).meldingen] == ["ONBEKEND"]


async def test_another_organisation_does_not_sign_for_us(huis):
    await huis.leg_vast()
    [onderzoek] = await huis.zie(WC)
    outcome = await huis.world.act(WVL, "onderzoek.ondertekenen", onderzoek["referte"])
    assert [m.code for m in outcome.meldingen] == ["ONBEKEND"]
