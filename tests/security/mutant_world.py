"""The small world in which mistakes are made, and the oracles that look at it: one for policy, one for row security."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from tests.security.oracle import MEANING, RULES, Meaning, PolicyOracle, Reviewed, RowOracle, own, shared
from tests.security.small_world import ME, Row, Table, fill, read

from vlok.api.actor import Actor
from vlok.api.orm import Base
from vlok.app import policy_folder
from vlok.identity.roles import rollen
from vlok.kernel import Kernel
from vlok.policy.policy import Policy
from vlok.settings import Settings
from vlok.testing.canaries import TABLES
from vlok.testing.world import World
from vlok_wi.documents import PROCESSEN_VERBAAL
from vlok_wi.tables import Opdrachtstatus

FOLDER = policy_folder(Settings())


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


def filled(admin: psycopg.Connection[Any], roles: list[str]) -> dict[tuple[str, str], Table]:
    """Put every case into every table of every place; all rows there are then."""
    admin.execute("set session_replication_role = replica")
    places = admin.execute(TABLES).fetchall()
    for schema, table in places:
        fill(admin, schema, table, roles, Opdrachtstatus if table == "wi_opdracht" else ())
    for statement in ARRANGED:
        admin.execute(statement)  # type: ignore[call-overload]
    return {(schema, table): read(admin, schema, table) for schema, table in places}


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
