"""Writing lines of the audit trail: what they hold, and that they come last in their transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.audit.tables import Auditregel, Soort

Subject = tuple[str | None, UUID]
"""The name of a published type (none: of an unpublished table) and the key of its row."""
PARENTS = ("dossier_id", "onderwerp_id", "pand_id")
"""What a row is part of: who asks about a dossier also finds what was done to its tasks and documents."""


@dataclass(frozen=True)
class Line:
    """What one line says besides who and when."""

    soort: Soort
    wat: str
    gegevens: Mapping[str, Any] = field(default_factory=dict)
    subject: Subject | None = None
    getoond: Sequence[UUID] = ()
    doel: str | None = None


INSERT = Auditregel.metadata.tables[Auditregel.__tablename__].insert()
"""Made once: each answer writes a line."""


def concerned(row: Any) -> list[UUID]:
    """The key of a row and of what it is part of."""
    keys = (row.id, *(getattr(row, name, None) for name in PARENTS))
    return [key for key in dict.fromkeys(keys) if key is not None]


async def write(session: AsyncSession, actor: Actor, now: datetime, lines: Iterable[Line]) -> None:
    """Write the lines, in one statement, as the last of the transaction.

    From here to the commit the transaction holds the lock on the chain of its domain: it must wait for nothing else.
    """
    rows = [_row(actor, now, line) for line in lines]
    if rows:
        await session.flush()
        await (await session.connection()).execute(INSERT, rows)


def _row(actor: Actor, now: datetime, line: Line) -> dict[str, Any]:
    type_name, key = line.subject or (None, None)
    return {
        "id": uuid4(),
        "tijdstip": now,
        "domein": actor.domein,
        "gebruiker_id": actor.gebruiker_id,
        "gebruiker": actor.naam,
        "organisatie": actor.organisatie_naam,
        "namens": actor.namens,
        "rollen": sorted(actor.rollen),
        "soort": line.soort.value,
        "wat": line.wat,
        "doel": line.doel,
        "subject_type": type_name,
        "subject_id": key,
        "getoond": list(line.getoond),
        "verzoek_id": actor.verzoek_id,
        "gegevens": dict(line.gegevens),
    }
