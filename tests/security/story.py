"""A small region with something of everything: what proofs of tenancy look at.

Each municipality has a dwelling whose decision is valid and on the inventory, and one in the middle: unsigned
documents of the municipality, an unsigned advice of the agency, an unsigned examination of each side.
"""

from dataclasses import dataclass
from typing import Any

from vlok.graph.names import global_id
from vlok.testing.world import World

GEMEENTEN = {"aalst": "9300", "gent": "9000", "antwerpen": "2000"}
"""Code → postal code."""
WVL = "dossierbeheerder@wvl"
GA = "gewestelijk-ambtenaar@wvl"

DOCUMENTS = "query ($r: String!) { dossier(referte: $r) { documenten { referte status } } }"
UNITS = "query ($r: String!) { pand(referte: $r) { entiteiten { referte } } }"


@dataclass
class Teller:
    """Acts for one municipality; every step must succeed."""

    world: World
    code: str

    @property
    def beheerder(self) -> str:
        """Who runs the procedures."""
        return f"dossierbeheerder@{self.code}"

    @property
    def controleur(self) -> str:
        """Who examines."""
        return f"woningcontroleur@{self.code}"

    async def do(self, who: str, action: str, subject: str, **steps: Any) -> str:
        """An action; returns the second word of what the product says: mostly a reference."""
        outcome = await self.world.act(who, action, subject, steps, bevestigd=True)
        assert outcome.uitgevoerd, (action, outcome.meldingen)
        return (outcome.bericht or "").split()[1].rstrip(".") if outcome.bericht else ""

    async def organisation(self) -> str:
        """The global id of the municipality."""
        actor = await self.world.actor(self.beheerder)
        return global_id("Organisatie", actor.organisatie_id)

    async def pand(self, number: int) -> tuple[str, list[str]]:
        """A property with two dwellings and its owner."""
        adres = {"straat": "Kanaalstraat", "huisnummer": str(number), "postcode": GEMEENTEN[self.code]}
        outcome = await self.world.act(
            self.beheerder, "register.pandToevoegen", await self.organisation(), {"adres": adres}
        )
        assert outcome.uitgevoerd, outcome.meldingen
        assert outcome.toon is not None
        pand = global_id(*outcome.toon)
        for unit in ({"soort": "ZW", "busnummer": "1"}, {"soort": "ZW", "ligging": "op zolder", "busnummer": "2"}):
            await self.do(self.beheerder, "register.entiteitToevoegen", pand, entiteit=unit)
        eigenaar = {"soort": "natuurlijk_persoon", "voornaam": "Lucas", "naam": "Vermeersch", "rol": "volle_eigenaar"}
        eigenaar |= {"insz": "85073003328", "adres": "Stationsstraat 45"}
        await self.do(self.beheerder, "register.betrokkeneToevoegen", pand, betrokkene=eigenaar)
        found = await self.world.query(
            self.beheerder, "query ($id: ID!) { node(id: $id) { ... on Pand { entiteiten { referte } } } }", id=pand
        )
        return pand, [unit["referte"] for unit in found["node"]["entiteiten"]]

    async def examine(self, who: str, pand: str, units: list[str], *, sign: bool) -> None:
        """An examination of all dwellings."""
        reden = "advies" if who.endswith("@wvl") else "vooronderzoek"
        referte = await self.do(
            who,
            "onderzoek.resultaatVastleggen",
            pand,
            onderzoek={"datum": "2026-11-05", "reden": reden, "entiteiten": units},
            resultaten={"perEntiteit": [{"entiteit": unit, "uitslag": "OG/OB"} for unit in units]},
        )
        if sign:
            await self.do(who, "onderzoek.ondertekenen", referte)

    async def start(self, pand: str) -> str:
        """A procedure."""
        verzoek = {"datum": "2026-11-02", "initiatiefnemer": "belanghebbende", "omschrijving": "Vocht in de kamer"}
        return await self.do(self.beheerder, "oo.procedureStarten", pand, verzoek=verzoek)

    async def sign(self, who: str, dossier: str) -> None:
        """Make the own documents ready and replace them by signed ones."""
        await self.do(who, "kernel.documentenKlaarmaken", dossier)
        found = await self.world.query(who, DOCUMENTS, r=dossier)
        for document in found["dossier"]["documenten"]:
            if document["status"] == "Ter manuele ondertekening":
                bestand = {"bestand": await self.world.upload(who)}
                await self.do(who, "kernel.documentVervangen", document["referte"], bestand=bestand)

    async def ask_advice(self, dossier: str, units: list[str]) -> None:
        """The municipality asks, the agency writes."""
        wanted = {"typeWoning": "ZW", "entiteiten": units}
        await self.do(self.beheerder, "oo.adviesVragen", dossier, datum={"datum": "2026-11-03"}, entiteiten=wanted)
        rows = [{"entiteit": unit, "uitslag": "OG/OB", "motivering": "Zie verslag."} for unit in units]
        await self.do(WVL, "oo.adviesMaken", dossier, adviezen={"perEntiteit": rows})

    async def hear(self, dossier: str, units: list[str]) -> None:
        """The hearing, with one reaction."""
        await self.do(self.beheerder, "oo.hoorplichtStarten", dossier, hoorplicht={"entiteiten": units})
        await self.do(
            self.beheerder,
            "oo.reactieRegistreren",
            dossier,
            entiteiten={"entiteiten": units},
            reactie={"datum": "2026-11-20", "wijze": "mondeling", "inhoud": "De eigenaar start met de werken."},
            verslag={"bestand": await self.world.upload(self.beheerder)},
        )

    async def decide(self, dossier: str, units: list[str]) -> None:
        """Decisions of the mayor, not signed yet."""
        await self.do(
            self.beheerder,
            "oo.beslissingBurgemeesterMaken",
            dossier,
            entiteiten={"entiteiten": units},
            standaard={"datum": "2026-11-23", "beslissing": "OG/OB"},
            beslissingen={"perEntiteit": [{"entiteit": unit} for unit in units]},
            ondertekening={"flow": "MANUEEL"},
        )

    async def finished(self) -> tuple[str, list[str]]:
        """The whole line, up to the inventory."""
        pand, units = await self.pand(12)
        dossier = await self.start(pand)
        await self.examine(self.controleur, pand, units, sign=True)
        await self.ask_advice(dossier, units[:1])
        await self.sign(GA, dossier)
        await self.do(WVL, "oo.adviesVersturen", dossier)
        await self.hear(dossier, units[:1])
        await self.decide(dossier, units[:1])
        await self.sign(self.beheerder, dossier)
        verzending = {"datumBetekening": "2026-11-23", "poststempel": True}
        await self.do(self.beheerder, "oo.beslissingVersturen", dossier, verzending=verzending)
        await self.do(WVL, "oo.beslissingValideren", dossier)
        return pand, units

    async def halfway(self) -> None:
        """A procedure in which each side still has something of its own."""
        pand, units = await self.pand(14)
        dossier = await self.start(pand)
        await self.examine(self.controleur, pand, units[1:], sign=True)
        await self.ask_advice(dossier, units[:1])
        await self.decide(dossier, units[1:])
        await self.examine("woningcontroleur@wvl", pand, units, sign=False)
        await self.examine(self.controleur, pand, units, sign=False)


NATRAJECT, VERBALISANT, INSPECTEUR = "voor-en-natraject@wi", "verbalisant@wi", "wooninspecteur@wi"
CONTROLEUR = "woningcontroleur@wvl"
CHOICES = """query ($h: String!, $r: ID!) { formulier(handeling: $h, subject: $r) {
  stappen { velden { naam opties { waarde label } } } } }"""
INSIDE = """query ($r: ID!) { node(id: $r) { ... on Dossier {
  documenten(first: 50) { referte status } wi { opdrachten { id } } } } }"""


@dataclass
class Inspectie:
    """One judicial dossier inside the compartment, on a property of anybody."""

    world: World
    pand: str
    units: list[str]
    dossier: str = ""

    async def do(self, who: str, action: str, subject: str = "", **steps: Any) -> Any:
        """An action inside that must succeed."""
        outcome = await self.world.wi.act(who, action, subject or self.dossier, steps, bevestigd=True)
        assert outcome.uitgevoerd, (action, outcome.meldingen)
        return outcome

    async def open(self) -> None:
        """The dossier, with a suspect whom the municipality knows as well."""
        opened = await self.do(NATRAJECT, "wi.dossierOpenen", self.pand, opening={"aanleiding": "ambtshalve"})
        self.dossier = global_id(*opened.toon)
        suspect = {
            "hoedanigheid": "verdachte",
            "soort": "natuurlijk_persoon",
            "voornaam": "Lucas",
            "naam": "Vermeersch",
        }
        await self.do(NATRAJECT, "wi.partijToevoegen", partij={**suspect, "insz": "85073003328"})

    async def option(self, action: str, field: str, label: str = "") -> str:
        """A value that may be chosen in a field."""
        found = (await self.world.wi.query(INSPECTEUR, CHOICES, h=action, r=self.dossier))["formulier"]
        fields = [one for step in found["stappen"] for one in step["velden"] if one["naam"] == field]
        return next(o["waarde"] for one in fields for o in one["opties"] if label in o["label"])

    async def examined(self) -> None:
        """By a woningcontroleur of the agency, as a guest."""
        name = (await self.world.actor(CONTROLEUR)).naam
        chosen = await self.option("wi.onderzoekAanvragen", "controleur", name)
        await self.do(
            INSPECTEUR,
            "wi.onderzoekAanvragen",
            aanvraag={"controleur": chosen, "datum": "2026-11-24", "checklist": "Kijk naar de geiser."},
        )
        found = await self.world.wi.query(INSPECTEUR, INSIDE, r=self.dossier)
        opdracht = found["node"]["wi"]["opdrachten"][0]["id"]
        rows = [{"entiteit": unit, "uitslag": "OG", "bevindingen": "Zie foto's."} for unit in self.units]
        visit = {"datum": "2026-11-23"}
        await self.do(CONTROLEUR, "wi.opdrachtUitvoeren", opdracht, bezoek=visit, bevindingen={"perEntiteit": rows})
        waits = await self.option("wi.onderzoekValideren", "opdracht")
        await self.do(VERBALISANT, "wi.onderzoekValideren", validatie={"opdracht": waits})
        await self.do(CONTROLEUR, "wi.kennisNemen", opdracht)

    async def sign(self, who: str) -> None:
        """All documents that wait."""
        await self.do(who, "kernel.documentenKlaarmaken")
        found = await self.world.wi.query(INSPECTEUR, INSIDE, r=self.dossier)
        for document in found["node"]["documenten"]:
            if document["status"] == "Ter manuele ondertekening":
                bestand = {"bestand": await self.world.wi.upload(who)}
                await self.do(who, "kernel.documentVervangen", document["referte"], bestand=bestand)

    async def prosecuted(self) -> None:
        """Up to a signed herstelvordering that only has to be entered in the public register."""
        await self.open()
        await self.examined()
        pv = {"datum": "2026-11-23", "entiteiten": self.units, "vaststellingen": "Verhuurd."}
        await self.do(VERBALISANT, "wi.pvOpmaken", pv=pv)
        await self.sign(VERBALISANT)
        sent = {"parket": "parket Oost-Vlaanderen", "datum": "2026-11-23"}
        await self.do(VERBALISANT, "wi.pvVerzenden", verzending=sent)
        await self.do(
            INSPECTEUR,
            "wi.herstelvorderingOpmaken",
            vordering={
                "datum": "2026-11-23",
                "entiteiten": self.units,
                "maatregel": "herstel",
                "termijnMaanden": 10,
                "dwangsom": 150,
                "motivering": "Gevaar voor de bewoners.",
            },
        )
        await self.sign(INSPECTEUR)


async def tell(world: World) -> None:
    """The whole story: every municipality, and the inspectorate on two of the dwellings."""
    await world.actor(CONTROLEUR)  # known from a first sign-in
    for code in GEMEENTEN:
        pand, units = await Teller(world, code).finished()
        await Teller(world, code).halfway()
        if code == "aalst":
            await Inspectie(world, pand, units).prosecuted()
        if code == "gent":
            await Inspectie(world, pand, units).open()
