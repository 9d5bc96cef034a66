"""A world with the practice compartment, and what tests of it begin with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

from vlok.api.clock import FixedClock
from vlok.api.tables import Dossier, Onderwerp
from vlok.app import build, running
from vlok.db import migrate
from vlok.identity.organisations import seed_organisaties
from vlok.policy.slot import write_lock
from vlok.settings import Settings
from vlok.testing.cluster import Databases
from vlok.testing.kluis import BUUR_GRANTS, GRANTS, kluis_contributions
from vlok.testing.practice_world import a_dossier, practice_policies
from vlok.testing.world import TODAY, World

TEMPLATE = "vlok_kluis"
MEMBER, GUEST, OUTSIDER = "verbalisant@wi", "woningcontroleur@wvl", "dossierbeheerder@aalst"
"""The personas of most tests: who works inside, who may be admitted for a task, and who never is."""


def kluis_policies(folder: Path) -> Path:
    """The practice procedure's policy files with those of these two."""
    practice_policies(folder)
    (folder / "grants" / "kluis.csv").write_text(GRANTS, encoding="utf-8")
    (folder / "grants" / "buur.csv").write_text(BUUR_GRANTS, encoding="utf-8")
    write_lock(folder)
    return folder


@asynccontextmanager
async def a_kluis_world(cluster: Databases, data: Path) -> AsyncIterator[World]:
    """The practice world with the practice compartment, ``world.inside("kluis")``."""
    found = kluis_contributions()
    cluster.template(TEMPLATE, lambda url: migrate.upgrade(url, found.migrations), found.inside)
    database = cluster.clone(TEMPLATE)
    clock = FixedClock(TODAY)
    settings = Settings(data=data, demo=True, policies=kluis_policies(data / "policies"))
    product = build(settings, database.app_url, places=database.places, clock=clock, found=found)
    async with running(product.kernel, worker=False):
        async with product.kernel.database.sessions.begin() as session:
            await seed_organisaties(session)
        yield World(product, clock)
    cluster.drop(database)


async def a_subject(outside: World) -> Onderwerp:
    """A subject that both places know."""
    dossier = await a_dossier(outside)
    async with outside.session(OUTSIDER) as session:
        return await session.get_one(Onderwerp, dossier.onderwerp_id)


async def opened(outside: World, inside: World, **opdracht: object) -> Dossier:
    """A dossier inside, on a fresh subject; ``voor`` is the person for whom there is a task."""
    done = await inside.act(MEMBER, "kluis.openen", await a_subject(outside), {"opdracht": opdracht})
    assert done.uitgevoerd, done.meldingen
    assert done.toon
    async with inside.session(MEMBER) as session:
        return await session.get_one(Dossier, UUID(done.toon[1]))
