"""What a resolver has: the actor, the kernel, and one reading session for the whole request.

``async with Context(…)`` answers it: when the block ends well, what the answer shows is on record before it leaves;
when that cannot be kept, there is no answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.api.errors import Refusal
from vlok.api.graph import Before
from vlok.audit.lines import insert, values, write
from vlok.audit.shown import Shown
from vlok.db.direct import Given
from vlok.db.wire import Row
from vlok.kernel import Kernel

T = TypeVar("T")
NIET_AANGEMELD = "U bent niet (meer) aangemeld. Meld u opnieuw aan."


class Context:
    """One GraphQL request. Root fields share one session, one statement at a time."""

    compiled = True
    """Whether a query that can be planned is answered by its plan; else graphql-core answers everything."""

    def __init__(
        self, kernel: Kernel, actor: Actor | None, *, raw: bool = False, proof: Mapping[str, Any] | None = None
    ) -> None:
        self.kernel = kernel
        self.raw = raw
        """Whether who asked takes the answer as JSON text, unread."""
        self.proof = proof
        """By what a statement proves that the actor asks, while that is only expected (``vlok.identity.expected``)."""
        self._actor = actor
        self._session: AsyncSession | None = None
        self._turn = asyncio.Lock()
        self.shown = Shown(kernel.types)

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
            self._session = self.kernel.database.session(self.actor)
        return self._session

    async def scalar(self, statement: Select[Any]) -> Any:
        """The first value of a statement."""
        rows = await self.all(statement)
        return rows[0][0] if rows else None

    async def all(self, statement: Select[Any]) -> list[Any]:
        """All rows of a statement."""
        async with self._turn:
            return await whole(self._read(statement))

    async def _read(self, statement: Select[Any]) -> list[Any]:
        try:
            return list((await self.session.execute(statement)).all())
        except Exception:
            await self.session.rollback()  # the other fields of the request read on
            raise

    async def row(
        self, sql: bytes, values: Sequence[Any], *, guessed: bool = True, only_if: Given | None = None
    ) -> Row | None:
        """The one row that a compiled statement gives, as PostgreSQL writes it; None when it gives none."""
        return await self.kernel.database.row(self.actor, sql, values, guessed=guessed, only_if=only_if)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """For a resolver with a session of its own: one request never holds two connections of the pool at once."""
        async with self._turn:
            await self.close()
            yield

    async def before(self, run: Before, args: Mapping[str, Any]) -> Mapping[str, Any]:
        """What must be kept before a list is read, in a transaction of its own; what it adds to the arguments."""
        async with self.alone(), self.kernel.work(self.actor) as work:
            return await run(work, args)

    async def record(self) -> None:
        """Keep what was shown so far, before it leaves."""
        lines, told = self.shown.lines, list(self.shown.told())
        if told and self._shielded():
            told = []
        if not lines and not told:
            return
        now = self.kernel.clock.now()
        async with self._turn:
            if told or self._session is not None:
                for hook, keys in told:
                    await hook(self.session, self.actor, now, keys)
                await write(self.session, self.actor, now, lines)
                await self.session.commit()
            else:
                await self.kernel.database.rows(self.actor, insert(len(lines)), values(self.actor, now, lines))
        self.shown = Shown(self.kernel.types)

    def _shielded(self) -> bool:
        """Whether the actor is of a compartment: outside it they read without leaving a trace."""
        compartments = self.kernel.contributions.compartments.values()
        return self.actor.domein in {compartment.domein for compartment in compartments}

    async def __aenter__(self) -> Context:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                await self.record()
        finally:
            await self.close()

    async def close(self) -> None:
        """End the reading transaction."""
        if self._session is not None:
            await self._session.close()
            self._session = None


async def whole(statement: Coroutine[Any, Any, T]) -> T:
    """Waits for a statement that was sent, also when nobody wants its answer any more.

    graphql-core cuts off what is still read when another field failed. A statement cut off in the middle costs its
    connection (a login half done even keeps one at the server for a minute), and what was shown before it could not be
    put on record.
    """
    sent = asyncio.ensure_future(statement)
    try:
        return await asyncio.shield(sent)
    except asyncio.CancelledError:
        await asyncio.gather(sent, return_exceptions=True)
        raise
