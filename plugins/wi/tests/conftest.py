"""A pand in Aalst with some dwellings, and the steps that bring a WI-dossier to where a test begins."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import update

from vlok.testing.world import World
from vlok_register.api.register import Adres, NieuweEntiteit, NieuwPand, gemeente, make_entiteiten, make_panden
from vlok_wi.tables import LOPEND, Opdrachtstatus, WiOpdracht

NATRAJECT = "voor-en-natraject@wi"
MEDEWERKER = "administratief-medewerker@wi"
VERBALISANT = "verbalisant@wi"
INSPECTEUR = "wooninspecteur@wi"
LEZER = "lezer@wi"
CONTROLEUR = "woningcontroleur@wvl"
DB = "dossierbeheerder@aalst"

_numbers = count(1)

DOSSIER = """query ($r: String!) { dossier(referte: $r) {
  referte status
  taken(first: 100) { nummer deadline geslotenOp rol }
  documenten(first: 100) { referte soort status titel }
  tijdlijn(first: 100) { titel wie }
  wi {
    aanleiding stappen
    melding { status melder ooReferte beantwoordOp }
    partijen { hoedanigheid naam nummer }
    opdrachten { id status datum checklist controleur pand { referte } }
    resultaten { uitslag gevalideerd controleur entiteit { referte } }
    processenVerbaal { nummer soort status parket entiteiten { referte } documenten { soort } }
    herstelvorderingen { nummer status maatregel termijnMaanden ingeschrevenOp uitgevoerdOp entiteiten { referte } }
    gevolgen { soort datum }
    uitspraken { datum herstel hersteltermijn dwangsom }
  }
} }"""
OPDRACHTEN = "{ opdrachten { edges { node { id datum checklist status pand { referte titel } } } } }"
CONTROLEURS = """query ($r: ID!) { formulier(handeling: "wi.onderzoekAanvragen", subject: $r) {
  stappen { velden { naam opties { waarde label } } }
} }"""
VALIDATIES = """query ($r: ID!) { formulier(handeling: "wi.onderzoekValideren", subject: $r) {
  stappen { velden { naam opties { waarde label } } }
} }"""


@dataclass
class WiDossier:
    """One pand with its WI-dossier, driven by the people who drive it in practice."""

    world: World
    pand: str
    pand_id: Any
    entiteiten: Sequence[str]
    referte: str = ""

    async def doe(self, wie: str, handeling: str, subject: str | None = None, **stappen: Any) -> Any:
        """An action inside that must succeed, warnings confirmed."""
        outcome = await self.world.wi.act(wie, handeling, subject or self.referte, stappen, bevestigd=True)
        assert outcome.uitgevoerd, outcome.meldingen
        return outcome

    async def probeer(self, wie: str, handeling: str, subject: str | None = None, **stappen: Any) -> Any:
        """An action inside that may be refused."""
        return await self.world.wi.act(wie, handeling, subject or self.referte, stappen)

    async def codes(self, wie: str, handeling: str, subject: str | None = None, **stappen: Any) -> list[str]:
        """The codes with which it is refused."""
        outcome = await self.probeer(wie, handeling, subject, **stappen)
        assert not outcome.uitgevoerd
        return [melding.code for melding in outcome.meldingen]

    async def open(self, **opening: Any) -> None:
        """Voor- en natraject opens the dossier."""
        given = {"aanleiding": "ambtshalve", **opening}
        outcome = await self.doe(NATRAJECT, "wi.dossierOpenen", self.pand, opening=given)
        self.referte = outcome.bericht.split()[1]

    async def keuzes(self, query: str, veld: str) -> dict[str, str]:
        """What may be chosen in a field, by label."""
        formulier = (await self.world.wi.query(INSPECTEUR, query, r=self.referte))["formulier"]
        velden = {v["naam"]: v["opties"] for stap in formulier["stappen"] for v in stap["velden"]}
        return {optie["label"]: optie["waarde"] for optie in velden[veld]}

    async def controleur(self) -> str:
        """The id of the woningcontroleur of Wonen in Vlaanderen."""
        naam = (await self.world.actor(CONTROLEUR)).naam
        return (await self.keuzes(CONTROLEURS, "controleur"))[naam]

    async def vraag_onderzoek(self, datum: str = "2026-11-24", checklist: str = "Kijk naar de geiser.") -> str:
        """The wooninspecteur asks the woningcontroleur; the id of the assignment."""
        aanvraag = {"controleur": await self.controleur(), "datum": datum, "checklist": checklist}
        await self.doe(INSPECTEUR, "wi.onderzoekAanvragen", aanvraag=aanvraag)
        opdrachten = (await self.zie())["wi"]["opdrachten"]
        return str(opdrachten[0]["id"])

    async def voer_uit(self, opdracht: str, uitslag: str = "OG", datum: str = "2026-11-23") -> None:
        """The woningcontroleur hands his examination over."""
        rijen = [{"entiteit": e, "uitslag": uitslag, "bevindingen": "Zie foto's."} for e in self.entiteiten]
        stappen = {"bezoek": {"datum": datum}, "bevindingen": {"perEntiteit": rijen}}
        await self.doe(CONTROLEUR, "wi.opdrachtUitvoeren", opdracht, **stappen)

    async def valideer(self, wie: str = VERBALISANT) -> None:
        """Validate the one examination that waits."""
        [waarde] = (await self.keuzes(VALIDATIES, "opdracht")).values()
        await self.doe(wie, "wi.onderzoekValideren", validatie={"opdracht": waarde})

    async def onderzocht(self, uitslag: str = "OG", datum: str = "2026-11-23") -> None:
        """The whole way of an examination, from the question to the validation, and the guest is out again."""
        opdracht = await self.vraag_onderzoek()
        await self.voer_uit(opdracht, uitslag, datum)
        await self.valideer()
        await self.doe(CONTROLEUR, "wi.kennisNemen", opdracht)

    async def maak_pv(self, **gegevens: Any) -> None:
        """The verbalisant makes a proces-verbaal about all dwellings."""
        pv = {"datum": "2026-11-23", "entiteiten": self.entiteiten, "vaststellingen": "Verhuurd.", **gegevens}
        await self.doe(VERBALISANT, "wi.pvOpmaken", pv=pv)

    async def verzend_pv(self) -> None:
        """The signed proces-verbaal goes to the parket."""
        verzending = {"parket": "parket Oost-Vlaanderen", "datum": "2026-11-23"}
        await self.doe(VERBALISANT, "wi.pvVerzenden", verzending=verzending)

    async def pv(self) -> None:
        """From the findings to the parket."""
        await self.onderzocht()
        await self.maak_pv()
        await self.teken(VERBALISANT)
        await self.verzend_pv()

    async def vorder(self, **gegevens: Any) -> None:
        """The wooninspecteur makes and signs a herstelvordering."""
        vordering = {
            "datum": "2026-11-23",
            "entiteiten": self.entiteiten,
            "maatregel": "herstel",
            "termijnMaanden": 10,
            "dwangsom": 150,
            "motivering": "Gevaar voor de bewoners.",
            **gegevens,
        }
        await self.doe(INSPECTEUR, "wi.herstelvorderingOpmaken", vordering=vordering)
        await self.teken(INSPECTEUR)

    async def schrijf_in(self) -> None:
        """The signed herstelvordering comes in the public register."""
        await self.doe(INSPECTEUR, "wi.herstelvorderingInschrijven", inschrijving={"datum": "2026-11-23"})

    async def gevolg(self, soort: str = "dagvaarding") -> None:
        """The parket does something."""
        await self.doe(NATRAJECT, "wi.juridischGevolg", gevolg={"soort": soort, "datum": "2026-11-23"})

    async def uitspraak(self, **gegevens: Any) -> None:
        """The court orders repair."""
        uitspraak = {
            "datum": "2026-11-23",
            "instantie": "Rechtbank van eerste aanleg Oost-Vlaanderen",
            "herstel": True,
            "hersteltermijn": "2027-09-23",
            "dwangsom": 150,
            **gegevens,
        }
        await self.doe(NATRAJECT, "wi.uitspraakInvoeren", uitspraak=uitspraak)

    async def uitgevoerd(self) -> None:
        """Repaired, checked and established."""
        await self.onderzocht("VOL")
        pv = {"datum": "2026-11-23", "entiteiten": self.entiteiten, "vaststellingen": "Alles is hersteld."}
        await self.doe(INSPECTEUR, "wi.pvVanUitvoering", pv=pv)
        await self.teken(VERBALISANT)

    async def teken(self, wie: str) -> None:
        """Make all documents ready and replace each by its signed file."""
        await self.doe(wie, "kernel.documentenKlaarmaken")
        for document in (await self.zie())["documenten"]:
            if document["status"] == "Ter manuele ondertekening":
                bestand = {"bestand": await self.world.wi.upload(wie)}
                await self.doe(wie, "kernel.documentVervangen", document["referte"], bestand=bestand)

    async def zie(self, wie: str = LEZER) -> dict[str, Any]:
        """The dossier as somebody inside sees it."""
        found = (await self.world.wi.query(wie, DOSSIER, r=self.referte))["dossier"]
        assert isinstance(found, dict)
        return found

    async def status(self) -> str:
        """The status of the dossier."""
        return str((await self.zie())["status"])

    async def taken(self) -> set[int]:
        """The numbers of the open tasks."""
        return {taak["nummer"] for taak in (await self.zie())["taken"] if taak["geslotenOp"] is None}

    async def opdrachten(self) -> list[dict[str, Any]]:
        """What the woningcontroleur sees of the Wooninspectie."""
        edges = (await self.world.wi.query(CONTROLEUR, OPDRACHTEN))["opdrachten"]["edges"]
        return [edge["node"] for edge in edges]


Maak = Callable[..., Awaitable[WiDossier]]


@pytest_asyncio.fixture(loop_scope="session")
async def pand(world: World) -> AsyncIterator[Maak]:
    """``await pand(2)``: a new pand in Aalst with two zelfstandige woningen, without any dossier.

    What a test leaves open of assignments is withdrawn after it, so that the next one begins without a guest.
    """
    yield _maker(world)
    async with world.wi.kernel.work(await world.wi.actor(INSPECTEUR)) as work:
        ended = update(WiOpdracht).where(WiOpdracht.status.in_(LOPEND))
        await work.session.execute(ended.values(status=Opdrachtstatus.INGETROKKEN))


def _maker(world: World) -> Maak:
    async def make(woningen: int = 1) -> WiDossier:
        await world.actor(CONTROLEUR)  # known from a first sign-in
        async with world.kernel.work(await world.actor(DB)) as work:
            aalst = gemeente("Aalst", work.today)
            assert aalst is not None
            [made] = await make_panden(work, [NieuwPand(Adres.lees(f"Kerkhofstraat {next(_numbers)}"), aalst)])
            wanted = [NieuweEntiteit(made, "ZW", busnummer=str(n + 1)) for n in range(woningen)]
            entiteiten = await make_entiteiten(work, wanted)
        return WiDossier(world, made.referte, made.id, [entiteit.referte for entiteit in entiteiten])

    return make


@pytest.fixture
def zaak(pand: Maak) -> Maak:
    """``await zaak()``: a pand with a WI-dossier in Voortraject."""

    async def make(woningen: int = 1) -> WiDossier:
        one = await pand(woningen)
        await one.open()
        return one

    return make
