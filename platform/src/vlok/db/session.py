"""Sessions of the application role, with the acting domain set for row-level security in every transaction."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, SessionTransaction

from vlok.api.actor import Actor

WHO = text(
    "select set_config('app.domein', :domein, true), set_config('app.gebied', :gebied, true),"
    " set_config('app.gebruiker', :gebruiker, true)"
)


class Database:
    """The pool of the role ``vlok_app``: no superuser, no way around row-level security."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.engine: AsyncEngine = create_async_engine(
            url, hide_parameters=True, pool_pre_ping=False, pool_size=pool_size, max_overflow=0, pool_timeout=10
        )
        self.sessions: async_sessionmaker[AsyncSession] = async_sessionmaker(self.engine, expire_on_commit=False)

    @asynccontextmanager
    async def acting(self, actor: Actor) -> AsyncIterator[AsyncSession]:
        """A session of which every transaction carries the actor's domain and territory; closed at the end."""
        async with self.sessions(info={"actor": actor}) as session:
            yield session

    async def close(self) -> None:
        """Close the pool."""
        await self.engine.dispose()


@event.listens_for(Session, "after_begin")
def set_domain(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Tell PostgreSQL who acts, for this transaction only; without an actor the policies show nothing."""
    actor: Actor | None = session.info.get("actor")
    if actor is not None:
        connection.execute(WHO, who(actor))


def who(actor: Actor) -> dict[str, Any]:
    """The settings that the row-level policies read."""
    return {"domein": actor.domein, "gebied": actor.gebied, "gebruiker": str(actor.gebruiker_id)}
