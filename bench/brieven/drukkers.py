"""What prints: the product's own renderer, or as many naive processes; and what they use meanwhile."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bench.belasting import cpu, tree
from vlok.api.documents import RenderOrder
from vlok.app import contributions, stationery_packages
from vlok.documents.pdf import ASSETS
from vlok.documents.renderer import Renderer, Worker
from vlok.settings import Settings

Print = Callable[[RenderOrder], Awaitable[bytes]]
LOOKS_EVERY = 0.1
"""Seconds between two looks at the memory of the workers."""


def packages() -> dict[str, str]:
    """The packages with templates, as the product hands them to its workers."""
    return dict(stationery_packages(contributions(Settings())))


@asynccontextmanager
async def product(workers: int) -> AsyncIterator[Print]:
    """The renderer of the jobs: warm, limited workers that are replaced after some hundreds of letters."""
    async with Renderer(packages(), workers=workers) as renderer:
        yield renderer.render


@asynccontextmanager
async def naive(workers: int) -> AsyncIterator[Print]:
    """Processes that make everything anew for each letter."""
    free: asyncio.Queue[Worker] = asyncio.Queue()
    command = (sys.executable, "-m", "bench.brieven.naief", json.dumps(packages()))
    environment = {**os.environ, "BENCH_FONTCONFIG": str(ASSETS / "fonts.conf")}
    started = [
        Worker(await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=environment))
        for _ in range(workers)
    ]
    for worker in started:
        free.put_nowait(worker)

    async def render(order: RenderOrder) -> bytes:
        worker = await free.get()
        answer = await worker.ask(order.to_json().encode())
        free.put_nowait(worker)
        assert answer[:1] == b"P"
        return answer[1:]

    try:
        yield render
    finally:
        for worker in started:
            await worker.end()


class Watch:
    """The most memory that one worker used so far, in megabytes."""

    def __init__(self) -> None:
        self.highest = 0.0

    async def __aenter__(self) -> Watch:
        self._looking = asyncio.create_task(self._look())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._looking.cancel()
        with suppress(asyncio.CancelledError):
            await self._looking

    async def _look(self) -> None:
        while True:
            self.highest = max(self.highest, *map(peak, tree(os.getpid())[1:]), 0.0)
            await asyncio.sleep(LOOKS_EVERY)


def peak(pid: int) -> float:
    """The most resident memory that a process ever had, in megabytes; nothing when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def used_below() -> float:
    """Seconds of processor time of all processes started from here, those that ended included."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + sum(cpu(tree(os.getpid())[1:]).values())
