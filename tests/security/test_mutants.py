"""Every small mistake in policy, scopes and row-level rules changes who reaches what, and is seen.

The oracle (``oracle.py``) knows by a reading of its own what each role should reach in a small exhaustive world; the
policy is measured around row security and row security under no policy. A mistake that changes nothing there is either
no mistake by that same reading (a line said twice, all of Flanders said otherwise) or a survivor, and there are none.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import make_url
from tests.security.mutants import LineMutant, RowMutant, ScopeMutant, line_mutants, row_mutants, scope_mutants
from tests.security.oracle import (
    GROUNDS_OF,
    MEANING,
    RULES,
    Meaning,
    PolicyOracle,
    Reviewed,
    RowOracle,
    own,
    shared,
)
from tests.security.small_world import ME, Row, Table, fill, read

from vlok.api.actor import Actor
from vlok.api.errors import ContractError
from vlok.api.orm import Base
from vlok.app import policy_folder
from vlok.db.roles import connected
from vlok.identity.roles import rollen
from vlok.kernel import Kernel
from vlok.policy.policy import Policy
from vlok.policy.slot import check_lock
from vlok.settings import Settings
from vlok.testing.canaries import TABLES
from vlok.testing.cluster import Databases
from vlok.testing.world import World, a_world
from vlok_wi.documents import PROCESSEN_VERBAAL
from vlok_wi.tables import Opdrachtstatus

pytestmark = pytest.mark.asyncio(loop_scope="session")

FOLDER = policy_folder(Settings())
SAMPLED = 25
"""Mistakes of each kind in the fast tier."""


@dataclass
class Small:
    """The small world: every case of ownership in every table of every place."""

    world: World
    admin_url: str
    tables: dict[tuple[str, str], Table]
    known: dict[str, dict[Any, set[str]]] = field(default_factory=dict)

    @property
    def places(self) -> dict[str, Kernel]:
        """Schema → kernel."""
        return {"public": self.world.kernel, **self.world.kernel.compartments}

    def seen_from(self, schema: str) -> dict[str, Table]:
        """The tables by name as a place finds them: its own first."""
        found: dict[str, Table] = {}
        for where in dict.fromkeys((schema, f"{schema}_logboek", "public")):
            for (place, name), table in self.tables.items():
                if place == where:
                    found.setdefault(name, table)
        return found


ARRANGED = (
    "update document d set bestand_id = b.id from bestand b where b.domein = d.domein",
    f"update wi.document set soort = '{min(PROCESSEN_VERBAAL)}' where gedeeld_op is null",
    "update wi.wi_opdracht set pand_id = (select min(id::text)::uuid from public.pand)"
    f" where gebruiker_id = '{ME}' and status = 'Gegeven' and domein = 'wi'",
    "update public.entiteit set pand_id = (select min(id::text)::uuid from public.pand) where domein = 'wi'",
)
"""Rows that belong together: a file and its document, a kind of document, a property and its assignment."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def small(cluster: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Small]:
    """One for all mistakes: each is taken back."""
    async with a_world(cluster, tmp_path_factory.mktemp("klein")) as world:
        name = world.kernel.database.engine.url.database
        admin_url = make_url(cluster.admin_url).set(database=name).render_as_string(hide_password=False)
        roles = sorted(world.kernel.policy.here.roles)
        with connected(admin_url) as admin:
            admin.execute("set session_replication_role = replica")
            places = admin.execute(TABLES).fetchall()
            for schema, table in places:
                fill(admin, schema, table, roles, Opdrachtstatus if table == "wi_opdracht" else ())
            for statement in ARRANGED:
                admin.execute(statement)  # type: ignore[call-overload]
            tables = {(schema, table): read(admin, schema, table) for schema, table in places}
        yield Small(world, admin_url, tables)


@pytest.fixture(scope="module")
def admin(small: Small) -> Iterator[psycopg.Connection[Any]]:
    """The small world as superuser."""
    with connected(small.admin_url) as connection:
        yield connection


def meanings(tables: dict[str, Table]) -> dict[str, Meaning]:
    """The scopes in Python, the plugins' among them; a scope without a meaning here fails the proof."""

    def assigned(actor: Actor, row: Row) -> bool:
        mine = [o for o in tables["wi_opdracht"].rows if o["gebruiker_id"] == str(ME) and o["status"] in RUNNING]
        if "controleur" in row:
            return row in mine
        return row.get("pand_id", row["id"]) in {one["pand_id"] for one in mine}

    def report(actor: Actor, row: Row) -> bool:
        return row["domein"] == actor.domein and row["soort"] in PROCESSEN_VERBAAL

    def concerned(actor: Actor, row: Row) -> bool:
        return own(actor, row) and str(ME) in (row["afwezige_id"], row["vervanger_id"])

    return {
        **MEANING,
        "kernel.vervanging_betrokken": concerned,
        "kernel.vervanging_zelf": lambda actor, row: own(actor, row) and row["afwezige_id"] == str(ME),
        "wi.toegewezen": assigned,
        "wi.processen_verbaal": report,
    }


RUNNING = {"Gegeven", "Uitgevoerd", "Gevalideerd"}
"""An assignment that its holder still works on."""


def policy_oracle(small: Small, admin: psycopg.Connection[Any], schema: str, policy: Policy) -> PolicyOracle:
    """The matrix of a place, under a policy that may be mistaken."""
    admin.execute("select set_config('search_path', %s, false)", [f"{schema}, {schema}_logboek, public"])
    tables = small.seen_from(schema)
    organisations = {
        kind: next(UUID(o["id"]) for o in tables["organisatie"].rows if o["domein"] == domain)
        for kind, domain in (("lb", "lb:41002"), ("wvl", "wvl"), ("wi", "wi"), ("vlabel", "vlabel"))
    }
    reviewed = Reviewed.of(FOLDER, policy.here.plugins)
    known = small.known.setdefault(schema, {})
    return PolicyOracle(policy, reviewed, tables, admin, organisations, meanings(tables), frozenset(rollen()), known)


def row_oracle(small: Small, admin: psycopg.Connection[Any]) -> RowOracle:
    """Row-level security of all places."""
    documents = small.tables["public", "document"].rows

    def file(actor: Actor, row: Row) -> bool:
        return own(actor, row) or any(d["bestand_id"] == row["id"] and shared(actor, d) for d in documents)

    def mine(actor: Actor, row: Row) -> bool:
        return bool(row["gebruiker_id"] == str(ME))

    def given(actor: Actor, row: Row) -> bool:
        return mine(actor, row) and row["status"] != "Ingetrokken"

    guests: dict[str, Meaning] = {"antwoord": mine, "bestand": mine, "wi_opdracht": given}
    return RowOracle(admin, {**RULES, "bestand": file}, guests)


def rules(small: Small) -> dict[tuple[str, str], str]:
    """Where a table stands → the rule of its class; in a compartment every table is apart."""
    named = {mapper.class_.__tablename__: mapper.class_.__rls__ for mapper in Base.registry.mappers}
    return {place: named[place[1]] if place[0] == "public" else "apart" for place in small.tables if place[1] in named}


def role_of(schema: str) -> str:
    """The role of the product in a schema."""
    return "vlok_app" if schema == "public" else f"vlok_{schema.removesuffix('_logboek')}"


async def test_in_the_small_world_the_policy_opens_what_was_reviewed_for_every_role(small, admin):
    cells = 0
    for schema, kernel in small.places.items():
        oracle = policy_oracle(small, admin, schema, kernel.policy)
        assert list(oracle.differences()) == []
        cells += len(oracle.roles) * len(oracle.permissions)
    print(f"{cells} cellen: rol × recht")


async def test_in_the_small_world_row_security_alone_does_what_the_class_says(small, admin):
    oracle, found = row_oracle(small, admin), rules(small)
    assert [
        f for place, rule in found.items() for f in oracle.differences(small.tables[place], rule, role_of(place[0]))
    ] == []
    print(f"{len(found)} tabellen × {len(GROUNDS_OF)} domeinen")


async def test_every_table_stands_under_row_security_that_binds_its_owner_too(admin):
    assert unbound(admin) == []


UNBOUND = """
select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname = any (%s) and c.relname !~ '^(procrastinate|alembic)' and c.relname !~ 'versie$'
  and not (c.relrowsecurity and c.relforcerowsecurity and exists (
    select from pg_policies p where p.schemaname = n.nspname and p.tablename = c.relname
      and p.roles = '{vlok_owner}' and p.qual = 'true' and p.with_check = 'true'))
order by 1
"""


def unbound(admin: psycopg.Connection[Any]) -> list[str]:
    """Tables of the product without row security, or whose owner cannot do the migrations."""
    return [name for (name,) in admin.execute(UNBOUND, [["public", "wi", "wi_logboek"]]).fetchall()]


@dataclass
class Tally:
    """What became of the mistakes of one kind."""

    kind: str
    seed: int
    killed: int = 0
    equal: list[str] = field(default_factory=list)
    survivors: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.perf_counter)

    def tell(self) -> None:
        """The figures, and every survivor by name."""
        total = self.killed + len(self.equal) + len(self.survivors)
        took = time.perf_counter() - self.began
        print(
            f"{self.kind}: {self.killed}/{total} gevonden, {len(self.equal)} gelijkwaardig,"
            f" {len(self.survivors)} overlevend (zaad {self.seed}, {took:.0f} s)"
        )
        for one in self.survivors:
            print(f"  overleeft: {one}")
        for one in self.equal:
            if "gebied" not in one or "alles" not in one:  # for who has all of Flanders these are one
                print(f"  gelijkwaardig: {one}")


async def lines(small: Small, admin: psycopg.Connection[Any], folder: Path, seed: int, most: int | None) -> Tally:
    """Mistakes in policy lines: the lock refuses each at the start; unlocked, each changes who reaches what."""
    tally = Tally("beleidsregels", seed)
    mutants = [(s, m) for s, k in small.places.items() for m in line_mutants(FOLDER, k.policy.here)]
    for schema, mutant in drawn(mutants, seed, most):
        wrong = mutant.folder(FOLDER, folder / "fout")
        with pytest.raises(ContractError):
            check_lock(wrong)
        judge_line(tally, small, admin, schema, mutant, wrong)
    return tally


def judge_line(
    tally: Tally, small: Small, admin: psycopg.Connection[Any], schema: str, mutant: LineMutant, wrong: Path
) -> None:
    """Whether a mistake is refused, seen, or none."""
    here = small.places[schema].policy.here
    try:
        policy = Policy(wrong, here, locked=False)
    except ContractError:
        tally.killed += 1  # the scope does not fit the table, or nothing is left
        return
    oracle = policy_oracle(small, admin, schema, policy)
    concerned = [r for r in oracle.roles if mutant.old[1] in oracle.reviewed.roles_of(r)]
    about = None if mutant.old[0] == "g" else [p for p in oracle.permissions if p == (mutant.old[2], mutant.old[3])]
    if next(oracle.differences(concerned, about), None):
        tally.killed += 1
        return
    read_again = replace(oracle, reviewed=Reviewed.of(wrong, here.plugins), known={})
    cells = [(r, p) for r in concerned for p in (oracle.permissions if about is None else about)]
    same = all(read_again.expected(*cell) == oracle.expected(*cell) for cell in cells)
    (tally.equal if same else tally.survivors).append(f"{schema} {mutant}")


async def scopes(small: Small, admin: psycopg.Connection[Any], seed: int, most: int | None) -> Tally:
    """Conditions of scopes that were forgotten."""
    tally = Tally("voorwaarden van bereiken", seed)
    mutants = []
    for schema, kernel in small.places.items():
        oracle = policy_oracle(small, admin, schema, kernel.policy)
        mutants += [(schema, m) for m in scope_mutants(kernel.policy, [oracle.actor(role) for role in oracle.roles])]
    for schema, mutant in drawn(mutants, seed, most):
        policy = small.places[schema].policy
        oracle = policy_oracle(small, admin, schema, policy)
        granted = {(g.object, g.actie) for g in policy.grants if g.scope == mutant.scope}
        with mutant.planted(policy):
            found = next(oracle.differences(None, [p for p in oracle.permissions if p in granted]), None)
        judge(tally, schema, mutant, found)
    return tally


async def row_rules(small: Small, admin: psycopg.Connection[Any], seed: int, most: int | None) -> Tally:
    """Rules of row-level security that are gone or let all through."""
    tally, oracle, known = Tally("rijbeveiliging", seed), row_oracle(small, admin), rules(small)
    mutants = [("", m) for m in row_mutants(admin) if (m.schema, m.table) in known]
    for _, mutant in drawn(mutants, seed, most):
        place = (mutant.schema, mutant.table)
        with mutant.planted(admin):
            behaves = oracle.differences(small.tables[place], known[place], role_of(mutant.schema))
            found = next(iter(unbound(admin)), None) or next(behaves, None)
        judge(tally, mutant.schema, mutant, found)
    return tally


def drawn(mutants: list[Any], seed: int, most: int | None) -> list[Any]:
    """All mistakes, or some of them."""
    return mutants if most is None or len(mutants) <= most else Random(seed).sample(mutants, most)  # noqa: S311


def judge(tally: Tally, schema: str, mutant: ScopeMutant | RowMutant, found: str | None) -> None:
    """Seen, or a survivor."""
    if found:
        tally.killed += 1
    else:
        tally.survivors.append(f"{schema} {mutant}")


@pytest.mark.parametrize("kind", ["lines", "scopes", "row_rules"])
async def test_some_mistakes_drawn_today_are_all_seen(small, admin, seed, tmp_path, kind):
    tally = await programme(kind, small, admin, tmp_path, seed, SAMPLED)
    assert tally.survivors == []
    assert tally.killed > SAMPLED // 2


@pytest.mark.lang
@pytest.mark.parametrize("kind", ["lines", "scopes", "row_rules"])
async def test_every_mistake_is_seen(small, admin, seed, tmp_path, kind):
    tally = await programme(kind, small, admin, tmp_path, seed, None)
    assert tally.survivors == []


async def programme(
    kind: str, small: Small, admin: psycopg.Connection[Any], folder: Path, seed: int, most: int | None
) -> Tally:
    """The mistakes of one kind, and their figures told."""
    if kind == "lines":
        tally = await lines(small, admin, folder, seed, most)
    else:
        tally = await (scopes if kind == "scopes" else row_rules)(small, admin, seed, most)
    tally.tell()
    return tally
