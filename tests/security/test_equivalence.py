"""Four ways to say who reaches what are one: Casbin, the SQL of the policy, one object at a time, and row security.

In a small world in which every case of ownership stands in every table (owner × municipality × shared × role × person),
for every role of every organisation and every permission:

- what Casbin answers per scope, with each scope's meaning in Python, is the set of rows of the filtered query;
- that query finds the same rows with and without row-level security underneath, and counts as many;
- looking each document up by its key finds exactly those;
- row-level security alone shows all of them, and never less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

import psycopg
import pytest_asyncio
from psycopg.sql import SQL, Identifier
from sqlalchemy import Text, cast, func, literal, make_url, select, union_all
from sqlalchemy import inspect as sa_inspect
from tests.security.oracle import DIALECT, GROUNDS_OF, KINDS, MEANING
from tests.security.small_world import ABSENT, ME, Table, fill, read

from vlok.api.actor import Actor, Afwezige
from vlok.api.tables import Document
from vlok.db.roles import connected
from vlok.graph.names import global_id
from vlok.identity.roles import rollen
from vlok.procedures.subjects import Subjects
from vlok.testing.canaries import TABLES
from vlok.testing.world import World, a_world

Permission = tuple[str, str]
DATABASE_ROLE = {"wi": "vlok_wi"}
"""Domain → the role of the product through which its people read the common place; vlok_app for all others."""
ELSEWHERE = {"auditregel"}
"""Tables that people of the inspectorate have of their own."""


PLACED = "select table_name from information_schema.columns where column_name = 'gebied' and table_schema = 'public'"
IMPOSSIBLE = "delete from {} where domein like 'lb:%' and gebied <> substr(domein, 4)"
"""What a municipality has lies on its own ground: the product makes no other rows."""


def persons(*columns: str) -> Any:
    """Rows of the own organisation about the asker in person."""
    return lambda actor, row: row["domein"] == actor.domein and any(row[column] == str(ME) for column in columns)


MEANINGS = {
    **MEANING,
    "kernel.vervanging_betrokken": persons("afwezige_id", "vervanger_id"),
    "kernel.vervanging_zelf": persons("afwezige_id"),
}


@dataclass
class Small:
    """Every case of ownership in every table of the common place."""

    world: World
    admin_url: str
    tables: Mapping[str, Table]
    organisations: Mapping[str, UUID]

    @property
    def permissions(self) -> dict[Permission, Any]:
        """Everything that is about rows."""
        found = self.world.kernel.policy.here.permissions.items()
        return {permission: model for permission, model in found if model is not None}

    def actors(self) -> Iterator[tuple[str, Actor]]:
        """Every role in every domain of its kind (two municipalities), with that role only."""
        for role in rollen():
            kind = role.partition(".")[0]
            for domain in [d for d in GROUNDS_OF if d.partition(":")[0] == kind]:
                yield role, self.actor(domain, role)

    def actor(self, domain: str, *roles: str) -> Actor:
        """Somebody who replaces a colleague today."""
        return Actor(
            ME, "", self.organisations[domain], "", "", KINDS[domain.partition(":")[0]], domain, GROUNDS_OF[domain],
            frozenset(roles), vervangt=(Afwezige(ABSENT, ""),),
        )  # fmt: skip

    @contextmanager
    def asking(self, actor: Actor, *, row_security: bool) -> Iterator[psycopg.Connection[Any]]:
        """A transaction of that actor: as the product's own role, or around row-level security."""
        with connected(self.admin_url) as connection, connection.transaction():
            settings = {"domein": actor.domein, "gebied": actor.gebied, "gebruiker": str(actor.gebruiker_id)}
            for name, value in settings.items():
                connection.execute("select set_config(%s, %s, true)", [f"app.{name}", value])
            if row_security:
                role = DATABASE_ROLE.get(actor.domein, "vlok_app")
                connection.execute(SQL("set local role {}").format(Identifier(role)))
            yield connection


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def small(cluster, tmp_path_factory) -> Any:
    """One for all comparisons: nothing changes it."""
    async with a_world(cluster, tmp_path_factory.mktemp("gelijk")) as world:
        name = world.kernel.database.engine.url.database
        admin_url = make_url(cluster.admin_url).set(database=name).render_as_string(hide_password=False)
        with connected(admin_url) as admin:
            admin.execute("set session_replication_role = replica")
            names = [table for schema, table in admin.execute(TABLES).fetchall() if schema == "public"]
            for table in names:
                fill(admin, "public", table, sorted(rollen()))
            for (table,) in admin.execute(PLACED).fetchall():
                admin.execute(SQL(IMPOSSIBLE).format(Identifier(table)))
            tables = {table: read(admin, "public", table) for table in names}
        organisations = {row["domein"]: UUID(row["id"]) for row in tables["organisatie"].rows}
        yield Small(world, admin_url, tables, organisations)


def by_casbin(small: Small, role: str, actor: Actor, permission: Permission) -> tuple[set[str], int]:
    """The rows by asking the enforcer itself about each scope, and the number of decisions that took."""
    policy = small.world.kernel.policy
    asked = {key: policy._enforcer.enforce(frozenset([role]), *permission, key) for key in policy.scopes}
    denied = [g.scope for g in policy.counting([role], *permission) if g.effect == "deny"]
    opens = [MEANINGS[key] for key, yes in asked.items() if yes]
    table = small.tables[small.permissions[permission].__tablename__]
    found = {
        table.key_of(row)
        for row in table.rows
        if any(meaning(actor, row) for meaning in opens) and not any(MEANINGS[key](actor, row) for key in denied)
    }
    return found, len(asked) * len(table.rows)


def by_query(
    small: Small, connection: psycopg.Connection[Any], actor: Actor, permissions: list[Permission]
) -> tuple[dict[Permission, set[str]], dict[Permission, int]]:
    """The rows of the filtered query of each permission, and what counting them says."""
    rows, counts = [], []
    for at, permission in enumerate(permissions):
        model = small.permissions[permission]
        key = cast(sa_inspect(model).primary_key[0], Text)
        reach = small.world.kernel.policy.visible(actor, *permission, model)
        rows.append(select(literal(at, literal_execute=True), key).select_from(model).where(reach))
        counts.append(select(literal(at, literal_execute=True), func.count()).select_from(model).where(reach))
    found: dict[Permission, set[str]] = {permission: set() for permission in permissions}
    for at, key_text in run(connection, union_all(*rows)):
        found[permissions[at]].add(key_text)
    return found, {permissions[at]: number for at, number in run(connection, union_all(*counts))}


def run(connection: psycopg.Connection[Any], statement: Any) -> list[Any]:
    compiled = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    return connection.execute(str(compiled), compiled.params).fetchall()


def by_row_security(small: Small, connection: psycopg.Connection[Any], table: str) -> set[str]:
    """What the domain reads of a table when nothing filters."""
    key = small.tables[table].key[0]
    return {
        text for (text,) in connection.execute(SQL("select {}::text from {}").format(*map(Identifier, (key, table))))
    }


async def test_casbin_the_query_and_row_security_say_the_same_of_every_row(small):
    decisions, cells, different = 0, 0, []
    for role, actor in small.actors():
        asked = [p for p, m in small.permissions.items() if actor.domein != "wi" or m.__tablename__ not in ELSEWHERE]
        with small.asking(actor, row_security=False) as around, small.asking(actor, row_security=True) as under:
            without, _ = by_query(small, around, actor, asked)
            within, counted = by_query(small, under, actor, asked)
            alone = {t: by_row_security(small, under, t) for t in {small.permissions[p].__tablename__ for p in asked}}
        for permission in asked:
            wanted, made = by_casbin(small, role, actor, permission)
            ways = {
                "casbin is niet de vraag": without[permission] == wanted,
                "de vraag is niet de vraag onder rijbeveiliging": within[permission] == wanted,
                "het aantal is niet het aantal rijen": counted[permission] == len(wanted),
                "rijbeveiliging toont minder": alone[small.permissions[permission].__tablename__] >= wanted,
            }
            different += [(role, actor.domein, *permission, what) for what, equal in ways.items() if not equal]
            decisions, cells = decisions + made, cells + 1
    assert different == []
    print(f"{decisions} beslissingen over rijen in {cells} cellen (rol × organisatie × recht) vier keer gelijk")
    assert cells > 34 * 50


async def test_one_document_at_a_time_is_found_exactly_when_the_query_finds_it(small):
    table, lookups = small.tables["document"], 0
    kernel = small.world.kernel
    asked = [p for p, m in small.permissions.items() if m is Document]
    for _role, actor in small.actors():
        with small.asking(actor, row_security=False) as around:
            wanted, _ = by_query(small, around, actor, asked)
        async with kernel.reading(actor) as session:
            for row in table.rows:
                given = global_id("Document", row["id"])
                for permission in asked:
                    found = await Subjects(kernel, actor).find(session, given, Document, *permission)
                    assert (found is not None) is (row["id"] in wanted[permission]), (actor.domein, permission, row)
                    lookups += 1
    print(f"{lookups} keer één document opgezocht")


async def test_the_cases_are_every_combination_of_owner_ground_and_signature(small):
    cases = {(r["domein"], r["gebied"], r["gedeeld_op"] is not None) for r in small.tables["document"].rows}
    assert len(cases) == (2 + 3 * 2) * 2  # a municipality on its own ground, the others on both


async def test_two_roles_of_one_organisation_open_the_union_of_both_and_never_more(small):
    """All 325 pairs. A pair of two kinds of organisation is never one actor; were it so, it would open no more."""
    policy, pairs = small.world.kernel.policy, list(combinations(rollen(), 2))
    for one, other in pairs:
        for permission in policy.here.permissions:
            both = policy.opened({one, other}, *permission)
            apart = [policy.opened({role}, *permission) for role in (one, other)]
            denied = apart[0][1] | apart[1][1]
            allowed = {scope for scope in apart[0][0] | apart[1][0] if scope not in denied}
            assert both == (allowed, denied), (one, other, permission)
    assert len(pairs) == 325
    print(f"{len(pairs) * len(policy.here.permissions)} beslissingen over paren van rollen")


async def test_roles_of_two_organisations_never_meet_in_one_actor(small):
    """One person with every role there is: in each organisation they are what they are there, and nothing else."""
    from vlok.identity.actors import Actors

    kernel = small.world.kernel
    with connected(small.admin_url) as admin:
        admin.execute("set session_replication_role = replica")
        person = UUID("00000000-0000-4000-8000-0000000000dd")
        row = (
            "insert into gebruiker (id, iss, sub, voornaam, naam) values (%s, 'proef', 'alles', 'Iedereen', 'Tegelijk')"
        )
        admin.execute(row, [person])
        for role in rollen():
            kind = role.partition(".")[0]
            domain = next(d for d in GROUNDS_OF if d.partition(":")[0] == kind)
            admin.execute(
                "insert into roltoekenning (id, gebruiker_id, organisatie_id, rol, van)"
                " values (gen_random_uuid(), %s, %s, %s, '2020-01-01')",
                [person, small.organisations[domain], role],
            )
    actors = Actors(kernel.settings, kernel.people, small.world.clock)
    seen: set[str] = set()
    for domain in ("lb:41002", "wvl", "wi", "vlabel"):
        actor = await actors._actor((person, small.organisations[domain]), "")
        assert actor is not None
        assert actor.domein == domain
        assert actor.rollen == {r for r in rollen() if r.partition(".")[0] == domain.partition(":")[0]}
        seen |= actor.rollen
    assert seen == set(rollen())
