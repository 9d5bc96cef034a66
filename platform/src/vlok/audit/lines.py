"""Writing lines of the audit trail: what they hold, and that they come last in their transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.audit.tables import Soort
from vlok.db.direct import NAMES, settings
from vlok.db.session import rows, who

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
    getoond: Sequence[UUID | str] = ()
    doel: str | None = None


def concerned(row: Any) -> list[UUID]:
    """The key of a row and of what it is part of."""
    keys = (row.id, *(getattr(row, name, None) for name in PARENTS))
    return [key for key in dict.fromkeys(keys) if key is not None]


COLUMNS = (
    *("id::uuid", "tijdstip::timestamptz", "domein::text", "gebruiker_id::uuid", "gebruiker::text"),
    *("organisatie::text", "namens::text", "rollen::text[]", "soort::text", "wat::text", "doel::text"),
    *("subject_type::text", "subject_id::uuid", "getoond::uuid[]", "verzoek_id::text", "gegevens::jsonb"),
)
"""Columns and their types, in the order of ``_values``; PostgreSQL adds number and link itself."""


@cache
def insert(count: int) -> bytes:
    """The statement that writes so many lines, and tells who acts."""
    names, types = zip(*(column.split("::") for column in COLUMNS), strict=True)
    wie = settings(f"${at}" for at in range(1, len(NAMES) + 1))
    numbers = iter(range(len(NAMES) + 1, len(NAMES) + 1 + count * len(COLUMNS)))
    lines = ", ".join("(" + ", ".join(f"${next(numbers)}::{type_}" for type_ in types) + ")" for _ in range(count))
    into = f"INSERT INTO auditregel ({', '.join(names)}) SELECT regel.* FROM wie, (VALUES {lines}) AS regel"  # noqa: S608
    return f"WITH wie AS MATERIALIZED (SELECT {wie}) {into}".encode()


def values(actor: Actor, now: datetime, lines: Iterable[Line]) -> list[Any]:
    """The parameters of ``insert`` for these lines."""
    told = who(actor)
    return [*(told[name] for name in NAMES), *(value for line in lines for value in _values(actor, now, line))]


async def write(session: AsyncSession, actor: Actor, now: datetime, lines: Sequence[Line]) -> None:
    """Write the lines, in one statement, as the last of the transaction.

    From here to the commit the transaction holds the lock on the chain of its domain: it must wait for nothing else.
    """
    if lines:
        await session.flush()
        await rows(session, insert(len(lines)), values(actor, now, lines))


def acting(actor: Actor, now: datetime) -> dict[str, Any]:
    """Who and when: what all lines of one request have in common, by column."""
    return {
        "tijdstip": now,
        "domein": actor.domein,
        "gebruiker_id": actor.gebruiker_id,
        "gebruiker": actor.naam,
        "organisatie": actor.organisatie_naam,
        "namens": actor.namens,
        "rollen": sorted(actor.rollen),
        "verzoek_id": actor.verzoek_id,
    }


def _values(actor: Actor, now: datetime, line: Line) -> list[Any]:
    subject_type, subject_id = line.subject or (None, None)
    own = {
        "id": uuid4(),
        "soort": line.soort.value,
        "wat": line.wat,
        "doel": line.doel,
        "subject_type": subject_type,
        "subject_id": subject_id,
        "getoond": "{" + ",".join(map(str, line.getoond)) + "}",
        "gegevens": orjson.dumps(line.gegevens, default=dict).decode(),
    }
    given = {**acting(actor, now), **own}
    return [given[column.partition("::")[0]] for column in COLUMNS]
