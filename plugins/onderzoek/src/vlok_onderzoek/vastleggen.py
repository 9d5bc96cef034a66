"""Recording the results of an examination, per entiteit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import select

from vlok.api.actions import Action, Done
from vlok.api.rules import Melding
from vlok.api.wizard import Answers, Choices, Form, Item, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_onderzoek.redenen import REDENEN
from vlok_onderzoek.tables import Onderzoek, OnderzoekResultaat, Onderzoekstatus
from vlok_onderzoek.uitslag import OnderzoekUitslag
from vlok_register.api.tables import Entiteit, Pand


class OnderzoekGegevens(Form):
    """When, why and of which entiteiten."""

    datum: date | None = vraag("Datum onderzoek", verplicht=True)
    reden: str | None = vraag("Reden", verplicht=True, keuze=True)
    entiteiten: list[str] = vraag("Entiteiten", [], verplicht=True, keuze=True)


class OnderzoekResultaatPerEntiteit(Form):
    """The result of one entiteit."""

    entiteit: str = vraag("Entiteit", "")
    uitslag: OnderzoekUitslag | None = vraag("Resultaat", verplicht=True)


class OnderzoekResultaten(Form):
    """The results."""

    per_entiteit: list[OnderzoekResultaatPerEntiteit] = vraag("Resultaat per entiteit", [])


GEGEVENS = Step("onderzoek", "Onderzoek", OnderzoekGegevens)
RESULTATEN = Step("resultaten", "Resultaat per entiteit", OnderzoekResultaten, per="per_entiteit", item_key="entiteit")


@dataclass(frozen=True)
class TeOnderzoeken:
    """The entiteiten of the pand by reference, and the reasons this organisation may have today."""

    entiteiten: Mapping[str, Entiteit]
    redenen: Sequence[Keuze]


class Vastleggen(Action[Pand, TeOnderzoeken]):
    """Resultaat van een onderzoek vastleggen."""

    key = "onderzoek.resultaatVastleggen"
    title = "Resultaat van een onderzoek vastleggen"
    description = "Leg per entiteit het resultaat van een conformiteitsonderzoek vast. Onderteken het onderzoek daarna."
    group = "Onderzoeken"
    button = "Vastleggen"
    subject = Pand
    steps: ClassVar[tuple[Step[Any], ...]] = (GEGEVENS, RESULTATEN)

    async def load(self, work: Work, subject: Pand) -> TeOnderzoeken:
        own = select(Entiteit).where(Entiteit.pand_id == subject.id).order_by(Entiteit.sorteer, Entiteit.referte)
        found = (await work.session.scalars(own)).all()
        soort = work.actor.soort.value
        redenen = [Keuze(r.code, r.naam) for r in REDENEN if soort in r.voor and r.geldt_op(work.today)]
        return TeOnderzoeken({entiteit.referte: entiteit for entiteit in found}, redenen)

    def unavailable(self, facts: TeOnderzoeken) -> str | None:
        return None if facts.entiteiten else "Dit pand heeft nog geen entiteiten."

    def choices(self, facts: TeOnderzoeken, answers: Answers) -> Choices:
        offered = [Keuze(e.referte, f"{e.referte} {e.titel}") for e in facts.entiteiten.values()]
        return {"onderzoek.entiteiten": offered, "onderzoek.reden": facts.redenen}

    def items(self, facts: TeOnderzoeken, answers: Answers, step: Step[Any]) -> Sequence[Item]:
        chosen = [facts.entiteiten[ref] for ref in answers[GEGEVENS].entiteiten if ref in facts.entiteiten]
        return [Item(e.referte, e.titel) for e in chosen]

    def check(self, facts: TeOnderzoeken, answers: Answers) -> Iterable[Melding]:
        datum = answers[GEGEVENS].datum
        if datum is not None and datum > answers.today:
            tekst = "De datum van het onderzoek mag niet in de toekomst liggen."
            yield Melding(tekst, code="DATUM", stap=GEGEVENS.key, veld="datum")

    async def apply(self, work: Work, subject: Pand, facts: TeOnderzoeken, answers: Answers) -> Done:
        gegevens = answers[GEGEVENS]
        onderzoek = Onderzoek(
            id=uuid4(),
            referte=await work.number(Onderzoek.referte_prefix),
            pand_id=subject.id,
            reden=gegevens.reden,
            datum=gegevens.datum,
            status=Onderzoekstatus.IN_OPMAAK,
            controleur=work.actor.naam,
            aangemaakt_op=work.now,
            domein=work.actor.domein,
            gebied=subject.gebied,
        )
        work.session.add(onderzoek)
        await work.session.flush()
        work.session.add_all(_resultaten(onderzoek, facts, answers))
        return Done(
            f"Onderzoek {onderzoek.referte} is vastgelegd. Onderteken het nog: tabblad Onderzoeken, Handelingen.",
            toon=onderzoek,
            samenvatting=onderzoek.referte,
        )


def _resultaten(onderzoek: Onderzoek, facts: TeOnderzoeken, answers: Answers) -> Iterable[OnderzoekResultaat]:
    rijen = {rij.entiteit: rij.uitslag for rij in answers[RESULTATEN].per_entiteit}
    for volgorde, referte in enumerate(dict.fromkeys(answers[GEGEVENS].entiteiten)):
        yield OnderzoekResultaat(
            onderzoek_id=onderzoek.id,
            entiteit_id=facts.entiteiten[referte].id,
            volgorde=volgorde,
            uitslag=rijen[referte],
            domein=onderzoek.domein,
            gebied=onderzoek.gebied,
        )
