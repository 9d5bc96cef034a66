"""The lines of the audit trail, written by the very statement that reads what they tell of.

What is shown and that it was shown are kept together or not at all, and no key leaves the database to be sent back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson

from vlok.api.actor import Actor
from vlok.audit.lines import COLUMNS, Line, acting

ANSWER = "antwoord"
"""The name under which the statement that reads stands in the whole."""
SHARED = "regel_"
"""Before the names of parameters that serve all lines of one answer."""
ALIKE = ("tijdstip", "domein", "gebruiker_id", "gebruiker", "organisatie", "namens", "rollen", "verzoek_id")
"""The columns of which the value is the same in all of them."""


@dataclass(frozen=True)
class Seen:
    """Where the statement that reads keeps the keys of one line: names of its columns.

    ``kinds``: what is kept → the column with its keys, as text, each followed by a comma. ``subject``: the type of the
    one thing that was opened, and the column with its key.
    """

    number: int
    kinds: Mapping[str, str] = field(default_factory=dict)
    subject: tuple[str, str] | None = None

    @property
    def prefix(self) -> str:
        """Before the names of parameters of this line alone."""
        return f"regel{self.number}_"


def recorded(reading: str, seen: Iterable[Seen], columns: Sequence[str], only_if: str = "true") -> str:
    """The statement ``reading`` with the lines that it leaves; it gives ``columns``.

    One that shows nothing that is kept leaves none; ``only_if`` is a condition on what it gives besides.
    """
    lines = [_line(one, only_if) for one in seen if one.kinds]
    answer = f"WITH {ANSWER} AS MATERIALIZED ({reading})"
    if lines:
        names = ", ".join(name for name, _ in map(_split, COLUMNS))
        answer += f", regels AS (INSERT INTO auditregel ({names}) {' UNION ALL '.join(lines)})"
    return f"{answer} SELECT {', '.join(columns)} FROM {ANSWER}"  # noqa: S608


def _line(seen: Seen, only_if: str) -> str:
    given = {name: f"%({SHARED if name in ALIKE else seen.prefix}{name})s" for name, _ in map(_split, COLUMNS)}
    kinds = sorted(seen.kinds)
    by_kind = {f"a{at}": f"array({_distinct(seen.kinds[kind])})" for at, kind in enumerate(kinds)}
    counts = ", ".join(f"'{kind}', nullif(cardinality(a{at}), 0)" for at, kind in enumerate(kinds))
    subject, key = seen.subject or ("", "NULL")
    computed = {
        "subject_type": f"CASE WHEN {key} IS NOT NULL THEN '{subject}' END",
        "subject_id": key,
        "getoond": "samen",
        "gegevens": f"(jsonb_build_object('aantal', jsonb_strip_nulls(jsonb_build_object({counts})))"
        f" || {given['gegevens']}::jsonb)",
    }
    values = ", ".join(f"{computed.get(name, given[name])}::{type_}" for name, type_ in map(_split, COLUMNS))
    arrays = ", ".join(f"{expression} AS {name}" for name, expression in by_kind.items())
    return (
        f"SELECT {values} FROM {ANSWER} CROSS JOIN LATERAL (SELECT {arrays} OFFSET 0) AS apart"  # noqa: S608
        f" CROSS JOIN LATERAL (SELECT {' || '.join(by_kind)} AS samen OFFSET 0) AS alles"
        f" WHERE samen <> '{{}}' AND {only_if}"
    )


def _distinct(column: str) -> str:
    keys = f"unnest(string_to_array(rtrim({column}, ','), ',')::uuid[])"
    return f"SELECT DISTINCT {keys} ORDER BY 1"


def _split(column: str) -> list[str]:
    return column.split("::")


def said(line: Line) -> Mapping[str, Any]:
    """What a line says besides who, when and which keys, by column: the same each time that the same is asked."""
    vraag = orjson.dumps(line.gegevens, default=dict).decode()
    return {"soort": line.soort.value, "wat": line.wat, "doel": line.doel, "gegevens": vraag}


def parameters(actor: Actor, now: datetime, lines: Iterable[tuple[Seen, Mapping[str, Any]]]) -> dict[str, Any]:
    """The parameters of ``recorded``; of each line what is ``said``."""
    given = {SHARED + name: value for name, value in acting(actor, now).items()}
    for seen, own in lines:
        given[f"{seen.prefix}id"] = uuid4()
        given.update((seen.prefix + name, value) for name, value in own.items())
    return given
