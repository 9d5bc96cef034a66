"""Generated rows into the tables, by COPY, with progress."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier

from bench.belastingmodel import WVL
from bench.gegevens import Generator
from bench.voortgang import clock

BATCH = 20_000


def load(connection: psycopg.Connection, tasks: int) -> None:
    """Fill an empty, migrated database over a superuser's connection, with a line of progress per table."""
    wvl = connection.execute("select id from organisatie where domein = 'wvl'").fetchone()
    assert wvl
    connection.execute("set session_replication_role = replica")  # the rows are sound by construction
    for table, columns, count, rows in Generator(tasks).tables():
        begun, done = time.monotonic(), 0
        words = SQL("copy {} ({}) from stdin").format(Identifier(table), SQL(", ").join(map(Identifier, columns)))
        with connection.cursor() as cursor, cursor.copy(words) as copy:
            for lines in batches(rows, wvl[0]):
                copy.write("".join(lines))
                done += len(lines)
                progress(table, done, count, begun)
        print(file=sys.stderr)
    connection.execute("set session_replication_role = origin")
    connection.execute("analyze")


def batches(rows: Iterable[tuple[object, ...]], wvl: UUID) -> Iterator[list[str]]:
    """Rows as COPY text, in portions."""
    lines: list[str] = []
    for row in rows:
        cells = ("\\N" if cell is None else str(wvl if cell is WVL else cell).replace("\t", "\\t") for cell in row)
        lines.append("\t".join(cells) + "\n")
        if len(lines) == BATCH:
            yield lines
            lines = []
    yield lines


def progress(table: str, done: int, count: int, begun: float) -> None:
    """One line that overwrites itself."""
    share = f"{done / count:4.0%}" if count > 0 else ""
    rate = done / max(time.monotonic() - begun, 0.001)
    rest = f", nog {clock((count - done) / rate)}  " if count > done else " " * 12
    print(f"\r  {table:<20} {done:>11,} {share} {rate:>9,.0f} rijen/s{rest}", end="", file=sys.stderr, flush=True)
