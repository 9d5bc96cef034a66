"""``./dev bench``: every scenario on the product and on its references, alternating, in one run."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import omgeving, postgraphile, rapport
from bench.belasting import Sample, Target, measure, memory, request, tree
from bench.omgeving import FOLDER, ROOT, Environment, Person
from bench.scenarios import SCENARIOS, Scenario

OUT = ROOT / "bench" / "out"
PORTS = {"product": 8311, "kaal": 8312, "gewoon": 8313, "postgraphile": 8314}


def say(text: str) -> None:
    """Progress goes to stderr."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def serving(kind: str, environment: Environment) -> Iterator[int]:
    """A server of that kind; its process number."""
    port = PORTS[kind]
    if kind == "postgraphile":
        started = postgraphile.start(environment, port)
    else:
        words = [sys.executable, "-m", "bench.dienst", kind, str(port), str(environment.tasks)]
        started = subprocess.Popen(words, cwd=ROOT)
    try:
        wait_for(port, started)
        yield started.pid
    finally:
        started.terminate()
        started.wait(20)


def wait_for(port: int, started: subprocess.Popen[bytes]) -> None:
    """Until the port answers."""
    import socket

    for _ in range(600):
        if started.poll() is not None:
            raise SystemExit("een server stopte bij het starten")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("een server startte niet")


def requests(kind: str, scenario: Scenario, people: Sequence[Person]) -> list[bytes]:
    """What is sent: every person in turn."""
    port, made = PORTS[kind], []
    for n, person in enumerate(people):
        variables = dict(scenario.variables(person, n))
        if kind == "postgraphile":
            made.append(postgraphile.request(port, scenario, person, variables))
            continue
        path = f"/{scenario.name}" if kind == "kaal" else "/" if kind == "gewoon" else "/graphql"
        body = variables if kind == "kaal" else {"query": scenario.query, "variables": variables}
        headers = [("Cookie", f"vlok={person.cookie}"), ("X-VLOK", "1")]
        made.append(request(port, path, json.dumps(body).encode(), headers))
    return made


def answers(kind: str, scenario: Scenario) -> bool:
    """Whether that server knows the scenario."""
    known = {"product": True, "kaal": scenario.raw, "gewoon": scenario.stock, "postgraphile": scenario.postgraphile}
    return bool(known[kind])


def database_pid() -> int:
    """The database server's first process."""
    return int((FOLDER / "pg" / "data" / "postmaster.pid").read_text().split()[0])


def run(
    environment: Environment, wanted: Sequence[Scenario], kinds: Sequence[str], options: argparse.Namespace
) -> None:
    """All rounds; the order turns every round."""
    people, samples = environment.people(300), {}
    with ExitStack() as stack:
        pids = {kind: stack.enter_context(serving(kind, environment)) for kind in kinds}
        for scenario in wanted:
            mine = [kind for kind in kinds if answers(kind, scenario)]
            sent = {kind: requests(kind, scenario, people) for kind in mine}
            for kind in mine:
                asyncio.run(measure(target(kind, pids), sent[kind], 2, options.seconden))  # warm
            for connections in options.verbindingen:
                for turn in range(options.ronden):
                    for kind in mine if turn % 2 == 0 else reversed(mine):
                        sample = asyncio.run(measure(target(kind, pids), sent[kind], connections, options.seconden))
                        samples.setdefault((scenario.name, kind, connections), []).append(sample)
                        tell(scenario, kind, connections, sample)
        used = {kind: round(memory(tree(pid))) for kind, pid in pids.items()}
    about = {"taken": environment.tasks, "ronden": options.ronden, "seconden": options.seconden, "geheugen_mb": used}
    rapport.keep(OUT, samples, about)
    print(rapport.table(samples))
    print(json.dumps(about))


def target(kind: str, pids: dict[str, int]) -> Target:
    """Where requests of that kind go."""
    return Target(PORTS[kind], pids[kind], database_pid())


def tell(scenario: Scenario, kind: str, connections: int, sample: Sample) -> None:
    """One line per sample."""
    cpu = f"app {sample.server_cpu:.2f} ms, pg {sample.database_cpu:.2f} ms"
    speed = f"{sample.per_second:>7.0f}/s p50 {sample.p50:6.2f} ms"
    say(f"  {scenario.name:<12} {kind:<13} {connections:>2} verb. {speed} {cpu}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="./dev bench", description="Meet het product naast referenties, in één run.")
    parser.add_argument(
        "--taken", type=int, default=1_000_000, help="aantal taken in de databank (1 000 000 = factor 1)"
    )
    parser.add_argument("--factor", type=float, help="in plaats van --taken: veelvoud van de gepubliceerde belasting")
    parser.add_argument("--snel", action="store_true", help="kleine databank, één ronde")
    parser.add_argument("--scenario", action="append", choices=sorted(SCENARIOS), help="enkel deze")
    parser.add_argument("--naast", action="append", choices=sorted(PORTS), help="enkel deze servers")
    parser.add_argument("--ronden", type=int, default=5)
    parser.add_argument("--seconden", type=float, default=3.0)
    parser.add_argument("--verbindingen", type=int, nargs="+", default=[1, 16])
    options = parser.parse_args()
    if options.snel:
        options.taken, options.ronden, options.seconden = 20_000, 1, 1.0
    tasks = round(options.factor * 1_000_000) if options.factor else options.taken
    say(f"databank met {tasks:,} taken")
    environment = omgeving.prepare(tasks)
    kinds = [kind for kind in PORTS if kind in (options.naast or PORTS)]
    if "postgraphile" in kinds and (why := postgraphile.missing()):
        say(f"zonder PostGraphile: {why}")
        kinds.remove("postgraphile")
    run(environment, [SCENARIOS[name] for name in options.scenario or SCENARIOS], kinds, options)


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[1])
    main()
