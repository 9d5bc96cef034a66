"""The part ``schrijven``: first what each writes and in how many statements, then how long it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from bench.bedienen import Server, serving
from bench.belasting import Sample, asked, once
from bench.dienst import COUNTING
from bench.omgeving import Environment, Person
from bench.rapport import Figure, of_rounds
from bench.schrijven import dossiers
from bench.schrijven.dossiers import Zaak, deciders
from bench.schrijven.gelijk import difference
from bench.schrijven.indienen import submit
from bench.voortgang import Progress, say

PART = "schrijven"
KINDS = ("product", "kaal", "gewoon")


@dataclass(frozen=True)
class Size:
    """Submissions of one size: so many units in a dossier, so many dossiers a round, so many clients at once."""

    units: int
    each: int
    clients: int = 1

    @property
    def title(self) -> str:
        """How the table names it."""
        about = "1 entiteit" if self.units == 1 else f"{self.units} entiteiten"
        return f"beslissing over {about}" + (f", {self.clients} tegelijk" if self.clients > 1 else "")


SIZES = (Size(1, 40), Size(10, 20), Size(10, 20, 4), Size(300, 4))
QUICK = (Size(1, 8), Size(10, 5), Size(300, 1))
WARM = 3
"""Submissions of a size before it is measured; the check of what is written warms too."""


def run(environment: Environment, kinds: Sequence[str], rounds: int, *, quick: bool) -> list[Figure]:
    """All sizes, on the product and its references in turn. SystemExit when one writes other rows than the product."""
    mine = [kind for kind in KINDS if kind in kinds]
    people = deciders(environment.people(300))
    sizes = QUICK if quick else SIZES
    statements = counted(environment, people, mine, sorted({size.units for size in sizes}))
    found: list[Figure] = []
    with ExitStack() as stack:
        servers = {kind: stack.enter_context(serving(kind, environment)) for kind in mine}
        progress = Progress(PART, len(sizes) * rounds * len(mine))
        for size in sizes:
            samples = measured(environment, people, servers, size, rounds, progress)
            for kind in mine:
                figure = of_rounds(PART, size.title, kind, samples[kind])
                found.append(replace(figure, statements=statements[kind, size.units]))
    return found


def counted(
    environment: Environment, people: Sequence[Person], kinds: Sequence[str], units: Sequence[int]
) -> Mapping[tuple[str, int], int]:
    """The number of statements of a submission, once warm, after its rows were compared with the product's."""
    statements: dict[tuple[str, int], int] = {}
    with ExitStack() as stack:
        servers = {kind: stack.enter_context(serving(kind, environment, **{COUNTING: "1"})) for kind in kinds}
        for count in units:
            zaken = dossiers.prepare(environment, people[:1], count, 2 * len(kinds))
            for turn in range(2):
                decided = dict(zip(kinds, zaken[turn * len(kinds) :], strict=False))
                for kind, zaak in decided.items():
                    [answer] = asyncio.run(asked(servers[kind].port, [submit(servers[kind], zaak)]))
                    assert answer.statements
                    statements[kind, count] = answer.statements
                if "product" in kinds and (told := difference(environment, decided)):
                    raise SystemExit(told)
            dossiers.remove(environment, zaken)
            said = ", ".join(f"{kind} {statements[kind, count]} opdrachten" for kind in kinds)
            say(f"  gelijke rijen bij {count} entiteit(en): {said}")
    return statements


def measured(
    environment: Environment,
    people: Sequence[Person],
    servers: Mapping[str, Server],
    size: Size,
    rounds: int,
    progress: Progress,
) -> Mapping[str, list[Sample]]:
    """All rounds of one size; every submission is about a dossier of its own."""
    count = len(servers) * (WARM + rounds * size.each)
    zaken = dossiers.prepare(environment, people, size.units, count)
    fresh = iter(zaken)
    for server in servers.values():
        asyncio.run(once(server.target, next_ones(fresh, server, min(WARM, size.each))))
    samples: dict[str, list[Sample]] = {kind: [] for kind in servers}
    for turn in range(rounds):
        for kind in servers if turn % 2 == 0 else reversed(list(servers)):
            server = servers[kind]
            sample = asyncio.run(once(server.target, next_ones(fresh, server, size.each), size.clients))
            samples[kind].append(sample)
            cpu = f"app {sample.server_cpu:.1f} ms, pg {sample.database_cpu:.1f} ms"
            progress.step(f"{size.title:<34} {kind:<8} p50 {sample.p50:7.1f} ms, {cpu}")
    dossiers.remove(environment, zaken)
    return samples


def next_ones(fresh: Iterator[Zaak], server: Server, count: int) -> list[bytes]:
    """The requests about the next dossiers."""
    return [submit(server, next(fresh)) for _ in range(count)]
