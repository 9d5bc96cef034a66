"""What a question may weigh, and that no answer ever shows the inside of the product."""

import time

import pytest

from vlok.graph.limits import MAX_ALIASES, MAX_DEPTH, MAX_FIELDS, MAX_TOKENS
from vlok.testing.practice_world import BEHEERDER, a_dossier
from vlok.testing.statements import counted

CODES = {"ONGELDIG", "TE_ZWAAR"}
"""The codes of a wrong question."""


def doubling(levels: int) -> str:
    """2 ** levels fields in a few hundred words."""
    chain = "\n".join(f"fragment f{n} on Ik {{ ...f{n + 1} ...f{n + 1} }}" for n in range(levels))
    return f"{{ ik {{ ...f0 }} }}\n{chain}\nfragment f{levels} on Ik {{ naam }}"


def nested(levels: int) -> str:
    return "{ werklijst { edges { node { " + "dossier { taken { " * levels + "id" + " } }" * levels + " } } } }"


TOO_HEAVY = {
    "a chain of doubling fragments": doubling(100),
    "wide after fragments": doubling(10),
    "a circle of fragments": "{ ik { ...a } } fragment a on Ik { ...b } fragment b on Ik { ...a }",
    "a fragment that holds itself": "{ ik { ...a } } fragment a on Ik { naam ...a }",
    "many aliases": "{" + " ".join(f"a{n}: ik {{ naam }}" for n in range(MAX_ALIASES + 1)) + "}",
    "deep": nested(MAX_DEPTH),
    "many words": "{ ik { " + "naam " * MAX_TOKENS + "} }",
    "many fields": "{ ik { " + "naam " * (MAX_FIELDS + 1) + "} }",
    "deeper than the parser": "{" * 900 + "}" * 900,
    "a list deeper than the parser": "{ node(id: " + "[" * 900 + "]" * 900 + ") { id } }",
    "unclosed": "{" * 1900,
}


@pytest.mark.parametrize("what", TOO_HEAVY)
async def test_a_heavy_question_is_refused_before_anything_is_read(proef, what):
    await proef.actor(BEHEERDER)
    spent = []
    for _ in range(3):
        started = time.process_time()
        with counted(proef.kernel.database) as sent:
            result = await proef.result(BEHEERDER, TOO_HEAVY[what])
        spent.append(time.process_time() - started)
        assert (result.data, sent) == (None, [])
        assert {error.extensions["code"] for error in result.errors} <= CODES
    assert min(spent) < 0.15


async def test_what_is_just_light_enough_is_answered(proef):
    aliases = "{" + " ".join(f"a{n}: ik {{ naam }}" for n in range(MAX_ALIASES)) + "}"
    assert len(await proef.query(BEHEERDER, aliases)) == MAX_ALIASES
    await proef.query(BEHEERDER, nested(3))
    await proef.query(BEHEERDER, doubling(5))


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


async def test_a_wrong_name_is_not_helped_to_the_right_one(proef):
    result = await proef.result(BEHEERDER, '{ dosier(referte: "x") { id } }')
    assert "dossier" not in str(result.errors)


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
