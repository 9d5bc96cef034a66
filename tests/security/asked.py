"""Everybody who may ask, in a world of which every row is known, and what the reviewed table gives them.

The rows are made by the product itself: a story in two municipalities, with signed and unsigned documents of each side,
remarks for one side and for both, a running and a finished procedure.
"""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url
from tests.security.oracle import MEANING
from tests.security.small_world import Row, Table, fill, read
from tests.security.story import Teller

from vlok.api.actor import Actor
from vlok.app import policy_folder
from vlok.db.roles import connected
from vlok.graph.context import Context
from vlok.graph.names import global_id
from vlok.graph.types import Declared
from vlok.identity.roles import rollen
from vlok.settings import Settings
from vlok.testing.cluster import Databases
from vlok.testing.world import World, a_world

HOME = {"lb": "aalst", "wvl": "wvl", "wi": "wi", "vlabel": "vlabel"}


def mine(*columns: str) -> Any:
    """A scope about the asker in person, in the own organisation."""

    def concerned(actor: Actor, row: Row) -> bool:
        in_person = any(row[column] == str(actor.gebruiker_id) for column in columns)
        return bool(row["domein"] == actor.domein) and in_person

    return concerned


def of_a_role(actor: Actor, row: Row) -> bool:
    """A task for nobody in particular but for a role of the asker, or for the asker."""
    own_role = row["gebruiker_id"] is None and row["rol"] in actor.rollen
    return bool(row["domein"] == actor.domein) and (own_role or row["gebruiker_id"] == str(actor.gebruiker_id))


MEANINGS = {
    **MEANING,
    "eigen_rol": of_a_role,
    "kernel.vervanging_betrokken": mine("afwezige_id", "vervanger_id"),
    "kernel.vervanging_zelf": mine("afwezige_id"),
}
Decisions = dict[tuple[str, str, str], tuple[list[str], list[str]]]


def reviewed() -> Decisions:
    """(role, key, action) → the scopes that open and those that close, of the common place."""
    with (policy_folder(Settings()) / "decisions.csv").open(encoding="utf-8", newline="") as text:
        rows = [row for row in csv.DictReader(text, strict=True) if row["plaats"] == "gemeenschappelijk"]
    scopes = {(row["rolcode"], row["sleutel"], row["actie"]): row["bereikcode"].split() for row in rows}
    return {
        key: ([s for s in found if s[0] != "-"], [s[1:] for s in found if s[0] == "-"]) for key, found in scopes.items()
    }


@dataclass
class Asked:
    """The world of the story, everybody who asks, and every row there is."""

    world: World
    admin_url: str
    actors: Mapping[str, Actor]
    tables: Mapping[str, Table]
    decisions: Decisions

    def may(self, role: str, permission: tuple[str, str], row: Row) -> bool:
        """What the reviewed table says."""
        opens, closes = self.decisions.get((role, *permission), ([], []))
        actor = self.actors[role]
        return any(MEANINGS[s](actor, row) for s in opens) and not any(MEANINGS[s](actor, row) for s in closes)

    def rows(self, model: type[Any], *states: str) -> Iterator[Row]:
        """One row of every class of ownership, and of the state that those columns tell."""
        seen = set()
        for row in self.tables[model.__tablename__].rows:
            parts = ("domein", "gebied", "code", *states)
            kind = (*(row.get(part) for part in parts), row.get("gedeeld_op") is None)
            if kind not in seen:
                seen.add(kind)
                yield row

    def key(self, declared: Declared, row: Row) -> str:
        """The global id of a row."""
        return global_id(declared.name, self.tables[declared.model.__tablename__].key_of(row))

    def logged(self, domein: str) -> set[str]:
        """The newest lines of a domain's chain, of which there may be more than when all rows were read."""
        place = "wi_logboek" if domein == "wi" else "public"
        newest = "select id from {}.auditregel where domein = %s order by volgnummer desc limit 100"
        with connected(self.admin_url) as admin:
            found = admin.execute(SQL(newest).format(Identifier(place)), [domein]).fetchall()
        return {global_id("Logregel", key) for (key,) in found}

    async def ask(self, actor: Actor | None, text: str, variables: Mapping[str, str] | None = None) -> Any:
        """The result of an operation, asked as that actor."""
        async with Context(self.world.kernel, actor) as context:
            schema = self.world.product.schema
            return await schema.execute(text, variable_values=dict(variables or {}), context_value=context)

    async def all(self, actor: Actor, root: str, type_: str, keys: list[str]) -> list[Any]:
        """The answers to ``root`` (as ``node(id: $key)``) for each key: one question, that is planned for once."""
        text = f"query q($key: {type_}!) {{ found: {root} {{ id }} }}"
        results = [await self.ask(actor, text, {"key": key}) for key in keys]
        assert not any(result.errors for result in results), results
        return [result.data["found"] for result in results]


async def told(world: World) -> None:
    """Two municipalities with something of everything."""
    for code in ("aalst", "gent"):
        teller = Teller(world, code)
        await teller.finished()
        await teller.halfway()
        await extra(teller)


async def extra(teller: Teller) -> None:
    """Remarks for one side and for both by each side, a shielded document, a substitution, a report, a setting."""
    found = await teller.world.query(
        teller.beheerder,
        '{ panden(zoek: "Kanaalstraat", first: 1) { edges { node { dossiers { referte documenten {'
        " referte eigen ondertekendOp } } } } } }",
    )
    [dossier] = found["panden"]["edges"][0]["node"]["dossiers"]
    for who in (teller.beheerder, "dossierbeheerder@wvl"):
        for readers in ("EIGEN", "BEIDE"):
            opmerking = {"tekst": "Gezien.", "zichtbaarheid": readers}
            await teller.do(who, "kernel.opmerkingSchrijven", dossier["referte"], opmerking=opmerking)
    organisation = await teller.organisation()
    collega = await teller.world.actor(f"woningcontroleur@{teller.code}")
    period = {"vervanger": str(collega.gebruiker_id), "van": "2026-12-01", "tot": "2026-12-05", "reden": "Verlof"}
    await teller.do(teller.beheerder, "kernel.vervangingInstellen", organisation, vervanging=period)
    gezien = {"soort": "verhuring", "datum": "2026-11-23", "omschrijving": "Er woont weer iemand."}
    await teller.do(teller.beheerder, "oo.verhuringMelden", dossier["referte"], verhuring=gezien)


@asynccontextmanager
async def an_asked_world(cluster: Databases, data: Path) -> AsyncIterator[Asked]:
    """A fresh one."""
    async with a_world(cluster, data) as world:
        homes = {code: f"{rol.kort}@{HOME[code.partition('.')[0]]}" for code, rol in rollen().items()}
        actors = {code: await world.actor(persona) for code, persona in homes.items()}
        await told(world)
        name = world.kernel.database.engine.url.database
        admin_url = make_url(cluster.admin_url).set(database=name).render_as_string(hide_password=False)
        models = {model for model in world.kernel.policy.here.permissions.values() if model is not None}
        with connected(admin_url) as admin:
            admin.execute("set session_replication_role = replica")
            for table in sorted(model.__tablename__ for model in models):
                if not read(admin, "public", table).rows:
                    fill(admin, "public", table, sorted(rollen()))
            tables = {model.__tablename__: read(admin, "public", model.__tablename__) for model in models}
            inside = read(admin, "wi_logboek", "auditregel")  # the inspectorate reads in a chain of its own
            tables["auditregel"] = replace(inside, rows=(*tables["auditregel"].rows, *inside.rows))
        yield Asked(world, admin_url, actors, tables, reviewed())
