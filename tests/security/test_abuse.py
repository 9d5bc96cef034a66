"""The corpus of abuse against the endpoint: each refused with its code, cheaply, and nobody else notices.

Slow bodies and half-sent headers are not here: uvicorn has no time limit for them, the proxy in front has.
"""

import json
import time
import tracemalloc

import pytest

from vlok.api.errors import CODES
from vlok.testing.abuse import HEAVY, Abuse, asked, corpus
from vlok.testing.practice_world import BEHEERDER, ELDERS, browser

CORPUS = {abuse.name: abuse for abuse in corpus()}
HONEST = asked("{ ik { naam } werklijst(first: 1) { totalCount } }")
INSIDE = ("traceback", "select ", "psycopg", "sqlalchemy", "strawberry", ".py", "did you mean", "site-packages")
SECONDS = 0.25
TIMES = 30
"""CPU time that a request may take: seconds, or so many times that of an honest one where the machine is slower."""
MEGABYTES = 20


@pytest.fixture(scope="module")
async def abuser(proef):
    async with browser(proef, BEHEERDER, **{"content-type": "application/json"}) as client:
        yield client


@pytest.fixture(scope="module")
async def neighbour(proef):
    async with browser(proef, ELDERS, **{"content-type": "application/json"}) as client:
        yield client


@pytest.fixture(scope="module")
async def honest(abuser, neighbour):
    """What an honest question costs, and what the neighbour is answered."""
    expected = (await neighbour.post("/graphql", content=HONEST)).json()
    assert "errors" not in expected
    spent = [await cost(abuser, Abuse("honest", HONEST, "")) for _ in range(5)]
    return min(spent), expected


async def send(client, abuse):
    headers = {"content-type": "", **abuse.headers}
    return await client.request(abuse.method, "/graphql", content=abuse.content, headers=headers)


async def cost(client, abuse):
    started = time.process_time()
    await send(client, abuse)
    return time.process_time() - started


async def quick(client, abuse, limit):
    """Whether it can be answered within that CPU time; one quick time is proof, a slow one may be the machine."""
    for _ in range(3):
        if await cost(client, abuse) < limit:
            return True
    return False


def test_the_corpus_is_as_large_as_it_should_be():
    assert len(CORPUS) == len(corpus()) > 250
    assert {abuse.code for abuse in CORPUS.values()} == {"", "ONGELDIG", "TE_ZWAAR"}


@pytest.mark.parametrize("name", CORPUS)
async def test_abuse_is_refused_cheaply_and_the_next_one_is_served(abuser, neighbour, honest, name):
    abuse, (usual, expected) = CORPUS[name], honest
    answer = await send(abuser, abuse)
    body = answer.json() if answer.headers["content-type"] == "application/json" else {}
    assert answer.status_code == abuse.status, body
    codes = {error["extensions"]["code"] for error in body.get("errors", [])}
    assert codes == {abuse.code} - {""} or answer.text == "Method Not Allowed", body
    assert abuse.code in ("", *CODES)
    assert len(answer.content) < 20_000
    assert not any(word in answer.text.lower() for word in INSIDE), answer.text
    if abuse.code:
        assert not any((body.get("data") or {}).values())
    limit = max(SECONDS, TIMES * usual)
    assert await quick(abuser, abuse, limit)
    assert (await neighbour.post("/graphql", content=HONEST)).json() == expected


BIG = [name for name, abuse in CORPUS.items() if abuse.code == HEAVY or len(abuse.content) > 20_000]


async def test_no_abuse_takes_memory_that_it_could_not_give_back(abuser):
    await send(abuser, Abuse("honest", HONEST, ""))
    worst = {}
    tracemalloc.start()
    try:
        for name in BIG[:: max(1, len(BIG) // 25)]:
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            await send(abuser, CORPUS[name])
            worst[name] = (tracemalloc.get_traced_memory()[1] - before - 2 * len(CORPUS[name].content)) / 1e6
    finally:
        tracemalloc.stop()
    assert max(worst.values()) < MEGABYTES, worst


async def test_nothing_that_was_refused_is_kept(proef, abuser):
    ready = proef.product.schema.documents.ready
    before = ready.cache_info().currsize
    for name in [name for name, abuse in CORPUS.items() if abuse.code][::10]:
        await send(abuser, CORPUS[name])
    forged = [name for name in CORPUS if "cursor" in name or "gets" in name]
    assert ready.cache_info().currsize <= before + len(forged)
    assert ready.cache_info().maxsize <= 200


async def test_no_console_for_developers_is_served(proef):
    """GraphiQL and its like, wherever they usually stand."""
    async with browser(proef, BEHEERDER, accept="text/html") as client:
        for path in ("/graphql", "/graphiql", "/playground", "/graphql/console", "/altair", "/voyager"):
            answer = await client.get(path)
            assert "graphiql" not in answer.text.lower()
            assert "playground" not in answer.text.lower()


async def test_a_body_with_another_length_than_it_said_is_no_way_in(abuser):
    answer = await abuser.post("/graphql", content=HONEST, headers={"content-length": "5"})
    assert answer.status_code in (200, 400)
    assert json.loads(answer.content)
