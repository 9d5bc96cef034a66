"""What PostgreSQL makes of a statement: is any large table read from begin to end?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from psycopg import Connection, RawCursor

from bench.groei.opdrachten import Statement

LARGE = 10_000
"""Rows of a table that may not be read whole."""


def large_tables(connection: Connection[Any]) -> Mapping[str, int]:
    """Tables with more rows than that, with how many."""
    asked = "select relname, reltuples::bigint from pg_class where relkind = 'r' and reltuples > %s"
    return dict(connection.execute(asked, [LARGE]).fetchall())


def scanned(connection: Connection[Any], statement: Statement, large: Mapping[str, int]) -> set[str]:
    """The large tables that are read whole: by the plan for these values, by the one for any values, or by either.

    Which of them counts is what the product's connection says (``plan_cache_mode``).
    """
    cursor, found = RawCursor(connection), set[str]()
    if statement.mode != "force_generic_plan":
        asked = b"explain (format json) " + statement.sql
        found |= set(sequential(cursor.execute(asked, statement.values, prepare=False).fetchone()))
    if statement.mode != "force_custom_plan":
        asked = b"explain (generic_plan, format json) " + statement.sql
        found |= set(sequential(cursor.execute(asked, prepare=False).fetchone()))
    return found & large.keys()


def sequential(row: Any) -> Iterator[str]:
    """The tables under a sequential scan."""
    told = row[0] if not isinstance(row[0], str) else json.loads(row[0])
    waiting = [told[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        if node["Node Type"] == "Seq Scan":
            yield node["Relation Name"]
        waiting += node.get("Plans", ())
