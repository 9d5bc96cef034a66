"""A practice procedure: small actions that use everything an action can, for tests of the kernel without any plugin.

It is a plugin like the others (its module is registered under the key ``proef``), but is never installed.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import select

from vlok.api.actions import Action, AnyAction, Done
from vlok.api.errors import Refusal
from vlok.api.facts import AnyReaction, Reaction
from vlok.api.hooks import hookimpl
from vlok.api.jobs import Job
from vlok.api.rules import Ernst, Melding
from vlok.api.tables import Dossier, Taak
from vlok.api.tasks import TaskType, close_tasks, open_task
from vlok.api.wizard import Answers, BestandId, Choices, Form, Item, Keuze, Step, vraag
from vlok.api.work import Work
from vlok.core import plugin as kernel_plugin
from vlok.plugins import Contributions, collect, load

KEY = "proef"
GRANTS = """\
p, lb.dossierbeheerder, proef.noteren, uitvoeren, gebied, allow, proef
p, wvl.dossierbeheerder, proef.noteren, uitvoeren, gebied, allow, proef
p, lb.dossierbeheerder, proef.afsluiten, uitvoeren, eigen, allow, proef
p, lb.dossierbeheerder, proef.taakAfronden, uitvoeren, eigen, allow, proef
"""
TAAK = TaskType(
    key="nakijken", nummer=900, naam="Kijk na", rol="wvl.dossierbeheerder", bron="proef", geldig_van=date(2020, 1, 1)
)
ENIGE_TAAK = TaskType(
    key="enig", nummer=901, naam="Eén keer", rol="lb.dossierbeheerder", bron="proef", geldig_van=date.min, enig=True
)
REGELS = ("EN26-000001", "EN26-000002")


class ProefSoort(StrEnum):
    """Een keuze uit een vaste lijst."""

    GEWOON = "gewoon"
    DRINGEND = "dringend"

    @property
    def label(self) -> str:
        """As shown."""
        return self.value.capitalize()


class ProefNota(Form):
    """Een nota bij een dossier."""

    tekst: str | None = vraag("Tekst", verplicht=True, lang=True)
    aantal: int = vraag("Aantal", 0, minimum=0, maximum=100)
    datum_nota: date | None = vraag("Datum")
    soort: ProefSoort = vraag("Soort", ProefSoort.GEWOON)
    kleur: str | None = vraag("Kleur", keuze=True)
    bijlage: BestandId | None = vraag("Bijlage", bestand=True)
    per_entiteit: bool = vraag("Ook per entiteit", False)


class ProefRegel(Form):
    """Eén entiteit."""

    entiteit: str = vraag("Entiteit", "")
    besluit: str | None = vraag("Besluit", verplicht=True)
    reden: str | None = vraag("Reden", verplicht=True, toon_als=("besluit", ("anders",)))


class ProefRegels(Form):
    """Per entiteit."""

    regels: list[ProefRegel] = vraag("Regels", [])


NOTA = Step("nota", "Nota", ProefNota, help="Wat wilt u noteren?")
PER_ENTITEIT = Step(
    "perEntiteit",
    "Per entiteit",
    ProefRegels,
    asked=lambda facts, answers: answers[NOTA].per_entiteit,
    per="regels",
    item_key="entiteit",
)


@dataclass(frozen=True)
class Genoteerd:
    """A note was made."""

    dossier_id: UUID
    tekst: str


@dataclass(frozen=True)
class Feiten:
    """What ``Noteren`` looks at."""

    status: str
    vorige: str | None


class Noteren(Action[Dossier, Feiten]):
    """Een nota maken. Its text steers it: ``weiger`` refuses while applying, ``reactie stuk`` breaks the reaction."""

    key = "proef.noteren"
    title = "Nota maken"
    description = "Maakt een nota."
    subject = Dossier
    shown_to_both = True
    steps: ClassVar[tuple[Step[Any], ...]] = (NOTA, PER_ENTITEIT)

    async def load(self, work: Work, subject: Dossier) -> Feiten:
        return Feiten(subject.status, subject.info)

    def unavailable(self, facts: Feiten) -> str | None:
        return None if facts.status == "Gestart" else "Het dossier loopt niet meer."

    def choices(self, facts: Feiten, answers: Answers) -> Choices:
        return {"nota.kleur": [Keuze("rood", "Rood"), Keuze("groen", "Groen")]}

    def items(self, facts: Feiten, answers: Answers, step: Step[Any]) -> Sequence[Item]:
        return [Item(referte, f"Woning {referte[-1]}") for referte in REGELS]

    def defaults(self, facts: Feiten, answers: Answers) -> Mapping[str, Any]:
        besluit = "spoed" if answers[NOTA].soort is ProefSoort.DRINGEND else "volgt"
        return {
            "nota": {"tekst": facts.vorige, "datum_nota": answers.today},
            "perEntiteit": {REGELS[0]: {"besluit": besluit}, REGELS[1]: {"besluit": "ok"}},
        }

    def check(self, facts: Feiten, answers: Answers) -> Iterable[Melding]:
        aantal = answers[NOTA].aantal
        if aantal < 0:
            yield Melding("Het aantal is negatief.", nummer=1, code="PROEF-1", stap="nota", veld="aantal")
        if aantal > 10:
            yield Melding("Het aantal is groot.", Ernst.WAARSCHUWING, nummer=2, code="PROEF-2", stap="nota")
        if aantal == 7:
            yield Melding("Zeven is een mooi getal.", Ernst.INFO)

    async def apply(self, work: Work, subject: Dossier, facts: Feiten, answers: Answers) -> Done:
        nota = answers[NOTA]
        subject.info = nota.tekst
        await open_task(work, TAAK, subject, deadline=nota.datum_nota)
        await open_task(work, ENIGE_TAAK, subject)
        await work.session.flush()
        work.defer("proef.tellen", dossier_id=subject.id)
        await work.tell(Genoteerd(subject.id, nota.tekst or ""))
        if nota.bijlage is not None:
            await work.claim_file(nota.bijlage)
        if nota.tekst == "weiger":
            raise Refusal("GEWEIGERD", "Dit kan toch niet.", stap="nota", veld="tekst")
        return Done("De nota is gemaakt.", samenvatting="Nota")


class Afsluiten(Action[Dossier, Dossier]):
    """Het dossier afsluiten."""

    key = "proef.afsluiten"
    title = "Dossier afsluiten"
    subject = Dossier

    async def load(self, work: Work, subject: Dossier) -> Dossier:
        return subject

    def unavailable(self, facts: Dossier) -> str | None:
        return "Het dossier is al afgesloten." if facts.status == "Afgesloten" else None

    async def apply(self, work: Work, subject: Dossier, facts: Dossier, answers: Answers) -> Done:
        subject.status = "Afgesloten"
        await close_tasks(work, subject.id)
        return Done("Het dossier is afgesloten.")


class TaakAfronden(Action[Taak, Taak]):
    """Een taak afronden."""

    key = "proef.taakAfronden"
    title = "Taak afronden"
    subject = Taak

    async def load(self, work: Work, subject: Taak) -> Taak:
        return subject

    def unavailable(self, facts: Taak) -> str | None:
        return "De taak is al gesloten." if facts.gesloten_op else None

    async def apply(self, work: Work, subject: Taak, facts: Taak, answers: Answers) -> Done:
        subject.gesloten_op, subject.gesloten_door = work.now, work.actor.naam
        return Done("De taak is afgerond.")


async def react(work: Work, fact: Genoteerd) -> None:
    """Mark the dossier's tasks in the same transaction; fails on demand."""
    for taak in await work.session.scalars(select(Taak).where(Taak.dossier_id == fact.dossier_id)):
        taak.naam = f"{taak.naam} ({fact.tekst[:20]})"
    await work.session.flush()
    if fact.tekst == "reactie stuk":
        raise RuntimeError("geheim: de reactie is stuk")


async def count(work: Work, dossier_id: str) -> None:
    """A job: leaves a line in the audit trail of whoever ordered it."""
    dossier = await work.session.get(Dossier, UUID(dossier_id))
    work.audit("proef:geteld", {"dossier": dossier.referte if dossier else None})


@hookimpl
def actions() -> Iterable[AnyAction]:
    """The three actions."""
    return (Noteren(), Afsluiten(), TaakAfronden())


@hookimpl
def reactions() -> Iterable[AnyReaction]:
    """On a note."""
    return (Reaction("proef.bijNota", Genoteerd, react),)


@hookimpl
def jobs() -> Iterable[Job]:
    """Counting."""
    return (Job("proef.tellen", count),)


def practice_contributions() -> Contributions:
    """The kernel with this procedure and nothing else."""
    return collect(load([("kernel", kernel_plugin), (KEY, sys.modules[__name__])]))
