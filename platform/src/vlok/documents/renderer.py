"""Prints render orders in separate, limited, warm processes.

A template may be heavy or hostile and WeasyPrint holds the interpreter, so nothing is printed inside the server: a few
workers wait warm (a letter takes 0.1 s warm and 1 s cold), each with a ceiling on memory, processor time and file size.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from types import TracebackType
from typing import Self

from vlok.api.documents import RenderOrder
from vlok.documents.frames import LENGTH
from vlok.documents.pdf import RenderFailed

WALL_SECONDS = 45.0
PRINTS_PER_WORKER = 200
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "LANG", "TMPDIR", "XDG_CACHE_HOME")


class Worker:
    """One process and the pipes to it. Not shared: one order at a time."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.printed = 0

    @classmethod
    async def start(cls, packages: Mapping[str, str]) -> "Worker":
        # The worker gets no secret of the server: only what it needs to find Python, Pango and our code.
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        command = (sys.executable, "-m", "vlok.documents.worker", json.dumps(dict(packages)))
        return cls(await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, env=environment))

    @property
    def fresh(self) -> bool:
        return self.process.returncode is None and self.printed < PRINTS_PER_WORKER

    async def ask(self, order: bytes) -> bytes:
        source, sink = self.process.stdout, self.process.stdin
        assert source is not None
        assert sink is not None
        sink.write(LENGTH.pack(len(order)) + order)
        await sink.drain()
        [size] = LENGTH.unpack(await source.readexactly(LENGTH.size))
        answer = await source.readexactly(size)
        self.printed += 1
        return answer

    async def end(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


class Renderer:
    """The pool. Use it as ``async with Renderer({"oo": "vlok_oo"}) as renderer``, or call ``close()`` at the end.

    ``packages`` maps the prefix of each plugin with letters to its package; ``workers`` is how many documents print at
    once; ``wall_seconds`` is how long one may take. Workers start at need and belong to one event loop.
    """

    def __init__(self, packages: Mapping[str, str], workers: int = 2, wall_seconds: float = WALL_SECONDS) -> None:
        self._packages = dict(packages)
        self._wall_seconds = wall_seconds
        self._slots = asyncio.Semaphore(workers)
        self._idle: list[Worker] = []

    async def render(self, order: RenderOrder) -> bytes:
        """The PDF of ``order``. Raises ``RenderFailed`` with the reason; the next order gets a sound worker."""
        async with self._slots:
            worker = await self._worker()
            try:
                answer = await asyncio.wait_for(worker.ask(order.to_json().encode()), self._wall_seconds)
            except TimeoutError as late:
                raise RenderFailed(f"{order.title}: niet klaar binnen {self._wall_seconds:g} seconden") from late
            except (asyncio.IncompleteReadError, ConnectionError) as died:
                raise RenderFailed(
                    f"{order.title}: het afdrukproces viel weg (geheugen, rekentijd of een fout)"
                ) from died
            else:
                self._idle.append(worker)
            finally:
                if worker not in self._idle:
                    await worker.end()
        if answer[:1] != b"P":
            raise RenderFailed(f"{order.title}: {answer[1:].decode()}")
        return answer[1:]

    async def _worker(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.fresh:
                return worker
            await worker.end()
        return await Worker.start(self._packages)

    async def close(self) -> None:
        """End every worker and wait until it is gone."""
        while self._idle:
            await self._idle.pop().end()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
