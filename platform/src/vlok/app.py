"""The composition root: settings → database → plugins → schema → Starlette. The only place that knows all."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import entry_points
from pathlib import Path
from types import MappingProxyType
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
from vlok.api.compartments import Compartment
from vlok.api.errors import ContractError
from vlok.compartments.admission import Admission, Door
from vlok.compartments.crossing import open_crossings
from vlok.db.direct import conninfo
from vlok.db.session import Database, place_options, queue_options, visiting
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
from vlok.plugins import ALWAYS, GROUP, Contributions, gather, installed, load
from vlok.policy.policy import Policy
from vlok.policy.vocabulary import Vocabulary
from vlok.settings import Settings
from vlok.web import spa
from vlok.web.files import Files
from vlok.web.graphql import GraphQLEndpoint
from vlok.web.guards import HEADERS, PAGE_POLICY, SameSite, SecurityHeaders
from vlok.web.logboek import LogExport
from vlok.web.quick import Quick

QUESTIONS = "/graphql"
PLACE_POOL = 4
"""Connections of a compartment, and of its members who read the common place."""


@dataclass(frozen=True)
class Product:
    """A built kernel and its schema, and those of the compartments by schema; used without a web server too."""

    kernel: Kernel
    schema: strawberry.Schema
    compartments: Mapping[str, Product] = field(default_factory=lambda: MappingProxyType({}))


def contributions(settings: Settings) -> Contributions:
    """What the chosen plugins (all installed ones unless settings name some) contribute."""
    chosen = (*ALWAYS, *settings.plugins) if settings.plugins else ()
    return gather(load(installed(*dict.fromkeys(chosen))))


def policy_folder(settings: Settings) -> Path:
    """The policy files: as set, or those of the checkout the product runs from."""
    return settings.policies or Path(__file__).parents[3] / "policies"


@contextmanager
def uncollected() -> Iterator[None]:
    """While nearly all that is made stays, nobody looks for what does not."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@uncollected()
def build(
    settings: Settings,
    app_url: str,
    *,
    places: Mapping[str, str] = MappingProxyType({}),
    clock: Clock | None = None,
    pool_size: int = 10,
    found: Contributions | None = None,
) -> Product:
    """Everything but the web server, in every place.

    ``places``: the way into the database of each compartment, by schema (ContractError when one is missing). ``found``:
    other contributions than those of the installed plugins.
    """
    found = found or contributions(settings)
    if closed := {one.schema for one in found.compartments.values()} - places.keys():
        raise ContractError(f"no way into the database for the compartment {min(closed)}")
    inside = {one: places[one.schema] for one in found.compartments.values()}
    visitors = {one.domein: visiting(url, one, pool_size=PLACE_POOL) for one, url in inside.items()}
    database = Database(app_url, pool_size=pool_size, visitors=visitors)
    clock = clock or SystemClock()
    common = _product(settings, found, clock, database, conninfo(app_url))
    compartments = {one.schema: _compartment(common, one, url) for one, url in inside.items()}
    return replace(common, compartments=MappingProxyType(compartments))


def _compartment(common: Product, compartment: Compartment, url: str) -> Product:
    """The same product once more, in a place of its own, and the ways between the two."""
    outside = common.kernel
    found = outside.contributions.inside[compartment.schema]
    own = place_options(url, compartment)
    database = Database(own, pool_size=PLACE_POOL, compartment=compartment)
    queue = conninfo(queue_options(url, compartment))
    made = _product(outside.settings, found, outside.clock, database, queue, people=outside.database)
    outside.compartments[compartment.schema] = made.kernel
    open_crossings(outside, made.kernel)
    return made


def _product(
    settings: Settings,
    found: Contributions,
    clock: Clock,
    database: Database,
    queue: str,
    people: Database | None = None,
) -> Product:
    compartment = database.compartment
    types = Types(found.object_types.values(), found.extensions.values())
    words = Vocabulary.of(found, compartment)
    kernel = Kernel(
        settings=settings,
        contributions=found,
        types=types,
        policy=Policy(policy_folder(settings), words),
        database=database,
        queue=None,  # type: ignore[arg-type]  # needs the kernel itself; set below
        store=Store(settings.data / "bestanden"),
        renderer=Renderer(stationery_packages(found)),
        clock=clock,
        people=people or database,
        compartment=compartment,
    )
    kernel.queue = Queue(queue, kernel.run_job, lambda: keep_up(kernel), quiet=compartment is not None)
    return Product(kernel, Assembly(found, types).schema(introspection=settings.introspection or settings.demo))


def stationery_packages(found: Contributions) -> Mapping[str, str]:
    """The package with the templates of every plugin that writes letters."""
    owners = {key.partition(".")[0] for key in found.letters}
    modules = {entry.name: entry.module for entry in entry_points(group=GROUP)}
    return {owner: modules[owner].rpartition(".")[0] for owner in sorted(owners)}


def web(product: Product, *, worker: bool = True) -> Starlette:
    """The web application; with ``worker`` it also runs the durable jobs (embedded)."""
    kernel, settings = product.kernel, product.kernel.settings
    store = SessieStore(kernel.database, kernel.clock)
    actors = Actors(settings, kernel.database, kernel.clock)
    host = make_url(settings.base_url.replace("http", "postgresql", 1)).host or "127.0.0.1"
    unknown = Route("/{path:path}", spa.page, methods=["GET"])
    questions = GraphQLEndpoint(kernel, product.schema, actors)
    return Starlette(
        routes=[
            *Login(settings, kernel.database, store, kernel.clock, kernel.signed_in).routes(),
            *place_routes(questions),
            *(door for inside in product.compartments.values() for door in doors(inside, actors, unknown)),
            Route("/gezond", healthy, methods=["GET"]),
            Mount("/assets", spa.Assets(directory=spa.STATIC / "assets", check_dir=False)),
            unknown,
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=[host, "localhost", "127.0.0.1"], www_redirect=False),
            Middleware(SameSite, base_url=settings.base_url),
            Middleware(Quick, path=QUESTIONS, endpoint=questions, expectations=actors.expectations),
            session_middleware(settings, store),
        ],
        exception_handlers={Exception: broken},
        lifespan=_lifespan(kernel, worker=worker),
    )


def place_routes(questions: GraphQLEndpoint) -> list[Route]:
    """What a place answers: questions, and files in and out."""
    kernel, actors = questions.kernel, questions.actors
    files = Files(kernel, actors)
    return [
        Route(QUESTIONS, questions.__call__, methods=["GET", "POST"]),
        Route("/bestanden", files.upload, methods=["GET", "POST"]),
        Route("/documenten/{id}", files.document, methods=["GET"]),
        Route("/logboek.csv", LogExport(kernel, actors).__call__, methods=["GET"]),
    ]


def doors(inside: Product, actors: Actors, unknown: Route) -> list[Route]:
    """The same below the path of a compartment, for who is admitted; for others that path does not exist."""
    compartment = inside.kernel.compartment
    assert compartment
    admission = Admission(inside.kernel, actors)
    routes = place_routes(GraphQLEndpoint(inside.kernel, inside.schema, admission))
    return [Route(compartment.path + route.path, Door(route.app, admission, unknown)) for route in routes]


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
            gc.freeze()  # the collector need never walk through what was made at the start
            yield

    return lifespan


@asynccontextmanager
async def running(kernel: Kernel, *, worker: bool) -> AsyncIterator[None]:
    """The queues of all places open, jobs running when asked, everything closed at the end."""
    places = (kernel, *kernel.compartments.values())
    async with AsyncExitStack() as opened:
        for place in places:
            await opened.enter_async_context(place.queue.app.open_async())
        jobs = [asyncio.create_task(place.queue.work()) for place in places] if worker else []
        try:
            yield
        finally:
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)
            for place in places:
                await place.renderer.close()
                await place.database.close()
