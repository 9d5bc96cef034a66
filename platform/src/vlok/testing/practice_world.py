"""The kernel on its own, with the practice procedure: a world without register and without plugins."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
from sqlalchemy import func, make_url, select

from vlok.api.clock import FixedClock
from vlok.api.paper import Documentstatus
from vlok.api.tables import Document, Dossier, Onderwerp
from vlok.app import Product, build, policy_folder, running, web
from vlok.db import migrate
from vlok.identity.organisations import seed_organisaties
from vlok.identity.tokens import persona_token
from vlok.policy.slot import write_lock
from vlok.settings import Settings
from vlok.testing.cluster import Databases
from vlok.testing.practice import GRANTS, KEY, practice_contributions
from vlok.testing.world import TODAY, World

TEMPLATE = "vlok_proef"
BEHEERDER, ELDERS, WVL = "dossierbeheerder@aalst", "dossierbeheerder@gent", "dossierbeheerder@wvl"
"""The personas of most tests: of one municipality, of another, and of the agency."""
AALST = "41002"


def build_template(url: str) -> None:
    """The kernel's tables only."""
    migrate.upgrade(url, practice_contributions().migrations)


def practice_policies(folder: Path) -> Path:
    """The kernel's own policy files and the practice procedure's."""
    source = policy_folder(Settings())
    (folder / "grants").mkdir(parents=True, exist_ok=True)
    shutil.copy(source / "model.conf", folder)
    shutil.copy(source / "grants" / "kernel.csv", folder / "grants")
    (folder / "grants" / f"{KEY}.csv").write_text(GRANTS, encoding="utf-8")
    write_lock(folder)
    return folder


def practice_product(app_url: str, data: Path, clock: FixedClock, **options: Any) -> Product:
    """The product without register and plugins. ``options``: those of ``build`` and of ``Settings``."""
    own = {name: options.pop(name) for name in ("pool_size",) if name in options}
    chosen = {"data": data, "demo": True, "policies": practice_policies(data / "policies"), **options}
    return build(Settings(**chosen), app_url, clock=clock, found=practice_contributions(), **own)


@asynccontextmanager
async def a_practice_world(cluster: Databases, data: Path, **options: Any) -> AsyncIterator[World]:
    """That product on a fresh database with the demo organisations."""
    cluster.template(TEMPLATE, build_template)
    database = cluster.clone(TEMPLATE)
    clock = FixedClock(TODAY)
    product = practice_product(database.app_url, data, clock, **options)
    async with running(product.kernel, worker=False):
        async with product.kernel.database.sessions.begin() as session:
            await seed_organisaties(session)
        yield World(product, clock)
    cluster.drop(database)


async def a_dossier(world: World, persona: str = BEHEERDER, *, gebied: str = AALST, titel: str = "Woning") -> Dossier:
    """A running dossier that a persona's organisation started, on a subject of its own."""
    async with world.kernel.work(await world.actor(persona)) as work:
        owned = {"domein": work.actor.domein, "gebied": gebied}
        onderwerp = Onderwerp(id=uuid4(), soort="proef", referte=await work.number("PR"), titel=titel, **owned)
        dossier = Dossier(
            referte=await work.number("PD"),
            soort=KEY,
            onderwerp_id=onderwerp.id,
            status="Gestart",
            gestart_op=work.today,
            gewijzigd_op=work.now,
            gewijzigd_door=work.actor.naam,
            **owned,
        )
        work.session.add(onderwerp)
        await work.session.flush()
        work.session.add(dossier)
    return dossier


async def a_document(
    world: World, dossier: Dossier, persona: str = BEHEERDER, *, signed: bool = False, bestand: str | None = None
) -> Document:
    """A document of a persona's organisation in a dossier: in opmaak, or signed and so of both sides."""
    async with world.kernel.work(await world.actor(persona)) as work:
        moment = work.now if signed else None
        document = Document(
            referte=await work.number("DO"),
            soort="DT001",
            titel="Brief",
            status=Documentstatus.ONDERTEKEND if signed else Documentstatus.IN_OPMAAK,
            concept=not signed,
            dossier_id=dossier.id,
            onderwerp_id=dossier.onderwerp_id,
            bestand_id=UUID(bestand) if bestand else None,
            domein=work.actor.domein,
            gebied=dossier.gebied,
            aangemaakt_op=work.now,
            ondertekend_op=moment,
            gedeeld_op=moment,
        )
        work.session.add(document)
    return document


def admin_url(cluster: Databases, world: World) -> str:
    """The world's database as superuser, who goes around row security: only to arrange and to look."""
    name = world.kernel.database.engine.url.database
    return make_url(cluster.admin_url).set(database=name).render_as_string(hide_password=False)


async def count_of(world: World, persona: str, model: type[Any], *where: Any) -> int:
    """How many rows of a table a persona's session holds."""
    async with world.session(persona) as session:
        found: int | None = await session.scalar(select(func.count()).select_from(model).where(*where))
    return found or 0


@asynccontextmanager
async def browser(world: World, persona: str | None = None, **headers: str) -> AsyncIterator[httpx2.AsyncClient]:
    """An HTTP client of the whole web application, with the bearer token of a persona."""
    if persona:
        headers["authorization"] = f"Bearer {persona_token(world.kernel.settings, persona)}"
    transport = httpx2.ASGITransport(app=web(world.product, worker=False), raise_app_exceptions=False)
    base = world.kernel.settings.base_url
    async with httpx2.AsyncClient(transport=transport, base_url=base, headers=headers) as client:
        yield client
