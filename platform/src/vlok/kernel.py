"""The running kernel: what the plugins contributed, and the collaborators everything shares."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actions import AnyAction
from vlok.api.actor import Actor
from vlok.api.clock import Clock
from vlok.api.compartments import Compartment
from vlok.api.facts import AnyReaction
from vlok.audit.tables import Soort
from vlok.db.batch import batched
from vlok.plugins import Contributions
from vlok.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from vlok.compartments.crossing import Crossing
    from vlok.db.session import Database
    from vlok.documents.renderer import Renderer
    from vlok.documents.store import Store
    from vlok.graph.types import Types
    from vlok.jobs.queue import Queue
    from vlok.policy.policy import Policy
    from vlok.settings import Settings


@dataclass
class Kernel:
    """Built once by ``vlok.app`` for each place; holds no state that another replica would need.

    ``compartment``: the place is that compartment. ``people``: where people, roles and sessions stand, for every place
    the common one. ``compartments``: the places beside the common one, by schema. ``crossings``: the facts that may
    leave this place, by name.
    """

    settings: Settings
    contributions: Contributions
    types: Types
    policy: Policy
    database: Database
    queue: Queue
    store: Store
    renderer: Renderer
    clock: Clock
    people: Database
    compartment: Compartment | None = None
    compartments: dict[str, Kernel] = field(default_factory=dict)
    crossings: dict[str, Crossing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        batched(self.database.engine)

    @property
    def actions(self) -> Mapping[str, AnyAction]:
        """All actions by key."""
        return self.contributions.actions

    @property
    def series(self) -> Mapping[str, str]:
        """The prefixes of references that are others in this place."""
        return self.compartment.series if self.compartment else {}

    def prefix(self, given: str) -> str:
        """The prefix of a series that this place gives out; ContractError when it has none of its own."""
        return self.compartment.prefix(given) if self.compartment else given

    def reactions_to(self, fact: type[Any]) -> list[AnyReaction]:
        """The reactions to one kind of fact, in key order."""
        return [reaction for reaction in self.contributions.reactions.values() if reaction.to is fact]

    @asynccontextmanager
    async def work(self, actor: Actor) -> AsyncIterator[UnitOfWork]:
        """A unit of work for an actor: commits when the block ends well."""
        session = self.database.session(actor)
        async with UnitOfWork(self, session, actor, self.clock.now()) as work:
            yield work

    @asynccontextmanager
    async def reading(self, actor: Actor) -> AsyncIterator[AsyncSession]:
        """A session to read with, nothing kept."""
        async with self.database.acting(actor) as session:
            yield session

    async def signed_in(self, actor: Actor, wat: str) -> None:
        """Put on record that somebody acts for an organisation from now on."""
        async with self.work(actor) as work:
            work.audit(wat, {}, soort=Soort.AANMELDEN)

    async def run_job(self, actor: Actor, job: str, arguments: dict[str, Any]) -> None:
        """Run one durable job in a unit of work of the actor who ordered it."""
        async with self.work(actor) as work:
            await self.contributions.jobs[job](work, **arguments)
