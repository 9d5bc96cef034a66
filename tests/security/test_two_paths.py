"""Every question has one answer: the plan in PostgreSQL and graphql-core give the same, whoever asks whatever.

Random questions are answered by both, of the common place and of the compartment. Data (to the order of its keys),
errors and what the audit trail would keep must be equal. Questions that the planner leaves to graphql-core are told
with the reason; a question that it cannot even read ("defect") is a failure.
"""

from __future__ import annotations

import runpy
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import orjson
import pytest
import pytest_asyncio
from sqlalchemy import select, true
from tests.security.stage import OUTSIDERS, Stage
from tests.security.watch import pool_of

from vlok.api.actor import Actor
from vlok.api.graph import RootList, RootOne
from vlok.app import Product
from vlok.audit.lines import Line
from vlok.graph.compiled.lowering import Lowering
from vlok.graph.context import Context
from vlok.graph.names import camel, global_id
from vlok.testing.operations import Operation, Pool
from vlok.testing.seats import proof_of, signed_in
from vlok.testing.trail import asking_anew, lines_of
from vlok.testing.walker import Walker
from vlok.testing.world import World

pytestmark = pytest.mark.asyncio(loop_scope="session")

INSIDERS = ("woningcontroleur@aalst", "dossierbeheerder@aalst", "inventarisbeheerder@wvl", "woningcontroleur@wvl")
MEMBERS = ("wooninspecteur@wi", "verbalisant@wi", "lezer@wi", "toepassingsbeheerder@wi", "woningcontroleur@wvl")
"""Inside the compartment; the last one is a guest for his assignment."""
ASKERS = (*OUTSIDERS, *INSIDERS)


AFTER_THE_LINE = {"een afgeleid veld dat mislukt", "een afgeleid veld van een ander type dan beloofd"}
"""Surprises that only Python finds: by then the plan's line is written; graphql-core writes it again (ADR 0015)."""


@dataclass
class Both:
    """Asks by both paths and keeps what differed."""

    product: Product
    differences: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    """Reason → operations that graphql-core answered after all."""
    planned: int = 0
    shown: int = 0
    proofs: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    """Of whom there is one: their plans prove who asks, like those of whoever asked a moment ago."""

    async def ask(self, name: str, asker: Actor, operation: Operation) -> Any:
        """One question, twice; the data."""
        before = self._fallbacks()
        core, plan = [await self._answer(asker, operation, by_plan) for by_plan in (False, True)]
        left = self._fallbacks() - before
        self.left += left
        if left.keys() & AFTER_THE_LINE:
            core, plan = ([*answer[:2], once(answer[2]), *answer[3:]] for answer in (core, plan))
        self.planned += not left
        self.shown += bool(plan[2])
        if core != plan:
            parts = "\n".join(
                f"  {kind}: {was!r:.1500}\n     not: {now!r:.1500}" for kind, was, now in differing(core, plan)
            )
            self.differences.append(f"{name}\n{operation}\n{parts}")
        return orjson.loads(plan[0])

    def _fallbacks(self) -> Counter[str]:
        planner = self.product.schema.planner  # type: ignore[attr-defined]
        return Counter(planner.fallbacks) if planner else Counter()

    async def _answer(self, asker: Actor, operation: Operation, by_plan: bool) -> list[Any]:
        """What leaves, and what is kept of it: by graphql-core only what would be, for the plan, asked after it, must
        read what it read."""
        asking = asking_anew(asker)
        context = Context(self.product.kernel, asking, proof=self.proofs.get(asker.gebruiker_id) if by_plan else None)
        context.compiled = by_plan
        result = await self.product.schema.execute(
            operation.text, variable_values=dict(operation.variables), context_value=context
        )
        await context.close()
        lines = [kept(one) for one in context.shown.lines]
        if by_plan:
            lines += await lines_of(self.product.kernel, asking)
        told = sorted((hook.__name__, sorted(map(str, keys))) for hook, keys in context.shown.told())
        errors = [error.formatted for error in result.errors or ()]
        return [orjson.dumps(result.data), errors, lines, told]

    def report(self, seed: int, began: float) -> None:
        """What happened, in words."""
        asked = self.planned + sum(self.left.values())
        rate = asked / (time.perf_counter() - began)
        print(f"zaad {seed}: {asked} vragen langs beide wegen, {rate:.0f}/s; {self.planned} volgens plan,"
              f" {self.shown} met iets voor het logboek; aan graphql-core gelaten: {dict(self.left)}")  # fmt: skip


def once(lines: list[Any]) -> list[Any]:
    """Each line once."""
    return [line for at, line in enumerate(lines) if line not in lines[:at]]


def kept(line: Line) -> tuple[Any, ...]:
    """A line that would be written, as one that was."""
    type_, key = line.subject or (None, None)
    return (line.soort, line.wat, line.gegevens, type_, key, [UUID(str(one)) for one in line.getoond], line.doel)


def differing(core: list[Any], plan: list[Any]) -> list[tuple[str, Any, Any]]:
    """The parts that are not the same."""
    kinds = ("data", "errors", "lines", "told")
    return [(kind, was, now) for kind, was, now in zip(kinds, core, plan, strict=True) if was != now]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def askers(stage: Stage) -> dict[str, Actor]:
    """Everybody who asks."""
    return {name: await stage.world.actor(name) for name in ASKERS}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def judicial(stage: Stage) -> World:
    """The compartment, with one dossier walked up to the judgment and an examination that is still asked."""
    file = Path(__file__).parents[2] / "plugins" / "wi" / "tests" / "conftest.py"
    steps = runpy.run_path(str(file))
    one = await steps["_maker"](stage.world)(2)
    await one.open()
    await one.pv()
    await one.vorder()
    await one.schrijf_in()
    await one.gevolg()
    await one.uitspraak()
    await one.vraag_onderzoek()
    return stage.world.wi


def words_of(stage: Stage) -> Pool:
    """Arguments from everybody's rows, and words that find something."""
    pool = pool_of(stage.world.product, stage.canaries)
    return replace(pool, words={**pool.words, "zoek": ["straat", "kanaal", "a", "1"]}, strange=0.1)


async def a_pool(world: World, askers: Mapping[str, Actor]) -> Pool:
    """Arguments from what the members of a place themselves can read there."""
    kernel = world.kernel
    ids: dict[str, list[str]] = {declared.name: [] for declared in kernel.types}
    words: list[str] = []
    async with kernel.reading(next(iter(askers.values()))) as session:
        for declared in kernel.types:
            rows = (await session.execute(select(declared.model).limit(50))).scalars().all()
            ids[declared.name] = [global_id(declared.name, row.id) for row in rows]
            words += [row.referte for row in rows if getattr(row, "referte", None)]
    return Pool(ids, {"": words, "referte": words}, strange=0.1)


def by_plan(product: Product) -> set[str]:
    """The root fields that can be planned. What must keep something first can not: asked twice is not asked once."""
    declared = product.kernel.contributions.root_fields.values()
    lists = {camel(root.name) for root in declared if isinstance(root, RootList) and not root.before}
    return {"node"} | lists | {camel(root.name) for root in declared if isinstance(root, RootOne)}


async def proofs_of(product: Product, askers: Mapping[str, Actor]) -> dict[UUID, Mapping[str, Any]]:
    """For half of those who could be expected to ask again."""
    kernel, own = product.kernel, product.kernel.database.is_own
    expected = [askers[name] for name in sorted(askers) if own(askers[name])][::2]
    return {one.gebruiker_id: await proof_of(kernel, await signed_in(kernel, one)) for one in expected}


async def compare(
    product: Product, pool: Pool, askers: Mapping[str, Actor], seed: int, asked: int, *, about: str = ""
) -> Both:
    """So many questions, each of three askers; mostly small ones, some deep. Stops at three differences.

    ``about``: only questions with this word, until the first difference.
    """
    both = Both(product, proofs=await proofs_of(product, askers))
    draws, plannable = Random(seed), by_plan(product)  # noqa: S311
    schema = product.schema._schema  # type: ignore[attr-defined]
    small, deep = (Walker(schema, pool, seed, depth=4, fields=20), Walker(schema, pool, seed + 1))
    began, enough = time.perf_counter(), 1 if about else 3
    while both.planned + sum(both.left.values()) < asked and len(both.differences) < enough:
        operation = (deep if draws.random() < 0.1 else small).query()
        if not set(operation.roots.values()) <= plannable or about not in operation.text:
            continue
        for name in draws.sample(sorted(askers), 3):
            data = await both.ask(name, askers[name], operation)
            for after in cursors(data):
                await both.ask(name, askers[name], onwards(operation, after))
            if operation.asks:  # the plan is kept by now: it must serve other arguments as well
                await both.ask(name, askers[name], small.again(operation))
    both.report(seed, began)
    return both


def cursors(data: Any) -> list[str]:
    """Where the lists of an answer say that they go on."""
    pages = [one.get("pageInfo") for one in (data or {}).values() if isinstance(one, dict)]
    return [page["endCursor"] for page in pages if isinstance(page, dict) and page.get("endCursor")]


def onwards(operation: Operation, after: str) -> Operation:
    """The same question from a cursor on, in every list: that of another list is refused."""
    return replace(operation, text=operation.text.replace("(first:", f"(after: {orjson.dumps(after).decode()}, first:"))


def assert_the_same(both: Both) -> None:
    """No difference, no defect, and enough that the plan answered."""
    assert both.differences == [], "\n\n".join(both.differences)
    assert [reason for reason in both.left if reason.startswith("defect")] == []
    assert both.planned > sum(both.left.values()) / 2, both.left
    assert both.shown > both.planned / 50, "questions that show nothing prove nothing"


async def test_both_paths_answer_random_questions_alike(stage, askers, seed):
    assert_the_same(await compare(stage.world.product, words_of(stage), askers, seed + 60, 150))


async def test_both_paths_answer_alike_in_the_compartment(stage, judicial, seed):
    inside = {name: await judicial.actor(name) for name in MEMBERS}
    pool = await a_pool(judicial, inside)
    assert_the_same(await compare(judicial.product, pool, inside, seed + 70, 100))


async def test_a_plan_that_shows_a_row_too_many_is_found(stage, askers, seed, monkeypatch):
    usual = Lowering.readable
    opened = monkeypatch.setattr
    opened(Lowering, "readable", lambda self, of, row: true() if of.name == "Document" else usual(self, of, row))
    async with stage.without_row_security():
        both = await compare(stage.world.product, words_of(stage), askers, seed + 80, 600, about="documenten")
    assert both.differences


@pytest.mark.lang
async def test_both_paths_answer_thousands_of_random_questions_alike(stage, judicial, askers, seed, request):
    asked = min(request.config.getoption("--vragen"), 5_000)
    assert_the_same(await compare(stage.world.product, words_of(stage), askers, seed + 6_000, asked))
    inside = {name: await judicial.actor(name) for name in MEMBERS}
    pool = await a_pool(judicial, inside)
    assert_the_same(await compare(judicial.product, pool, inside, seed + 7_000, asked))
