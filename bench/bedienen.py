"""Server processes: the product and the references, each on a free port, and whose processor time is counted."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench import postgraphile
from bench.belasting import Target
from bench.omgeving import FOLDER, GIVEN, ROOT, Environment

KINDS = ("product", "kaal", "kaal-logt", "gewoon", "postgraphile")
STARTS_WITHIN = 60.0
"""Seconds."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    kind: str
    port: int
    pid: int

    @property
    def target(self) -> Target:
        """Where requests go."""
        return Target(self.port, self.pid, database_pid(), patient=self.kind == "postgraphile")


@contextmanager
def serving(kind: str, environment: Environment, **variables: str) -> Iterator[Server]:
    """A server of that kind, until the block ends."""
    port = free_port()
    if kind == "postgraphile":
        started = postgraphile.start(environment, port)
    else:
        started = launch([sys.executable, "-m", "bench.dienst", kind, str(port)], environment, variables)
    with stopping(started):
        wait_for(port, started)
        yield Server(kind, port, started.pid)


def launch(
    command: Sequence[str], environment: Environment, variables: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a process that finds the environment in its own; it keeps compiled modules as an installed product does."""
    passed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen(command, cwd=ROOT, env={**passed, GIVEN: environment.told(), **(variables or {})})


@contextmanager
def stopping(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End the process with the block, in whatever way that ends."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def wait_for(port: int, started: subprocess.Popen[bytes]) -> None:
    """Until the port answers; SystemExit when the server ends or does not come."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if started.poll() is not None:
            raise SystemExit("een server stopte bij het starten")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise SystemExit("een server startte niet")


def database_pid() -> int:
    """The database server's first process."""
    return int((FOLDER / "pg" / "data" / "postmaster.pid").read_text().split()[0])
