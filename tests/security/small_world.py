"""A small world in which every case of ownership occurs in every table: owner × municipality × shared, role × person.

Rows are put in as superuser, around keys and triggers: what they say does not matter here, only whose they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID, uuid5

import orjson
import psycopg
from psycopg.sql import SQL, Identifier, Literal

DOMAINS = ("lb:41002", "lb:44021", "wvl", "wi", "vlabel")
GROUNDS = ("41002", "44021")
SHARED_AT = "2026-11-01T10:00:00+01:00"
ME = UUID("00000000-0000-4000-8000-00000000000a")
ABSENT = UUID("00000000-0000-4000-8000-00000000000b")
OTHER = UUID("00000000-0000-4000-8000-00000000000c")
SPACE = UUID("00000000-0000-4000-8000-0000000000ff")

COLUMNS = """
select a.attname, format_type(a.atttypid, null) from pg_attribute a
where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
order by a.attnum
"""
KEY = """
select attname from pg_attribute a join pg_index i on i.indrelid = a.attrelid and a.attnum = any (i.indkey)
where i.indrelid = %s::regclass and i.indisprimary order by a.attnum
"""
VALUE: Mapping[str, Any] = {
    "text": "x{n}",
    "character varying": "x{n}",
    "date": "2026-01-01",
    "timestamp with time zone": "2026-01-01T10:00:00+01:00",
    "integer": "{n}",
    "bigint": "{n}",
    "boolean": "false",
    "jsonb": "{{}}",
    "bytea": "\\x00",
    "uuid[]": "{{}}",
    "text[]": "{{}}",
    "character varying[]": "{{}}",
}
"""What stands in a column about which nobody asks."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A table where it stands, with all its rows: what it had and what was put in."""

    schema: str
    name: str
    key: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def place(self) -> str:
        """Qualified."""
        return f"{self.schema}.{self.name}"

    def key_of(self, row: Row) -> str:
        """The key of a row as one text."""
        return " ".join(str(row[name]) for name in self.key)


def cases(columns: Iterable[str], roles: Iterable[str], statuses: Iterable[str] = ()) -> Iterator[Row]:
    """Every case that the columns of a table can tell apart. ``statuses``: those that somebody decides by."""
    names = set(columns)
    if "ovo" in names:  # organisations are there already, one for each domain
        return
    if "domein" not in names:
        yield {}
        return
    if {"rol", "gebruiker_id", "onderwerp_id"} <= names:
        yield from _tasks(roles)
        return
    choices: dict[str, tuple[Any, ...]] = {"domein": DOMAINS}
    if "gebied" in names:
        choices["gebied"] = GROUNDS
    if "gedeeld_op" in names:
        choices["gedeeld_op"] = (None, SHARED_AT)
    for person in names & {"gebruiker_id", "afwezige_id", "vervanger_id"}:
        choices[person] = (str(ME), str(OTHER), str(ABSENT))
    if statuses:
        choices["status"] = tuple(statuses)
    for values in product(*choices.values()):
        yield dict(zip(choices, values, strict=True))


def _tasks(roles: Iterable[str]) -> Iterator[Row]:
    """A task for each role of each side, for nobody and for somebody in particular."""
    for role in roles:
        kind = role.partition(".")[0]
        domains = ("lb:41002", "lb:44021") if kind == "lb" else (kind,)
        for domain, person in product(domains, (None, OTHER)):
            yield {"rol": role, "domein": domain, "gebied": domain.removeprefix("lb:") if kind == "lb" else "41002",
                   "gebruiker_id": person and str(person)}  # fmt: skip
    for domain, person in product(DOMAINS, (ME, ABSENT)):
        yield {"rol": "nobody's", "domein": domain, "gebied": "41002", "gebruiker_id": str(person)}


def fill(
    admin: psycopg.Connection[Any], schema: str, name: str, roles: Iterable[str], statuses: Iterable[str] = ()
) -> None:
    """Put every case into a table."""
    place = f'{schema}."{name}"'
    columns = dict(admin.execute(COLUMNS, [place]).fetchall())
    for number, case in enumerate(cases(columns, roles, statuses), 1):
        values = {column: case.get(column, _value(place, column, kind, number)) for column, kind in columns.items()}
        words = SQL("insert into {t} ({c}) select {c} from jsonb_populate_record(null::{t}, {v}::jsonb)").format(
            t=Identifier(schema, name),
            c=SQL(", ").join(map(Identifier, columns)),
            v=Literal(orjson.dumps(values).decode()),
        )
        with suppress(psycopg.errors.CheckViolation):  # a case that cannot be
            admin.execute(words)


def read(admin: psycopg.Connection[Any], schema: str, name: str) -> Table:
    """A table as it stands."""
    key = [column for (column,) in admin.execute(KEY, [f'{schema}."{name}"']).fetchall()]
    rows = [row for (row,) in admin.execute(SQL("select to_jsonb(t) from {} t").format(Identifier(schema, name)))]
    return Table(schema, name, tuple(key), tuple(rows))


def _value(place: str, column: str, kind: str, number: int) -> Any:
    if kind == "uuid":
        return str(uuid5(SPACE, f"{place} {column} {number}"))
    if kind == "jsonb" or kind.endswith("[]"):
        return {} if kind == "jsonb" else []
    return str(VALUE[kind]).format(n=number)
