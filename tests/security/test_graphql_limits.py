"""The GraphQL endpoint from outside: one JSON operation by POST, for who is signed in, of a bounded size."""

import pytest

from vlok.testing.practice_world import BEHEERDER, a_practice_world, browser


async def test_a_stranger_is_told_to_sign_in_and_nothing_else(proef):
    for query in ("{ ik { naam } }", '{ dossier(referte: "x") { id } }', '{ node(id: "x") { id } }',
                  '{ handelingen(subject: "x") { sleutel } }', "{ werklijst { totalCount } }"):  # fmt: skip
        result = await proef.result(None, query)
        assert [error.extensions["code"] for error in result.errors] == ["NIET_AANGEMELD"]


@pytest.mark.parametrize("question", ["{ __schema { types { name } } }", '{ __type(name: "Dossier") { name } }'])
async def test_the_schema_is_closed_unless_a_setting_opens_it(proef, cluster, tmp_path, question):
    assert not (await proef.result(BEHEERDER, question)).errors
    async with a_practice_world(cluster, tmp_path, demo=False) as closed:
        result = await closed.result(None, question)
        assert {error.extensions["code"] for error in result.errors} == {"ONGELDIG"}
        assert not (await closed.result(None, "{ __typename }")).errors


ALMOST = {
    "{ ik { naamm } }": "{ ik { naam } }",
    "{ ik { zzz } }": "{ ik { id } }",
    "{ dosier { id } }": '{ dossier(referte: "x") { id } }',
    "{ dossier { id } }": '{ dossier(referte: "y") { id } }',
    "{ ik { ... on Takk { id } } }": "{ ik { ... on Ik { id } } }",
    "{ werklijst(filter: {zoekk: 1}) { totalCount } }": "{ werklijst(first: 1) { totalCount } }",
    "query($x: Inn) { ik { naam } }": "query($x: Int) { werklijst(first: $x) { totalCount } }",
}


async def test_where_the_schema_is_closed_a_wrong_question_is_not_told_what_is_wrong(cluster, tmp_path):
    async with a_practice_world(cluster, tmp_path, demo=False) as closed:
        told = {str([error.formatted for error in (await closed.result(None, wrong)).errors]) for wrong in ALMOST}
        [text] = told
        assert "ONGELDIG" in text
        assert "location" not in text
        for right in ALMOST.values():
            assert "NIET_AANGEMELD" in str((await closed.result(None, right)).errors) or right.startswith("query")


HTTP = {
    "a batch": ("POST", '[{"query": "{ ik { naam } }"}]', "application/json", 400),
    "not JSON": ("POST", "{", "application/json", 400),
    "an empty query": ("POST", '{"query": " "}', "application/json", 400),
    "no query": ("POST", '{"query": 5}', "application/json", 400),
    "variables that are no object": ("POST", '{"query": "{ ik { naam } }", "variables": [1]}', "application/json", 400),
    "a name that is no text": ("POST", '{"query": "{ ik { naam } }", "operationName": 5}', "application/json", 400),
    "JSON deeper than any form": ("POST", "[" * 5000 + "]" * 5000, "application/json", 400),
    "not UTF-8": ("POST", b'{"query": "\xff"}', "application/json", 400),
    "a form": ("POST", '{"query": "{ ik { naam } }"}', "text/plain", 415),
    "another form": ("POST", "query=x", "application/x-www-form-urlencoded", 415),
    "too large": ("POST", '{"query": "' + "x" * 300_000 + '"}', "application/json", 413),
    "by GET": ("GET", None, "application/json", 405),
    "by PUT": ("PUT", '{"query": "{ ik { naam } }"}', "application/json", 405),
}


@pytest.mark.parametrize("what", HTTP)
async def test_only_one_json_operation_by_post_is_taken(proef, what):
    method, body, kind, status = HTTP[what]
    async with browser(proef, BEHEERDER) as client:
        answer = await client.request(method, "/graphql", content=body, headers={"content-type": kind})
    assert answer.status_code == status
    assert "ik" not in answer.text or "naam" not in answer.text


async def test_a_body_that_goes_on_is_cut_off(proef):
    sent = 0

    async def endless():
        nonlocal sent
        while sent < 50_000_000:
            sent += 65_536
            yield b"x" * 65_536

    async with browser(proef, BEHEERDER) as client:
        answer = await client.post("/graphql", content=endless(), headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert sent < 1_000_000
