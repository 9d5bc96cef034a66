"""Herstelvorderingen: made and signed by the wooninspecteur, then entered in the public register.

Source: VCW art. 3.43 and 3.50. With the entry it becomes public that there is one; nothing before, and nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar
from uuid import uuid4

from vlok.api.actions import Done
from vlok.api.paper import DocumentOrder, order_documents
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks
from vlok.api.wizard import Answers, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_register.api.tables import Entiteit
from vlok_wi import brieven, rules
from vlok_wi.documents import VORDERING, rechtsgronden
from vlok_wi.feiten import WiFeiten
from vlok_wi.handeling import WiHandeling, dag, keuzes, niet_in_de_toekomst, zet_stap
from vlok_wi.inhoud import VorderingInhoud
from vlok_wi.tables import Vorderingstatus, WiHerstelvordering
from vlok_wi.tasks import SCHRIJF_VORDERING_IN
from vlok_wi.vrijgave import attest_vervallen, herstelvordering_ingeschreven, melding_met_herstelvordering

PREFIX = "HV"
LOPEND = (Vorderingstatus.IN_OPMAAK, Vorderingstatus.ONDERTEKEND, Vorderingstatus.INGESCHREVEN)


class WiMaatregel(StrEnum):
    """What the wooninspecteur asks (VCW art. 3.43)."""

    HERSTEL = "herstel"
    HERBESTEMMING = "herbestemming"
    SLOOP = "sloop"

    @property
    def label(self) -> str:
        """As users read it."""
        return {
            "herstel": "Herstel van alle gebreken",
            "herbestemming": "Andere bestemming",
            "sloop": "Sloop",
        }[self.value]


class WiVorderingGegevens(Form):
    """What is asked, of which entiteiten, within what term."""

    datum: date | None = vraag("Datum van de herstelvordering", verplicht=True)
    entiteiten: list[str] = vraag("Entiteiten", [], verplicht=True, keuze=True)
    maatregel: WiMaatregel | None = vraag("Maatregel", WiMaatregel.HERSTEL, verplicht=True)
    termijn_maanden: int | None = vraag("Hersteltermijn in maanden", verplicht=True)
    dwangsom: int | None = vraag("Dwangsom in euro per dag", minimum=0, maximum=100_000)
    motivering: str = vraag("Motivering", "", verplicht=True, lang=True)


GEGEVENS = Step("vordering", "Herstelvordering", WiVorderingGegevens)


class HerstelvorderingOpmaken(WiHandeling):
    """Herstelvordering opmaken."""

    key = "wi.herstelvorderingOpmaken"
    title = "Herstelvordering opmaken"
    description = "VLOK maakt de herstelvordering; de wooninspecteur ondertekent ze."
    button = "Opmaken"
    steps: ClassVar[tuple[Step[Any], ...]] = (GEGEVENS,)

    def belet(self, facts: WiFeiten) -> str | None:
        return None if facts.gebrekkig else "Geen enkele entiteit heeft volgens een gevalideerd onderzoek een gebrek."

    def choices(self, facts: WiFeiten, answers: Answers) -> Choices:
        return {"vordering.entiteiten": keuzes(facts.entiteiten.values(), facts)}

    def defaults(self, facts: WiFeiten, answers: Answers) -> Mapping[str, Any]:
        asked = gevorderd(facts)
        chosen = [entiteit.referte for entiteit in facts.gebrekkig if entiteit.id not in asked]
        return {GEGEVENS.key: {"datum": facts.vandaag, "entiteiten": chosen}}

    def check(self, facts: WiFeiten, answers: Answers) -> Iterable[Melding]:
        given, asked = answers[GEGEVENS], gevorderd(facts)
        chosen = facts.gekozen(given.entiteiten)
        vordering = rules.Vordering(
            vandaag=answers.today,
            datum=given.datum,
            maatregel=given.maatregel.value if given.maatregel else None,
            termijn_maanden=given.termijn_maanden,
            dwangsom=given.dwangsom,
            conforme=sum(entiteit not in facts.gebrekkig for entiteit in chosen),
            al_gevorderd=sum(entiteit.id in asked for entiteit in chosen),
        )
        yield from rules.vordering.meldingen(vordering, answers.today, about={})
        yield from rules.vordering_twijfel.meldingen(vordering, answers.today, about={})

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        given = answers[GEGEVENS]
        assert given.maatregel is not None
        chosen = facts.gekozen(given.entiteiten)
        vordering = WiHerstelvordering(
            id=uuid4(),
            dossier_id=subject.id,
            nummer=await work.number(PREFIX),
            entiteit_ids=[entiteit.id for entiteit in chosen],
            maatregel=given.maatregel.value,
            termijn_maanden=given.termijn_maanden,
            dwangsom=given.dwangsom or None,
            motivering=given.motivering,
            datum=given.datum,
            status=Vorderingstatus.IN_OPMAAK,
            domein=subject.domein,
            gebied=subject.gebied,
        )
        work.session.add(vordering)
        titel = f"{VORDERING.title} {vordering.nummer}"
        inhoud = _inhoud(work, facts, vordering, chosen)
        order = DocumentOrder(VORDERING, inhoud, titel, subject.onderwerp_id, vordering.id, datum=vordering.datum)
        await order_documents(work, subject, [order])
        await zet_stap(work, subject, self.key)
        return Done(f"Herstelvordering {vordering.nummer} is opgemaakt.", samenvatting=vordering.nummer)


def gevorderd(facts: WiFeiten) -> frozenset[Any]:
    """The entiteiten (ids) that a herstelvordering of this dossier is about already and that are not repaired yet."""
    open_ones = {
        key
        for v in facts.vorderingen
        if v.status in (Vorderingstatus.IN_OPMAAK, Vorderingstatus.ONDERTEKEND)
        for key in v.entiteit_ids
    }
    return frozenset(open_ones | facts.te_herstellen)


def _inhoud(
    work: Work, facts: WiFeiten, vordering: WiHerstelvordering, entiteiten: Sequence[Entiteit]
) -> VorderingInhoud:
    return VorderingInhoud(
        nummer=vordering.nummer,
        dossier=facts.dossier.referte,
        wooninspecteur=work.actor.naam,
        goed=brieven.goed(facts),
        partijen=tuple(p for p in brieven.partijen(facts) if p.hoedanigheid in ("verdachte", "eigenaar")),
        vaststellingen=brieven.vaststellingen(entiteiten, facts),
        maatregel=vordering.maatregel,
        termijn_maanden=vordering.termijn_maanden,
        dwangsom=vordering.dwangsom,
        motivering=vordering.motivering,
        rechtsgronden=rechtsgronden(("HERSTELVORDERING",), vordering.datum),
    )


class WiInschrijving(Form):
    """Which signed herstelvordering, and when it was entered."""

    vordering: str | None = vraag("Herstelvordering", verplicht=True, keuze=True)
    datum: date | None = vraag("Ingeschreven op", verplicht=True)


INSCHRIJVING = Step("inschrijving", "Inschrijving", WiInschrijving)


class HerstelvorderingInschrijven(WiHandeling):
    """Herstelvordering inschrijven."""

    key = "wi.herstelvorderingInschrijven"
    title = "Herstelvordering inschrijven in het openbaar register"
    description = (
        "Vanaf nu ziet iedereen die het pand ziet, dat er een herstelvordering is en sinds wanneer. De inhoud en het"
        " dossier blijven afgeschermd."
    )
    button = "Inschrijven"
    dangerous = True
    steps: ClassVar[tuple[Step[Any], ...]] = (INSCHRIJVING,)

    def belet(self, facts: WiFeiten) -> str | None:
        return None if in_te_schrijven(facts) else "Er is geen ondertekende herstelvordering om in te schrijven."

    def choices(self, facts: WiFeiten, answers: Answers) -> Choices:
        offered = [Keuze(v.nummer, f"{v.nummer} van {dag(v.datum)}") for v in in_te_schrijven(facts)]
        return {"inschrijving.vordering": offered}

    def defaults(self, facts: WiFeiten, answers: Answers) -> Mapping[str, Any]:
        first = next((v.nummer for v in in_te_schrijven(facts)), None)
        return {INSCHRIJVING.key: {"vordering": first, "datum": facts.vandaag}}

    def check(self, facts: WiFeiten, answers: Answers) -> Iterable[Melding]:
        given = answers[INSCHRIJVING]
        yield from niet_in_de_toekomst(given.datum, answers.today, INSCHRIJVING.key)
        chosen = next((v for v in in_te_schrijven(facts) if v.nummer == given.vordering), None)
        if chosen is not None and given.datum is not None and given.datum < chosen.datum:
            tekst = "De inschrijving kan niet voor de herstelvordering liggen."
            yield Melding(tekst, code="DATUM", stap=INSCHRIJVING.key, veld="datum")

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        given = answers[INSCHRIJVING]
        assert given.datum is not None
        vordering = next(v for v in in_te_schrijven(facts) if v.nummer == given.vordering)
        vordering.status, vordering.ingeschreven_op = Vorderingstatus.INGESCHREVEN, given.datum
        for key in vordering.entiteit_ids:
            adres = f"{facts.entiteiten[key].titel}, {facts.pand.gemeente}"
            herstelvordering_ingeschreven(work, onderwerp_id=key, adres=adres, ja=True, datum=given.datum)
            attest_vervallen(work, entiteit_id=key, datum=given.datum)
        if not in_te_schrijven(facts):
            await close_tasks(work, subject.id, [SCHRIJF_VORDERING_IN])
        await zet_stap(work, subject, self.key)
        return Done(f"Herstelvordering {vordering.nummer} is ingeschreven.", samenvatting=vordering.nummer)


def in_te_schrijven(facts: WiFeiten) -> Sequence[WiHerstelvordering]:
    """The herstelvorderingen that are signed and not in the register."""
    return [vordering for vordering in facts.vorderingen if vordering.status == Vorderingstatus.ONDERTEKEND]


class MeldingMetHerstelvordering(WiHandeling):
    """De gemeente laten weten dat de melding tot een herstelvordering leidde."""

    key = "wi.meldingMetHerstelvordering"
    title = "Procedure van de gemeente sluiten met herstelvordering"
    description = "De procedure OO waarop de gemeente meldde, sluit met de vermelding “Melding met herstelvordering”."
    button = "Sluiten"
    dangerous = True

    def belet(self, facts: WiFeiten) -> str | None:
        if facts.melding is None:
            return "Dit dossier begon niet met een melding van de gemeente."
        if facts.melding.beantwoord_op is not None:
            return "De procedure van de gemeente is al gesloten."
        public = any(vordering.ingeschreven_op is not None for vordering in facts.vorderingen)
        return None if public else "Schrijf eerst de herstelvordering in: voordien mag de gemeente dit niet weten."

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        assert facts.melding is not None
        facts.melding.beantwoord_op = work.today
        melding_met_herstelvordering(work, dossier_id=facts.melding.oo_dossier_id)
        return Done("De gemeente verneemt dat er een herstelvordering is.", samenvatting=facts.melding.oo_referte)
