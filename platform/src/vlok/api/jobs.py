"""Durable background work, ordered in the transaction of the action and run after it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from vlok.api.work import Work

CROSS_JOB = "kernel.oversteken"
"""Tells a released fact in the other place."""


@dataclass(frozen=True)
class Job:
    """A named job. ``run`` gets a unit of work of the actor who ordered it, and must bear being run twice."""

    key: str
    run: Callable[..., Awaitable[Any]]
    """Called as ``run(work, **arguments)``."""

    async def __call__(self, work: Work, **arguments: Any) -> None:
        await self.run(work, **arguments)
