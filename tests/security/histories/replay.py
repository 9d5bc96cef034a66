"""One history played on a copy of the prepared database, and everything that somebody outside could observe of it.

Nothing is normalised: the clock stands still, and every random key comes from a stream named after the step, so that
two histories differ only where one step of the other side shows through.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import httpx2
from sqlalchemy import event
from tests.security.histories.factory import Factory

from vlok.app import Product, running, web
from vlok.db.roles import connected
from vlok.identity.tokens import persona_token
from vlok.testing.cluster import Database, Databases
from vlok.testing.crash import content

Key = str
"""Names a step and its stream of random keys: ``P12`` of everybody, ``W3`` of the inspectorate.

``R5`` is a release: the inspectorate does it in both histories, and what it sees of it is its own.
"""


class Streams:
    """Random keys that depend on the step that asks and on nothing that happened before it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._current = Random(seed)  # noqa: S311

    def begin(self, key: Key) -> None:
        """From here on the keys of that step."""
        self._current = Random(f"{self.seed} {key}")  # noqa: S311

    def foresee(self, key: Key, count: int) -> list[uuid.UUID]:
        """The first keys that a step will make."""
        stream = Random(f"{self.seed} {key}")  # noqa: S311
        return [uuid.UUID(bytes=stream.randbytes(16), version=4) for _ in range(count)]

    @contextmanager
    def patched(self) -> Iterator[None]:
        """``uuid4`` draws from here."""
        usual = uuid.os  # type: ignore[attr-defined]
        uuid.os = SimpleNamespace(urandom=lambda size: self._current.randbytes(size))  # type: ignore[attr-defined]
        try:
            yield
        finally:
            uuid.os = usual  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Step:
    """One thing somebody does: a request, or a place's worker that runs what waits (``method`` is ``JOBS``)."""

    who: str | None
    method: str
    path: str
    content: bytes = b""
    kind: str = "application/json"

    def __str__(self) -> str:
        return f"{self.who or 'niemand'} {self.method} {self.path} {self.content[:600].decode(errors='replace')}"


@dataclass(frozen=True)
class Observed:
    """What came back, and the statements behind it with how many rows each touched: the stand-in for time."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    trace: tuple[tuple[str, int], ...]


@dataclass
class History:
    """What was done in order, and what was observed of the public steps; ``end`` is all that is left outside."""

    steps: list[tuple[Key, Step]] = field(default_factory=list)
    observed: dict[Key, Observed] = field(default_factory=dict)
    end: dict[str, str] = field(default_factory=dict)


@dataclass
class Side:
    """One running product on a copy of the prepared database."""

    product: Product
    streams: Streams
    database: Database
    data: Path
    client: httpx2.AsyncClient
    history: History = field(default_factory=History)
    trace: list[tuple[str, int]] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)

    async def do(self, key: Key, step: Step) -> Observed:
        """Play a step."""
        self.history.steps.append((key, step))
        self.streams.begin(key)
        self.trace.clear()
        if step.method == "JOBS":
            await self._jobs(step.path)
            seen = Observed(0, (), b"", ())
        else:
            got = await self.client.request(step.method, step.path, content=step.content, headers=self._headers(step))
            seen = Observed(got.status_code, tuple(got.headers.multi_items()), got.content, tuple(self.trace))
        if key.startswith("P"):
            self.history.observed[key] = seen
        return seen

    def _headers(self, step: Step) -> dict[str, str]:
        headers = {"content-type": step.kind} if step.content else {}
        if step.who is None:
            return headers
        if step.who not in self.tokens:
            self.tokens[step.who] = persona_token(self.product.kernel.settings, step.who)
        return {**headers, "authorization": f"Bearer {self.tokens[step.who]}"}

    async def _jobs(self, place: str) -> None:
        kernel = self.product.kernel if place == "public" else self.product.kernel.compartments[place]
        await kernel.queue.app.run_worker_async(wait=False, install_signal_handlers=False)

    def close(self) -> History:
        """Look at what is left: every table outside, every file outside."""
        with connected(self.database.admin_url) as admin:
            tables = content(admin)
        outside = {name: text for name, text in tables.items() if not name.startswith("procrastinate_")}
        files = self.data / "bestanden"
        kept = {str(f.relative_to(files)): f.read_bytes().hex()[:64] for f in files.rglob("*") if f.is_file()}
        self.history.end = outside | {name: text for name, text in kept.items() if not name.startswith("wi/")}
        return self.history


@dataclass
class Prepared:
    """The database that both histories begin with: a template, and the files that belong to it."""

    cluster: Databases
    template: str
    data: Path
    known: tuple[str, ...]
    """Who of the inspectorate is signed in from the start."""
    factory: Factory = field(default_factory=Factory)
    leak: Callable[[Side], AbstractContextManager[Any]] = nullcontext
    """A mistake planted in the product while a history is played."""

    @asynccontextmanager
    async def side(self, seed: int, folder: Path) -> AsyncIterator[Side]:
        """A product on a fresh copy, gone at the end."""
        database = self.cluster.clone(self.template)
        data = folder / database.name
        shutil.copytree(self.data, data)
        streams = Streams(seed)
        product = self.factory.product(data, database)
        transport = httpx2.ASGITransport(app=web(product, worker=False), raise_app_exceptions=False)
        base = product.kernel.settings.base_url
        client = httpx2.AsyncClient(transport=transport, base_url=base)
        async with running(product.kernel, worker=False), client:
            side = Side(product, streams, database, data, client)
            drawn = Random(f"{seed} weg").random() < 0.5  # noqa: S311
            by_plan = drawn or self.leak is not nullcontext  # a mistake of resolvers says itself who answers
            with streams.patched(), listening(side), self.factory.answering(by_plan), self.leak(side):
                for who in self.known:  # signed in before the histories part
                    await side.do("R", Step(who, "POST", "/graphql", b'{"query": "{ __typename }"}'))
                yield side
        self.cluster.drop(database)
        shutil.rmtree(data)


@contextmanager
def listening(side: Side) -> Iterator[None]:
    """Keep every statement of every pool, with its number of rows where SQLAlchemy sends it."""

    def sent(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        side.trace.append((statement, -1))

    def answered(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        side.trace[-1] = (statement, cursor.rowcount)

    kernel = side.product.kernel
    pools = [kernel.database, *kernel.database._visitors.values(), *(k.database for k in kernel.compartments.values())]
    heard = {"before_cursor_execute": sent, "after_cursor_execute": answered}
    for pool in pools:
        for moment, listener in heard.items():
            event.listen(pool.engine.sync_engine, moment, listener)
    try:
        yield
    finally:
        for pool in pools:
            for moment, listener in heard.items():
                event.remove(pool.engine.sync_engine, moment, listener)


def difference(one: History, other: History) -> str | None:
    """The first thing that can be told apart."""
    steps = dict(other.steps)
    for key, seen in one.observed.items():
        if key not in other.observed or seen == other.observed[key]:
            continue
        return f"{key} {steps[key]}\n{told_apart(seen, other.observed[key])}"
    for name in sorted(one.end.keys() | other.end.keys()):
        if one.end.get(name) != other.end.get(name):
            return f"what is left of {name} differs"
    return None


def told_apart(one: Observed, other: Observed) -> str:
    """Where two observations differ first."""
    if one.status != other.status:
        return f"status {one.status} / {other.status}"
    if one.headers != other.headers:
        return f"headers {set(one.headers) ^ set(other.headers)}"
    if one.body != other.body:
        at = next((i for i, (a, b) in enumerate(zip(one.body, other.body, strict=False)) if a != b), 0)
        start = max(0, at - 60)
        return f"byte {at}: …{one.body[start : at + 60]!r} / …{other.body[start : at + 60]!r}"
    pairs = zip(one.trace, other.trace, strict=False)
    first = next(((a, b) for a, b in pairs if a != b), (len(one.trace), len(other.trace)))
    return f"statements {str(first)[:700]}"


async def replay(prepared: Prepared, seed: int, folder: Path, steps: Sequence[tuple[Key, Step]]) -> History:
    """Play concrete steps."""
    async with prepared.side(seed, folder) as side:
        for key, step in steps:
            if key != "R":
                await side.do(key, step)
        return side.close()


def a_template_of(cluster: Databases, database: Database) -> str:
    """Make a database one that copies are made of; nothing may be connected to it."""
    cluster.templates[database.name] = tuple(database.places)
    return database.name
