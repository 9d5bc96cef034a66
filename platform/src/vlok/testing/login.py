"""The product's login and the local identity provider, really served, with a clock that a test sets."""

import asyncio
import html
import re
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx2
import uvicorn
from sqlalchemy import create_engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from vlok.api.actor import Actor
from vlok.api.clock import BRUSSEL
from vlok.api.orm import Base
from vlok.db.session import Database
from vlok.identity.actors import Actors
from vlok.identity.login import Login
from vlok.identity.organisations import seed_organisaties
from vlok.identity.provider import provider_app
from vlok.identity.sessions import SessieStore, session_middleware
from vlok.identity.tables import Afmelding, Gebruiker, Mandaat, Roltoekenning, Sessie, Vervanging
from vlok.settings import Settings
from vlok.tenancy.tables import Organisatie

MODELS = (Organisatie, Gebruiker, Mandaat, Roltoekenning, Vervanging, Sessie, Afmelding)
TABLES = [model.metadata.tables[model.__tablename__] for model in MODELS]
TRUSTED = ssl.create_default_context()
"""Read once: a new one takes longer than the requests of a test."""
LINK = re.compile(r'href="(\?[^"]*)"')


class SetClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, moment: datetime = datetime(2026, 3, 2, 9, tzinfo=BRUSSEL)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> None:
        """Moves the clock forward."""
        self.moment += by


@dataclass(frozen=True)
class Desk:
    """A served product (login routes and ``/wie``) with its collaborators; ``kept`` is what goes on record."""

    settings: Settings
    database: Database
    clock: SetClock
    store: SessieStore
    actors: Actors
    kept: list[tuple[str, str]] = field(default_factory=list)

    async def on_record(self, actor: Actor, wat: str) -> None:
        """In the place of the audit trail."""
        self.kept.append((actor.organisatie_code, wat))

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[httpx2.AsyncClient]:
        """A browser without cookies yet, that shows every redirect."""
        async with httpx2.AsyncClient(base_url=self.settings.base_url, trust_env=False, verify=TRUSTED) as client:
            yield client


def create_tables(owner_url: str) -> None:
    """The tables of identity and tenancy, for ``Databases.template``."""
    engine = create_engine(owner_url)
    Base.metadata.create_all(engine, tables=TABLES)
    engine.dispose()


@asynccontextmanager
async def desk(
    app_url: str, folder: Path, provider: Callable[[Settings], ASGIApp] = provider_app, **other: Any
) -> AsyncIterator[Desk]:
    """Serves product and provider on free loopback ports, with the demo organisations in the database.

    ``other`` are further settings.
    """
    async with AsyncExitStack() as stack:
        ours, theirs = (stack.enter_context(_listener()) for _ in range(2))
        settings = Settings(data=folder, demo=True, base_url=_address(ours), oidc_issuer=_address(theirs), **other)
        database = Database(app_url, pool_size=5)
        stack.push_async_callback(database.close)
        async with database.sessions.begin() as session:
            await seed_organisaties(session)
        clock = SetClock()
        store = SessieStore(database, clock)
        served = Desk(settings, database, clock, store, Actors(settings, database, clock))
        await stack.enter_async_context(_serving((provider(settings), theirs), (product_app(served), ours)))
        yield served


def product_app(served: Desk) -> Starlette:
    """The login routes, and ``/wie`` which says who is asking."""

    async def wie(request: Request) -> Response:
        actor = await served.actors.of(request)
        if actor is None:
            return JSONResponse({}, 401)
        return JSONResponse({"naam": actor.naam, "organisatie": actor.organisatie_code, "rollen": sorted(actor.rollen)})

    login = Login(served.settings, served.database, served.store, served.clock, served.on_record)
    routes = [*login.routes(), Route("/wie", wie)]
    return Starlette(routes=routes, middleware=[session_middleware(served.settings, served.store)])


async def choose(browser: httpx2.AsyncClient, persona: str, terug: str = "/") -> httpx2.Response:
    """Starts a login and chooses a persona; the answer is the provider's redirect to the product."""
    start = await browser.get("/aanmelden", params={"terug": terug})
    page = await browser.get(start.headers["location"])
    links = [html.unescape(link) for link in LINK.findall(page.text)]
    wanted = f"persona={persona.replace('@', '%40')}"
    return await browser.get(urljoin(str(page.url), next(link for link in links if link.endswith(wanted))))


async def sign_in(browser: httpx2.AsyncClient, persona: str, terug: str = "/") -> httpx2.Response:
    """A whole login; the answer is what the product says to the browser that comes back."""
    back = await choose(browser, persona, terug)
    return await browser.get(back.headers["location"])


def _listener() -> socket.socket:
    listener = socket.socket(proto=socket.IPPROTO_TCP)  # asyncio sends at once only where this is said
    listener.bind(("127.0.0.1", 0))
    return listener


def _address(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


@asynccontextmanager
async def _serving(*apps: tuple[ASGIApp, socket.socket]) -> AsyncIterator[None]:
    """All of them, begun and ended together; what is still open at the end is not waited for."""
    servers = [uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off")) for app, _ in apps]
    serving = [asyncio.create_task(server.serve([door])) for server, (_, door) in zip(servers, apps, strict=True)]
    while not all(server.started or one.done() for server, one in zip(servers, serving, strict=True)):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        for server in servers:
            server.should_exit = server.force_exit = True
        await asyncio.gather(*serving)
