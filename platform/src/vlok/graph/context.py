"""What a resolver has: the actor, the kernel, and one reading session for the whole request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.api.errors import Refusal
from vlok.kernel import Kernel

NIET_AANGEMELD = "U bent niet (meer) aangemeld. Meld u opnieuw aan."


class Context:
    """One GraphQL request. Root fields share one session, one statement at a time."""

    def __init__(self, kernel: Kernel, actor: Actor | None) -> None:
        self.kernel = kernel
        self._actor = actor
        self._session: AsyncSession | None = None
        self._turn = asyncio.Lock()

    @property
    def actor(self) -> Actor:
        """Who asks; Refusal ``NIET_AANGEMELD`` when nobody is signed in."""
        if self._actor is None:
            raise Refusal("NIET_AANGEMELD", NIET_AANGEMELD)
        return self._actor

    @property
    def session(self) -> AsyncSession:
        """The reading session of this request."""
        if self._session is None:
            self._session = self.kernel.database.sessions(info={"actor": self.actor})
        return self._session

    async def scalar(self, statement: Select[Any]) -> Any:
        """The first value of a statement."""
        rows = await self.all(statement)
        return rows[0][0] if rows else None

    async def all(self, statement: Select[Any]) -> list[Any]:
        """All rows of a statement."""
        async with self._turn:
            try:
                return list((await self.session.execute(statement)).all())
            except Exception:
                await self.session.rollback()  # the other fields of the request read on
                raise

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """For a resolver with a session of its own: one request never holds two connections of the pool at once."""
        async with self._turn:
            await self.close()
            yield

    async def close(self) -> None:
        """End the reading transaction."""
        if self._session is not None:
            await self._session.close()
            self._session = None
