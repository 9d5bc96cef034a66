"""Processen-verbaal: made from what was validated, signed by hand, sent to the parket.

Source: VCW art. 3.34 and 3.35; vlaanderen.be, Wooninspectie.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from vlok.api.actions import Done
from vlok.api.documents import AnyLetter
from vlok.api.paper import DocumentOrder, order_documents
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks, open_task
from vlok.api.wizard import Answers, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_register.api.tables import Entiteit
from vlok_wi import brieven, rules
from vlok_wi.documents import PER_PV, UITVOERING, rechtsgronden
from vlok_wi.feiten import WiFeiten
from vlok_wi.handeling import WiHandeling, dag, keuzes, niet_in_de_toekomst, zet_stap
from vlok_wi.inhoud import PvInhoud, UitvoeringInhoud
from vlok_wi.tables import Pvsoort, Pvstatus, Vorderingstatus, WiPv
from vlok_wi.tasks import MAAK_PV, VERZEND_PV, VOLG_PARKET_OP

PREFIX = "PV"


class WiPvGegevens(Form):
    """Which entiteiten, which day, and what happened."""

    datum: date | None = vraag("Datum van het proces-verbaal", verplicht=True)
    entiteiten: list[str] = vraag("Entiteiten", [], verplicht=True, keuze=True)
    vaststellingen: str = vraag("Relaas", "", verplicht=True, lang=True)


GEGEVENS = Step("pv", "Proces-verbaal", WiPvGegevens)


async def maak_pv(
    work: Work, facts: WiFeiten, answers: Answers, soort: Pvsoort, entiteiten: Sequence[Entiteit]
) -> WiPv:
    """The row of a proces-verbaal, with the next number of the year."""
    given = answers[GEGEVENS]
    pv = WiPv(
        id=uuid4(),
        dossier_id=facts.dossier.id,
        nummer=await work.number(PREFIX),
        soort=soort,
        datum=given.datum,
        entiteit_ids=[entiteit.id for entiteit in entiteiten],
        vaststellingen=given.vaststellingen,
        status=Pvstatus.IN_OPMAAK,
        aangemaakt_op=work.now,
        domein=facts.dossier.domein,
        gebied=facts.dossier.gebied,
    )
    work.session.add(pv)
    return pv


async def bestel(work: Work, facts: WiFeiten, pv: WiPv, letter: AnyLetter, inhoud: object) -> None:
    """Order the document of a proces-verbaal, dated as the proces-verbaal itself."""
    titel = f"{letter.title} {pv.nummer}"
    order = DocumentOrder(letter, inhoud, titel, facts.dossier.onderwerp_id, pv.id, datum=pv.datum)
    await order_documents(work, facts.dossier, [order])


class PvOpmaken(WiHandeling):
    """Proces-verbaal opmaken."""

    key = "wi.pvOpmaken"
    title = "Proces-verbaal opmaken"
    description = (
        "VLOK maakt het proces-verbaal; de verbalisant ondertekent het. Een volgend proces-verbaal is navolgend."
    )
    button = "Opmaken"
    steps: ClassVar[tuple[Step[Any], ...]] = (GEGEVENS,)

    def belet(self, facts: WiFeiten) -> str | None:
        return None if facts.gebrekkig else "Geen enkele entiteit heeft volgens een gevalideerd onderzoek een gebrek."

    def choices(self, facts: WiFeiten, answers: Answers) -> Choices:
        return {"pv.entiteiten": keuzes(facts.entiteiten.values(), facts)}

    def defaults(self, facts: WiFeiten, answers: Answers) -> Mapping[str, Any]:
        chosen = [entiteit.referte for entiteit in facts.gebrekkig]
        return {GEGEVENS.key: {"datum": facts.vandaag, "entiteiten": chosen}}

    def check(self, facts: WiFeiten, answers: Answers) -> Iterable[Melding]:
        given = rules.Pvgegevens(
            vandaag=answers.today,
            datum=answers[GEGEVENS].datum,
            onderzoeken=onderzoeken(facts, answers),
            verdachten=sum(partij.hoedanigheid == "verdachte" for partij in facts.partijen),
        )
        yield from rules.pv.meldingen(given, answers.today, about={})
        yield from rules.pv_twijfel.meldingen(given, answers.today, about={})

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        eerder = [pv for pv in facts.pvs if pv.soort != Pvsoort.UITVOERING]
        soort = Pvsoort.NAVOLGEND if eerder else Pvsoort.AANVANKELIJK
        entiteiten = facts.gekozen(answers[GEGEVENS].entiteiten)
        pv = await maak_pv(work, facts, answers, soort, entiteiten)
        inhoud = PvInhoud(
            nummer=pv.nummer,
            soort=soort.value,
            dossier=subject.referte,
            verbalisant=work.actor.naam,
            goed=brieven.goed(facts),
            partijen=brieven.partijen(facts),
            vaststellingen=brieven.vaststellingen(entiteiten, facts),
            relaas=pv.vaststellingen,
            rechtsgronden=rechtsgronden(("PV",), pv.datum),
            navolgend_op=eerder[0].nummer if eerder else "",
        )
        await bestel(work, facts, pv, PER_PV[soort], inhoud)
        await zet_stap(work, subject, self.key)
        return Done(f"Proces-verbaal {pv.nummer} is opgemaakt.", samenvatting=pv.nummer)


def onderzoeken(facts: WiFeiten, answers: Answers) -> tuple[tuple[date, str], ...]:
    """Day and result of the last validated examination of each chosen entiteit; one without is not conform today."""
    chosen = facts.gekozen(answers[GEGEVENS].entiteiten)
    found = (facts.resultaten.get(entiteit.id) for entiteit in chosen)
    return tuple((r.datum, r.uitslag) if r else (answers.today, "") for r in found)


class WiVerzending(Form):
    """Which signed proces-verbaal goes where, and when."""

    pv: str | None = vraag("Proces-verbaal", verplicht=True, keuze=True)
    parket: str = vraag(
        "Parket", "", verplicht=True, hulp="Bijvoorbeeld: parket Oost-Vlaanderen, afdeling Dendermonde."
    )
    datum: date | None = vraag("Verzonden op", verplicht=True)


VERZENDING = Step("verzending", "Verzending", WiVerzending)


class PvVerzenden(WiHandeling):
    """Proces-verbaal verzenden naar het parket."""

    key = "wi.pvVerzenden"
    title = "Proces-verbaal verzenden naar het parket"
    button = "Verzenden"
    steps: ClassVar[tuple[Step[Any], ...]] = (VERZENDING,)

    def belet(self, facts: WiFeiten) -> str | None:
        return None if te_verzenden(facts) else "Er is geen ondertekend proces-verbaal om te verzenden."

    def choices(self, facts: WiFeiten, answers: Answers) -> Choices:
        offered = [Keuze(pv.nummer, f"{pv.nummer} ({pv.soort}, {dag(pv.datum)})") for pv in te_verzenden(facts)]
        return {"verzending.pv": offered}

    def defaults(self, facts: WiFeiten, answers: Answers) -> Mapping[str, Any]:
        first = next((pv.nummer for pv in te_verzenden(facts)), None)
        return {VERZENDING.key: {"pv": first, "datum": facts.vandaag}}

    def check(self, facts: WiFeiten, answers: Answers) -> Iterable[Melding]:
        sent = answers[VERZENDING]
        yield from niet_in_de_toekomst(sent.datum, answers.today, VERZENDING.key)
        chosen = next((pv for pv in te_verzenden(facts) if pv.nummer == sent.pv), None)
        if chosen is not None and sent.datum is not None and sent.datum < chosen.datum:
            tekst = "De verzending kan niet voor het proces-verbaal liggen."
            yield Melding(tekst, code="DATUM", stap=VERZENDING.key, veld="datum")

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        sent = answers[VERZENDING]
        pv = next(pv for pv in te_verzenden(facts) if pv.nummer == sent.pv)
        pv.status, pv.parket, pv.verzonden_op = Pvstatus.VERZONDEN, sent.parket, sent.datum
        done = [MAAK_PV] if te_verzenden(facts) else [MAAK_PV, VERZEND_PV]
        await close_tasks(work, subject.id, done)
        await open_task(work, VOLG_PARKET_OP, subject)
        await zet_stap(work, subject, self.key)
        return Done(f"Proces-verbaal {pv.nummer} is verzonden.", samenvatting=pv.nummer)


def te_verzenden(facts: WiFeiten) -> Sequence[WiPv]:
    """The processen-verbaal that are signed and not sent."""
    return [pv for pv in facts.pvs if pv.status == Pvstatus.ONDERTEKEND and pv.soort != Pvsoort.UITVOERING]


class PvVanUitvoering(WiHandeling):
    """PV van uitvoering opmaken."""

    key = "wi.pvVanUitvoering"
    title = "PV van uitvoering opmaken"
    description = (
        "Stelt vast dat de herstelmaatregel uitgevoerd is. Het geldt, na ondertekening, als conformiteitsattest."
    )
    button = "Opmaken"
    steps: ClassVar[tuple[Step[Any], ...]] = (GEGEVENS,)

    def belet(self, facts: WiFeiten) -> str | None:
        if not facts.te_herstellen:
            return "Er loopt geen ingeschreven herstelvordering."
        waiting = any(pv.soort == Pvsoort.UITVOERING and pv.status == Pvstatus.IN_OPMAAK for pv in facts.pvs)
        return "Er is al een PV van uitvoering in opmaak." if waiting else None

    def choices(self, facts: WiFeiten, answers: Answers) -> Choices:
        return {"pv.entiteiten": keuzes(facts.entiteiten.values(), facts)}

    def defaults(self, facts: WiFeiten, answers: Answers) -> Mapping[str, Any]:
        repaired = [
            e.referte for e in facts.entiteiten.values() if e.id in facts.te_herstellen and facts.is_conform(e.id)
        ]
        return {GEGEVENS.key: {"datum": facts.vandaag, "entiteiten": repaired}}

    def check(self, facts: WiFeiten, answers: Answers) -> Iterable[Melding]:
        chosen = facts.gekozen(answers[GEGEVENS].entiteiten)
        given = rules.Uitvoering(
            vandaag=answers.today,
            datum=answers[GEGEVENS].datum,
            onderzoeken=onderzoeken(facts, answers),
            buiten_vordering=sum(entiteit.id not in facts.te_herstellen for entiteit in chosen),
        )
        yield from rules.uitvoering.meldingen(given, answers.today, about={})

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        entiteiten = facts.gekozen(answers[GEGEVENS].entiteiten)
        pv = await maak_pv(work, facts, answers, Pvsoort.UITVOERING, entiteiten)
        inhoud = UitvoeringInhoud(
            nummer=pv.nummer,
            dossier=subject.referte,
            verbalisant=work.actor.naam,
            goed=brieven.goed(facts),
            vaststellingen=brieven.vaststellingen(entiteiten, facts),
            relaas=pv.vaststellingen,
            rechtsgronden=rechtsgronden(("UITVOERING",), pv.datum),
            vorderingen=tuple(
                vordering.nummer
                for vordering in facts.vorderingen
                if vordering.status == Vorderingstatus.INGESCHREVEN
                and set(vordering.entiteit_ids) & set(pv.entiteit_ids)
            ),
        )
        await bestel(work, facts, pv, UITVOERING, inhoud)
        await zet_stap(work, subject, self.key)
        return Done(f"PV van uitvoering {pv.nummer} is opgemaakt.", samenvatting=pv.nummer)
