"""Whatever is sent, the answer is data or a coded error: never a fault, a trace, or something of the inside."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vlok.testing.practice_world import BEHEERDER, a_dossier, browser

NASTY = [
    "", " ", "\0", "a\0b", "'", "\"", "'; drop table dossier; --", "%", "_", "\\", "${7*7}", "{{7*7}}", "<b>x</b>",
    "\u202e", "\ud7ff", "\uffff", "🏠", "../../etc/passwd", "=cmd|' /C calc'!A0", "A" * 50_000, "null", "undefined",
    "1e309", "-1", "NaN", "0" * 400, "OO26-000001", "T3BlbjpCb2VrOng=", "RG9zc2llcjo=",
]  # fmt: skip
INSIDE = (b"Traceback", b"psycopg", b"sqlalchemy", b"select ", b".py", b"asyncpg", b"relation ", b"INTERN")

READ = """query($t: String!, $k: ID!, $f: WerklijstFilter) { dossier(referte: $t) { id } node(id: $k) { id }
  handelingen(subject: $k) { sleutel } formulier(handeling: $t, subject: $k) { titel }
  werklijst(filter: $f) { totalCount } }"""
WRITE = """mutation($h: String!, $r: ID!, $i: JSON, $k: String, $v: Int) {
  voerHandelingUit(handeling: $h, subject: $r, invoer: $i, idempotentiesleutel: $k, versie: $v)
  { uitgevoerd meldingen { code tekst } } }"""


async def ask(client, query, **variables):
    answer = await client.post("/graphql", content=json.dumps({"query": query, "variables": variables}).encode())
    assert not any(word in answer.content for word in INSIDE), answer.content[:500]
    assert answer.status_code == 200
    return answer.json()


@pytest.fixture
async def client(proef):
    async with browser(proef, BEHEERDER, **{"content-type": "application/json"}) as made:
        yield made


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
async def test_nasty_text_in_a_question_is_answered_without_a_fault(client, text):
    await ask(client, READ, t=text, k=text, f={"zoek": text})


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
async def test_nasty_text_in_an_answer_is_kept_as_it_is_or_refused_in_dutch(proef, client, text):
    dossier = await a_dossier(proef)
    for invoer, other in [
        ({"nota": {"tekst": text}}, {}),
        ({"nota": {text: text}}, {}),
        ({text: {"tekst": text}}, {}),
        ({"nota": {"tekst": "x", "kleur": text, "soort": text, "datumNota": text, "bijlage": text}}, {}),
        ({"nota": {"tekst": "x"}}, {"k": text}),
    ]:
        found = await ask(client, WRITE, h="proef.noteren", r=dossier.referte, i=invoer, **other)
        result = found["data"]["voerHandelingUit"]
        assert result["uitgevoerd"] or result["meldingen"]
    found = await ask(client, WRITE, h=text, r=text, i={})
    assert not found["data"]["voerHandelingUit"]["uitgevoerd"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


def some(*names: str) -> st.SearchStrategy:
    """An object with some of these fields, each with anything in it."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, ANYTHING))


ROWS = st.lists(some("entiteit", "besluit", "reden") | ANYTHING, max_size=3)
PER_ENTITEIT = st.just({"tekst": "x", "perEntiteit": True})
SHAPED = st.fixed_dictionaries(
    {},
    optional={
        "nota": some("tekst", "aantal", "datumNota", "soort", "kleur", "bijlage") | PER_ENTITEIT | ANYTHING,
        "perEntiteit": st.fixed_dictionaries({"regels": ROWS | ANYTHING}) | ANYTHING,
    },
)


@pytest.fixture(scope="module")
async def subject(proef):
    return await a_dossier(proef)


@settings(max_examples=40, deadline=timedelta(seconds=5), suppress_health_check=[HealthCheck.function_scoped_fixture],
          derandomize=True, database=None)  # fmt: skip
@given(invoer=SHAPED)
async def test_answers_of_any_shape_are_judged_and_never_a_fault(proef, subject, invoer):
    outcome = await proef.act(BEHEERDER, "proef.noteren", subject, invoer, dry_run=True)
    assert not outcome.uitgevoerd
    assert all(melding.code and melding.tekst for melding in outcome.meldingen)
    query = 'query($r: ID!, $i: JSON) { formulier(handeling: "proef.noteren", subject: $r, invoer: $i) { waarden } }'
    result = await proef.result(BEHEERDER, query, r=subject.referte, i=invoer)
    assert {error.extensions["code"] for error in result.errors or []} <= {"ONGELDIG"}


@pytest.mark.parametrize("number", [2**31 - 1, 2**31, -(2**31), 2**63, 10**300, -1, 1.5, True, "5", None, [], {}])
async def test_numbers_out_of_any_range_are_wrong_answers(proef, client, number):
    dossier = await a_dossier(proef)
    await ask(client, WRITE, h="proef.noteren", r=dossier.referte, i={"nota": {"tekst": "x", "aantal": number}})
    await ask(client, WRITE, h="proef.noteren", r=dossier.referte, i={}, v=number)


PATHS = (
    "/%00",
    "/..%2f..%2fetc/passwd",
    "/%ff%fe",
    "/documenten/%00",
    "/" + "a" * 5000,
    "/assets/..%2f..%2fapp.py",
    "/assets/%2e%2e/%2e%2e/settings.py",
    "/.env",
)


async def test_a_path_with_anything_in_it_is_answered(client):
    for path in PATHS:
        answer = await client.get(path)
        assert answer.status_code in (200, 400, 404, 503), path
        assert b"import " not in answer.content
        assert b"root:" not in answer.content


async def test_a_token_that_is_none_signs_nobody_in(proef):
    for token in ("", "x", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "é", "a" * 20_000):
        async with browser(proef) as client:
            answer = await client.post(
                "/graphql", json={"query": "{ ik { naam } }"}, headers={"authorization": b"Bearer " + token.encode()}
            )
        assert answer.json()["errors"][0]["extensions"] == {"code": "NIET_AANGEMELD"}, token
