"""The real product behind a real port, with its job worker and the identity provider, for tests in a browser."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn
from rich.console import Console
from starlette.applications import Starlette

from vlok.api.clock import FixedClock
from vlok.app import build, web
from vlok.demo.data import fill
from vlok.identity.provider import provider_app
from vlok.settings import Settings
from vlok.testing.cluster import Databases
from vlok.testing.world import TEMPLATE, TODAY, build_template

STARTS_WITHIN = 30
STOPS_WITHIN = 15
"""In seconds."""


class RunningClock(FixedClock):
    """A clock that starts at noon of one day and goes on from there, so that what happens later is later."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self._began = time.monotonic()

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=time.monotonic() - self._began)


@dataclass(frozen=True)
class Served:
    """Where the product answers. ``clock.day`` may be moved: sessions then end as they do overnight."""

    url: str
    clock: RunningClock


@contextmanager
def a_served_product(cluster: Databases, data: Path) -> Iterator[Served]:
    """The product and the identity provider on loopback ports, over a copy of the template with the demo's data."""
    cluster.template(TEMPLATE, build_template)
    database = cluster.clone(TEMPLATE)
    door, provider_door = _door(), _door()
    # As in production only the application's own questions are answered.
    settings = Settings(data=data, demo=True, trusted=True, base_url=_url(door), oidc_issuer=_url(provider_door))
    clock = RunningClock(TODAY)
    ways_in: dict[str, Any] = {"places": database.places, "clock": clock}
    asyncio.run(fill(build(settings, database.app_url, **ways_in), Console(quiet=True)))
    product = build(settings, database.app_url, **ways_in)
    with _serving(provider_app(settings), provider_door), _serving(web(product), door):
        yield Served(settings.base_url, clock)
    cluster.drop(database)


def _door() -> socket.socket:
    """A listening address of our own: bound before the settings must name it, so nobody can take it in between."""
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    return door


def _url(door: socket.socket) -> str:
    return f"http://127.0.0.1:{door.getsockname()[1]}"


@contextmanager
def _serving(app: Starlette, door: socket.socket) -> Iterator[None]:
    """Serve from a thread with an event loop of its own; TimeoutError when the server does not come up or go down."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=2))
    thread = Thread(target=server.run, args=([door],), name=f"vlok {_url(door)}", daemon=True)
    thread.start()
    try:
        _wait(server, thread)
        yield
    finally:
        server.should_exit = True
        thread.join(STOPS_WITHIN)
        door.close()
    if thread.is_alive():
        raise TimeoutError(f"{thread.name} did not stop")


def _wait(server: uvicorn.Server, thread: Thread) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while not server.started:
        if time.monotonic() > until or not thread.is_alive():
            raise TimeoutError(f"{thread.name} did not start")
        time.sleep(0.02)
