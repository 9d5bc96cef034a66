"""Every question has one answer: the plan in PostgreSQL and graphql-core give the same, whoever asks whatever.

Random questions are answered by both, of the common place and of the compartment. Data (to the order of its keys),
errors and what the audit trail would keep must be equal. Questions that the planner leaves to graphql-core are told
with the reason; a question that it cannot even read ("defect") is a failure.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import orjson
import pytest
import pytest_asyncio
from tests.security.stage import OUTSIDERS, Stage
from tests.security.watch import pool_of

from vlok.api.actor import Actor
from vlok.api.graph import RootList, RootOne
from vlok.app import Product
from vlok.graph.context import Context
from vlok.graph.names import camel
from vlok.testing.walker import Operation, Pool, Walker

pytestmark = pytest.mark.asyncio(loop_scope="session")

INSIDERS = ("woningcontroleur@aalst", "dossierbeheerder@aalst", "inventarisbeheerder@wvl", "woningcontroleur@wvl")
ASKERS = (*OUTSIDERS, *INSIDERS, "niemand")


@dataclass
class Both:
    """Asks by both paths and keeps what differed."""

    product: Product
    differences: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    """Reason → operations that graphql-core answered after all."""
    planned: int = 0
    shown: int = 0

    async def ask(self, name: str, asker: Actor | None, operation: Operation, **variables: Any) -> None:
        """One question, twice."""
        before = self._fallbacks()
        core, plan = [await self._answer(asker, operation.text, variables, by_plan) for by_plan in (False, True)]
        left = self._fallbacks() - before
        self.left += left
        self.planned += not left
        self.shown += bool(plan[2])
        if core != plan:
            parts = "\n".join(
                f"  {kind}: {was!r:.1500}\n     not: {now!r:.1500}" for kind, was, now in differing(core, plan)
            )
            self.differences.append(f"{name} {variables or ''}\n{operation.text}\n{parts}")

    def _fallbacks(self) -> Counter[str]:
        planner = self.product.schema.planner  # type: ignore[attr-defined]
        return Counter(planner.fallbacks) if planner else Counter()

    async def _answer(self, asker: Actor | None, text: str, variables: Mapping[str, Any], by_plan: bool) -> list[Any]:
        """What leaves, and what would be kept of it; nothing is kept, for the second must read what the first read."""
        context = Context(self.product.kernel, asker)
        context.compiled = by_plan
        result = await self.product.schema.execute(text, variable_values=dict(variables), context_value=context)
        await context.close()
        lines = [(one.soort, one.wat, one.gegevens, one.subject, sorted(map(str, one.getoond)), one.doel)
                 for one in context.shown.lines]  # fmt: skip
        told = sorted((hook.__name__, sorted(map(str, keys))) for hook, keys in context.shown.told())
        errors = [error.formatted for error in result.errors or ()]
        return [orjson.dumps(result.data), errors, lines, told]

    def report(self, seed: int, began: float) -> None:
        """What happened, in words."""
        asked = self.planned + sum(self.left.values())
        rate = asked / (time.perf_counter() - began)
        print(f"zaad {seed}: {asked} vragen langs beide wegen, {rate:.0f}/s; {self.planned} volgens plan,"
              f" {self.shown} met iets voor het logboek; aan graphql-core gelaten: {dict(self.left)}")  # fmt: skip


def differing(core: list[Any], plan: list[Any]) -> list[tuple[str, Any, Any]]:
    """The parts that are not the same."""
    kinds = ("data", "errors", "lines", "told")
    return [(kind, was, now) for kind, was, now in zip(kinds, core, plan, strict=True) if was != now]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def askers(stage: Stage) -> AsyncIterator[dict[str, Actor | None]]:
    """Everybody who asks."""
    found: dict[str, Actor | None] = {name: await stage.world.actor(name) for name in ASKERS if name != "niemand"}
    yield {**found, "niemand": None}


def by_plan(product: Product) -> set[str]:
    """The root fields that can be planned. What must keep something first can not: asked twice is not asked once."""
    declared = product.kernel.contributions.root_fields.values()
    lists = {camel(root.name) for root in declared if isinstance(root, RootList) and not root.before}
    return {"node"} | lists | {camel(root.name) for root in declared if isinstance(root, RootOne)}


async def compare(
    product: Product, pool: Pool, askers: Mapping[str, Actor | None], seed: int, asked: int, most: int = 3
) -> Both:
    """So many questions, each of up to three askers; mostly small ones, some deep. Stops at a few differences."""
    both, draws, plannable = Both(product), Random(seed), by_plan(product)  # noqa: S311
    schema = product.schema._schema  # type: ignore[attr-defined]
    small, deep = (Walker(schema, pool, seed, depth=4, fields=20), Walker(schema, pool, seed + 1))
    began = time.perf_counter()
    while both.planned + sum(both.left.values()) < asked and len(both.differences) < 8:
        operation = (deep if draws.random() < 0.1 else small).query()
        if not set(operation.roots.values()) <= plannable:
            continue
        for name in draws.sample(sorted(askers), min(most, len(askers))):
            await both.ask(name, askers[name], operation)
    both.report(seed, began)
    return both


def assert_the_same(both: Both) -> None:
    """No difference, no defect, and enough that the plan answered."""
    assert both.differences == [], "\n\n".join(both.differences)
    assert [reason for reason in both.left if reason.startswith("defect")] == []
    assert both.planned > sum(both.left.values()) / 2, both.left
    assert both.shown > both.planned / 50, "questions that show nothing prove nothing"


async def test_both_paths_answer_random_questions_alike(stage, askers, seed):
    pool = pool_of(stage.world.product, stage.canaries)
    assert_the_same(await compare(stage.world.product, pool, askers, seed + 60, 300))


@pytest.mark.lang
async def test_both_paths_answer_thousands_of_random_questions_alike(stage, askers, seed, request):
    asked = min(request.config.getoption("--vragen"), 5_000)
    pool = pool_of(stage.world.product, stage.canaries)
    assert_the_same(await compare(stage.world.product, pool, askers, seed + 6_000, asked))
