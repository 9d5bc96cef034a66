"""Where only trusted documents are answered, nothing else is: not parsed, not validated, and not told apart."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from vlok.api.errors import ContractError, Refusal
from vlok.graph.documents import Wrong
from vlok.graph.trusted import Trusted, digest
from vlok.settings import Settings
from vlok.testing.abuse import asked, corpus
from vlok.testing.practice_world import BEHEERDER, a_practice_world, browser
from vlok.web.graphql import MANIFEST

IK = "query Ik { ik { naam } }"
LIJST = "query Lijst($n: Int!) { werklijst(first: $n) { totalCount } }"
TEXTS = {digest(text): text for text in (IK, LIJST)}


def manifest(path: Path, texts=None) -> Path:
    path.write_text(json.dumps(TEXTS if texts is None else texts), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
async def closed(cluster, tmp_path_factory):
    """Demo personas, and the rule of production: no introspection, only what stands in a manifest."""
    folder = tmp_path_factory.mktemp("closed")
    documents = (manifest(folder / "vragen.json"),)
    async with a_practice_world(cluster, folder, trusted=True, trusted_documents=documents) as world:
        yield world


@pytest.fixture(scope="module")
async def client(closed):
    async with browser(closed, BEHEERDER, **{"content-type": "application/json"}) as made:
        yield made


async def post(client, **body):
    return await client.post("/graphql", content=json.dumps(body).encode())


def test_production_trusts_by_itself_and_demo_does_not(tmp_path):
    assert Settings(data=tmp_path).only_trusted
    assert not Settings(data=tmp_path, demo=True).only_trusted
    assert not Settings(data=tmp_path, trusted=False).only_trusted
    assert Settings(data=tmp_path, demo=True, trusted=True).only_trusted


@pytest.mark.parametrize(
    "name",
    [
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest(IK)}}},
        {"documentId": f"sha256:{digest(IK)}"},
        {"documentId": digest(IK)},
        {"query": IK},
        {"query": IK, "documentId": digest(IK)},
    ],
)
async def test_a_known_operation_is_answered_however_it_is_named(client, name):
    answer = await post(client, **name, operationName="Ik")
    assert answer.status_code == 200
    assert answer.json()["data"]["ik"]["naam"]


async def test_variables_go_with_a_known_operation(client):
    assert (await post(client, documentId=digest(LIJST), variables={"n": 3})).json() == {
        "data": {"werklijst": {"totalCount": 0}}
    }
    wrong = (await post(client, documentId=digest(LIJST), variables={"n": "veel"})).json()
    assert [error["extensions"]["code"] for error in wrong["errors"]] == ["ONGELDIG"]


def adhoc():
    """Requests for what nobody wrote at build time: the corpus of abuse, and a word list as scanners send it."""
    for abuse in corpus():
        if abuse.status == 200 and abuse.method == "POST":
            yield abuse.content
    for word in WORDS:
        yield from (asked(probe.replace("WOORD", word)) for probe in PROBES)
    for name in (
        "",
        "x",
        "0" * 64,
        digest("{ ik { id } }"),
        digest(IK)[:-1],
        digest(IK).upper(),
        "sha256:",
        "../x",
        "\0",
    ):
        yield json.dumps({"documentId": name, "query": "{ ik { id } }"}).encode()
        yield json.dumps({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": name}}}).encode()
        yield json.dumps({"extensions": {"persistedQuery": {"sha256Hash": name}}, "query": IK + " "}).encode()
    for odd in (None, 5, [], {}, True):
        yield json.dumps({"documentId": odd, "query": odd, "extensions": odd}).encode()
        yield json.dumps({"documentId": digest(IK), "query": "{ ik { id } }", "variables": odd}).encode()


PROBES = (
    "{ WOORD }",
    "{ WOORD { id } }",
    "{ ik { WOORD } }",
    "{ ik { ... on WOORD { id } } }",
    '{ __type(name: "WOORD") { name } }',
    "mutation { WOORD }",
)
WORDS = sorted(
    set(re.findall(r"\b[a-zA-Z]{3,20}\b", (Path(__file__).parents[2] / "schema.graphql").read_text(encoding="utf-8")))
)[::7][:140]


async def test_every_other_question_gets_the_same_bytes_and_runs_nothing(closed, client):
    """Word probing as clairvoyance does it learns no name: a right one and a wrong one are answered alike."""
    ready = closed.product.schema.documents.ready
    before = ready.cache_info()
    questions = list(adhoc())
    assert len(questions) > 1_000
    answers = {
        (answer.status_code, answer.content) for answer in [await client.post("/graphql", content=q) for q in questions]
    }
    [(status, body)] = answers
    assert status == 400
    assert [error["extensions"] for error in json.loads(body)["errors"]] == [{"code": "ONBEKENDE_VRAAG"}]
    after = ready.cache_info()
    assert (after.hits, after.misses) == (before.hits, before.misses)


async def test_a_stranger_gets_the_same_refusal_as_who_is_signed_in(closed, client):
    async with browser(closed, **{"content-type": "application/json", "x-vlok": "1"}) as stranger:
        theirs, ours = [(await post(one, query="{ ik { id } }")) for one in (stranger, client)]
    assert (theirs.status_code, theirs.content) == (ours.status_code, ours.content)


async def test_where_everything_is_allowed_an_operation_can_still_be_named(cluster, tmp_path):
    documents = (manifest(tmp_path / "vragen.json"),)
    async with (
        a_practice_world(cluster, tmp_path, trusted_documents=documents) as world,
        browser(world, BEHEERDER, **{"content-type": "application/json"}) as client,
    ):
        assert (await post(client, query="{ ik { id } }")).json()["data"]["ik"]["id"]
        assert (await post(client, documentId=digest(IK))).json()["data"]["ik"]["naam"]
        for wrong in ({"documentId": "0" * 64}, {"documentId": digest(IK), "query": "{ ik { id } }"}):
            answer = await post(client, **wrong)
            assert answer.status_code == 400
            assert answer.json()["errors"][0]["extensions"] == {"code": "ONBEKENDE_VRAAG"}


BROKEN = {
    "not there": None,
    "no JSON": "{",
    "a list": "[]",
    "numbers": '{"x": 5}',
    "a text under another hash": json.dumps({digest(IK): LIJST}),
    "a text under sha1": json.dumps({"2" * 40: IK}),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_manifest_that_is_wrong_stops_the_start(tmp_path, what):
    path = tmp_path / "vragen.json"
    if BROKEN[what] is not None:
        path.write_text(BROKEN[what])
    with pytest.raises(ContractError, match=r"vragen\.json"):
        Trusted.load(tmp_path / "geen.json", [path], only=True)


def test_manifests_add_up(tmp_path):
    own = manifest(tmp_path / "eigen.json", {f"sha256:{digest(IK)}": IK})
    other = manifest(tmp_path / "ander.json", {digest(LIJST): LIJST})
    trusted = Trusted.load(own, [other], only=True)
    assert [trusted.text({"documentId": digest(text)}) for text in (IK, LIJST)] == [IK, LIJST]
    with pytest.raises(Refusal):
        Trusted.load(tmp_path / "geen.json", [other], only=True).text({"documentId": digest(IK)})


def test_the_hash_is_the_plain_sha256_of_the_text():
    assert digest(IK) == sha256(IK.encode()).hexdigest()


BUILT = pytest.mark.skipif(not MANIFEST.exists(), reason="the web application was not built")


@BUILT
def test_every_operation_of_the_application_is_valid_and_within_the_limits(world):
    """What the application is built with is answered in production: no limit is narrower than a screen."""
    texts = Trusted.load(MANIFEST, (), only=True).texts
    assert len(texts) > 5
    places = [world.product, *world.product.compartments.values()]
    for text in texts.values():
        ready = made_ready(places, text)
        ready.check(None, dict.fromkeys(("first", "max"), 200))


def made_ready(places, text):
    """The document, in the first place whose schema knows it: the application asks two of them."""
    for place in places[:-1]:
        try:
            return place.schema.documents.ready(text)
        except Wrong:
            continue
    return places[-1].schema.documents.ready(text)
