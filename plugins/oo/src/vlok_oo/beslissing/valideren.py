"""Wonen in Vlaanderen validates the decisions it received, or sends them back.

A wrong date of the decision may still be corrected here (handleiding VLOK, "Wat als in VLOK de verkeerde standaard
datum staat?"). A valid decision OG or OG/OB is told to whoever listens: the inventory does.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from vlok.api.actions import Done
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks, open_task
from vlok.api.wizard import Answers, Choices, Form, Item, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_oo.beslissing.beheren import GROUP
from vlok_oo.beslissing.versturen import OoVerstuurdeBeslissingen, item, nieuwe_statussen, verbeterd
from vlok_oo.feiten import OoFeiten
from vlok_oo.handeling import DossierHandeling, aantal, zet_statussen
from vlok_oo.procedure import DpStatus
from vlok_oo.tables import OoBeslissing
from vlok_oo.tasks import NIET_GEVALIDEERD, VALIDEER_BESLISSING
from vlok_oo.termijnen import Termijnsoort, termijn
from vlok_oo.voorstel import ONGESCHIKT, Beslissingsstatus, Beslissingstype
from vlok_register.api.facts import OngeschikteWoning, OngeschiktVerklaard


class OoBeslissingenKeuze(Form):
    """Which of the received decisions."""

    beslissingen: list[str] = vraag("Beslissingen", [], verplicht=True, keuze=True)


class OoAfkeuring(Form):
    """Which decisions go back, and why."""

    beslissingen: list[str] = vraag("Beslissingen", [], verplicht=True, keuze=True)
    reden: str = vraag("Reden", "", verplicht=True, lang=True, hulp="De gemeente leest deze reden.")


ZICHTBAAR = frozenset({DpStatus.BESLISSING_VERSTUURD, DpStatus.BESLISSING_GELDIG})
"""A deelprocedure elsewhere has a decision that the gemeente did not send yet: its status waits for that one."""

KEUZE = Step("keuze", "Beslissingen", OoBeslissingenKeuze)
DATUMS = Step("datums", "Datum beslissing", OoVerstuurdeBeslissingen, per="per_beslissing", item_key="beslissing")
AFKEURING = Step("afkeuring", "Niet valideren", OoAfkeuring)


def ontvangen(facts: OoFeiten) -> Sequence[OoBeslissing]:
    """The decisions that wait to be validated."""
    return [b for b in facts.alle_beslissingen if b.status == Beslissingsstatus.VERSTUURD]


def _gekozen(facts: OoFeiten, refertes: Sequence[str]) -> Sequence[OoBeslissing]:
    return [b for b in ontvangen(facts) if b.referte in refertes]


class OntvangenHandeling(DossierHandeling):
    """An action of Wonen in Vlaanderen on received decisions."""

    group = GROUP
    shown_to_both = True

    def belet(self, facts: OoFeiten) -> str | None:
        return None if ontvangen(facts) else "Er is geen beslissing om te valideren."

    def choices(self, facts: OoFeiten, answers: Answers) -> Choices:
        shown = [item(b, facts) for b in ontvangen(facts)]
        offered = [Keuze(one.sleutel, f"{one.sleutel} {one.titel}", one.details) for one in shown]
        return {f"{self.steps[0].key}.beslissingen": offered}

    def defaults(self, facts: OoFeiten, answers: Answers) -> Mapping[str, Any]:
        received = ontvangen(facts)
        return {
            self.steps[0].key: {"beslissingen": [b.referte for b in received]},
            DATUMS.key: {b.referte: {"datum": b.datum} for b in received},
        }


class BeslissingValideren(OntvangenHandeling):
    """Beslissing valideren."""

    key = "oo.beslissingValideren"
    title = "Beslissing valideren"
    description = "Een gevalideerde beslissing is geldig; ongeschikte woningen komen op de inventaris."
    button = "Valideren"
    steps: ClassVar[tuple[Step[Any], ...]] = (KEUZE, DATUMS)

    def items(self, facts: OoFeiten, answers: Answers, step: Step[Any]) -> Sequence[Item]:
        return [item(b, facts) for b in _gekozen(facts, answers[KEUZE].beslissingen)]

    def check(self, facts: OoFeiten, answers: Answers) -> Iterable[Melding]:
        datums = verbeterd(answers, DATUMS)
        for b in ontvangen(facts):
            datum = datums.get(b.referte)
            if datum is not None and b.datum_betekening is not None and datum > b.datum_betekening:
                tekst = f"Beslissing {b.referte}: De datum beslissing kan niet na de datum betekening liggen."
                yield Melding(tekst, code="DATUM", stap=DATUMS.key, veld="datum", entiteit=b.referte)

    async def apply(self, work: Work, subject: Dossier, facts: OoFeiten, answers: Answers) -> Done:
        valid, datums = _gekozen(facts, answers[KEUZE].beslissingen), verbeterd(answers, DATUMS)
        for b in valid:
            b.status, b.datum, b.afkeuring = Beslissingsstatus.GELDIG, datums[b.referte], None
            if b.datum_betekening is not None:
                b.beroep_tot = termijn(Termijnsoort.BEROEP, b.datum).einde(b.datum_betekening)
        await zet_statussen(work, nieuwe_statussen(facts, valid, ZICHTBAAR))
        if not ontvangen(facts):
            await close_tasks(work, subject.id, [VALIDEER_BESLISSING])
        await work.session.flush()
        if woningen := _ongeschikt(valid):
            await work.tell(OngeschiktVerklaard(subject.id, "OO", woningen))
        som = aantal(len(valid), "beslissing", "beslissingen")
        return Done(f"{som} gevalideerd.", samenvatting=som)


def _ongeschikt(beslissingen: Sequence[OoBeslissing]) -> tuple[OngeschikteWoning, ...]:
    return tuple(
        OngeschikteWoning(b.entiteit_id, b.datum, b.soort == Beslissingstype.OGOB, b.referte)
        for b in beslissingen
        if b.soort in ONGESCHIKT
    )


class BeslissingNietValideren(OntvangenHandeling):
    """Beslissing niet valideren."""

    key = "oo.beslissingNietValideren"
    title = "Beslissing niet valideren"
    description = "De beslissing gaat terug naar de gemeente, met de reden."
    button = "Terugsturen"
    steps: ClassVar[tuple[Step[Any], ...]] = (AFKEURING,)

    async def apply(self, work: Work, subject: Dossier, facts: OoFeiten, answers: Answers) -> Done:
        back = _gekozen(facts, answers[AFKEURING].beslissingen)
        for b in back:
            b.status, b.afkeuring = Beslissingsstatus.TE_VERSTUREN, answers[AFKEURING].reden
        await zet_statussen(work, nieuwe_statussen(facts, back, ZICHTBAAR))
        if not ontvangen(facts):
            await close_tasks(work, subject.id, [VALIDEER_BESLISSING])
        await open_task(work, NIET_GEVALIDEERD, subject)
        som = aantal(len(back), "beslissing", "beslissingen")
        return Done(f"{som} teruggestuurd naar de gemeente.", samenvatting=som)
