"""Random questions of everybody who is outside of something: no answer holds what the law keeps from the asker.

The law (``law.py``) is written apart from the product; every text of every row carries a canary. Both layers are asked
together and each alone: the policy over the tables' owner, row security under an open policy.
"""

import time
from collections.abc import Callable, Iterator
from random import Random

import pytest
from graphql import parse, validate
from sqlalchemy import true
from tests.security.law import may_see
from tests.security.stage import OUTSIDERS, Stage
from tests.security.watch import Watch, pool_of

from vlok.api.visibility import Scope
from vlok.graph.names import global_id
from vlok.graph.plan import Plan
from vlok.policy.policy import Policy
from vlok.testing.operations import Operation
from vlok.testing.practice_world import browser
from vlok.testing.walker import Walker

pytestmark = pytest.mark.asyncio(loop_scope="session")

KINDS = ("dossierbeheerder@gent", "burgemeester@aalst", "lezer@hasselt", "lezer@wvl", "auditor@wvl", "lezer@vlabel",
         "auditor@vlabel", "wooninspecteur@wi", "niemand")  # fmt: skip
"""One of each kind of asker."""
TOLD = ("domein", "gebied", "gedeeld_op")
"""What tells rows of a table apart for the law; one of each kind is asked by its key."""
OPEN = ("organisatie", "parameterwaarde")
"""Tables that row security leaves open for reading: only the policy narrows them."""
AT_ONCE = 20
"""Rows asked by key in one question, below the limit on aliases."""


def walker(stage: Stage, seed: int, **size: int) -> Walker:
    """Questions over the stage's schema with the keys of everybody."""
    product = stage.world.product
    return Walker(product.schema._schema, pool_of(product, stage.canaries), seed, **size)  # type: ignore[attr-defined]


async def walk(
    stage: Stage, seed: int, asked: int, askers: tuple[str, ...] = (*OUTSIDERS, "niemand"), again: int = 0
) -> Watch:
    """So many questions, each operation put to three askers; mostly small ones, some deep. Stops at a finding.

    ``again``: so many times more with other arguments, which a plan that was kept then answers; with it, every fourth
    operation is answered by graphql-core.
    """
    watch, draws = stage.watch(), Random(seed)  # noqa: S311
    small, deep = walker(stage, seed, depth=4, fields=20), walker(stage, seed + 1)
    began, operations = time.perf_counter(), 0
    while watch.asked < asked and not watch.faults:
        operation, operations = (deep if operations % 10 == 0 else small).query(), operations + 1
        others = [small.again(operation) for _ in range(again if operation.asks else 0)]
        for name in draws.sample(askers, min(3, len(askers))):
            for question in (operation, *others):
                await watch.ask(name, stage.actors[name], question, compiled=not again or operations % 4 > 0)
        if operations % 200 == 0:
            print(f"  {watch.asked} vragen …", flush=True)
    took = time.perf_counter() - began
    print(f"zaad {seed}: {watch.asked} vragen ({operations} bewerkingen), {watch.asked / took:.0f}/s, {took:.0f} s,"
          f" {len(watch.crashes)} zonder antwoord, getoond {dict(watch.shown)}, codes {dict(watch.codes)}")  # fmt: skip
    for one in watch.crashes[:5]:
        print(f"  zonder antwoord: {one[:400]}")
    return watch


async def test_the_walker_asks_only_valid_questions_and_always_the_same_ones(stage, seed):
    schema = stage.world.product.schema._schema
    made = list(walker(stage, seed).queries(150))
    assert [(one.text, fault) for one in made for fault in validate(schema, parse(one.text))] == []
    assert made == list(walker(stage, seed).queries(150))
    asked = {root for one in made for root in one.roots.values()}
    assert asked == set(schema.query_type.fields), "every root field is asked"


async def test_everybody_sees_by_key_exactly_what_the_law_says(stage):
    """Both ways: nothing more, and nothing less, so that an answer that hides everything fails as well."""
    tables = {declared.model.__tablename__: declared.name for declared in stage.world.kernel.types}
    published = [row for row in stage.canaries.rows if row.place[0] == "public" and row.place[1] in tables]
    kinds = {(row.place, *(row.values.get(name) for name in TOLD)): row for row in published if row.id}
    rows = list(kinds.values())
    watch = stage.watch()
    askers = {name: stage.actors[name] for name in KINDS}
    seen: dict[str, set[tuple[str, str]]] = {name: set() for name in askers}
    for start in range(0, len(rows), AT_ONCE):
        keys = {f"n{at}": row for at, row in enumerate(rows[start : start + AT_ONCE])}
        fields = (f'{key}: node(id: "{global_id(tables[row.place[1]], row.id)}") {{ id }}' for key, row in keys.items())
        question = Operation(f"{{ {' '.join(fields)} }}", {})
        for name, asker in askers.items():
            data = await watch.ask(name, asker, question)
            seen[name] |= {(keys[key].place[1], keys[key].token) for key, node in (data or {}).items() if node}
    assert watch.faults == []
    for name, asker in askers.items():
        lawful = {(r.place[1], r.token) for r in rows if may_see(asker, r.place[1], r.place[0], r.values)}
        assert (name, sorted(seen[name] ^ lawful)) == (name, [])


async def test_no_answer_to_a_random_question_holds_what_the_asker_may_not_see(stage, seed):
    watch = await walk(stage, seed, 390)
    assert watch.faults + watch.crashes == []
    assert len(watch.shown) > 5, "a walk that meets nothing proves nothing"


async def test_the_policy_alone_keeps_it_so(stage, seed):
    async with stage.without_row_security():
        watch = await walk(stage, seed + 10, 130)
    assert watch.faults == []


async def test_row_security_alone_keeps_municipalities_apart(stage, seed, monkeypatch):
    monkeypatch.setattr(Policy, "visible", lambda *_: true())
    stage.forget_plans()
    watch = await walk(stage, seed + 20, 80, ("dossierbeheerder@gent", "burgemeester@aalst"))
    assert [fault for fault in watch.faults if not any(f" of {table}" in fault for table in OPEN)] == []


@pytest.mark.lang
async def test_no_answer_of_the_long_walk_holds_what_the_asker_may_not_see(stage, seed, deel, request):
    part, parts = deel
    watch = await walk(stage, seed + 1000 * part, request.config.getoption("--vragen") // parts, again=9)
    assert watch.faults + watch.crashes == []


def opened_scope(name: str) -> Callable[[pytest.MonkeyPatch, Stage], None]:
    """A scope that lets everything through."""

    def patch(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> None:
        scopes = dict(stage.world.kernel.policy.scopes)
        scopes[name] = Scope(name, lambda actor, row: true(), "")
        monkeypatch.setattr(Policy, "scopes", property(lambda self: scopes))

    return patch


def related_unfiltered(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> None:
    """A relation that forgets the filter that the list has."""
    usual = Plan.readable
    monkeypatch.setattr(
        Plan,
        "readable",
        lambda self, declared, row: true() if declared.name == "Document" else usual(self, declared, row),
    )


def count_unfiltered(monkeypatch: pytest.MonkeyPatch, stage: Stage) -> None:
    """A total that counts more than the page may show."""
    usual = Watch._counts

    def counts(self: Watch, may: object, operation: Operation, data: object) -> Iterator[str]:
        for key in operation.roots:
            found = (data or {}).get(key)  # type: ignore[attr-defined]
            if isinstance(found, dict) and "totalCount" in found:
                found["totalCount"] = len(stage.canaries.rows)
        return usual(self, may, operation, data)  # type: ignore[arg-type]

    monkeypatch.setattr(Watch, "_counts", counts)


LEAKS = {
    "gebied is open": opened_scope("gebied"),
    "gedeeld is open": opened_scope("gedeeld"),
    "relation without filter": related_unfiltered,
    "total without filter": count_unfiltered,
}


@pytest.mark.parametrize("leak", LEAKS)
async def test_the_walk_finds_a_planted_leak(stage, seed, monkeypatch, leak):
    LEAKS[leak](monkeypatch, stage)
    async with stage.without_row_security():
        watch = await walk(stage, seed + 30, 800)
    assert watch.faults


async def test_a_file_is_given_exactly_to_who_may_see_the_document_and_refused_alike_to_all_others(stage):
    refusals = set()
    for name in KINDS:
        asker = stage.actors[name]
        async with browser(stage.world, None if name == "niemand" else name) as client:
            for row in stage.canaries.of("document"):
                got = await client.get(f"/documenten/{row.id}")
                lawful = may_see(asker, "document", "public", row.values)
                assert (got.status_code in (200, 409)) == lawful, (name, row.values["referte"], got.status_code)
                if asker is not None and not lawful:
                    refusals.add((got.status_code, got.content))
    assert len(refusals) == 1


ELDERS = (
    "dossierbeheerder@hasselt", "woningcontroleur@hasselt", "toepassingsbeheerder@hasselt", "lezer@gent", "lezer@wvl"
)  # fmt: skip


async def test_whatever_an_outsider_sends_changes_no_row_of_another(stage, seed):
    """Random mutations with the keys of everybody, by who has no right there; then every row is as it was."""
    own = {persona: await stage.world.actor(persona) for persona in ELDERS}
    watch, draws = stage.watch(), walker(stage, seed + 40, fields=15)
    before = foreign(stage)
    for number in range(150):
        persona = ELDERS[number % len(ELDERS)]
        await watch.ask(persona, own[persona], draws.mutation())
    print(f"zaad {seed + 40}: {watch.asked} handelingen van buitenstaanders, antwoorden {dict(watch.codes)}")
    assert watch.faults == []
    assert {table: now for table, now in foreign(stage).items() if before.get(table) != now} == {}


def foreign(stage: Stage) -> dict[str, str]:
    """Every table in short, without what belongs to the outsiders' own organisation and without the trail."""
    found = {}
    with stage.admin() as admin:
        for row in {row.place for row in stage.canaries.rows} - {("public", "auditregel")}:
            columns = {name for (name,) in admin.execute(
                "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0", [".".join(row)]
            ).fetchall()}  # fmt: skip
            apart = " and ".join(
                f"{name} is distinct from '{value}'"
                for name, value in (("domein", "lb:71022"), ("gebied", "71022"))
                if name in columns
            )
            if row[1] == "nummerreeks":
                continue
            query = f"select md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) from {'.'.join(row)} t"
            found[".".join(row)] = admin.execute(f"{query} where {apart or 'true'}").fetchone()[0]
    return found
