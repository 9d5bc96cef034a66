"""A told story with canaries, and the people who look at it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url
from tests.security.story import tell
from tests.security.watch import Watch

from vlok.api.actor import Actor
from vlok.db.roles import connected, owner_url
from vlok.db.session import Database
from vlok.testing.canaries import Canaries, plant
from vlok.testing.cluster import Databases
from vlok.testing.world import World, a_world

CODES = (
    "domein", "gebied", "rol", "status", "vorige_status", "soort", "lijst", "uitslag", "wijze", "reden",
    "initiatiefnemer", "type_woning", "sleutel", "code", "iss", "sub", "ondertekenflow", "recuperatie_kosten",
    "sloop_of_herbestemming", "basis", "prefix", "ovo", "herkomst", "handeling", "mediatype",
)  # fmt: skip
"""Columns that code decides by: a word behind their value would make another case of the row."""

PUBLIC = ("organisatie", "gebruiker")
"""Names of organisations and officials stand on what they made: no secret of any row."""

OUTSIDERS = (
    "dossierbeheerder@gent", "lezer@hasselt", "burgemeester@aalst", "woningcontroleur@antwerpen",
    "dossierbeheerder@wvl", "lezer@wvl", "gewestelijk-ambtenaar@wvl", "auditor@wvl",
    "lezer@vlabel", "auditor@vlabel", "wooninspecteur@wi", "lezer@wi",
)  # fmt: skip
"""One of every kind who is outside of something: another municipality, the other side, the tax office."""


@dataclass
class Stage:
    """The world after the story, every row with its canary."""

    world: World
    canaries: Canaries
    admin_url: str
    actors: dict[str, Actor | None]

    @asynccontextmanager
    async def without_row_security(self) -> AsyncIterator[None]:
        """The product connects as the owner of the tables: only the policy stands between the asker and the rows."""
        kernel = self.world.kernel
        usual = kernel.database
        self.forget_plans()
        kernel.database = Database(owner_url(self.admin_url, str(make_url(self.admin_url).database)))
        try:
            yield
        finally:
            await kernel.database.close()
            kernel.database = usual
            self.forget_plans()

    def forget_plans(self) -> None:
        """What was planned under one policy says nothing about another."""
        self.world.product.schema.planner = None  # type: ignore[attr-defined]

    def watch(self) -> Watch:
        """Who looks at every answer."""
        return Watch(self.world.product, self.canaries, self.logged)

    def logged(self, domein: str) -> int:
        """The lines of a domain's log, wherever it stands."""
        query = "select count(*) from (table public.auditregel union all table wi_logboek.auditregel) r"
        with self.admin() as admin:
            [[count]] = admin.execute(query + " where domein = %s", [domein]).fetchall()
        return int(count)

    @contextmanager
    def admin(self) -> Iterator[psycopg.Connection[Any]]:
        """The database as superuser: only to arrange and to look."""
        with connected(self.admin_url) as connection:
            yield connection


@asynccontextmanager
async def a_stage(cluster: Databases, data: Path) -> AsyncIterator[Stage]:
    """A fresh one."""
    async with a_world(cluster, data) as world:
        await tell(world)
        name = world.kernel.database.engine.url.database
        admin_url = make_url(cluster.admin_url).set(database=name).render_as_string(hide_password=False)
        actors: dict[str, Actor | None] = {persona: await world.actor(persona) for persona in OUTSIDERS}
        with connected(admin_url) as connection:
            canaries = plant(connection, CODES, PUBLIC)
        yield Stage(world, canaries, admin_url, {**actors, "niemand": None})
