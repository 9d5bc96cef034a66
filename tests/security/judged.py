"""Every mistake judged: refused, seen, no mistake by the same reading, or a survivor."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from tests.security.mutant_world import FOLDER, Small, policy_oracle, role_of, row_oracle, rules, unbound
from tests.security.mutants import LineMutant, RowMutant, ScopeMutant, line_mutants, row_mutants, scope_mutants
from tests.security.oracle import Reviewed

from vlok.api.errors import ContractError
from vlok.policy.policy import Policy
from vlok.policy.slot import check_lock


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
