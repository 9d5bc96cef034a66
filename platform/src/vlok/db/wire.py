"""One prepared statement over one connection with the fewest steps in Python: libpq itself, by psycopg's own binding.

A cursor of psycopg costs four times as much as the exchange: it adapts types, keeps a description, waits in a loop of
generators. Here values go out as PostgreSQL's own text, what comes back is bytes, and nothing is known of types.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from psycopg import AsyncConnection, DataError
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn

Row = tuple[bytes | None, ...]
Watch = Callable[..., Any]
PREPARED = 400
"""Statements that one connection keeps prepared: those of every screen, for some shapes of users."""
GOOD = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


def _text(value: str) -> bytes:
    sent = value.encode()
    if b"\0" in sent:  # libpq would take what stands before it
        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return sent


def _array(value: Sequence[str]) -> bytes:
    quoted = (one.replace("\\", "\\\\").replace('"', '\\"') for one in value)
    return _text("{" + ",".join(f'"{one}"' for one in quoted) + "}")


WRITTEN: dict[type[Any], Callable[[Any], bytes | None]] = {
    str: _text,
    int: lambda value: b"%d" % value,
    bool: lambda value: b"true" if value else b"false",
    UUID: lambda value: str(value).encode(),
    datetime: lambda value: value.isoformat().encode(),
    date: lambda value: value.isoformat().encode(),
    list: _array,
    type(None): lambda value: None,
}
"""How a value is written for PostgreSQL, whatever type the statement gives it."""


def writable(values: Sequence[Any]) -> bool:
    """Whether all values are of types that ``exchange`` knows; of lists only those of texts."""
    lists = (value for value in values if type(value) is list)
    return all(type(value) in WRITTEN for value in values) and all(type(one) is str for some in lists for one in some)


async def exchange(driver: AsyncConnection[Any], sql: bytes, values: Sequence[Any]) -> list[Row]:
    """The rows of a statement with ``$1`` …, in a transaction of its own; its error is the driver's own.

    ``driver``: a connection in autocommit, used by nobody else meanwhile. One that is left before its answer came is
    closed: what comes would be read as the answer to something else.
    """
    sent = [WRITTEN[type(value)](value) for value in values]
    try:
        name = await _name(driver, sql)
        driver.pgconn.send_query_prepared(name, sent)
        return await _answer(driver)
    except BaseException:
        if driver.pgconn.transaction_status == TransactionStatus.ACTIVE:
            await driver.close()
        raise


class _Names(OrderedDict[bytes, bytes]):
    """Statement → its name on one connection, the longest unused first."""

    given = 0


_known: WeakKeyDictionary[AsyncConnection[Any], _Names] = WeakKeyDictionary()


async def _name(driver: AsyncConnection[Any], sql: bytes) -> bytes:
    """The name of a statement on a connection, prepared there if it was not."""
    names = _known.setdefault(driver, _Names())
    if sql in names:
        names.move_to_end(sql)
        return names[sql]
    if len(names) >= PREPARED:
        _, oldest = names.popitem(last=False)
        driver.pgconn.send_query(b"deallocate " + oldest)
        await _answer(driver)
    names.given += 1
    name = b"vlok_%d" % names.given
    driver.pgconn.send_prepare(name, sql)
    await _answer(driver)
    names[sql] = name
    return name


async def _answer(driver: AsyncConnection[Any]) -> list[Row]:
    """All rows of what was sent, when the server is ready for the next."""
    pgconn, loop = driver.pgconn, asyncio.get_running_loop()
    while pgconn.flush():  # more than the socket takes at once
        await _until(loop, loop.add_writer, loop.remove_writer, pgconn, _writable)
    rows: list[Row] = []
    fault = None
    while True:
        if pgconn.is_busy():
            await _until(loop, loop.add_reader, loop.remove_reader, pgconn, _arrived)
        result = pgconn.get_result()
        if result is None:
            break
        if result.status not in GOOD:
            fault = fault or error_from_result(result)
        columns = range(result.nfields)
        rows += [tuple(result.get_value(at, column) for column in columns) for at in range(result.ntuples)]
    if fault is not None:
        raise fault
    return rows


async def _until(
    loop: asyncio.AbstractEventLoop, add: Watch, remove: Watch, pgconn: PGconn, done: Callable[[PGconn], bool]
) -> None:
    """Wait until ``done`` is true; it is asked each time that the socket may be read, or written."""
    ready = loop.create_future()
    add(pgconn.socket, _looked, pgconn, done, ready)
    try:
        await ready
    finally:
        remove(pgconn.socket)


def _looked(pgconn: PGconn, done: Callable[[PGconn], bool], ready: asyncio.Future[None]) -> None:
    if ready.done():
        return
    try:
        if done(pgconn):
            ready.set_result(None)
    except Exception as lost:  # to whoever waits
        ready.set_exception(lost)


def _writable(pgconn: PGconn) -> bool:
    return True


def _arrived(pgconn: PGconn) -> bool:
    """Whether a whole result came in, or the end of all."""
    pgconn.consume_input()
    return not pgconn.is_busy()
