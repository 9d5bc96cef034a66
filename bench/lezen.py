"""The part ``lezen``: pages of the product's own screens, on the product and on its references in turn."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from bench import regels
from bench.bedienen import serving
from bench.belasting import Sample, measure, memory, once, tree
from bench.controle import check
from bench.omgeving import Environment
from bench.rapport import Figure, of_rounds
from bench.scenarios import Scenario
from bench.voortgang import Progress
from bench.vragen import requests

PART = "lezen"
COMPARED = 30
"""Users whose answers are compared first."""


def run(
    environment: Environment, wanted: Sequence[Scenario], kinds: Sequence[str], options: argparse.Namespace
) -> tuple[list[Figure], list[Any]]:
    """All rounds; the order turns every round. The figures, and the samples below them."""
    people = environment.people(300)
    samples: dict[tuple[Scenario, int, str], list[Sample]] = {}
    with ExitStack() as stack:
        servers = {kind: stack.enter_context(serving(kind, environment)) for kind in kinds}
        check(wanted, servers, people[:COMPARED])
        regels.check(environment, wanted, servers, people[:COMPARED])
        mine = {one: [kind for kind in kinds if one.answered_by(kind)] for one in wanted}
        progress = Progress(PART, sum(map(len, mine.values())) * len(options.verbindingen) * options.ronden)
        for scenario in wanted:
            sent = {kind: requests(servers[kind], scenario, people) for kind in mine[scenario]}
            for kind in mine[scenario]:
                asyncio.run(once(servers[kind].target, sent[kind], 2))  # warm: every user once
            for connections in options.verbindingen:
                for turn in range(options.ronden):
                    for kind in mine[scenario] if turn % 2 == 0 else reversed(mine[scenario]):
                        target = servers[kind].target
                        sample = asyncio.run(measure(target, sent[kind], connections, options.seconden))
                        samples.setdefault((scenario, connections, kind), []).append(sample)
                        progress.step(told(scenario, kind, connections, sample))
        used = {kind: memory(tree(server.pid)) for kind, server in servers.items()}
    return figures(samples, used), [[s.name, n, kind, rounds] for (s, n, kind), rounds in samples.items()]


def figures(samples: dict[tuple[Scenario, int, str], list[Sample]], used: dict[str, float]) -> list[Figure]:
    """One line per scenario, number of connections and server."""
    found = []
    for (scenario, connections, kind), rounds in samples.items():
        title = f"{scenario.name}, {connections} verb."
        found.append(replace(of_rounds(PART, title, kind, rounds), memory=used[kind]))
    return found


def told(scenario: Scenario, kind: str, connections: int, sample: Sample) -> str:
    """One line per sample."""
    cpu = f"app {sample.server_cpu:.2f} ms, pg {sample.database_cpu:.2f} ms"
    speed = f"{sample.per_second:>7.0f}/s p50 {sample.p50:6.2f} ms"
    return f"{scenario.name:<12} {kind:<13} {connections:>2} verb. {speed} {cpu}"
