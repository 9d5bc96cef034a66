"""Every "no" has a code of the closed list, and the list is what clients can read in the schema."""

import ast
from pathlib import Path

import pytest
from graphql import GraphQLError

from vlok.api.errors import CODES, Refusal, is_code
from vlok.api.imports import Uitkomst
from vlok.graph.faults import told
from vlok.testing.practice_world import BEHEERDER

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for folder in ("platform/src", "plugins")
    for path in ROOT.glob(f"{folder}/**/*.py")
    if not {"tests", "testing"} & set(path.parts)
)
NO_MELDING = {"Gebrek"}
"""Calls with an argument ``code`` that is something else: the number of a fault in a technical report."""


def literals(tree):
    """The codes that stand in a source: of a Refusal, of a Melding, in the body of an answer."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "Refusal":
                yield from texts([*node.args[:1], *(k.value for k in node.keywords if k.arg == "code")])
            elif name not in NO_MELDING:
                yield from texts(k.value for k in node.keywords if k.arg == "code")
        elif isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from texts(value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "code")


def texts(nodes):
    return (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_every_code_that_is_written_anywhere_is_of_the_closed_list():
    found = {(path.name, code) for path in SOURCES for code in literals(ast.parse(path.read_text()))}
    assert len({code for _, code in found}) > 15
    assert {(name, code) for name, code in found if not is_code(code)} == set()


def test_no_code_of_the_list_is_there_for_nothing():
    written = "\n".join(path.read_text() for path in SOURCES if path.name != "errors.py")
    assert [code for code in CODES if f'"{code}"' not in written and code not in Uitkomst.__members__] == []
    assert set(Uitkomst.__members__) <= set(CODES)


def test_a_stray_code_would_be_found():
    tree = ast.parse('Refusal("VERZONNEN", "x"); Melding("x", code="OOK-VERZONNEN-X"); {"code": "evenmin"}')
    assert [code for code in literals(tree) if is_code(code)] == []
    assert len(list(literals(tree))) == 3


@pytest.mark.parametrize("code", ["", "onbekend", "B3", "OO_B3", "OO-", "OO-b3", "X-1", "OO-B3 of zo"])
def test_what_is_no_code_is_no_rule_label_either(code):
    assert not is_code(code)
    assert is_code("OO-B3")


def test_every_code_says_in_one_dutch_sentence_what_it_means():
    assert all(meaning[0].isupper() and meaning.endswith(".") and len(meaning) > 15 for meaning in CODES.values())


def test_a_refusal_with_another_code_leaves_as_a_defect():
    """The last door: a code that slipped past everything else is no longer a message to a user."""

    def out(code):
        error = told(GraphQLError("geheim", path=["x"], original_error=Refusal(code, "geheim")))
        return error.extensions["code"], error.message

    assert out("VERZONNEN") == ("INTERN", "Er ging iets mis. Het is gemeld.")
    assert out("ONBEKEND") == ("ONBEKEND", "geheim")


async def test_the_schema_publishes_the_list_with_its_meanings(proef):
    query = '{ __type(name: "Foutcode") { description enumValues { name description } } }'
    found = (await proef.query(BEHEERDER, query))["__type"]
    assert {value["name"]: value["description"] for value in found["enumValues"]} == dict(CODES)
    assert "OO-B3" in found["description"]
