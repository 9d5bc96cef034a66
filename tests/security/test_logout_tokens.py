"""A logout token that is not quite right ends nothing, and says no more than that."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from vlok.identity.logout_token import EVENT
from vlok.testing.cluster import Databases
from vlok.testing.forger import STRANGER, WHO, Claims, hs256, hs256_empty, unsigned
from vlok.testing.login import Desk, create_tables, desk, sign_in
from vlok.testing.signed_out import content, right, signed_in, tell, token

ELSEWHERE = "https://elders.example"


@pytest.fixture(scope="module")
def app_url(cluster: Databases) -> str:
    cluster.template("identity", create_tables)
    return cluster.clone("identity").app_url


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
async def product(app_url, keys) -> AsyncIterator[Desk]:
    async with desk(app_url, keys) as served:
        yield served


@pytest.fixture
async def browser(product) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody of Aalst, signed in."""
    async with product.browser() as client:
        await sign_in(client, WHO)
        yield client


def but(**values: Any):
    """Other claims; None leaves one out."""

    def claims(right: Claims) -> Claims:
        return {name: value for name, value in {**right, **values}.items() if value is not None}

    return claims


NOW = int(time.time())
BAD_CLAIMS = {
    "has a nonce": but(nonce="n"),
    "no events": but(events=None),
    "another event": but(events={"https://elders.example/event": {}}),
    "events is a list": but(events=[EVENT]),
    "the event holds no object": but(events={EVENT: "x"}),
    "another audience": but(aud="andere-toepassing"),
    "no audience": but(aud=None),
    "another issuer": but(iss=ELSEWHERE),
    "no issuer": but(iss=None),
    "no id": but(jti=None),
    "an id of another shape": but(jti=["a"]),
    "nobody and no session": but(sub=None, sid=None),
    "a session of another shape": but(sid={"a": 1}),
    "an empty session": but(sid=""),
    "over": but(iat=NOW - 200, exp=NOW - 80),
    "from the future": but(iat=NOW + 3600, exp=NOW + 3700),
    "lives an hour": but(exp=NOW + 3600),
    "no beginning": but(iat=None),
    "no end": but(exp=None),
    "moments of another shape": but(iat=True, exp="morgen"),
    "very long": but(sid="x" * 5000),
}
BAD_HEADERS = {
    "an ID token's type": {"typ": "JWT"},
    "no type": {"typ": None},
    "no signature": {"alg": "none", "sign": unsigned},
    "a shared secret: the public key": {"alg": "HS256", "sign": hs256},
    "an empty shared secret": {"alg": "HS256", "sign": hs256_empty},
    "a stranger's key": {"key": STRANGER},
    "a stranger's key in the header": {"key": STRANGER, "jwk": STRANGER.as_dict(private=False)},
    "the address of a key": {"jku": f"{ELSEWHERE}/keys"},
    "the address of a certificate": {"x5u": f"{ELSEWHERE}/cert"},
    "an extension that must be understood": {"crit": ["x"], "x": 1},
    "an unknown key id": {"kid": "ander"},
    "no key id": {"kid": None},
}


@pytest.mark.parametrize("wrong", BAD_CLAIMS.values(), ids=BAD_CLAIMS)
async def test_a_token_with_wrong_claims_ends_nothing(product, browser, wrong):
    answer = await tell(product, token(product, wrong(await right(product, browser))))
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
    assert await signed_in(browser)


@pytest.mark.parametrize("wrong", BAD_HEADERS.values(), ids=BAD_HEADERS)
async def test_a_token_with_a_wrong_header_or_signature_ends_nothing(product, browser, wrong):
    answer = await tell(product, token(product, await right(product, browser), **wrong))
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
    assert await signed_in(browser)


async def test_an_id_token_is_no_logout_token(product, browser):
    hint = (await content(product, browser))["id_token"]
    assert (await tell(product, hint)).status_code == 400
    assert await signed_in(browser)


BODIES: dict[str, dict[str, Any]] = {
    "JSON": {"json": {"logout_token": "a.b.c"}},
    "no token": {"data": {"token": "a"}},
    "two tokens": {
        "content": b"logout_token=a&logout_token=b",
        "headers": {"content-type": "application/x-www-form-urlencoded"},
    },
    "many fields": {
        "content": b"&".join(b"a=%d" % n for n in range(100)),
        "headers": {"content-type": "application/x-www-form-urlencoded"},
    },
    "a large body": {"data": {"logout_token": "x" * 100_000}},
    "no text": {
        "content": b"logout_token=\xff\xfe",
        "headers": {"content-type": "application/x-www-form-urlencoded"},
    },
    "no body": {"headers": {"content-type": "application/x-www-form-urlencoded"}},
    "part by part": {"files": {"logout_token": b"a.b.c"}},
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
async def test_a_body_of_another_shape_is_refused(product, body):
    answer = await tell(product, "", **body)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


def test_the_programme_is_complete(capsys):
    """Wrong type, a nonce, no events, used before, another audience, a flood, and what else can be wrong."""
    refused = len(BAD_CLAIMS) + len(BAD_HEADERS) + 2
    assert refused >= 8
    with capsys.disabled():
        print(f"\nbad logout tokens: {refused}, and {len(BODIES)} bad bodies, each refused")
