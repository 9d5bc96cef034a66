"""``./dev demo``: database, migrations, sample data, identity provider, server; then where to click and as whom."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from rich.console import Console
from rich.table import Table

from vlok.api.errors import Refusal
from vlok.app import build, contributions
from vlok.db import migrate
from vlok.db.connect import Urls, connect
from vlok.db.embedded import Cluster
from vlok.demo.data import fill
from vlok.identity.personas import personas
from vlok.identity.provider import provider_app
from vlok.serving import serve
from vlok.settings import Settings

console = Console(highlight=False)
PORT = 8000
SHOWN = (
    ("dossierbeheerder@aalst", "start de procedure, vraagt advies, hoort, beslist en verstuurt"),
    ("woningcontroleur@aalst", "legt het onderzoek vast en ondertekent het"),
    ("dossierbeheerder@wvl", "maakt en verstuurt het advies, valideert de beslissing"),
    ("gewestelijk-ambtenaar@wvl", "ondertekent het advies"),
    ("inventarisbeheerder@wvl", "beheert VIVOO"),
    ("lezer@vlabel", "leest de VIVOO-lijst en verder niets"),
    ("dossierbeheerder@igs", "werkt voor Antwerpen, Gent en Hasselt"),
)


def demo_settings(port: int = PORT) -> Settings:
    """Settings of the demo: personas allowed, the identity provider on the next port; the environment still wins."""
    base_url = os.environ.get("VLOK_BASE_URL", f"http://127.0.0.1:{port}")
    issuer = os.environ.get("VLOK_OIDC_ISSUER", f"http://127.0.0.1:{port + 1}")
    return Settings(demo=True, base_url=base_url, oidc_issuer=issuer)


def run(*, reset: bool = False, port: int = PORT) -> None:
    """Prepare what is missing and serve until interrupted."""
    began = time.monotonic()
    settings = demo_settings(port)
    for needed in (port, port + 1):
        _refuse_busy(needed)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the database stops with us, as after Ctrl-C
    if reset:
        with step("opnieuw beginnen"):
            forget(settings)
    try:
        with step("databank"):
            found = contributions(settings)
            urls = connect(settings, found.inside)
        with step("tabellen"):
            migrate.upgrade(urls.owner, found.migrations)
        asyncio.run(_fill(settings, urls))
        with provider(settings, port + 1):
            product = build(settings, urls.app, places=urls.places)
            _welcome(settings, time.monotonic() - began)
            serve(product, "127.0.0.1", port)
    except KeyboardInterrupt:
        console.print("gestopt")
    finally:
        if settings.database_url is None:
            Cluster.at(settings.data / "pg").stop()


def _refuse_busy(port: int) -> None:
    """One line instead of a failing server."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Refusal("ONGELDIG", f"Poort {port} is al in gebruik: kies een andere met --port N.")


def forget(settings: Settings) -> None:
    """Remove the embedded database and the stored files; an external database is left alone."""
    Cluster.at(settings.data / "pg").reset()
    shutil.rmtree(settings.data / "bestanden", ignore_errors=True)


async def _fill(settings: Settings, urls: Urls) -> None:
    await fill(build(settings, urls.app, places=urls.places), console)


@contextmanager
def step(name: str) -> Iterator[None]:
    """One line of progress with its time."""
    began = time.monotonic()
    with console.status(f"{name} …"):
        yield
    console.print(f"[green]✓[/] {name} [dim]({time.monotonic() - began:.1f} s)[/]")


@contextmanager
def provider(settings: Settings, port: int) -> Iterator[None]:
    """The identity provider in a process of its own, as it would be on another machine."""
    process = multiprocessing.get_context("spawn").Process(target=_provide, args=(settings, port), daemon=True)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join(5)


def _provide(settings: Settings, port: int) -> None:
    uvicorn.run(provider_app(settings), host="127.0.0.1", port=port, log_level="warning", server_header=False)


def _welcome(settings: Settings, seconds: float) -> None:
    table = Table(title="Aanmelden kan als", title_justify="left", box=None, pad_edge=False)
    table.add_column("persona", style="bold")
    table.add_column("wat die doet")
    for name, what in SHOWN:
        table.add_row(name, what)
    console.print(table)
    console.print(f"[dim]en {len(personas()) - len(SHOWN)} andere: het aanmeldscherm toont ze allemaal[/]\n")
    console.print(f"Klaar in {seconds:.0f} s. Open [bold]{settings.base_url}[/]  (stoppen: Ctrl-C)")
