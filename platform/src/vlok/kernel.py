"""The running kernel: what the plugins contributed, and the collaborators everything shares."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actions import AnyAction
from vlok.api.actor import Actor
from vlok.api.clock import Clock
from vlok.api.facts import AnyReaction
from vlok.plugins import Contributions
from vlok.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from vlok.db.session import Database
    from vlok.documents.renderer import Renderer
    from vlok.documents.store import Store
    from vlok.graph.types import Types
    from vlok.jobs.queue import Queue
    from vlok.policy.policy import Policy
    from vlok.settings import Settings


@dataclass
class Kernel:
    """Built once by ``vlok.app``; holds no state that another replica would need."""

    settings: Settings
    contributions: Contributions
    types: Types
    policy: Policy
    database: Database
    queue: Queue
    store: Store
    renderer: Renderer
    clock: Clock

    @property
    def actions(self) -> Mapping[str, AnyAction]:
        """All actions by key."""
        return self.contributions.actions

    def reactions_to(self, fact: type[Any]) -> list[AnyReaction]:
        """The reactions to one kind of fact, in key order."""
        return [reaction for reaction in self.contributions.reactions.values() if reaction.to is fact]

    @asynccontextmanager
    async def work(self, actor: Actor) -> AsyncIterator[UnitOfWork]:
        """A unit of work for an actor: commits when the block ends well."""
        session = self.database.sessions(info={"actor": actor})
        async with UnitOfWork(self, session, actor, self.clock.now()) as work:
            yield work

    @asynccontextmanager
    async def reading(self, actor: Actor) -> AsyncIterator[AsyncSession]:
        """A session to read with, nothing kept."""
        async with self.database.acting(actor) as session:
            yield session

    async def run_job(self, actor: Actor, job: str, arguments: dict[str, Any]) -> None:
        """Run one durable job in a unit of work of the actor who ordered it."""
        async with self.work(actor) as work:
            await self.contributions.jobs[job](work, **arguments)
