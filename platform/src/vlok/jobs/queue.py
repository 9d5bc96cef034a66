"""The queue: ordering a job on the very connection of the business transaction, and running it for its actor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from typing import Any

import orjson
from procrastinate import App, PsycopgConnector, RetryStrategy
from pydantic import TypeAdapter
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.api.jobs import CROSS_JOB

RETRY = RetryStrategy(max_attempts=5, exponential_wait=3)
UPKEEP_TIMES = "*/10 * * * *"
"""Every ten minutes."""
LOOKS_EVERY = 2.0
"""Seconds until a worker looks again when nothing was said."""
ACTOR = TypeAdapter(Actor)
DEFER = text(
    "select procrastinate_defer_jobs_v1(array_agg(rij)) "
    "from jsonb_populate_recordset(null::procrastinate_job_to_defer_v1, cast(:jobs as jsonb)) as rij"
)
"""What Procrastinate itself sends to order jobs, with all of them in one value: its way costs more than the rest."""
Upkeep = Callable[[], Awaitable[None]]
Runner = Callable[[Actor, str, dict[str, Any]], Awaitable[None]]


class Queue:
    """One generic Procrastinate task runs every declared job, with the rights of the person who ordered it.

    ``quiet``: nothing is said over the database's channels, to which every role may listen; the worker looks by itself.
    """

    def __init__(self, conninfo: str, run: Runner, upkeep: Upkeep, *, quiet: bool = False) -> None:
        self.app = App(connector=PsycopgConnector(conninfo=conninfo, min_size=0 if quiet else 1, max_size=4))
        self._quiet = quiet
        self.task = self.app.task(name="vlok.job", retry=RETRY)(self._perform)
        every = self.app.periodic(cron=UPKEEP_TIMES)
        every(self.app.task(name="vlok.onderhoud", queueing_lock="vlok.onderhoud")(self._upkeep))
        self._run = run
        self._keep = upkeep

    async def _upkeep(self, timestamp: int) -> None:
        """Jobs of a worker that died run again; what nobody needs any more goes."""
        for job in await self.app.job_manager.get_stalled_jobs():
            await self.app.job_manager.retry_job(job)
        await self._keep()

    async def _perform(self, actor: dict[str, Any], job: str, arguments: dict[str, Any]) -> None:
        await self._run(thaw(actor), job, arguments)

    async def defer(self, session: AsyncSession, actor: Actor, jobs: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Write the jobs on the session's connection, in one statement: they exist exactly when it commits.

        Facts that cross are told one by one in the order of their release: "no more" never before "there is".
        """
        if jobs:
            who = freeze(actor)
            waiting = orjson.dumps([self._job(who, *one) for one in jobs]).decode()
            await (await session.connection()).execute(DEFER, {"jobs": waiting})

    def _job(self, actor: dict[str, Any], job: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """A job as Procrastinate's own type in the database has it."""
        return {
            "queue_name": self.task.queue,
            "task_name": self.task.name,
            "priority": self.task.priority,
            "lock": CROSS_JOB if job == CROSS_JOB else None,
            "args": {"actor": actor, "job": job, "arguments": arguments},
        }

    async def work(self) -> None:
        """Run jobs until cancelled."""
        await self.app.run_worker_async(
            install_signal_handlers=False,
            concurrency=2,
            listen_notify=not self._quiet,
            fetch_job_polling_interval=LOOKS_EVERY,
        )


def plain(arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments as JSON values (ids as text)."""
    result: dict[str, Any] = orjson.loads(orjson.dumps(arguments))
    return result


def freeze(actor: Actor) -> dict[str, Any]:
    """The actor as JSON values."""
    return plain({**asdict(actor), "rollen": sorted(actor.rollen)})


def thaw(body: dict[str, Any]) -> Actor:
    """The actor again."""
    return ACTOR.validate_python(body)
