"""Counting statements: a budget per query turns "no statement per row" into an assertion."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from vlok.db.session import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The SQL that the product sends inside the block, ``set_config`` included, in order."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
