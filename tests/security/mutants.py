"""Every small mistake that could be made in policy, scopes and row-level rules, one at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import BooleanClauseList, ColumnElement, true
from sqlalchemy.sql.elements import Grouping, True_

from vlok.api.actor import Actor
from vlok.api.visibility import Criterion, Scope
from vlok.policy.policy import Policy
from vlok.policy.vocabulary import Vocabulary

WIDER = {
    "eigen_rol": ("eigen", "gebied"),
    "eigen": ("gedeeld", "gebied", "alles"),
    "gedeeld": ("gebied", "alles"),
    "gebied": ("alles",),
    "eigen_organisatie": ("alles",),
}
"""Scope → those that hold more."""
WIDEST = ("alles",)


@dataclass(frozen=True)
class LineMutant:
    """A policy line that is gone or says something else. ``text`` is the new line, None when it is gone."""

    file: str
    number: int
    old: tuple[str, ...]
    new: tuple[str, ...] | None

    def __str__(self) -> str:
        says = "weg" if self.new is None else ", ".join(self.new[:-1])
        return f"{self.file}:{self.number} [{', '.join(self.old[:-1])}] → {says}"

    def folder(self, source: Path, target: Path) -> Path:
        """A copy of the policy folder with this mistake in it."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target)
        file = target / "grants" / self.file
        lines = file.read_text(encoding="utf-8").splitlines()
        lines[self.number - 1] = "# " if self.new is None else ", ".join(self.new)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return target


def line_mutants(folder: Path, here: Vocabulary) -> Iterator[LineMutant]:
    """Each line of the place removed, its scope widened, its effect turned round."""
    for owner in sorted(here.plugins):
        file = folder / "grants" / f"{owner}.csv"
        text = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        for number, line in enumerate(text, 1):
            cells = tuple(cell.strip() for cell in line.split(",", 6 if line.startswith("p") else 3))
            if cells[0] not in ("p", "g") or cells[1] not in here.roles:
                continue
            yield LineMutant(file.name, number, cells, None)
            if cells[0] == "p":
                yield from _changed(file.name, number, cells)


def _changed(file: str, number: int, cells: tuple[str, ...]) -> Iterator[LineMutant]:
    for wider in WIDER.get(cells[4], () if cells[4] == "alles" else WIDEST):
        yield LineMutant(file, number, cells, (*cells[:4], wider, *cells[5:]))
    turned = "deny" if cells[5] == "allow" else "allow"
    yield LineMutant(file, number, cells, (*cells[:5], turned, *cells[6:]))


@dataclass(frozen=True)
class ScopeMutant:
    """A scope of which one condition is forgotten."""

    scope: str
    leaf: int

    def __str__(self) -> str:
        return f"bereik {self.scope}: voorwaarde {self.leaf + 1} vergeten"

    @contextmanager
    def planted(self, policy: Policy) -> Iterator[None]:
        """The policy with this mistake in it."""
        usual = policy.here
        scope = usual.scopes[self.scope]
        forgetful = replace(scope, criterion=forgetting(scope.criterion, self.leaf))
        policy.here = replace(usual, scopes={**usual.scopes, self.scope: forgetful})
        try:
            yield
        finally:
            policy.here = usual


def scope_mutants(policy: Policy, actors: list[Actor]) -> Iterator[ScopeMutant]:
    """Each condition of each scope forgotten, as many as it has for any actor on any table it is granted on."""
    for key, scope in sorted(policy.scopes.items()):
        found = [leaves(criterion) for criterion in criteria(policy, scope, actors)]
        most = max(map(len, found), default=0)
        for leaf in range(most):
            if any(len(one) > leaf and not isinstance(one[leaf], True_) for one in found):
                yield ScopeMutant(key, leaf)


def criteria(policy: Policy, scope: Scope, actors: list[Actor]) -> Iterator[ColumnElement[bool]]:
    """A scope as it is asked: of each table that a line grants it on."""
    models = {policy.here.permissions[g.object, g.actie] for g in policy.grants if g.scope == scope.key}
    for model in models - {None}:
        for actor in actors:
            yield scope.criterion(actor, model)


def leaves(expression: Any) -> list[Any]:
    """The conditions that ``and`` and ``or`` put together."""
    bare = expression.element if isinstance(expression, Grouping) else expression
    if isinstance(bare, BooleanClauseList):
        return [leaf for part in bare.clauses for leaf in leaves(part)]
    return [bare]


def forgetting(criterion: Criterion, leaf: int) -> Criterion:
    """The same without its condition number ``leaf``."""

    def criterion_without(actor: Actor, row: Any) -> ColumnElement[bool]:
        return _without(criterion(actor, row), [leaf])

    return criterion_without


def _without(expression: Any, left: list[int]) -> Any:
    """``left`` counts down to the condition that is forgotten."""
    bare = expression.element if isinstance(expression, Grouping) else expression
    if isinstance(bare, BooleanClauseList):
        parts = [_without(part, left) for part in bare.clauses]
        return BooleanClauseList._construct_raw(
            bare.operator, [part.self_group(against=bare.operator) for part in parts]
        )
    left[0] -= 1
    return true() if left[0] == -1 else bare


@dataclass(frozen=True)
class RowMutant:
    """A rule of row-level security that is gone or lets everything through."""

    schema: str
    table: str
    what: str
    statements: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.schema}.{self.table}: {self.what}"

    def planted(self, admin: psycopg.Connection[Any]) -> AbstractContextManager[Any]:
        """The database with this mistake in it, until the end of the block."""
        transaction = admin.transaction(force_rollback=True)

        @contextmanager
        def inside() -> Iterator[None]:
            with transaction:
                for statement in self.statements:
                    admin.execute(statement)  # type: ignore[call-overload]
                yield

        return inside()


POLICIES = """
select schemaname, tablename, policyname, qual, coalesce(with_check, '') from pg_policies
where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2, 3
"""


def row_mutants(admin: psycopg.Connection[Any]) -> Iterator[RowMutant]:
    """Each policy dropped and widened, each table without row security."""
    tables = set()
    for schema, table, policy, using, check in admin.execute(POLICIES).fetchall():
        place = f'{schema}."{table}"'
        if (schema, table) not in tables:
            tables.add((schema, table))
            yield RowMutant(
                schema, table, "zonder rijbeveiliging", (f"alter table {place} disable row level security",)
            )
            yield RowMutant(schema, table, "niet afgedwongen", (f"alter table {place} no force row level security",))
        yield RowMutant(schema, table, f"{policy} weg", (f'drop policy "{policy}" on {place}',))
        if using != "true":
            words = f'alter policy "{policy}" on {place} using (true)'
            yield RowMutant(schema, table, f"{policy} leest alles", (words,))
        if check not in ("", "true"):
            words = f'alter policy "{policy}" on {place} with check (true)'
            yield RowMutant(schema, table, f"{policy} neemt alles", (words,))
