"""The gemeente sends its decisions to Wonen in Vlaanderen.

Source: handleiding VLOK, "Hoe brengt de gemeente de betrokkenen op de hoogte van de beslissing van de burgemeester?":
all that can be sent is sent; the date of notification is filled in, and a wrong date of the decision may be corrected.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from vlok.api.actions import Done
from vlok.api.paper import send_documents
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks, open_task
from vlok.api.wizard import Answers, Form, Item, Step, vraag
from vlok.api.work import Work
from vlok_oo.beslissing.beheren import GROUP
from vlok_oo.feiten import OoFeiten
from vlok_oo.handeling import DossierHandeling, aantal, afscherming_belet, dag, niet_in_de_toekomst, zet_statussen
from vlok_oo.procedure import BESLISSINGSFASE, TE_BESLISSEN, DpStatus, status_na
from vlok_oo.tables import OoBeslissing
from vlok_oo.tasks import (
    NIET_GEVALIDEERD,
    TERMIJN_BURGEMEESTER,
    VALIDEER_BESLISSING,
    VERSTUUR_BESLISSING,
    VERWERK_BESLISSING,
)
from vlok_oo.voorstel import Beslissingsstatus, Beslissingstype


class OoVerzending(Form):
    """When those concerned were notified."""

    datum_betekening: date | None = vraag("Datum betekening", verplicht=True)
    poststempel: bool = vraag("Dit is de datum van de poststempel", False)


class OoVerstuurdeBeslissing(Form):
    """One decision that is sent, with its date."""

    beslissing: str = vraag("Beslissing", "")
    datum: date | None = vraag("Datum beslissing", verplicht=True, hulp="Verbeter de datum als die in VLOK fout staat.")


class OoVerstuurdeBeslissingen(Form):
    """The decisions that are sent."""

    per_beslissing: list[OoVerstuurdeBeslissing] = vraag("Datum per beslissing", [])


VERZENDING = Step("verzending", "Betekening", OoVerzending)
DATUMS = Step("beslissingen", "Beslissingen", OoVerstuurdeBeslissingen, per="per_beslissing", item_key="beslissing")


def te_versturen(facts: OoFeiten) -> Sequence[OoBeslissing]:
    """The decisions that wait for it and have their document."""
    return [
        b for b in facts.alle_beslissingen if b.status == Beslissingsstatus.TE_VERSTUREN and facts.documenten.get(b.id)
    ]


def item(beslissing: OoBeslissing, facts: OoFeiten) -> Item:
    """A decision as an item of a wizard."""
    entiteit = facts.entiteiten[beslissing.entiteit_id]
    soort = Beslissingstype(beslissing.soort).label
    return Item(beslissing.referte, f"{entiteit.referte} {soort}", (("Datum beslissing", dag(beslissing.datum)),))


def verbeterd(answers: Answers, step: Step[OoVerstuurdeBeslissingen]) -> Mapping[str, date]:
    """The date of each decision as filled in, by reference."""
    return {rij.beslissing: rij.datum for rij in answers[step].per_beslissing if rij.datum is not None}


def nieuwe_statussen(
    facts: OoFeiten, gewijzigd: Sequence[OoBeslissing], vanuit: frozenset[DpStatus]
) -> Mapping[UUID, DpStatus]:
    """The new status of the deelprocedures of changed decisions that are ``vanuit`` one of these statuses."""
    found = {}
    for entiteit_id in {b.entiteit_id for b in gewijzigd}:
        deelprocedure = facts.deelprocedures[entiteit_id]
        status = status_na(b.status for b in facts.beslissingen[entiteit_id])
        if status is not None and deelprocedure.status in vanuit:
            found[deelprocedure.id] = status
    return found


class BeslissingVersturen(DossierHandeling):
    """Beslissing versturen naar Wonen in Vlaanderen."""

    key = "oo.beslissingVersturen"
    title = "Beslissing versturen naar Wonen in Vlaanderen"
    description = "Alle beslissingen die een document hebben en te versturen zijn, gaan naar Wonen in Vlaanderen."
    group = GROUP
    button = "Versturen"
    shown_to_both = True
    reveals = (OoBeslissing,)
    steps: ClassVar[tuple[Step[Any], ...]] = (VERZENDING, DATUMS)

    def belet(self, facts: OoFeiten) -> str | None:
        if te_versturen(facts):
            return afscherming_belet((b.id for b in te_versturen(facts)), facts)
        waiting = any(b.status == Beslissingsstatus.TE_VERSTUREN for b in facts.alle_beslissingen)
        return "Laad eerst het beslissingsdocument op." if waiting else "Er is geen beslissing om te versturen."

    def items(self, facts: OoFeiten, answers: Answers, step: Step[Any]) -> Sequence[Item]:
        return [item(b, facts) for b in te_versturen(facts)]

    def defaults(self, facts: OoFeiten, answers: Answers) -> Mapping[str, Any]:
        return {DATUMS.key: {b.referte: {"datum": b.datum} for b in te_versturen(facts)}}

    def check(self, facts: OoFeiten, answers: Answers) -> Iterable[Melding]:
        betekening = answers[VERZENDING].datum_betekening
        yield from niet_in_de_toekomst(betekening, answers.today, VERZENDING.key, "datumBetekening")
        for referte, datum in verbeterd(answers, DATUMS).items():
            if betekening is not None and datum > betekening:
                tekst = f"Beslissing {referte}: De datum betekening kan niet voor de datum beslissing liggen."
                yield Melding(tekst, code="DATUM", stap=DATUMS.key, veld="datum", entiteit=referte)

    async def apply(self, work: Work, subject: Dossier, facts: OoFeiten, answers: Answers) -> Done:
        sent, datums = te_versturen(facts), verbeterd(answers, DATUMS)
        for b in sent:
            b.status, b.gedeeld_op, b.datum_ontvangst = Beslissingsstatus.VERSTUURD, work.now, work.today
            b.datum = datums[b.referte]
            b.datum_betekening = answers[VERZENDING].datum_betekening
            b.poststempel = answers[VERZENDING].poststempel
        await send_documents(work, [b.id for b in sent])
        await zet_statussen(work, nieuwe_statussen(facts, sent, BESLISSINGSFASE))
        await close_tasks(work, subject.id, _gedaan(facts))
        await open_task(work, VALIDEER_BESLISSING, subject)
        som = aantal(len(sent), "beslissing", "beslissingen")
        return Done(f"{som} verstuurd naar Wonen in Vlaanderen.", samenvatting=som)


def _gedaan(facts: OoFeiten) -> Sequence[Any]:
    """The tasks that this sending ends: reminders when nothing waits, the term when everything was decided."""
    closing = [NIET_GEVALIDEERD]
    if not any(b.status == Beslissingsstatus.TE_VERSTUREN for b in facts.alle_beslissingen):
        closing += [VERWERK_BESLISSING, VERSTUUR_BESLISSING]
    if not any(dp.status in TE_BESLISSEN for dp in facts.deelprocedures.values()):
        closing.append(TERMIJN_BURGEMEESTER)
    return closing
