"""How a WI-dossier begins: on a pand, with or without a melding of the gemeente; and who is in it.

Source: infosessie VLOK 11/03/2020 (Wooninspectie makes dossiers and follows meldingen up).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import select

from vlok.api.actions import Action, Done
from vlok.api.rules import Ernst, Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks_about, open_task
from vlok.api.wizard import Answers, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_register.api.tables import Pand
from vlok_wi.handeling import GROUP, dag
from vlok_wi.procedure import EINDE, REFERTE, SOORT, Dossierstatus
from vlok_wi.tables import Meldingstatus, WiMelding, WiZaak
from vlok_wi.tasks import PLAN_CONTROLE, VERWERK_MELDING


class WiAanleiding(StrEnum):
    """Why the Wooninspectie begins."""

    MELDING = "melding"
    PARKET = "parket"
    AMBTSHALVE = "ambtshalve"

    @property
    def label(self) -> str:
        """As users read it."""
        return {
            "melding": "Melding van de gemeente",
            "parket": "Opdracht van het parket",
            "ambtshalve": "Ambtshalve",
        }[self.value]


class WiOpening(Form):
    """Why, and on which melding."""

    aanleiding: WiAanleiding | None = vraag("Aanleiding", verplicht=True)
    melding: str | None = vraag("Melding", keuze=True, toon_als=("aanleiding", ("melding",)))
    omschrijving: str = vraag("Omschrijving", "", lang=True)


OPENING = Step("opening", "Aanleiding", WiOpening)


@dataclass(frozen=True)
class Openingsfeiten:
    """The pand, the meldingen that wait, and the WI-dossiers that run on it."""

    pand: Pand
    meldingen: Mapping[str, WiMelding]
    lopende: Sequence[Dossier]


class DossierOpenen(Action[Pand, Openingsfeiten]):
    """WI-dossier openen."""

    key = "wi.dossierOpenen"
    title = "WI-dossier openen"
    description = "Start een gerechtelijke procedure op dit pand. Niemand buiten de Wooninspectie ziet dat."
    group = GROUP
    button = "Openen"
    subject = Pand
    steps: ClassVar[tuple[Step[Any], ...]] = (OPENING,)

    async def load(self, work: Work, subject: Pand) -> Openingsfeiten:
        waiting = select(WiMelding).where(WiMelding.pand_id == subject.id, WiMelding.status == Meldingstatus.NIEUW)
        running = select(Dossier).where(Dossier.onderwerp_id == subject.id, Dossier.soort == SOORT)
        meldingen = await work.session.scalars(waiting.order_by(WiMelding.ontvangen_op, WiMelding.id))
        dossiers = await work.session.scalars(running.order_by(Dossier.referte))
        return Openingsfeiten(
            subject,
            {str(melding.id): melding for melding in meldingen},
            [dossier for dossier in dossiers if dossier.status not in EINDE],
        )

    def choices(self, facts: Openingsfeiten, answers: Answers) -> Choices:
        return {"opening.melding": [_keuze(key, melding) for key, melding in facts.meldingen.items()]}

    def check(self, facts: Openingsfeiten, answers: Answers) -> Iterable[Melding]:
        opening = answers[OPENING]
        if opening.aanleiding is WiAanleiding.MELDING and not opening.melding:
            tekst = "Kies de melding waarop het dossier begint."
            yield Melding(tekst, code="VERPLICHT", stap=OPENING.key, veld="melding")
        for dossier in facts.lopende:
            tekst = f"Op dit pand loopt al WI-dossier {dossier.referte} (geopend op {dag(dossier.gestart_op)})."
            yield Melding(tekst, Ernst.WAARSCHUWING, code="WI-LOPEND", stap=OPENING.key)

    async def apply(self, work: Work, subject: Pand, facts: Openingsfeiten, answers: Answers) -> Done:
        opening = answers[OPENING]
        dossier = await _dossier(work, subject, opening)
        melding = facts.meldingen.get(opening.melding or "") if opening.aanleiding is WiAanleiding.MELDING else None
        if melding is not None:
            melding.status, melding.dossier_id = Meldingstatus.IN_DOSSIER, dossier.id
            await _geen_taak_meer(work, subject.id, facts.meldingen.keys() - {str(melding.id)})
        await open_task(work, PLAN_CONTROLE, dossier)
        return Done(f"Dossier {dossier.referte} is geopend.", toon=dossier, samenvatting=dossier.referte)


async def _dossier(work: Work, pand: Pand, opening: WiOpening) -> Dossier:
    owned = {"domein": work.actor.domein, "gebied": pand.gebied}
    dossier = Dossier(
        id=uuid4(),
        referte=await work.number(REFERTE),
        soort=SOORT,
        onderwerp_id=pand.id,
        status=Dossierstatus.VOORTRAJECT,
        gestart_op=work.today,
        gewijzigd_op=work.now,
        gewijzigd_door=work.actor.naam,
        **owned,
    )
    work.session.add(dossier)
    await work.session.flush()
    assert opening.aanleiding is not None
    aanleiding, omschrijving = opening.aanleiding.value, opening.omschrijving
    work.session.add(WiZaak(id=dossier.id, pand_id=pand.id, aanleiding=aanleiding, omschrijving=omschrijving, **owned))
    await work.session.flush()
    return dossier


def _keuze(key: str, melding: WiMelding) -> Keuze:
    titel = f"{melding.soort.capitalize()} van {dag(melding.datum)}, gemeld door {melding.melder}"
    return Keuze(key, titel, (("Procedure", melding.oo_referte), ("Omschrijving", melding.omschrijving)))


async def _geen_taak_meer(work: Work, pand_id: UUID, others: Iterable[str]) -> None:
    """The task "melding" of a pand ends when none of its meldingen waits."""
    if not list(others):
        await close_tasks_about(work, pand_id, [VERWERK_MELDING])


class WiAfhandeling(Form):
    """Why nothing follows."""

    reden: str = vraag("Reden", "", verplicht=True, lang=True, hulp="Enkel de Wooninspectie leest dit.")


AFHANDELING = Step("afhandeling", "Afhandeling", WiAfhandeling)


@dataclass(frozen=True)
class Wachtend:
    """A melding, and the others that wait on the same pand."""

    melding: WiMelding
    andere: Sequence[str]


class MeldingAfhandelen(Action[WiMelding, Wachtend]):
    """Melding zonder gevolg laten."""

    key = "wi.meldingAfhandelen"
    title = "Melding zonder gevolg laten"
    description = "De gemeente verneemt dit niet."
    group = GROUP
    button = "Afhandelen"
    subject = WiMelding
    steps: ClassVar[tuple[Step[Any], ...]] = (AFHANDELING,)

    async def load(self, work: Work, subject: WiMelding) -> Wachtend:
        others = select(WiMelding.id).where(
            WiMelding.pand_id == subject.pand_id,
            WiMelding.status == Meldingstatus.NIEUW,
            WiMelding.id != subject.id,
        )
        return Wachtend(subject, [str(key) for key in await work.session.scalars(others)])

    def unavailable(self, facts: Wachtend) -> str | None:
        return None if facts.melding.status == Meldingstatus.NIEUW else "Deze melding is al behandeld."

    async def apply(self, work: Work, subject: WiMelding, facts: Wachtend, answers: Answers) -> Done:
        subject.status = Meldingstatus.ZONDER_GEVOLG
        await _geen_taak_meer(work, subject.pand_id, facts.andere)
        return Done("De melding is afgehandeld.", samenvatting=answers[AFHANDELING].reden)
