"""Counting statements: a budget per query turns "no statement per row" into an assertion.

A list of rows that the driver would send row by row counts as many times as it has rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from psycopg import AsyncCursor
from sqlalchemy import event

from vlok.db.session import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The SQL that the product sends inside the block, ``set_config`` included, in order."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    by_row = AsyncCursor.executemany

    async def each(cursor: AsyncCursor[Any], query: Any, rows: Any, **how: Any) -> None:
        sent.extend([str(query)] * (len(rows) - 1))
        await by_row(cursor, query, rows, **how)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        with patch.object(AsyncCursor, "executemany", each):
            yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def own(sent: list[str]) -> list[str]:
    """The statements besides the one that tells PostgreSQL who acts, with which each transaction begins."""
    return [one for one in sent if not one.startswith("select set_config")]
