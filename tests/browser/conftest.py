"""People at a browser: the real product, the real sign-in, a real Chromium."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from vlok.testing.cluster import Databases
from vlok.testing.desk import DESKTOP, Desk, MakeDesk
from vlok.testing.served import Served, a_served_product
from vlok.testing.world import a_pdf

CHROMIUM = os.environ.get("VLOK_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WITHIN = 30_000
"""Milliseconds that a page may take: generous, for a busy machine."""
GRAVE = {"serious", "critical"}

Grave = Callable[[Page], list[str]]


@pytest.fixture(scope="session")
def grave() -> Grave:
    """What axe-core calls serious or critical on a page."""

    def found(page: Page) -> list[str]:
        wrong = Axe().run(page).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in wrong if one["impact"] in GRAVE]

    return found


@pytest.fixture(scope="session")
def signed_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What comes back from the scanner: a sheet without text."""
    file = tmp_path_factory.mktemp("scan") / "ondertekend.pdf"
    file.write_bytes(a_pdf())
    return file


@pytest.fixture(scope="session")
def served(cluster: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The product behind a port, with the demo's data."""
    with a_served_product(cluster, tmp_path_factory.mktemp("served")) as made:
        yield made


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser per module: Playwright's loop may not outlive it, other tests run loops of their own."""
    expect.set_options(timeout=WITHIN)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def desk(chromium: Browser, served: Served) -> MakeDesk:
    """``desk("lezer@vlabel")``: that person, signed in, in a browser context of their own."""

    def make(persona: str | None = None, **options: Any) -> Desk:
        context = chromium.new_context(**{"viewport": DESKTOP, "locale": "nl-BE", **options})
        context.set_default_timeout(WITHIN)
        made = Desk(context.new_page(), served.url)
        if persona:
            made.sign_in(persona)
        return made

    return make
