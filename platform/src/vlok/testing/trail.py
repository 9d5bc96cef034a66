"""What a request left in the audit trail, read back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from vlok.api.actor import Actor
from vlok.audit.tables import Auditregel
from vlok.kernel import Kernel


def asking_anew(actor: Actor) -> Actor:
    """The actor in a request of its own, by which its lines are found."""
    return replace(actor, verzoek_id=uuid4().hex)


async def lines_of(kernel: Kernel, actor: Actor) -> list[tuple[Any, ...]]:
    """What the lines of the actor's request say besides who and when, oldest first."""
    line = Auditregel
    said = (line.soort, line.wat, line.gegevens, line.subject_type, line.subject_id, line.getoond, line.doel)
    wanted = select(*said).where(line.verzoek_id == actor.verzoek_id).order_by(line.volgnummer)
    async with kernel.reading(replace(actor, gast=False)) as session:  # a guest does not read the trail
        return [tuple(one) for one in await session.execute(wanted)]
