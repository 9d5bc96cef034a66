"""Shielding: what is signed stays, or becomes again, the own organisation's alone, for a reason that is kept.

Afsprakenkader VLOK: what is signed is visible to both sides "tenzij er redenen zijn om ze af te schermen". There is one
switch, ``gedeeld_op``: shielding empties it and lifting sets it, so that every list, count and file follows by itself.
A row may be shielded before it is signed; the signature then does not share it.

A plugin makes the two actions for a table of its own by subclassing ``Afschermen`` and ``Opheffen``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from vlok.api.actions import Action, Done
from vlok.api.catalogue import Code, blocks, codes
from vlok.api.facts import Afgeschermd, AfschermingOpgeheven
from vlok.api.orm import Signed
from vlok.api.tables import Afscherming
from vlok.api.wizard import Answers, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work

R = TypeVar("R", bound=Signed)

_BESTAND = files("vlok.api") / "data" / "afscherming.toml"
REDENEN = blocks(_BESTAND, "reden", Code)
_OP_CODE = codes(_BESTAND, "reden", Code)


def reden_naam(code: str) -> str:
    """A reason in words; the code itself when it is no longer in the list."""
    return _OP_CODE[code].naam if code in _OP_CODE else code


class AfschermingReden(Form):
    """Waarom enkel de eigen organisatie dit nog ziet."""

    reden: str | None = vraag("Reden", verplicht=True, keuze=True)
    toelichting: str = vraag(
        "Toelichting", "", verplicht=True, lang=True, hulp="Enkel uw organisatie leest deze tekst."
    )


REDEN = Step("reden", "Reden", AfschermingReden)


@dataclass(frozen=True)
class Schild(Generic[R]):
    """A row that can be shielded, the shield that is on it now, and the reasons of today."""

    rij: R
    lopend: Afscherming | None
    redenen: Sequence[Keuze]


async def lopende_afscherming(work: Work, object_id: UUID) -> Afscherming | None:
    """The shield that is on a row now."""
    running = select(Afscherming).where(Afscherming.object_id == object_id, Afscherming.opgeheven_op.is_(None))
    found: Afscherming | None = await work.session.scalar(running)
    return found


class SchildHandeling(Action[R, Schild[R]]):
    """What both actions share. The other side never sees their line in the timeline."""

    group = "Afscherming"

    async def load(self, work: Work, subject: R) -> Schild[R]:
        redenen = [Keuze(reden.code, reden.naam) for reden in REDENEN if reden.geldt_op(work.today)]
        return Schild(subject, await lopende_afscherming(work, subject.id), redenen)

    async def schakel(self, work: Work, subject: R, moment: datetime | None) -> None:
        """Set the switch of the row; override to carry along the rows that are shared with it."""
        subject.gedeeld_op = moment
        await work.session.flush()


class Afschermen(SchildHandeling[R]):
    """Keep a row, signed or not yet, from the other side."""

    title = "Afschermen"
    description = (
        "Enkel uw organisatie ziet dit nog, ook na de ondertekening. De reden blijft bewaard; u kan de afscherming"
        " later opheffen."
    )
    button = "Afschermen"
    steps: ClassVar[tuple[Step[Any], ...]] = (REDEN,)

    def unavailable(self, facts: Schild[R]) -> str | None:
        return "Dit is al afgeschermd." if facts.lopend else self.belet(facts.rij)

    def belet(self, rij: R) -> str | None:
        """Why this row must stay visible to the other side; ``None`` when it need not."""
        return None

    def choices(self, facts: Schild[R], answers: Answers) -> Choices:
        return {"reden.reden": facts.redenen}

    async def apply(self, work: Work, subject: R, facts: Schild[R], answers: Answers) -> Done:
        given = answers[REDEN]
        assert given.reden is not None
        work.session.add(
            Afscherming(
                object_id=subject.id,
                reden=given.reden,
                toelichting=given.toelichting,
                afgeschermd_op=work.now,
                afgeschermd_door=work.actor.naam,
                domein=subject.domein,
                gebied=subject.gebied,
            )
        )
        await self.schakel(work, subject, None)
        await work.tell(Afgeschermd(subject.id))
        return Done("Afgeschermd: enkel uw organisatie ziet dit nog.", samenvatting=reden_naam(given.reden))


class Opheffen(SchildHandeling[R]):
    """Lift the shield: a signed row is shared again, from now."""

    title = "Afscherming opheffen"
    description = "Wat ondertekend is, wordt weer zichtbaar voor de andere organisatie."
    button = "Opheffen"

    def unavailable(self, facts: Schild[R]) -> str | None:
        return None if facts.lopend else "Dit is niet afgeschermd."

    def shares(self, facts: Schild[R]) -> bool:
        return facts.rij.ondertekend_op is not None

    async def apply(self, work: Work, subject: R, facts: Schild[R], answers: Answers) -> Done:
        assert facts.lopend is not None
        facts.lopend.opgeheven_op, facts.lopend.opgeheven_door = work.now, work.actor.naam
        await self.schakel(work, subject, work.now if subject.ondertekend_op else None)
        await work.tell(AfschermingOpgeheven(subject.id))
        return Done("De afscherming is opgeheven.")


def is_afgeschermd(rij: Any, afscherming: Any) -> ColumnElement[bool]:
    """Which shield is on a row now, for a field ``afscherming`` of its type; only the own organisation reads it."""
    return and_(afscherming.object_id == rij.id, afscherming.opgeheven_op.is_(None))
