"""The database of the bench: an embedded cluster of its own, migrated, filled once per size and kept."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import make_url

from bench import laden
from vlok.app import build, contributions
from vlok.db.embedded import Cluster
from vlok.db.roles import app_url, connected, owner_url, place_url, provision
from vlok.identity.organisations import seed_organisaties
from vlok.settings import Settings

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".cache" / "bench"
GIVEN = "BENCH_OMGEVING"
"""The variable by which a server process gets its environment."""
PASSWORD = "alleen-voor-de-bench"  # noqa: S105
FILLED = "gevuld"
"""What a database says of itself once all its rows are there."""
SERVER = {
    "shared_buffers": "2GB",
    "jit": "off",
    "random_page_cost": "1.1",
    "max_connections": "60",
    "synchronous_commit": "off",
}
"""Memory and disk of a real server; durability off, for nothing here must survive."""


@dataclass(frozen=True)
class Person:
    """A signed-in user: the cookie, and what references need to read as them."""

    cookie: str
    gebruiker_id: UUID
    domein: str
    gebied: str
    rollen: tuple[str, ...]
    panden: tuple[str, ...] = ()
    """References of properties in the territory."""
    words: tuple[str, ...] = ()
    """What somebody types to find one of them."""


@dataclass(frozen=True)
class Environment:
    """A filled database and the ways in."""

    admin_url: str
    app_url: str
    places: Mapping[str, str]
    tasks: int

    @property
    def driver_url(self) -> str:
        """The way in of the application's role, as libpq reads it."""
        return make_url(self.app_url).set(drivername="postgresql").render_as_string(hide_password=False)

    def settings(self) -> Settings:
        """The product's settings for it."""
        return Settings(data=FOLDER / "data", demo=True, base_url="http://127.0.0.1:8000", app_password=PASSWORD)

    def told(self) -> str:
        """The environment as text, for another process."""
        return json.dumps({**asdict(self), "places": dict(self.places)})

    @classmethod
    def given(cls) -> Environment:
        """The environment that this process was given."""
        return cls(**json.loads(os.environ[GIVEN]))

    def people(self, count: int) -> list[Person]:
        """Users over as many organisations, each with a living session."""
        return _signed_in(self.admin_url, count)


def prepare(tasks: int) -> Environment:
    """The environment with so many tasks; its database is made and filled once, and migrated at every run."""
    name = f"bench_{tasks}"
    admin = _cluster()
    with connected(admin) as connection:
        asked = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"
        there = connection.execute(asked, [name]).fetchone()
        if there and there != (FILLED,):  # the run that filled it was broken off
            connection.execute(SQL("drop database {} with (force)").format(Identifier(name)))
    inside = make_url(admin).set(database=name).render_as_string(hide_password=False)
    found = contributions(Settings())
    provision(admin, name, PASSWORD, dict.fromkeys(found.inside, PASSWORD))
    places = {schema: place_url(admin, name, schema, PASSWORD) for schema in found.inside}
    from vlok.db import migrate  # here: a measured server reads this module too, and migrates nothing

    migrate.upgrade(owner_url(admin, name), found.migrations)
    if there != (FILLED,):
        asyncio.run(_organisations(app_url(admin, name, PASSWORD), places))
        with connected(inside) as connection:
            laden.load(connection, tasks)
            connection.execute(SQL("comment on database {} is {}").format(Identifier(name), Literal(FILLED)))
    return Environment(inside, app_url(admin, name, PASSWORD), places, tasks)


def _cluster() -> str:
    cluster = Cluster.at(FOLDER / "pg")
    admin = cluster.start()
    with connected(admin) as connection:
        told = connection.execute("show shared_buffers").fetchone()
        if told == (SERVER["shared_buffers"],):
            return admin
        for name, value in SERVER.items():
            connection.execute(f"alter system set {name} = '{value}'")
    cluster.stop()
    return cluster.start()


async def _organisations(url: str, places: Mapping[str, str]) -> None:
    product = build(Settings(data=FOLDER / "data", demo=True), url, places=places)
    async with product.kernel.database.sessions.begin() as session:
        await seed_organisaties(session)
    await product.kernel.database.close()


def _signed_in(admin_url: str, count: int) -> list[Person]:
    """Sessions as the product keeps them: the cookie is a secret, the table holds its hash."""
    asked = (
        "select g.id, o.id, o.domein, o.gebied, o.soort, array_agg(r.rol order by r.rol) from gebruiker g"
        " join roltoekenning r on r.gebruiker_id = g.id join organisatie o on o.id = r.organisatie_id"
        " where g.iss = 'bench' and (o.gebied = '*' or exists (select from pand where pand.gebied = o.gebied))"
        " group by g.id, o.id order by md5(g.id::text) limit %s"
    )
    found: list[Person] = []
    now = datetime.now(UTC)
    with connected(admin_url) as connection:
        for person, organisation, domein, gebied, soort, roles in connection.execute(asked, [count]).fetchall():
            secret = secrets.token_urlsafe(32)
            content = {"gebruiker": str(person), "organisatie": str(organisation), "soort": soort}
            connection.execute(
                "insert into sessie (sleutel_hash, inhoud, gebruiker_id, aangemaakt_op, gebruikt_op)"
                " values (%s, %s, %s, %s, %s)",
                [hashlib.sha256(secret.encode()).hexdigest(), json.dumps(content).encode(), person, now, now],
            )
            seen = _properties(connection, gebied)
            words = tuple(" ".join(title.split(",")[0].split()[:2]).lower() for _, title in seen)
            found.append(Person(secret, person, domein, gebied, tuple(roles), tuple(ref for ref, _ in seen), words))
    return found


def _properties(connection: Any, gebied: str) -> list[tuple[str, str]]:
    asked = "select referte, titel from pand where gebied = %s order by referte limit 20"
    if gebied == "*":
        return list(connection.execute("select referte, titel from pand limit 20").fetchall())
    return list(connection.execute(asked, [gebied]).fetchall())
