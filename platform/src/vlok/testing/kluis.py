"""A practice compartment, beside the practice procedure: for tests of the wall itself, without any real procedure.

The wooninspectie works in it; an agent of WVL to whom a task inside is assigned is its guest. ``buur`` lives in the
common place: it hears what is released and sends things in. Like the practice procedure it is never installed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actions import Action, AnyAction, Done
from vlok.api.actor import Actor
from vlok.api.compartments import Compartment
from vlok.api.facts import AnyReaction, Reaction
from vlok.api.hooks import hookimpl
from vlok.api.tables import Dossier, Onderwerp, Taak
from vlok.api.tasks import NO_DEADLINE
from vlok.api.wizard import Answers, Form, Step, vraag
from vlok.api.work import Work
from vlok.core import plugin as kernel_plugin
from vlok.plugins import Contributions, gather, load
from vlok.testing import practice
from vlok.testing.kluis_migrations.kluis_0001_compartiment import TABLES

KEY = "kluis"
GRANTS = """\
p, wi.verbalisant, kluis.openen, uitvoeren, gebied, allow, proef
p, wi.verbalisant, kluis.vrijgeven, uitvoeren, eigen, allow, proef
p, wi.verbalisant, kluis.smokkelen, uitvoeren, eigen, allow, proef
p, kluis.gast, kluis.afronden, uitvoeren, eigen_rol, allow, proef
p, kluis.gast, kernel.taak, lezen, eigen_rol, allow, proef
p, kluis.gast, kernel.onderwerp, lezen, gebied, allow, proef
"""
BUUR_GRANTS = "p, lb.dossierbeheerder, buur.melden, uitvoeren, gebied, allow, proef\n"


@dataclass(frozen=True)
class Vrijgegeven:
    """Somebody inside says this much of a subject, and no more."""

    onderwerp_id: UUID
    tekst: str


@dataclass(frozen=True)
class Gemeld:
    """Somebody outside reports something to the compartment."""

    onderwerp_id: UUID
    tekst: str


@dataclass(frozen=True)
class Geheim:
    """May go nowhere."""

    tekst: str


class KluisOpdracht(Form):
    """For whom the task is."""

    voor: str | None = vraag("Voor wie", None)


OPDRACHT = Step("opdracht", "Opdracht", KluisOpdracht)


class Openen(Action[Onderwerp, None]):
    """A dossier about a shared subject, with a task for one person when that is asked."""

    key = "kluis.openen"
    title = "Dossier openen"
    subject = Onderwerp
    steps: ClassVar = (OPDRACHT,)

    async def load(self, work: Work, subject: Onderwerp) -> None:
        return None

    async def apply(self, work: Work, subject: Onderwerp, facts: None, answers: Answers) -> Done:
        owned = {"domein": work.actor.domein, "gebied": subject.gebied}
        dossier = Dossier(
            id=uuid4(),
            referte=await work.number("PD"),
            soort=KEY,
            onderwerp_id=subject.id,
            status="Gestart",
            gestart_op=work.today,
            gewijzigd_op=work.now,
            gewijzigd_door=work.actor.naam,
            **owned,
        )
        work.session.add(dossier)
        if answers[OPDRACHT].voor:
            work.session.add(await _taak(work, subject, UUID(answers[OPDRACHT].voor)))
        return Done("Het dossier is geopend.", toon=dossier)


async def _taak(work: Work, subject: Onderwerp, gebruiker_id: UUID) -> Taak:
    return Taak(
        referte=await work.number("TK"),
        nummer=1,
        naam="Kijk na",
        rol="kluis.gast",
        gebruiker_id=gebruiker_id,
        domein=work.actor.domein,
        gebied=subject.gebied,
        onderwerp_id=subject.id,
        sorteerdatum=NO_DEADLINE,
        aangemaakt_op=work.now,
    )


class Vrijgeven(Action[Dossier, None]):
    """What may leave."""

    key = "kluis.vrijgeven"
    title = "Vrijgeven"
    subject = Dossier

    async def load(self, work: Work, subject: Dossier) -> None:
        return None

    async def apply(self, work: Work, subject: Dossier, facts: None, answers: Answers) -> Done:
        work.release(Vrijgegeven(subject.onderwerp_id, "vrij"))
        return Done("Vrijgegeven.")


class Smokkelen(Vrijgeven):
    """What may not."""

    key = "kluis.smokkelen"
    title = "Smokkelen"

    async def apply(self, work: Work, subject: Dossier, facts: None, answers: Answers) -> Done:
        work.release(Geheim(subject.referte))
        return Done("Gesmokkeld.")


class Afronden(Action[Taak, Taak]):
    """A guest's own task."""

    key = "kluis.afronden"
    title = "Afronden"
    subject = Taak

    async def load(self, work: Work, subject: Taak) -> Taak:
        return subject

    async def apply(self, work: Work, subject: Taak, facts: Taak, answers: Answers) -> Done:
        subject.gesloten_op, subject.gesloten_door = work.now, work.actor.naam
        return Done("Afgerond.")


class Melden(Action[Dossier, None]):
    """From outside to inside."""

    key = "buur.melden"
    title = "Melden"
    subject = Dossier

    async def load(self, work: Work, subject: Dossier) -> None:
        return None

    async def apply(self, work: Work, subject: Dossier, facts: None, answers: Answers) -> Done:
        work.release(Gemeld(subject.onderwerp_id, "gemeld"))
        return Done("Gemeld.")


async def heard_outside(work: Work, fact: Vrijgegeven) -> None:
    """Leaves a dossier, in the name of whom the release appears."""
    await _heard(work, fact.onderwerp_id, fact.tekst)


async def heard_inside(work: Work, fact: Gemeld) -> None:
    """The same, inside."""
    await _heard(work, fact.onderwerp_id, fact.tekst)


async def _heard(work: Work, onderwerp_id: UUID, tekst: str) -> None:
    work.session.add(
        Dossier(
            referte=await work.number("PD"),
            soort="gehoord",
            onderwerp_id=onderwerp_id,
            status=tekst,
            gestart_op=work.today,
            gewijzigd_op=work.now,
            gewijzigd_door=work.actor.naam,
            domein=work.actor.domein,
            gebied="41002",
        )
    )


async def assigned(session: AsyncSession, actor: Actor) -> Actor | None:
    """Who has an open task inside."""
    own = select(Taak.id).where(Taak.gebruiker_id == actor.gebruiker_id, Taak.gesloten_op.is_(None))
    found = await session.scalar(own.limit(1))
    return replace(actor, rollen=frozenset({"kluis.gast"})) if found else None


COMPARTMENT = Compartment(
    key="kluis.compartiment",
    naam="Kluis",
    domein="wi",
    plugins=("kluis", "proef"),
    tables=frozenset((*TABLES, "auditregel")),
    series={"PD": "KD", "TK": "KT", "DO": "KO"},
    guest=assigned,
    rollen={"kluis.gast": "Gast van de kluis"},
    releases=(Vrijgegeven,),
    intakes=(Gemeld,),
)


class Kluis:
    """The plugin that lives in the compartment."""

    @hookimpl
    def compartments(self) -> Iterable[Compartment]:
        """Its own."""
        return (COMPARTMENT,)

    @hookimpl
    def actions(self) -> Iterable[AnyAction]:
        """Open, release, smuggle, finish."""
        return (Openen(), Vrijgeven(), Smokkelen(), Afronden())

    @hookimpl
    def reactions(self) -> Iterable[AnyReaction]:
        """To what comes in."""
        return (Reaction("kluis.bijMelding", Gemeld, heard_inside),)

    @hookimpl
    def migrations(self) -> Path:
        """The compartment itself."""
        return Path(__file__).parent / "kluis_migrations"


class Buur:
    """Its neighbour in the common place."""

    @hookimpl
    def actions(self) -> Iterable[AnyAction]:
        """Report."""
        return (Melden(),)

    @hookimpl
    def reactions(self) -> Iterable[AnyReaction]:
        """To what is released."""
        return (Reaction("buur.bijVrijgave", Vrijgegeven, heard_outside),)


def kluis_contributions() -> Contributions:
    """The kernel, the practice procedure, and these two."""
    return gather(load([("kernel", kernel_plugin), ("proef", practice), (KEY, Kluis()), ("buur", Buur())]))
