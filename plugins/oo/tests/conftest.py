"""A pand in Aalst with some dwellings, and the steps that bring a procedure OO to where a test begins."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from vlok.testing.world import World
from vlok_register.api.register import Adres, NieuweEntiteit, NieuwPand, gemeente, make_entiteiten, make_panden

DB = "dossierbeheerder@aalst"
CONTROLEUR = "woningcontroleur@aalst"
WVL = "dossierbeheerder@wvl"
WVL_CONTROLEUR = "woningcontroleur@wvl"
GA = "gewestelijk-ambtenaar@wvl"

_numbers = count(1)

DOSSIER = """query ($r: String!) { dossier(referte: $r) {
  status info
  deelprocedures(first: 500) { status entiteit { referte } }
  taken(first: 500) { nummer deadline geslotenOp rol }
  documenten(first: 500) { referte soort status titel }
  oo {
    datumVerzoek initiatiefnemer termijnBurgemeester datumAdviesvraag hoorplichtTot
    adviezen(first: 500) { uitslag status datum entiteit { referte } }
    reacties { referte datum wijze personen }
    beslissingen(first: 500) {
      referte soort soortNaam status datum datumBetekening beroepTot afkeuring snelherstelDagen datumStopzetting
      entiteit { referte } documenten { referte soort status }
    }
  }
} }"""


@dataclass
class Zaak:
    """One pand with its procedure, driven by the people who drive it in practice."""

    world: World
    pand: str
    entiteiten: list[str]
    dossier: str = ""

    async def doe(self, wie: str, handeling: str, subject: str, **stappen: Any) -> Any:
        """An action that must succeed, warnings confirmed."""
        outcome = await self.world.act(wie, handeling, subject, stappen, bevestigd=True)
        assert outcome.uitgevoerd, outcome.meldingen
        return outcome

    async def probeer(self, wie: str, handeling: str, subject: str, **stappen: Any) -> Any:
        """An action that may be refused."""
        return await self.world.act(wie, handeling, subject, stappen)

    async def start(self, datum: str = "2026-11-02") -> None:
        """The gemeente starts the procedure."""
        verzoek = {"datum": datum, "initiatiefnemer": "belanghebbende"}
        outcome = await self.doe(DB, "oo.procedureStarten", self.pand, verzoek=verzoek)
        self.dossier = outcome.bericht.split()[1]

    async def onderzoek(self, uitslag: str, datum: str = "2026-11-05", wie: str = CONTROLEUR) -> None:
        """A woningcontroleur examines all dwellings and signs."""
        reden = "vooronderzoek" if wie == CONTROLEUR else "advies"
        outcome = await self.doe(
            wie,
            "onderzoek.resultaatVastleggen",
            self.pand,
            onderzoek={"datum": datum, "reden": reden, "entiteiten": self.entiteiten},
            resultaten={"perEntiteit": [{"entiteit": e, "uitslag": uitslag} for e in self.entiteiten]},
        )
        await self.doe(wie, "onderzoek.ondertekenen", outcome.bericht.split()[1])

    async def vraag_advies(self, datum: str = "2026-11-03") -> None:
        """The gemeente asks advice about all dwellings."""
        await self.doe(
            DB,
            "oo.adviesVragen",
            self.dossier,
            datum={"datum": datum},
            entiteiten={"typeWoning": "ZW", "entiteiten": self.entiteiten},
        )

    async def advies(self, uitslag: str) -> None:
        """The whole way of an advies, from the question to the sending."""
        await self.vraag_advies()
        rijen = [{"entiteit": e, "uitslag": uitslag, "motivering": "Zie verslag."} for e in self.entiteiten]
        await self.doe(WVL, "oo.adviesMaken", self.dossier, adviezen={"perEntiteit": rijen})
        await self.teken(GA)
        await self.doe(WVL, "oo.adviesVersturen", self.dossier)

    async def beslis(self, datum: str, beslissing: str = "OG", **opties: Any) -> Any:
        """The burgemeester decides the same about all dwellings, by hand when still to be signed."""
        rijen = [{"entiteit": e, **opties} for e in self.entiteiten]
        return await self.doe(
            DB,
            "oo.beslissingBurgemeesterMaken",
            self.dossier,
            entiteiten={"entiteiten": self.entiteiten},
            standaard={"datum": datum, "beslissing": beslissing},
            beslissingen={"perEntiteit": rijen},
            ondertekening={"flow": "MANUEEL"},
        )

    async def teken(self, wie: str) -> None:
        """Make all documents of the own organisation ready and replace each by its signed file."""
        await self.doe(wie, "kernel.documentenKlaarmaken", self.dossier)
        zicht = await self.zie(wie)
        for document in zicht["documenten"]:
            if document["status"] == "Ter manuele ondertekening":
                bestand = {"bestand": await self.world.upload(wie)}
                await self.doe(wie, "kernel.documentVervangen", document["referte"], bestand=bestand)

    async def zie(self, wie: str = DB) -> dict[str, Any]:
        """The dossier as somebody sees it."""
        found = (await self.world.query(wie, DOSSIER, r=self.dossier))["dossier"]
        assert isinstance(found, dict)
        return found

    async def statussen(self) -> set[str]:
        """The statuses of the deelprocedures."""
        return {dp["status"] for dp in (await self.zie())["deelprocedures"]}

    async def taken(self) -> set[int]:
        """The numbers of the open tasks."""
        return {taak["nummer"] for taak in (await self.zie())["taken"] if taak["geslotenOp"] is None}

    async def beslissingen(self, wie: str = DB) -> list[dict[str, Any]]:
        """The decisions as somebody sees them."""
        found = (await self.zie(wie))["oo"]["beslissingen"]
        assert isinstance(found, list)
        return found


MaakZaak = Callable[..., Awaitable[Zaak]]


@pytest.fixture
def zaak(world: World) -> MaakZaak:
    """``await zaak(2)``: a new pand in Aalst with two zelfstandige woningen."""

    async def make(woningen: int = 1) -> Zaak:
        async with world.kernel.work(await world.actor(DB)) as work:
            aalst = gemeente("Aalst", work.today)
            assert aalst is not None
            adres = Adres.lees(f"Molenstraat {next(_numbers)}")
            [pand] = await make_panden(work, [NieuwPand(adres, aalst)])
            wanted = [NieuweEntiteit(pand, "ZW", busnummer=str(n + 1)) for n in range(woningen)]
            made = await make_entiteiten(work, wanted)
        return Zaak(world, pand.referte, [entiteit.referte for entiteit in made])

    return make


@pytest.fixture
def klaar(zaak: MaakZaak) -> MaakZaak:
    """``await klaar(2)``: a procedure whose two dwellings the gemeente examined, ready for a decision."""

    async def make(woningen: int = 1, uitslag: str = "OG") -> Zaak:
        one = await zaak(woningen)
        await one.start()
        await one.onderzoek(uitslag)
        return one

    return make
