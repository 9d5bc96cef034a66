"""Sessions of a database role, with the acting domain set for row-level security in every transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Any

import structlog
from psycopg import AsyncRawCursor
from sqlalchemy import Connection, ExceptionContext, event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, SessionTransaction

from vlok.api.actor import Actor
from vlok.api.compartments import Compartment
from vlok.api.errors import ContractError, Refusal
from vlok.db.direct import NAMES, Direct, Given, settings
from vlok.db.wire import Row

log = structlog.get_logger(__name__)
WHO = text(f"select {settings(f':{name}' for name in NAMES)}")
NOT_ALLOWED = "42501"
COMPARTMENT = "compartiment"
"""Where a session keeps the compartment in which it works; no entry in the common place."""


class Database:
    """The pool of a place. Its role is no superuser and has no way around row-level security.

    ``compartment``: the place is that compartment. ``visitors``: the pools through which actors of a compartment's
    domain read this place, by domain (see ``visiting``).
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 10,
        compartment: Compartment | None = None,
        visitors: Mapping[str, Database] = MappingProxyType({}),
    ) -> None:
        self.engine: AsyncEngine = create_async_engine(
            url, hide_parameters=True, pool_pre_ping=False, pool_size=pool_size, max_overflow=0, pool_timeout=10
        )
        self.compartment = compartment
        info = {COMPARTMENT: compartment} if compartment else {}
        self.sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(
            self.engine, expire_on_commit=False, info=info
        )
        self._visitors = visitors
        self.direct = Direct(url, pool_size, self.engine.sync_engine)
        """For statements that are made already."""

    def session(self, actor: Actor) -> AsyncSession:
        """A session of which every transaction carries the actor's domain and territory.

        ContractError for an actor who may not be here (see ``_role_of``).
        """
        return self._role_of(actor).sessions(info={"actor": actor})

    async def rows(self, actor: Actor, sql: bytes, values: Sequence[Any]) -> list[Any]:
        """The rows of a statement that is made already and itself tells who acts (see ``vlok.db.direct``), in a
        transaction of its own."""
        return await self._role_of(actor).direct.rows(sql, values)

    async def row(
        self, actor: Actor, sql: bytes, values: Sequence[Any], *, guessed: bool = True, only_if: Given | None = None
    ) -> Row | None:
        """The one row of such a statement, as PostgreSQL writes it; see ``Direct.row``."""
        return await self._role_of(actor).direct.row(sql, values, guessed=guessed, only_if=only_if)

    def is_own(self, actor: Actor) -> bool:
        """Whether an actor reaches this place by its own pool, whose role may look at sessions and roles."""
        return self.compartment is None and self._role_of(actor) is self

    def _role_of(self, actor: Actor) -> Database:
        """The one place where is chosen as which role an actor reaches the database.

        ContractError for an actor who is no member or guest of a compartment: who admits one has made a mistake.
        """
        if self.compartment and actor.domein != self.compartment.domein:
            raise ContractError(f"{actor.domein} works in {self.compartment.key}")
        return self._visitors.get(actor.domein, self)

    @asynccontextmanager
    async def acting(self, actor: Actor) -> AsyncIterator[AsyncSession]:
        """Such a session; closed at the end."""
        async with self.session(actor) as session:
            yield session

    async def close(self) -> None:
        """Close the pools."""
        for visitors in self._visitors.values():
            await visitors.close()
        await self.direct.close()
        await self.engine.dispose()


def place_options(url: str, compartment: Compartment) -> str:
    """The URL of a compartment's role, with its own tables before the shared ones."""
    return _looking_in(url, f"{compartment.schema},{log_schema(compartment)},public", compartment.path)


def queue_options(url: str, compartment: Compartment) -> str:
    """The URL of a compartment's role for its job queue: in its own schema only, for its functions stand in both."""
    return _looking_in(url, compartment.schema, compartment.path)


def log_schema(compartment: Compartment) -> str:
    """Where the audit trail of a compartment stands: apart, for its actors write it wherever they read."""
    return f"{compartment.schema}_logboek"


def visiting(url: str, compartment: Compartment, *, pool_size: int) -> Database:
    """The pool through which a compartment's members read the common place.

    It changes nothing there, and what they read is written in their own trail and in no other. A change that they ask
    for all the same is answered as something that does not exist.
    """
    database = Database(_looking_in(url, f"{log_schema(compartment)},public", ""), pool_size=pool_size)

    @event.listens_for(database.engine.sync_engine, "handle_error")
    def refuse(context: ExceptionContext) -> None:
        if getattr(context.original_exception, "sqlstate", None) == NOT_ALLOWED:
            log.warning("a visitor may not do this here", compartiment=compartment.key)
            raise Refusal("ONBEKEND", "Niet gevonden, of u hebt er geen toegang toe.")

    return database


def _looking_in(url: str, path: str, prefix: str) -> str:
    """``app.pad`` stands before the addresses of files that rows name."""
    options = f"-c search_path={path} -c app.pad={prefix}"
    return make_url(url).update_query_dict({"options": options}).render_as_string(hide_password=False)


@event.listens_for(Session, "after_begin")
def set_domain(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Tell PostgreSQL who acts, for this transaction only; without an actor the policies show nothing."""
    actor: Actor | None = session.info.get("actor")
    if actor is not None:
        connection.execute(WHO, who(actor))


async def rows(session: AsyncSession, sql: bytes, values: Sequence[Any]) -> list[Any]:
    """The rows of a statement that is made already, within the transaction of a session."""
    connection = await session.connection()
    driver: Any = (await connection.get_raw_connection()).driver_connection
    announce(connection, sql.decode(), values)
    cursor = await AsyncRawCursor(driver).execute(sql, values)
    return await cursor.fetchall() if cursor.description else []


def announce(connection: AsyncConnection, statement: str, values: Any) -> None:
    """Tell who listens for statements of one that goes past SQLAlchemy: budgets and traces see it as any other."""
    sync: Any = connection.sync_connection
    for listener in sync.dispatch.before_cursor_execute:
        listener(sync, None, statement, values, None, False)


def who(actor: Actor) -> dict[str, str]:
    """The settings that the row-level policies read."""
    person = str(actor.gebruiker_id)
    guest = person if actor.gast else ""
    return {"domein": actor.domein, "gebied": actor.gebied, "gebruiker": person, "gast": guest}
