"""The composition root: settings → database → plugins → schema → Starlette. The only place that knows all."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import strawberry
from sqlalchemy import make_url
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from vlok.api.clock import Clock, SystemClock
from vlok.db.session import Database
from vlok.documents.renderer import Renderer
from vlok.documents.store import Store
from vlok.graph.schema import Assembly
from vlok.graph.types import Types
from vlok.identity.actors import Actors
from vlok.identity.login import Login
from vlok.identity.sessions import SessieStore, session_middleware
from vlok.jobs.queue import Queue
from vlok.jobs.upkeep import keep_up
from vlok.kernel import Kernel
from vlok.plugins import GROUP, Contributions, collect, installed, load
from vlok.policy.policy import Policy
from vlok.settings import Settings
from vlok.web import spa
from vlok.web.files import Files
from vlok.web.graphql import GraphQLEndpoint
from vlok.web.guards import HEADERS, PAGE_POLICY, SameSite, SecurityHeaders

ALWAYS = ("kernel", "register")


@dataclass(frozen=True)
class Product:
    """A built kernel and its schema; ``vlok.cli`` and tests use it without a web server."""

    kernel: Kernel
    schema: strawberry.Schema


def contributions(settings: Settings) -> Contributions:
    """What the chosen plugins (all installed ones unless settings name some) contribute."""
    chosen = (*ALWAYS, *settings.plugins) if settings.plugins else ()
    return collect(load(installed(*dict.fromkeys(chosen))))


def policy_folder(settings: Settings) -> Path:
    """The policy files: as set, or those of the checkout the product runs from."""
    return settings.policies or Path(__file__).parents[3] / "policies"


def build(
    settings: Settings,
    app_url: str,
    *,
    clock: Clock | None = None,
    pool_size: int = 10,
    found: Contributions | None = None,
) -> Product:
    """Everything but the web server. ``found``: other contributions than those of the installed plugins."""
    found = found or contributions(settings)
    types = Types(found.object_types.values(), found.extensions.values())
    kernel = Kernel(
        settings=settings,
        contributions=found,
        types=types,
        policy=Policy(policy_folder(settings), found.all_scopes),
        database=Database(app_url, pool_size=pool_size),
        queue=None,  # type: ignore[arg-type]  # needs the kernel itself; set below
        store=Store(settings.data / "bestanden"),
        renderer=Renderer(stationery_packages(found)),
        clock=clock or SystemClock(),
    )
    kernel.queue = Queue(conninfo(app_url), kernel.run_job, lambda: keep_up(kernel))
    return Product(kernel, Assembly(found, types).schema(introspection=settings.introspection or settings.demo))


def conninfo(url: str) -> str:
    """A SQLAlchemy URL as libpq reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def stationery_packages(found: Contributions) -> Mapping[str, str]:
    """The package with the templates of every plugin that writes letters."""
    owners = {key.partition(".")[0] for key in found.letters}
    modules = {entry.name: entry.module for entry in entry_points(group=GROUP)}
    return {owner: modules[owner].rpartition(".")[0] for owner in sorted(owners)}


def web(product: Product, *, worker: bool = True) -> Starlette:
    """The web application; with ``worker`` it also runs the durable jobs (embedded)."""
    kernel, settings = product.kernel, product.kernel.settings
    sessions = kernel.database.sessions
    store = SessieStore(sessions, kernel.clock)
    actors = Actors(settings, sessions, kernel.clock)
    files = Files(kernel, actors)
    host = make_url(settings.base_url.replace("http", "postgresql", 1)).host or "127.0.0.1"
    return Starlette(
        routes=[
            *Login(settings, sessions, store, kernel.clock).routes(),
            Route("/graphql", GraphQLEndpoint(kernel, product.schema, actors).__call__, methods=["GET", "POST"]),
            Route("/bestanden", files.upload, methods=["GET", "POST"]),
            Route("/documenten/{id}", files.document, methods=["GET"]),
            Route("/gezond", healthy, methods=["GET"]),
            Mount("/assets", spa.Assets(directory=spa.STATIC / "assets", check_dir=False)),
            Route("/{path:path}", spa.page, methods=["GET"]),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=[host, "localhost", "127.0.0.1"], www_redirect=False),
            Middleware(SameSite, base_url=settings.base_url),
            session_middleware(settings, store),
        ],
        exception_handlers={Exception: broken},
        lifespan=_lifespan(kernel, worker=worker),
    )


async def healthy(request: Request) -> Response:
    """For a load balancer."""
    return JSONResponse({"status": "ok"})


async def broken(request: Request, fault: Exception) -> Response:
    """One constant body for every defect."""
    body = {"code": "INTERN", "tekst": "Er ging iets mis. Het is gemeld."}
    return JSONResponse(body, 500, headers={**HEADERS, "content-security-policy": PAGE_POLICY})


def _lifespan(kernel: Kernel, *, worker: bool) -> Any:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with running(kernel, worker=worker):
            yield

    return lifespan


@asynccontextmanager
async def running(kernel: Kernel, *, worker: bool) -> AsyncIterator[None]:
    """The queue open, jobs running when asked, everything closed at the end."""
    async with kernel.queue.app.open_async():
        jobs = asyncio.create_task(kernel.queue.work()) if worker else None
        try:
            yield
        finally:
            if jobs is not None:
                jobs.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await jobs
            await kernel.renderer.close()
            await kernel.database.close()
