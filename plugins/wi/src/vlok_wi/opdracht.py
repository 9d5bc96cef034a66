"""An examination for the Wooninspectie, asked of a person: a woningcontroleur of Wonen in Vlaanderen.

Source: infosessie VLOK 11/03/2020 (task flow between woningcontroleurs and inspecteurs or verbalisanten). The person
gets to see the assignment and nothing else; what he hands over counts when a verbalisant or wooninspecteur validated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import Text, Uuid, column, func, select

from vlok.api.actions import Action, Done
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks, open_task
from vlok.api.wizard import Answers, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_wi.feiten import WiFeiten
from vlok_wi.handeling import GROUP, WiHandeling, dag, zet_stap
from vlok_wi.procedure import Dossierstatus
from vlok_wi.tables import LOPEND, Opdrachtstatus, WiOpdracht
from vlok_wi.tasks import MAAK_PV, PLAN_CONTROLE, VALIDEER_ONDERZOEK, VALIDEER_ONDERZOEK_INSPECTEUR
from vlok_wi.vrijgave import onderzoek_gevalideerd, opdracht_gegeven


class WiAanvraag(Form):
    """Who goes when, and what to look at."""

    controleur: str | None = vraag("Woningcontroleur", verplicht=True, keuze=True)
    datum: date | None = vraag("Datum van het bezoek", verplicht=True)
    checklist: str = vraag(
        "Aandachtspunten",
        "",
        lang=True,
        hulp="Eén per regel. De woningcontroleur leest dit: noem geen partijen en geen dossiernummer.",
    )


AANVRAAG = Step("aanvraag", "Onderzoek", WiAanvraag)


async def controleurs(work: Work) -> Mapping[str, str]:
    """The woningcontroleurs of Wonen in Vlaanderen today: all that the compartment knows of roles outside it."""
    holders = func.wi_woningcontroleurs(work.today).table_valued(column("id", Uuid()), column("naam", Text()))
    found = await work.session.execute(select(holders.c.id, holders.c.naam).order_by(holders.c.naam, holders.c.id))
    return {str(row.id): row.naam for row in found}


class OnderzoekAanvragen(WiHandeling):
    """Onderzoek aanvragen."""

    key = "wi.onderzoekAanvragen"
    title = "Onderzoek aanvragen bij een woningcontroleur"
    description = "De gekozen woningcontroleur ziet het pand, de datum en de aandachtspunten, en niets van het dossier."
    button = "Aanvragen"
    steps: ClassVar[tuple[Step[Any], ...]] = (AANVRAAG,)

    async def load(self, work: Work, subject: Dossier) -> WiFeiten:
        return replace(await super().load(work, subject), controleurs=await controleurs(work))

    def choices(self, facts: WiFeiten, answers: Answers) -> Choices:
        return {"aanvraag.controleur": [Keuze(key, naam) for key, naam in facts.controleurs.items()]}

    def check(self, facts: WiFeiten, answers: Answers) -> Iterable[Melding]:
        asked = answers[AANVRAAG]
        if asked.datum is not None and asked.datum < answers.today:
            yield Melding("Het bezoek kan niet in het verleden liggen.", code="DATUM", stap=AANVRAAG.key, veld="datum")
        if facts.dossier.referte in asked.checklist:
            tekst = "Noem het dossiernummer niet: de woningcontroleur mag het niet kennen."
            yield Melding(tekst, code="WI-R2", stap=AANVRAAG.key, veld="checklist")

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        asked = answers[AANVRAAG]
        assert asked.controleur is not None
        opdracht = WiOpdracht(
            id=uuid4(),
            zaak_id=subject.id,
            pand_id=facts.pand.id,
            gebruiker_id=UUID(asked.controleur),
            volgnummer=len(facts.opdrachten) + 1,
            controleur=facts.controleurs[asked.controleur],
            datum=asked.datum,
            checklist=[line.strip() for line in asked.checklist.splitlines() if line.strip()],
            domein=subject.domein,
            gebied=subject.gebied,
        )
        opdracht_gegeven(work, opdracht)
        await close_tasks(work, subject.id, [PLAN_CONTROLE])
        await zet_stap(work, subject, self.key)
        return Done(f"Het onderzoek is gevraagd aan {opdracht.controleur}.", samenvatting=dag(opdracht.datum))


class OpdrachtIntrekken(Action[WiOpdracht, WiOpdracht]):
    """Opdracht intrekken."""

    key = "wi.opdrachtIntrekken"
    title = "Opdracht intrekken"
    description = "De woningcontroleur ziet de opdracht vanaf nu niet meer."
    group = GROUP
    button = "Intrekken"
    dangerous = True
    subject = WiOpdracht

    async def load(self, work: Work, subject: WiOpdracht) -> WiOpdracht:
        return subject

    def unavailable(self, facts: WiOpdracht) -> str | None:
        return None if facts.status in LOPEND else "Deze opdracht is al geëindigd."

    async def apply(self, work: Work, subject: WiOpdracht, facts: WiOpdracht, answers: Answers) -> Done:
        waiting = subject.status == Opdrachtstatus.UITGEVOERD
        subject.status, subject.ingetrokken_op = Opdrachtstatus.INGETROKKEN, work.now
        await work.session.flush()
        if waiting:
            await _geen_validatie_meer(work, subject.zaak_id)
        return Done(f"De opdracht van {subject.controleur} is ingetrokken.")


async def _geen_validatie_meer(work: Work, zaak_id: UUID) -> None:
    """Task 914 ends when no examination of the dossier waits to be validated."""
    waiting = select(WiOpdracht.id).where(WiOpdracht.zaak_id == zaak_id, WiOpdracht.status == Opdrachtstatus.UITGEVOERD)
    if await work.session.scalar(waiting.limit(1)) is None:
        await close_tasks(work, zaak_id, [VALIDEER_ONDERZOEK, VALIDEER_ONDERZOEK_INSPECTEUR])


class WiValidatie(Form):
    """Which examination counts."""

    opdracht: str | None = vraag("Onderzoek", verplicht=True, keuze=True)


VALIDATIE = Step("validatie", "Onderzoek", WiValidatie)


class OnderzoekValideren(WiHandeling):
    """Onderzoek valideren."""

    key = "wi.onderzoekValideren"
    title = "Onderzoek valideren"
    description = "U neemt het onderzoek van de woningcontroleur over; het resultaat geldt voor dit dossier."
    button = "Valideren"
    steps: ClassVar[tuple[Step[Any], ...]] = (VALIDATIE,)

    def belet(self, facts: WiFeiten) -> str | None:
        return None if te_valideren(facts) else "Er is geen uitgevoerd onderzoek om te valideren."

    def choices(self, facts: WiFeiten, answers: Answers) -> Choices:
        return {"validatie.opdracht": [_keuze(opdracht, facts) for opdracht in te_valideren(facts)]}

    def defaults(self, facts: WiFeiten, answers: Answers) -> Mapping[str, Any]:
        waiting = te_valideren(facts)
        return {VALIDATIE.key: {"opdracht": str(waiting[0].id)}} if len(waiting) == 1 else {}

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        opdracht = next(o for o in te_valideren(facts) if str(o.id) == answers[VALIDATIE].opdracht)
        onderzoek_gevalideerd(work, opdracht)
        for resultaat in facts.ongevalideerd.get(opdracht.id, ()):
            resultaat.gevalideerd = True
        await work.session.flush()
        await _geen_validatie_meer(work, subject.id)
        if subject.status == Dossierstatus.ONDERZOEK:
            await open_task(work, MAAK_PV, subject)
        await zet_stap(work, subject, self.key)
        return Done(f"Het onderzoek van {opdracht.controleur} is gevalideerd.", samenvatting=dag(opdracht.datum))


def te_valideren(facts: WiFeiten) -> Sequence[WiOpdracht]:
    """The examinations that were handed over and wait."""
    return [opdracht for opdracht in facts.opdrachten if opdracht.status == Opdrachtstatus.UITGEVOERD]


def _keuze(opdracht: WiOpdracht, facts: WiFeiten) -> Keuze:
    found = facts.ongevalideerd.get(opdracht.id, ())
    details = tuple(
        (facts.entiteiten[r.entiteit_id].titel, r.uitslag) for r in found if r.entiteit_id in facts.entiteiten
    )
    return Keuze(str(opdracht.id), f"{opdracht.controleur}, {dag(opdracht.uitgevoerd_op or opdracht.datum)}", details)
