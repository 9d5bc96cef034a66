"""The compiled read path answers as graphql-core does, or steps aside; nobody sees by which of the two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from sqlalchemy import func, literal, select

from vlok.api.actor import Actor, OrganisatieSoort
from vlok.api.graph import derived
from vlok.api.tables import Dossier
from vlok.graph.compiled.lowering import Unplannable
from vlok.graph.compiled.marks import Marks, Surprise
from vlok.graph.compiled.standin import marks, shape, stand_in
from vlok.graph.compiled.statement import Sql, compiled
from vlok.graph.context import Context
from vlok.graph.names import global_id
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_document, a_dossier
from vlok.testing.statements import counted
from vlok.testing.trail import asking_anew, lines_of
from vlok.testing.world import World

PERSONAS = (BEHEERDER, ELDERS, WVL, None)

OPERATIONS: Mapping[str, str] = {
    "aliases and typename": """{ eerst: dossier(referte: "$R") { __typename id zelf: referte referte }
        tweede: dossier(referte: "$R") { status } }""",
    "fragments and directives": """query ($aan: Boolean = true) { dossier(referte: "$R") { ...D info @skip(if: $aan) } }
        fragment D on Dossier { referte soortNaam ... on Node { id } gestartOp @include(if: $aan) gewijzigdOp }""",
    "nested lists": """{ dossier(referte: "$R") { onderwerp { titel }
        documenten(first: 2) { id referte titel status concept url beschikbaar organisatieNaam }
        taken { naam teLaat } tijdlijn { titel tijdstip } } }""",
    "a connection with count": """{ werklijst(first: 1) { __typename totalCount pageInfo { hasNextPage endCursor }
        edges { __typename cursor node { referte rolNaam dossier { referte } } nogmaals: node { naam } } } }""",
    "only a count": "{ werklijst { totalCount } }",
    "an empty page": "{ werklijst(first: 0) { edges { node { id } } pageInfo { hasNextPage endCursor } } }",
    "what is not there": '{ dossier(referte: "XX99-000000") { referte } }',
    "a key that is none": '{ node(id: "niets") { id } }',
    "a row by key": """{ node(id: "$ID") { __typename id ... on Dossier { referte documenten { referte } } } }""",
    "more fields than one call of PostgreSQL takes": '{ dossier(referte: "$R") { '
    + " ".join(f"a{n}: {name}" for n in range(25) for name in ("referte", "gestartOp")[: 1 + n % 2])
    + " documenten { "
    + " ".join(f"b{n}: soort" for n in range(22))
    + " } taken { "
    + " ".join(f"c{n}: naam" for n in range(22))
    + " } } }",
    "nothing is left of a row": """{ dossier(referte: "$R") { referte @skip(if: true) }
        werklijst(first: 2) { edges { node { dossier { id @include(if: false) } } } } }""",
    "nothing is left at all": """{ dossier(referte: "$R") @skip(if: true) { referte } }""",
    "the schema itself": """{ __schema { queryType { name } } dossier(referte: "$R") { referte } }""",
    "the name of the query": """{ __typename dossier(referte: "$R") { referte } }""",
    "a plan beside python": """{ dossier(referte: "$R") { referte } ik { naam } }""",
    "the same fragment twice": """{ dossier(referte: "$R") { ...D ...D onderwerp { ...O ...O } } }
        fragment D on Dossier { referte onderwerp { ...O } documenten(first: 1) { id } }
        fragment O on Onderwerp { titel __typename }""",
    "one key from two places": """{ dossier(referte: "$R") { documenten(first: 2) { id } ... on Node { id }
        documenten(first: 2) { titel ... on Document { status id } } } }""",
    "aliases of a connection": """{ werklijst(first: 2) { a: edges { c: cursor n: node { naam } }
        b: edges { node { id } }
        p: pageInfo { more: hasNextPage } pageInfo { endCursor __typename } t: totalCount totalCount } }""",
    "more than a list may hold": """{ werklijst(first: 100000) { edges { node { naam } } }
        dossier(referte: "$R") { taken(first: 501) { id } } }""",
    "less than nothing": """{ werklijst(first: -3) { edges { node { id } } }
        dossier(referte: "$R") { taken(first: -1) { id } } }""",
    "a filter": """{ werklijst(filter: {zoek: "Straat \\"1", enkelMijn: false}) { edges { node { naam } } } }""",
    "python answers": "{ ik { naam } }",
    "a cursor that is none": '{ werklijst(after: "onzin") { edges { node { id } } } }',
}


async def both(world: World, persona: str | None, query: str, variables: Mapping[str, Any] | None = None) -> list[Any]:
    """Data, errors and audit lines by graphql-core and by the plan."""
    answers = []
    for by_plan in (False, True):
        actor = asking_anew(await world.actor(persona)) if persona else None
        async with Context(world.kernel, actor) as context:
            context.compiled = by_plan
            result = await world.product.schema.execute(query, variable_values=variables, context_value=context)
            errors = [(error.message, error.path, error.extensions) for error in result.errors or ()]
        answers.append((result.data, errors, await lines_of(world.kernel, actor) if actor else []))
    return answers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def dossier(proef: World) -> Dossier:
    made = await a_dossier(proef, titel='Straat "1" en \\ en {".d" : 0, "a" : []}')
    for signed in (True, False, True):
        await a_document(proef, made, signed=signed)
    for number in range(4):
        await proef.act(BEHEERDER, "proef.noteren", made, {"nota": {"tekst": f"nota {number}"}})
    return made


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("name", OPERATIONS)
async def test_both_paths_give_the_same_answer(proef: World, dossier: Dossier, name: str, persona: str | None):
    query = OPERATIONS[name].replace("$R", dossier.referte).replace("$ID", global_id("Dossier", dossier.id))
    by_core, by_plan = await both(proef, persona, query)
    assert by_plan == by_core


VARIABLES: Mapping[str, tuple[str, Mapping[str, Any] | None]] = {
    "a default": ("query ($n: Int! = 1) { werklijst(first: $n) { edges { node { naam } } } }", None),
    "a default that is given": ("query ($n: Int! = 1) { werklijst(first: $n) { edges { node { naam } } } }", {"n": 2}),
    "nothing where it may be": ("query ($a: String) { werklijst(after: $a) { totalCount } }", {"a": None}),
    "nothing where it may not be": ("query ($n: Int!) { werklijst(first: $n) { totalCount } }", {"n": None}),
    "a wrong type": ("query ($n: Int!) { werklijst(first: $n) { totalCount } }", {"n": "2"}),
    "too big a number": ("query ($n: Int!) { werklijst(first: $n) { totalCount } }", {"n": 2**40}),
    "below a list": (
        "query ($n: Int!, $i: Boolean!) { werklijst { edges { node { dossier { taken(first: $n) @include(if: $i)"
        " { naam } documenten(first: $n) { id } } } } } }",
        {"n": 1, "i": True},
    ),
    "in a filter": (
        "query ($f: WerklijstFilter) { werklijst(filter: $f) { totalCount edges { node { naam } } } }",
        {"f": {"zoek": "%", "nummer": None, "enkelTeLaat": True}},
    ),
    "a part of a filter": (
        "query ($z: String) { werklijst(filter: {zoek: $z, enkelMijn: true}) { totalCount } }",
        {},
    ),
}


@pytest.mark.parametrize("name", VARIABLES)
async def test_variables_mean_the_same_on_both_paths(proef: World, dossier: Dossier, name: str):
    query, given = VARIABLES[name]
    for variables in (given, {}, given):
        by_core, by_plan = await both(proef, WVL, query, variables)
        assert by_plan == by_core


async def test_a_page_goes_on_after_its_cursor_and_after_no_other(proef: World, dossier: Dossier):
    query = "query ($a: String) { werklijst(first: 1, after: $a) { edges { node { id } } pageInfo { endCursor } } }"
    after, seen = None, []
    for _ in range(3):
        by_core, by_plan = await both(proef, WVL, query, {"a": after})
        assert by_plan == by_core
        after = by_plan[0]["werklijst"]["pageInfo"]["endCursor"]
        seen += [edge["node"]["id"] for edge in by_plan[0]["werklijst"]["edges"]]
    assert len(set(seen)) == 3
    by_core, by_plan = await both(proef, BEHEERDER, query, {"a": after})
    assert by_plan == by_core
    assert by_plan[1], "the cursor of somebody else"


async def test_a_planned_query_is_one_statement_whatever_its_depth(proef: World, dossier: Dossier):
    query = OPERATIONS["nested lists"].replace("$R", dossier.referte)
    await both(proef, BEHEERDER, query)
    async with Context(proef.kernel, await proef.actor(BEHEERDER)) as context:
        context.compiled = True
        with counted(proef.kernel.database) as statements:
            await proef.product.schema.execute(query, context_value=context)
    assert len(statements) == 1, statements  # it tells itself who asks, and keeps what it shows


async def test_one_plan_serves_everybody_of_the_same_shape(proef: World, dossier: Dossier):
    query = '{ dossier(referte: "PD26-000001") { referte status } }'
    for persona in (BEHEERDER, ELDERS):
        await both(proef, persona, query)
    kept = proef.product.schema.planner.documents[(query, None)]
    assert len(kept.plans) == 1


async def test_what_cannot_be_planned_is_counted_by_reason(proef: World):
    await both(proef, BEHEERDER, "{ ik { naam } }")
    assert proef.product.schema.planner.fallbacks["ik wordt door Python beantwoord"] >= 1


@pytest.fixture
def actor() -> Actor:
    return Actor(
        uuid4(),
        "An Peeters",
        uuid4(),
        "aalst",
        "Stad Aalst",
        OrganisatieSoort.LOKAAL_BESTUUR,
        "lb:41002",
        "41002",
        frozenset({"lb.lezer"}),
    )


def test_a_stand_in_keeps_what_scopes_decide_on(actor: Actor):
    other = stand_in(actor, "a", set())
    assert (other.rollen, other.soort) == (actor.rollen, actor.soort)
    assert marks(actor, "a")[other.domein] == "domein"
    assert shape(actor) == shape(other)


def test_a_scope_that_takes_a_text_apart_is_left_to_graphql_core(actor: Actor):
    with pytest.raises(Unplannable):
        compiled(lambda who: select(func.upper(who.domein[3:])), actor)


@pytest.mark.parametrize(
    "decides",
    [
        lambda who: who.domein == "lb:41002",
        lambda who: who.organisatie_code in {"aalst"},
        lambda who: who.gebied.startswith("4"),
        lambda who: who.organisatie_id == who.gebruiker_id,
    ],
)
def test_a_scope_that_decides_on_a_text_is_left_to_graphql_core(actor: Actor, decides: Any):
    with pytest.raises(Unplannable):
        compiled(lambda who: select(literal(decides(who))), actor)


def test_a_scope_may_decide_on_a_territory_that_is_empty_or_everything(actor: Actor):
    sql = compiled(lambda who: select(literal(who.gebied if who.gebied and who.gebied != "*" else "")), actor)
    assert list(sql.of_actor.values()) == ["gebied"]


def test_the_text_of_a_user_is_never_taken_for_a_mark():
    text = b'{"titel" : "{\\".d\\" : 0, \\"a\\" : []} .c \\".0\\" : {}", "x" : ".d"}'
    assert Marks([], lambda root, keys: "").replaced(text) == text


@pytest.mark.parametrize(
    ("type_", "compute"),
    [(str, lambda: None), (str, lambda: 3), (int, lambda: 2**40), (str, lambda: 1 / 0)],
)
def test_a_derived_value_that_breaks_its_promise_is_left_to_graphql_core(type_: Any, compute: Any):
    field = derived(type_, (), compute)
    with pytest.raises(Surprise):
        Marks([field], lambda root, keys: "").replaced(b'{"x" : {".d" : 0, "a" : []}}')


def test_parameters_are_numbered_in_the_order_of_the_text(actor: Actor):
    statement = Sql("select %(a)s, %(b)s, %(a)s like '5%%'", {"a": 1}, {"b": "domein"}).statement()
    assert statement.plain.text == b"select $1, $2, $1 like '5%'"
    assert statement.plain.values(statement.values(actor, {})) == [1, actor.domein]
