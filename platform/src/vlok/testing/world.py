"""A whole product on a fresh copy of the migrated database, driven as its users drive it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pikepdf
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.api.clock import FixedClock
from vlok.api.tables import Bestand
from vlok.app import Product, build, contributions, running
from vlok.compartments.admission import admitted
from vlok.db import migrate
from vlok.demo.story import persona_actor
from vlok.graph.context import Context
from vlok.identity.organisations import seed_organisaties
from vlok.kernel import Kernel
from vlok.procedures.execute import Outcome, Request, execute
from vlok.settings import Settings
from vlok.testing.cluster import Databases

TEMPLATE = "vlok_sjabloon"
TODAY = date(2026, 11, 23)
"""A Monday; every test that says nothing else happens on it."""


def build_template(url: str) -> None:
    """Migrate an empty database."""
    migrate.upgrade(url, contributions(Settings()).migrations)


class World:
    """The product and its personas. ``clock.day`` may be moved.

    Of a compartment it is the same, with the personas as who they are inside (``world.wi``).
    """

    def __init__(self, product: Product, clock: FixedClock, outside: World | None = None) -> None:
        self.product = product
        self.clock = clock
        self.outside = outside
        self._actors: dict[str, Actor] = {}

    def inside(self, schema: str) -> World:
        """The compartment in that schema."""
        return World(self.product.compartments[schema], self.clock, outside=self)

    @property
    def wi(self) -> World:
        """The compartment of the wooninspectie."""
        return self.inside("wi")

    @property
    def kernel(self) -> Kernel:
        """The kernel under test."""
        return self.product.kernel

    async def actor(self, persona: str) -> Actor:
        """The persona as the product knows it from a real bearer token; AssertionError for who is not admitted here."""
        if self.outside is not None:
            found = await admitted(self.kernel, await self.outside.actor(persona))
            assert found is not None, f"{persona} is not admitted"
            return found
        if persona not in self._actors:
            self._actors[persona] = await persona_actor(self.kernel, persona)
        return self._actors[persona]

    async def act(
        self, persona: str, handeling: str, subject: object, invoer: Mapping[str, Any] | None = None, **options: Any
    ) -> Outcome:
        """Execute an action as a persona. ``subject``: a row, a reference or a global id."""
        given = str(getattr(subject, "referte", subject))
        asked = Request(handeling, given, json.loads(json.dumps(invoer or {}, default=str)), **options)
        return await execute(self.kernel, await self.actor(persona), asked)

    async def result(self, persona: str | None, query: str, **variables: Any) -> Any:
        """The GraphQL result (data and errors) of a persona, or of nobody."""
        async with Context(self.kernel, await self.actor(persona) if persona else None) as context:
            return await self.product.schema.execute(query, variable_values=variables, context_value=context)

    async def query(self, persona: str, query: str, **variables: Any) -> dict[str, Any]:
        """The data of a GraphQL operation that must succeed."""
        result = await self.result(persona, query, **variables)
        assert not result.errors, result.errors
        data: dict[str, Any] = result.data
        return data

    async def upload(self, persona: str, content: bytes | None = None) -> str:
        """The id of an uploaded PDF."""
        actor = await self.actor(persona)
        key = await self.kernel.store.put(actor.domein, content or a_pdf())
        async with self.kernel.work(actor) as work:
            bestand = Bestand(
                id=uuid4(),
                domein=actor.domein,
                gebruiker_id=actor.gebruiker_id,
                naam="ondertekend.pdf",
                mediatype="application/pdf",
                grootte=1,
                sha256="",
                sleutel=key,
                aangemaakt_op=work.now,
            )
            work.session.add(bestand)
        return str(bestand.id)

    @asynccontextmanager
    async def session(self, persona: str) -> AsyncIterator[AsyncSession]:
        """A session as the application role, acting as a persona."""
        async with self.kernel.reading(await self.actor(persona)) as session:
            yield session

    async def drain(self) -> None:
        """Run the jobs that wait."""
        await self.kernel.queue.app.run_worker_async(wait=False, install_signal_handlers=False)


def a_pdf() -> bytes:
    """A small sound PDF."""
    with pikepdf.new() as document, BytesIO() as out:
        document.add_blank_page()
        document.save(out)
        return out.getvalue()


@asynccontextmanager
async def a_world(cluster: Databases, data: Path) -> AsyncIterator[World]:
    """A product on a fresh copy of the template, with the demo organisations."""
    cluster.template(TEMPLATE, build_template)
    database = cluster.clone(TEMPLATE)
    clock = FixedClock(TODAY)
    product = build(Settings(data=data, demo=True), database.app_url, places=database.places, clock=clock)
    async with running(product.kernel, worker=False):
        async with product.kernel.database.sessions.begin() as session:
            await seed_organisaties(session)
        yield World(product, clock)
    cluster.drop(database)
