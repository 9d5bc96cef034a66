"""Statements that are made already, straight from the driver: what every request asks again costs no more than it must.

A statement stands in a transaction of its own. It tells itself who acts: every row that it gives comes from the
(materialised) look at ``wie``, whose settings are made when that is read, before anything else is. The role, its rights
and row-level security are those of every other connection; without settings row-level security shows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection, AsyncCursor, AsyncRawCursor
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import Boolean, Engine, Text, bindparam, func, literal_column, make_url, select, true
from sqlalchemy.dialects.postgresql.psycopg import dialect

from vlok.db.wire import PREPARED, Row, exchange, writable

WAITS = 10.0
"""Seconds for a free connection."""
NAMES = ("domein", "gebied", "gebruiker", "gast")
"""What row-level security reads of who acts, each as a setting ``app.…``."""
PLANS = {True: "force_generic_plan", False: "force_custom_plan"}
"""PostgreSQL plans a prepared statement once, without looking at the values: they are keys, and to plan would cost more
than to read. Not so for words that somebody seeks: what is best for a rare word is the worst for a common one. Those
have connections of their own, that look at the values each time."""
PROOF = "(/*bewijs*/ true)"
"""Where a statement proves who asks, when it is sent before that is known (see ``vlok.identity.expected``)."""
DIALECT = dialect()  # type: ignore[no-untyped-call]
PARAMETER = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Numbered:
    """A text with ``$1``, ``$2`` …, as PostgreSQL itself takes it, and the names of its parameters in that order."""

    text: bytes
    order: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Numbered:
        """From a text with parameters by name, as SQLAlchemy writes one for psycopg."""
        order: dict[str, int] = {}
        numbered = PARAMETER.sub(lambda found: f"${order.setdefault(found[1], len(order) + 1)}", text)
        return cls(numbered.replace("%%", "%").encode(), tuple(order))

    def values(self, given: Mapping[str, Any]) -> list[Any]:
        """The parameters of one call."""
        return [given[name] for name in self.order]

    def given(self, given: Mapping[str, Any]) -> Given:
        """The text and the parameters of one call."""
        return self.text, self.values(given)


def settings(values: Iterable[str]) -> str:
    """The SQL that tells who acts, for this transaction only; ``values``: its parameters in the order of ``NAMES``."""
    return ", ".join(f"set_config('app.{name}', {value}, true)" for name, value in zip(NAMES, values, strict=True))


def who_acts() -> Any:
    """What a statement selects from to tell who acts; its parameters are ``wie_domein`` and so on. It gives one row,
    and none when what stands in the place of ``PROOF`` is false."""
    told = [
        func.set_config(f"app.{name}", bindparam(f"wie_{name}", None, type_=Text()), true()).label(name)
        for name in NAMES
    ]
    proven = select(*told).where(literal_column(PROOF, Boolean()))
    return proven.cte("wie").prefix_with("MATERIALIZED", dialect="postgresql")


def told_by(who: Any) -> Any:
    """The condition that it was told who acts: what has it is not read before."""
    return who.c[NAMES[0]].is_not(None)


def compiled(statement: Any) -> Numbered:
    """A SQLAlchemy statement, made once; all its parameters are named ``bindparam`` of types that psycopg knows."""
    return Numbered.of(rendered(statement))


def rendered(statement: Any) -> str:
    """Its text, with parameters by name."""
    return str(statement.compile(dialect=DIALECT))


Given = tuple[bytes, Sequence[Any]]
"""A statement with its values."""


class Direct:
    """Pools of plain connections beside the engine of a place; opened at their first use, and again after ``close``."""

    def __init__(self, url: str, size: int, engine: Engine) -> None:
        self._conninfo = conninfo(url)
        self._size = size
        self._engine = engine
        self._pools: dict[bool, AsyncConnectionPool[Any]] = {}

    async def rows(self, sql: bytes, values: Sequence[Any]) -> list[Any]:
        """The rows of one statement, as Python values."""
        pool = await self._pool(guessed=True)
        async with pool.connection() as driver:
            cursor = await self._sent(driver, sql, values)
            return await cursor.fetchall() if cursor.description else []

    async def row(
        self, sql: bytes, values: Sequence[Any], *, guessed: bool = True, only_if: Given | None = None
    ) -> Row | None:
        """The one row of a statement, if it gives one, as PostgreSQL writes it.

        ``guessed``: PostgreSQL may use the plan that it made for any values; else it looks at these. ``only_if``:
        another statement that must give a row, at the moment that this one can be sent.
        """
        pool = await self._pool(guessed=guessed)
        driver = await pool.getconn()
        try:
            if only_if and await self.row(*only_if) is None:
                return None
            return await self._row(driver, sql, values)
        finally:
            await pool.putconn(driver)

    async def _row(self, driver: AsyncConnection[Any], sql: bytes, values: Sequence[Any]) -> Row | None:
        if not writable(values):
            result = (await self._sent(driver, sql, values)).pgresult
            assert result
            return tuple(result.get_value(0, at) for at in range(result.nfields)) if result.ntuples else None
        self._tell("before_cursor_execute", None, sql, values)
        found = await exchange(driver, sql, values)
        self._tell("after_cursor_execute", None, sql, values)
        return found[0] if found else None

    async def _pool(self, *, guessed: bool) -> AsyncConnectionPool[Any]:
        """The pool of one way of planning; what is said on its connections stands in transactions of its own."""
        if guessed not in self._pools:
            await self._open(guessed)
        return self._pools[guessed]

    async def _sent(self, driver: AsyncConnection[Any], sql: bytes, values: Sequence[Any]) -> AsyncCursor[Any]:
        self._tell("before_cursor_execute", None, sql, values)
        return await AsyncRawCursor(driver).execute(sql, values)

    def _tell(self, moment: str, cursor: Any, sql: bytes, values: Sequence[Any]) -> None:
        """Whoever listens to the engine hears of these statements too: budgets and traces see them as any other."""
        for listener in getattr(self._engine.dispatch, moment):
            listener(None, cursor, sql.decode(), values, None, False)

    async def _open(self, guessed: bool) -> None:
        async def configured(driver: AsyncConnection[Any]) -> None:
            driver.prepared_max = PREPARED
            driver.prepare_threshold = 2
            await driver.execute(f"set plan_cache_mode = {PLANS[guessed]}")

        pool: AsyncConnectionPool[Any] = AsyncConnectionPool(
            self._conninfo,
            min_size=0,
            max_size=self._size,
            open=False,
            timeout=WAITS,
            kwargs={"autocommit": True},
            configure=configured,
        )
        self._pools[guessed] = pool  # before it is awaited: who comes now waits for the same one
        await pool.open()

    async def close(self) -> None:
        """Close all connections."""
        pools, self._pools = self._pools, {}
        for pool in pools.values():
            await pool.close()


def conninfo(url: str) -> str:
    """A SQLAlchemy URL as libpq reads it."""
    parsed = make_url(url)
    words: dict[str, Any] = {**parsed.translate_connect_args(username="user", database="dbname"), **parsed.query}
    return make_conninfo(**words)
