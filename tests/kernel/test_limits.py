"""What a question may weigh, and that no answer ever shows the inside of the product."""

import pytest
from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, Visitor, parse, visit

from vlok.graph import limits
from vlok.graph.cost import MAX_ROWS
from vlok.graph.limits import MAX_ALIASES, MAX_DEPTH, MAX_REPEATS, MAX_SELECTIONS, MAX_TOKENS
from vlok.graph.plan import MAX_PAGE
from vlok.testing.abuse import doubling, nested, wide
from vlok.testing.practice_world import BEHEERDER, a_dossier
from vlok.testing.statements import counted

CODES = {"ONGELDIG", "TE_ZWAAR"}
"""The codes of a wrong question."""

TOO_HEAVY = {
    "a chain of doubling fragments": doubling(100),
    "wide after fragments": doubling(10),
    "fragments without a field": doubling(30, leaf=""),
    "a circle of fragments": "{ ik { ...a } } fragment a on Ik { ...b } fragment b on Ik { ...a }",
    "a fragment that holds itself": "{ ik { ...a } } fragment a on Ik { naam ...a }",
    "many aliases": wide(MAX_ALIASES + 1),
    "aliases in a fragment spread often": "{ ik { " + "...f " * 20 + "} } fragment f on Ik { a: naam b: naam }",
    "deep": nested(MAX_DEPTH, first=1),
    "many words": "{ ik { " + "naam " * MAX_TOKENS + "} }",
    "many fields": "{ ik { " + "naam " * (MAX_SELECTIONS + 1) + "} }",
    "the same field again and again": "{ ik { " + "naam " * (MAX_REPEATS + 2) + "} }",
    "the same fields in many inline fragments": "{ ik { " + "... on Ik { naam id rollen { code } } " * 80 + "} }",
    "repeated further down": "{ " + "ik { rollen { code naam } } " * 60 + "}",
    "lists in lists": nested(3, first=50),
    "a list as long as can be, in another": nested(1, first=MAX_PAGE),
}


@pytest.mark.parametrize("what", TOO_HEAVY)
async def test_a_heavy_question_is_refused_before_anything_is_read(proef, what):
    await proef.actor(BEHEERDER)
    with counted(proef.kernel.database) as sent:
        result = await proef.result(BEHEERDER, TOO_HEAVY[what])
    assert (result.data, sent) == (None, [])
    assert [error.extensions["code"] for error in result.errors] == ["TE_ZWAAR"]


async def test_what_is_just_light_enough_is_answered(proef):
    assert len(await proef.query(BEHEERDER, wide(MAX_ALIASES))) == MAX_ALIASES
    await proef.query(BEHEERDER, nested(3, first=5))
    await proef.query(BEHEERDER, doubling(5))
    await proef.query(BEHEERDER, "{ ik { " + "naam " * (MAX_REPEATS + 1) + "} }")
    await proef.query(
        BEHEERDER, "{" + " ".join(f"a{n}: werklijst(first: 500) {{ totalCount }}" for n in range(30)) + "}"
    )


class Nodes(Visitor):
    """Counts the selections that stand in a text."""

    def __init__(self):
        super().__init__()
        self.found = 0

    def enter(self, node, *_):
        self.found += isinstance(node, FieldNode | FragmentSpreadNode | InlineFragmentNode)


@pytest.mark.parametrize("levels", [5, 10, 20, 30])
def test_every_selection_of_a_document_is_weighed_once(monkeypatch, levels):
    document, nodes, weighed = parse(doubling(levels)), Nodes(), 0
    visit(document, nodes)
    whole = limits._Scale.selection

    def one(self, node, nesting):
        nonlocal weighed
        weighed += 1
        return whole(self, node, nesting)

    monkeypatch.setattr(limits._Scale, "selection", one)
    if levels < 6:
        limits.weigh(document)
    else:
        with pytest.raises(limits.GraphQLError):
            limits.weigh(document)
    assert 0 < weighed <= nodes.found


async def rows(proef, query, **variables):
    """The code that a question is refused with for the rows it may give; None when it is answered."""
    result = await proef.result(BEHEERDER, query, **variables)
    return result.errors[0].extensions["code"] if result.errors else None


LIST = """query($n: Int!, $m: Int! = 3) {
  werklijst(first: $n) { edges { node { dossier { taken(first: $m) { id } } } } } }"""


async def test_rows_are_counted_with_the_values_of_the_variables(proef):
    assert await rows(proef, LIST, n=500, m=39) is None
    assert await rows(proef, LIST, n=500, m=40) == "TE_ZWAAR"
    assert MAX_ROWS == 500 * 40
    assert await rows(proef, LIST, n=500) is None
    assert await rows(proef, LIST, n=10**9, m=10**9) == "TE_ZWAAR"
    assert await rows(proef, LIST, n=-5, m=10**9) is None


async def test_a_list_without_a_size_counts_as_long_as_it_is_declared(proef):
    deep = "{ werklijst { edges { node { dossier { taken { dossier { taken { id } } } } } } } }"
    assert await rows(proef, deep) == "TE_ZWAAR"
    assert await rows(proef, deep.replace("werklijst", "werklijst(first: 7)")) is None


async def test_rows_behind_fragments_and_aliases_are_counted(proef):
    query = """query($n: Int!) { a: werklijst(first: $n) { ...p } b: werklijst(first: $n) { ...p } }
      fragment p on TaakConnection { edges { node { ... on Taak { dossier { ...d } } } } }
      fragment d on Dossier { taken(first: 10) { id } }"""
    assert await rows(proef, query, n=500) is None
    assert await rows(proef, query.replace("first: 10", "first: 20"), n=500) == "TE_ZWAAR"


async def test_values_are_counted_too(proef):
    fields = " ".join(f"f{n}: referte" for n in range(28))
    query = LIST.replace("{ id }", f"{{ {fields} }}").replace("= 3", "= 30")
    assert await rows(proef, query, n=200) is None
    assert await rows(proef, query, n=300) == "TE_ZWAAR"


WRONG = [
    "{",
    "{ bestaatNiet }",
    "{ ik }",
    "{ ik { naam { x } } }",
    "{ dossier { id } }",
    "{ dossier(referte: 5) { id } }",
    '{ dossier(referte: "a\\u0000b") { id } }',
    '{ werklijst(filter: {zoek: "\\u0000"}) { totalCount } }',
    "{ werklijst(first: 10000000000) { totalCount } }",
    "{ werklijst(filter: {nummer: 2147483647}) { totalCount } }",
    "query($x: Int!) { werklijst(first: $x) { totalCount } }",
    "mutation { voerHandelingUit(handeling: 1) { uitgevoerd } }",
    "subscription { x }",
    "query A { ik { naam } } query B { ik { naam } }",
    "{ ik { ...weg } }",
    "{ ik { naam @include } }",
    "{ __schema { types { name } } } { ik { naam } }",
]


@pytest.mark.parametrize("query", WRONG)
async def test_every_error_has_a_code_of_the_closed_list_and_shows_nothing_inside(proef, query):
    result = await proef.result(BEHEERDER, query)
    for error in result.errors or []:
        assert error.extensions["code"] in CODES, error
        text = str(error.formatted).lower()
        assert not any(word in text for word in ("traceback", "select ", "psycopg", "sqlalchemy", ".py"))


async def test_of_two_operations_one_must_be_named(proef):
    both = "query A { ik { naam } } query B { ik { id } }"
    assert (await proef.result(BEHEERDER, both)).errors[0].extensions == {"code": "ONGELDIG"}
    schema, context = proef.product.schema, None
    for name in ("C", "", "a"):
        result = await schema.execute(both, context_value=context, operation_name=name)
        assert [error.extensions for error in result.errors] == [{"code": "ONGELDIG"}]


async def test_a_defect_is_told_with_one_constant_sentence(proef):
    dossier = await a_dossier(proef)
    result = await proef.result(
        BEHEERDER,
        'mutation($r: ID!, $i: JSON) { voerHandelingUit(handeling: "proef.noteren", subject: $r, invoer: $i)'
        ' { uitgevoerd } ik: voerHandelingUit(handeling: "proef.noteren", subject: $r) { uitgevoerd } }',
        r=dossier.referte,
        i={"nota": {"tekst": "reactie stuk"}},
    )
    error = result.errors[0]
    assert error.extensions == {"code": "INTERN"}
    assert error.message == "Er ging iets mis. Het is gemeld."
    assert "geheim" not in str(error.formatted)
