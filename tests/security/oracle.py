"""Two independent answers to "who reaches which rows": the reviewed files read by ourselves, and what holds in SQL.

The policy and row-level security are measured apart, each alone, so that one cannot hide a hole in the other.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import psycopg
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import inspect as sa_inspect
from sqlalchemy import literal, select, union_all
from sqlalchemy.dialects import postgresql
from tests.security.small_world import ABSENT, ME, Row, Table

from vlok.api.actor import Actor, Afwezige, OrganisatieSoort
from vlok.policy.policy import Policy

Meaning = Callable[[Actor, Row], bool]
Permission = tuple[str, str]
KINDS = {"lb": OrganisatieSoort.LOKAAL_BESTUUR, "wvl": OrganisatieSoort.WVL, "wi": OrganisatieSoort.WI,
         "vlabel": OrganisatieSoort.VLABEL}  # fmt: skip
GROUND = {"lb": "41002", "wvl": "*", "wi": "*", "vlabel": ""}
DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def on_own_ground(actor: Actor, row: Row) -> bool:
    return actor.gebied == "*" or (bool(actor.gebied) and row["gebied"] == actor.gebied)


def own(actor: Actor, row: Row) -> bool:
    return bool(row["domein"] == actor.domein)


def shared(actor: Actor, row: Row) -> bool:
    return own(actor, row) or (row["gedeeld_op"] is not None and on_own_ground(actor, row))


def of_a_role(actor: Actor, row: Row) -> bool:
    mine = row["gebruiker_id"] in {str(ME), str(ABSENT)}
    return own(actor, row) and (mine or (row["gebruiker_id"] is None and row["rol"] in actor.rollen))


MEANING: dict[str, Meaning] = {
    "alles": lambda actor, row: True,
    "gebied": on_own_ground,
    "eigen": own,
    "gedeeld": shared,
    "eigen_rol": of_a_role,
    "eigen_organisatie": lambda actor, row: row["id"] == str(actor.organisatie_id),
}
"""Scope → its meaning, in Python. A scope of a plugin is added by ``meaning_of``."""


@dataclass(frozen=True)
class Reviewed:
    """The grants as a reviewer reads them: by a reader that shares nothing with the product's."""

    grants: tuple[tuple[str, str, str, str, str], ...]
    includes: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, folder: Path, owners: Iterable[str]) -> Reviewed:
        """The files of those owners."""
        rows = []
        for owner in sorted(owners):
            file = folder / "grants" / f"{owner}.csv"
            text = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
            lines = [line for line in text if line.strip() and not line.lstrip().startswith("#")]
            rows += [[cell.strip() for cell in row] for row in csv.reader(lines, skipinitialspace=True)]
        grants = tuple((r[1], r[2], r[3], r[4], r[5]) for r in rows if r[0] == "p")
        return cls(grants, tuple((r[1], r[2]) for r in rows if r[0] == "g"))

    def roles_of(self, role: str) -> set[str]:
        """A role with everything it includes."""
        found = {role}
        while more := {low for high, low in self.includes if high in found} - found:
            found |= more
        return found

    def scopes(self, role: str, permission: Permission) -> tuple[set[str], set[str]]:
        """What a role is allowed and what it is denied."""
        held = self.roles_of(role)
        about = [g for g in self.grants if (g[1], g[2]) == permission and g[0] in held]
        return {g[3] for g in about if g[4] == "allow"}, {g[3] for g in about if g[4] == "deny"}


@dataclass
class PolicyOracle:
    """The matrix of one place: role × permission → rows, as reviewed and as measured."""

    policy: Policy
    reviewed: Reviewed
    tables: Mapping[str, Table]
    """By the name of the table, as the place sees it."""
    admin: psycopg.Connection[Any]
    """Around row security; its search path is that of the place."""
    organisations: Mapping[str, UUID]
    """Kind of role → its organisation."""
    meanings: Mapping[str, Meaning]
    known_roles: frozenset[str]
    """The product's own roles; any other is a guest's."""
    known: dict[tuple[str, Permission], set[str]]
    """Expectations worked out before."""

    def actor(self, role: str) -> Actor:
        """Somebody with that role and no other, who replaces a colleague today."""
        kind = role.partition(".")[0]
        domain = "lb:41002" if kind == "lb" else kind
        guest = role not in self.known_roles
        return Actor(ME, "", self.organisations[kind], "", "", KINDS[kind], domain, GROUND[kind], frozenset([role]),
                     vervangt=(Afwezige(ABSENT, ""),), gast=guest)  # fmt: skip

    @property
    def roles(self) -> list[str]:
        """Everybody who can be here."""
        return sorted(self.policy.here.roles)

    @property
    def permissions(self) -> list[Permission]:
        """Everything that is about rows."""
        return sorted(one for one, model in self.policy.here.permissions.items() if model is not None)

    def expected(self, role: str, permission: Permission) -> set[str]:
        """The keys that the reviewed files give."""
        if (role, permission) not in self.known:
            self.known[role, permission] = self._expected(role, permission)
        return self.known[role, permission]

    def _expected(self, role: str, permission: Permission) -> set[str]:
        allowed, denied = self.reviewed.scopes(role, permission)
        actor, table = self.actor(role), self.table(permission)
        return {
            table.key_of(row)
            for row in table.rows
            if any(self.meanings[s](actor, row) for s in allowed)
            and not any(self.meanings[s](actor, row) for s in denied)
        }

    def table(self, permission: Permission) -> Table:
        """The rows a permission is about."""
        model = self.policy.here.permissions[permission]
        assert model is not None
        return self.tables[model.__tablename__]

    def measured(self, role: str, permissions: list[Permission]) -> dict[Permission, set[str]]:
        """The keys that the policy lets through, all permissions of a role in one statement."""
        actor, parts = self.actor(role), []
        for at, permission in enumerate(permissions):
            model: Any = self.policy.here.permissions[permission]
            key = sa_inspect(model).primary_key
            text = key[0].cast(postgresql.TEXT)
            reach = self.policy.visible(actor, *permission, model)
            parts.append(select(literal(at, literal_execute=True), text).select_from(model).where(reach))
        compiled = union_all(*parts).compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
        found: dict[Permission, set[str]] = {permission: set() for permission in permissions}
        settings = {"app.domein": actor.domein, "app.gebied": actor.gebied, "app.gebruiker": str(ME)}
        with self.admin.transaction():
            for name, value in settings.items():
                self.admin.execute("select set_config(%s, %s, true)", [name, value])
            for at, key_text in self.admin.execute(str(compiled), compiled.params).fetchall():
                found[permissions[at]].add(key_text)
        return found

    def differences(
        self, roles: Iterable[str] | None = None, permissions: list[Permission] | None = None
    ) -> Iterator[str]:
        """Every cell in which what holds is not what was reviewed."""
        for role in self.roles if roles is None else roles:
            asked = self.permissions if permissions is None else permissions
            measured = self.measured(role, asked) if asked else {}
            for permission, found in measured.items():
                wanted = self.expected(role, permission)
                if found != wanted:
                    more, less = len(found - wanted), len(wanted - found)
                    yield f"{role} {permission[1]} {permission[0]}: {more} rijen te veel, {less} te weinig"


RULES: dict[str, Meaning] = {
    "open": lambda actor, row: True,
    "gebied": on_own_ground,
    "eigen": own,
    "logboek": own,
    "gedeeld": shared,
    "lijst": lambda actor, row: on_own_ground(actor, row) or actor.domein == "vlabel",
    "instelling": on_own_ground,
    "aanmelding": own,
    "apart": lambda actor, row: "domein" not in row or own(actor, row),
}
"""What a rule of row-level security means; ``apart`` is that of every table of a compartment."""
READABLE = {"instelling"}
"""Rules under which everybody reads what only some may write."""
GROUNDS_OF = {"lb:41002": "41002", "lb:44021": "44021", "wvl": "*", "wi": "*", "vlabel": ""}
REFUSED = "row-level security"


@dataclass
class RowOracle:
    """Row-level security alone: what each domain reads, changes and adds as a role of the product, without policy."""

    admin: psycopg.Connection[Any]
    rules: Mapping[str, Meaning]
    guests: Mapping[str, Meaning]
    """Table of a compartment → what of it a guest reaches; of the others nothing."""

    def differences(self, table: Table, rule: str, role: str) -> Iterator[str]:
        """What a table shows or takes that its rule does not say."""
        for domain in GROUNDS_OF:
            actor = somebody_of(domain)
            lawful = {table.key_of(row) for row in table.rows if self.rules[rule](actor, row)}
            every = {table.key_of(row) for row in table.rows}
            read = every if rule in READABLE else lawful
            yield from self._compare(table, actor, role, "leest", SQL("select {k} from {t}"), read)
            yield from self._compare(table, actor, role, "wijzigt", touching(table), lawful)
            yield from self._adding(table, actor, role, lawful)
        if rule == "apart":
            guest = somebody_of("wi")
            reached = self.guests.get(table.name, lambda actor, row: "domein" not in row)
            own_rows = {table.key_of(row) for row in table.rows if self.rules[rule](guest, row) and reached(guest, row)}
            words = SQL("select {k} from {t}")
            yield from self._compare(table, guest, role, "leest als gast", words, own_rows, gast=True)

    def _compare(
        self, table: Table, actor: Actor, role: str, verb: str, words: SQL, lawful: set[str], **settings: bool
    ) -> Iterator[str]:
        key = SQL(" || ' ' || ").join(SQL("{}::text").format(Identifier(name)) for name in table.key)
        query = words.format(k=key, t=Identifier(table.schema, table.name))
        try:
            with self.admin.transaction(force_rollback=True):
                self._become(actor, role, **settings)
                found = {one for (one,) in self.admin.execute(query).fetchall()}
        except psycopg.errors.InsufficientPrivilege as no:
            if REFUSED not in str(no):
                return  # the role has no such right on this table at all
            found = set()
        if found != lawful:
            more, less = len(found - lawful), len(lawful - found)
            yield f"{table.place} als {role}: {actor.domein} {verb} {more} rijen te veel, {less} te weinig"

    def _adding(self, table: Table, actor: Actor, role: str, lawful: set[str]) -> Iterator[str]:
        """Every row once more: the rule must refuse it before its double key does."""
        words = SQL("insert into {t} select * from jsonb_populate_record(null::{t}, {v}::jsonb)")
        for row in one_of_each_kind(table.rows):
            query = words.format(t=Identifier(table.schema, table.name), v=Literal(orjson.dumps(row).decode()))
            try:
                with self.admin.transaction(force_rollback=True):
                    self._become(actor, role)
                    self.admin.execute(query)
                taken = True
            except psycopg.errors.InsufficientPrivilege as no:
                if REFUSED not in str(no):
                    return
                taken = False
            except psycopg.errors.IntegrityError:
                taken = True
            except psycopg.Error:
                return  # a generated column or a trigger of its own: not for this probe
            if taken != (table.key_of(row) in lawful):
                yield f"{table.place} als {role}: {actor.domein} voegt toe wat niet mag, of mag niet wat moet"
                return

    def _become(self, actor: Actor, role: str, *, gast: bool = False) -> None:
        values = {"domein": actor.domein, "gebied": actor.gebied, "gebruiker": str(ME), "gast": str(ME) if gast else ""}
        for name, value in values.items():
            self.admin.execute("select set_config(%s, %s, true)", [f"app.{name}", value])
        self.admin.execute(SQL("set local role {}").format(Identifier(role)))


def one_of_each_kind(rows: Iterable[Row]) -> list[Row]:
    """Of rows that row security cannot tell apart the first."""
    told = ("domein", "gebied", "gedeeld_op")
    kinds: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        kinds.setdefault(tuple(row.get(name) for name in told), row)
    return list(kinds.values())


def touching(table: Table) -> SQL:
    """Change nothing in every row that one reaches."""
    return SQL(f'update {{t}} set "{table.key[0]}" = "{table.key[0]}" returning {{k}}')


def somebody_of(domain: str) -> Actor:
    """Anybody of a domain."""
    kind = domain.partition(":")[0]
    return Actor(ME, "", ME, "", "", KINDS[kind], domain, GROUNDS_OF[domain], frozenset())
