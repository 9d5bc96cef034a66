"""The part ``servers``: the same application behind other servers, with one and two processes; and how it starts."""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from statistics import median

from bench import granian
from bench.bedienen import Server, free_port, launch, stopping, wait_for
from bench.belasting import Sample, asked, cpu, measure, memory, once, tree
from bench.omgeving import Environment, Person
from bench.rapport import Figure, of_rounds, percentile
from bench.scenarios import SCENARIOS
from bench.voortgang import Progress, say
from bench.vragen import requests

PART, START = "servers", "start"
SCENARIO = SCENARIOS["werklijst"]
CONNECTIONS = 16
WARM = 3
"""Times that every user asks before the clock runs: each process then has the plans for them all."""
STARTS, QUICK_STARTS = 7, 3


@dataclass(frozen=True)
class Setup:
    """A server and a number of processes; ``parser`` is uvicorn's, where it is not the product's own choice."""

    server: str
    workers: int
    parser: str = ""

    @property
    def title(self) -> str:
        """How the table names it."""
        return f"{self.server}{self.parser and f' ({self.parser})'}, {self.workers} proc."


PLAIN = Setup("uvicorn", 1)
SETUPS = (PLAIN, Setup("uvicorn", 1, "httptools"), Setup("granian", 1), Setup("uvicorn", 2), Setup("granian", 2))


def run(environment: Environment, options: argparse.Namespace) -> list[Figure]:
    """All setups in turn, each started anew for every sample; then the starts."""
    setups = list(SETUPS)
    if why := granian.missing():
        say(f"zonder Granian: {why}")
        setups = [setup for setup in setups if setup.server != "granian"]
    people = environment.people(300)
    rounds = min(options.ronden, 3)
    progress = Progress(PART, len(setups) * rounds)
    samples: dict[Setup, list[Sample]] = {setup: [] for setup in setups}
    sizes: dict[Setup, list[float]] = {setup: [] for setup in setups}
    for turn in range(rounds):
        for setup in setups if turn % 2 == 0 else reversed(setups):
            with serving(environment, setup) as server:
                sample, size = sampled(server, people, options.seconden)
            samples[setup].append(sample)
            sizes[setup].append(size)
            progress.step(f"{setup.title:<30} {sample.per_second:6.0f}/s p50 {sample.p50:.1f} ms, {size:.0f} MB")
    title = f"{SCENARIO.name}, {CONNECTIONS} verb."
    found = [of_rounds(PART, title, setup.title, samples[setup]) for setup in setups]
    said = [
        replace(figure, basis=setup == PLAIN, memory=max(sizes[setup]), note="MB: grootste proces")
        for figure, setup in zip(found, setups, strict=True)
    ]
    return [*said, started(environment, people[:1], QUICK_STARTS if options.snel else STARTS)]


def sampled(server: Server, people: Sequence[Person], seconds: float) -> tuple[Sample, float]:
    """A warm sample, and the memory of the largest process."""
    sent = requests(server, SCENARIO, people)
    asyncio.run(once(server.target, sent * WARM, CONNECTIONS))
    sample = asyncio.run(measure(server.target, sent, CONNECTIONS, seconds))
    return sample, max(memory([pid]) for pid in tree(server.pid))


@contextmanager
def serving(environment: Environment, setup: Setup) -> Iterator[Server]:
    """The product behind that server."""
    port = free_port()
    if setup.server == "granian":
        process = launch(granian.command(port, setup.workers), environment, granian.variables())
    else:
        words = [sys.executable, "-m", "bench.dienst", "product", str(port), str(setup.workers)]
        process = launch(words, environment, {"BENCH_HTTP": setup.parser} if setup.parser else None)
    with stopping(process):
        wait_for(port, process)
        yield Server("product", port, process.pid)


def started(environment: Environment, people: Sequence[Person], times: int) -> Figure:
    """From the start of a process to its first answer to a question; the first one fills caches and does not count."""
    found = [_start(environment, people) for _ in range(times + 1)][1:]
    walls, busy = sorted(wall for wall, _ in found), median(cpu for _, cpu in found)
    p50, p99 = percentile(walls, 50), walls[-1]
    say(f"  start: {p50:.0f} ms tot het eerste antwoord (traagste {p99:.0f} ms), waarvan {busy:.0f} ms rekentijd")
    times_said = {"p50": p50, "p99": p99, "app_cpu": busy, "note": "warme start; p99 is de traagste"}
    return Figure(part=START, scenario="eerste antwoord", who="product", basis=True, **times_said)  # type: ignore[arg-type]


def _start(environment: Environment, people: Sequence[Person]) -> tuple[float, float]:
    """Wall time and processor time, in milliseconds."""
    port, begun = free_port(), time.perf_counter()
    process = launch([sys.executable, "-m", "bench.dienst", "product", str(port)], environment)
    with stopping(process):
        while not _listening(port):
            time.sleep(0.005)
            assert process.poll() is None
        asyncio.run(asked(port, requests(Server("product", port, process.pid), SCENARIO, people)))
        lasted = time.perf_counter() - begun
        return lasted * 1000, sum(cpu(tree(process.pid)).values()) * 1000


def _listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
