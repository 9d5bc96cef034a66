"""Canaries: a word of its own in every text of every row, so that whatever leaks says where it came from.

Planted as superuser around triggers and row security; the rows are read back whole, so that a test can say by a rule
of its own who may see which.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier, Literal

TOKEN = re.compile(r"KAN-[a-z0-9]+-\d+")
REFERENCE = re.compile(r"[A-Z]{2}\d{2}-\d{6}")
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ENCODED = re.compile(r"[A-Za-z0-9_-]{24,}")

TABLES = """
select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and c.relname !~ '^(procrastinate|alembic)' and c.relname !~ 'versie$' order by 1, 2
"""
COLUMNS = """
select a.attname, format_type(a.atttypid, null),
  exists (select from pg_index i where i.indrelid = a.attrelid and a.attnum = any (i.indkey) and i.indisunique),
  exists (select from pg_constraint k where k.conrelid = a.attrelid and a.attnum = any (k.conkey) and k.contype = 'f')
from pg_attribute a where a.attrelid = %s::regclass and a.attnum > 0 and not a.attisdropped
"""
SUFFIX = {"text": "{c} || ' ' || {t}", "character varying[]": "{c} || {t}::varchar", "text[]": "{c} || {t}"}

Place = tuple[str, str]
"""Schema and table."""


@dataclass(frozen=True)
class Row:
    """A row as it stands in the database; ``values`` are its columns as JSON values."""

    place: Place
    token: str
    values: Mapping[str, Any]

    @property
    def id(self) -> str | None:
        """Its key, where it has a single one (a procedure's row has that of its dossier)."""
        found = self.values.get("id") or self.values.get("dossier_id")
        return str(found) if found else None


@dataclass
class Canaries:
    """All rows, by what gives them away in an answer."""

    rows: list[Row]
    by_token: dict[str, Row] = field(default_factory=dict)
    by_id: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for row in self.rows:
            self.by_token[row.token] = row
            if "id" in row.values:
                self.by_id[str(row.values["id"])].append(row)

    def of(self, table: str, schema: str = "public") -> list[Row]:
        """The rows of a table."""
        return [row for row in self.rows if row.place == (schema, table)]


def plant(connection: psycopg.Connection[Any], codes: Iterable[str], public: Iterable[str] = ()) -> Canaries:
    """Put a canary in every text but keys, references and the columns ``codes`` that code decides by.

    ``public``: tables whose texts everybody may read; their rows are known, without a canary.
    """
    skipped, told = set(codes), set(public)
    connection.execute("set session_replication_role = replica")  # the trail refuses every change, also ours
    rows: list[Row] = []
    for place in connection.execute(TABLES).fetchall():
        rows += _planted((place[0], place[1]), connection, skipped, len(rows), quiet=place[1] in told)
    connection.execute("set session_replication_role = origin")
    return Canaries(rows)


def _planted(
    place: Place, connection: psycopg.Connection[Any], codes: set[str], start: int, *, quiet: bool
) -> Iterator[Row]:
    table = Identifier(*place)
    found = connection.execute(COLUMNS, [f'{place[0]}."{place[1]}"']).fetchall()
    texts = {n: k for n, k, unique, foreign in found if k in SUFFIX and not unique and not foreign and n not in codes}
    who = Identifier("domein") if any(name == "domein" for name, *_ in found) else SQL("'niemand'")
    token = SQL(
        "'KAN-' || regexp_replace({}::text, '[^a-z0-9]', '', 'g') || '-' || ({} + row_number() over ())"
    ).format(who, Literal(start))
    numbered = SQL("(select ctid as plaats, {} as teken from {} order by ctid)").format(token, table)
    setting = SQL(", ").join(
        SQL("{c} = " + SUFFIX[kind]).format(c=Identifier(name), t=SQL("k.teken")) for name, kind in texts.items()
    )
    if texts and not quiet:
        changed = SQL("update {t} as t set {s} from {n} k where t.ctid = k.plaats returning k.teken, to_jsonb(t)")
        query = changed.format(t=table, s=setting, n=numbered)
    else:
        query = SQL("select k.teken, to_jsonb(t) from {t} as t join {n} k on t.ctid = k.plaats").format(
            t=table, n=numbered
        )
    return (Row(place, one, values) for one, values in connection.execute(query).fetchall())


def tokens(text: str) -> set[str]:
    """The canaries in a text, also inside what is encoded in it (cursors, ids)."""
    return {one for part in (text, *decoded(text)) for one in TOKEN.findall(part)}


def keys(text: str) -> set[str]:
    """The keys of rows in a text, also those in global ids and cursors."""
    return {one for part in (text, *decoded(text)) for one in UUID_TEXT.findall(part)}


def decoded(text: str) -> Iterator[str]:
    """What the base64 words of a text say."""
    for word in ENCODED.findall(text):
        try:
            yield urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode()
        except ValueError:
            continue
