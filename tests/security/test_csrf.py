"""A write that another website could have sent is refused; every answer carries the security headers."""

import hashlib
import json
import secrets
from itertools import product

import httpx2
import pytest
from sqlalchemy import func, select

from vlok.audit.tables import Auditregel
from vlok.identity.tables import Sessie
from vlok.testing.practice_world import BEHEERDER, browser
from vlok.testing.world import World
from vlok.web import spa

QUESTION = {"query": "{ __typename }"}
OURS = "http://127.0.0.1:8000"
REFUSED = {"code": "ANDERE_SITE", "tekst": "Dit verzoek komt van een andere website en is geweigerd."}


@pytest.mark.parametrize("path", ["/graphql", "/bestanden", "/afmelden", "/", "/bestaat-niet"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_a_write_without_our_header_is_refused_on_every_path(proef, path, method):
    async with browser(proef) as client:
        answer = await client.request(method, path, json=QUESTION)
    assert (answer.status_code, answer.json()) == (403, REFUSED)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elders.example"},
        {"origin": "null"},
        {"origin": OURS + ".elders.example"},
        {"origin": OURS.replace("http", "https")},
        {"origin": OURS.replace("8000", "8001")},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "onzin"},
        {"origin": OURS, "sec-fetch-site": "cross-site"},
    ],
)
async def test_a_write_from_elsewhere_is_refused_also_with_our_header_or_a_token(proef, headers):
    for persona in (None, BEHEERDER):
        async with browser(proef, persona, **{"x-vlok": "1"}) as client:
            answer = await client.post("/graphql", json=QUESTION, headers=headers)
        assert (answer.status_code, answer.json()) == (403, REFUSED)


@pytest.mark.parametrize(
    "headers", [{}, {"origin": OURS}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}]
)
async def test_our_own_page_and_a_program_with_a_token_pass(proef, headers):
    async with browser(proef, **{"x-vlok": "1"}) as page, browser(proef, BEHEERDER) as program:
        for client in (page, program):
            answer = await client.post("/graphql", json=QUESTION, headers=headers)
            assert answer.json() == {"data": {"__typename": "Query"}}


async def test_reading_needs_no_header(proef):
    async with browser(proef) as client:
        assert (await client.get("/gezond", headers={"origin": "https://elders.example"})).status_code == 200


async def test_no_other_website_is_ever_allowed_to_read_an_answer(proef):
    async with browser(proef) as client:
        for method in ("GET", "OPTIONS"):
            answer = await client.request(
                method, "/graphql",
                headers={"origin": "https://elders.example", "access-control-request-method": "POST"},
            )  # fmt: skip
            assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("host", ["elders.example", "127.0.0.1.elders.example", ""])
async def test_another_host_name_is_refused(proef, host):
    async with browser(proef) as client:
        assert (await client.get("/gezond", headers={"host": host})).status_code == 400


HEADERS = {
    "cache-control": "no-store",
    "vary": "Cookie",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ROUTES = {
    "the page": ("GET", "/", {}),
    "a deep path of the page": ("GET", "/panden/EN26-000001", {}),
    "health": ("GET", "/gezond", {}),
    "GraphQL by GET": ("GET", "/graphql", {}),
    "GraphQL": ("POST", "/graphql", {"x-vlok": "1"}),
    "an upload by nobody": ("POST", "/bestanden", {"x-vlok": "1"}),
    "a file that is not there": ("GET", "/documenten/onzin", {}),
    "an asset that is not there": ("GET", "/assets/onzin.js", {}),
    "a refused write": ("POST", "/graphql", {}),
    "another host": ("GET", "/", {"host": "elders.example"}),
    "a method nobody knows": ("TRACE", "/graphql", {"x-vlok": "1"}),
}


@pytest.mark.parametrize("what", ROUTES)
async def test_every_answer_carries_the_security_headers(proef, what):
    method, path, headers = ROUTES[what]
    async with browser(proef) as client:
        answer = await client.request(method, path, headers=headers)
    expected = {**HEADERS, "cache-control": answer.headers["cache-control"]} if path.startswith("/assets") else HEADERS
    assert {name: answer.headers.get(name) for name in HEADERS} == expected
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors" in policy
    assert "unsafe-eval" not in policy
    assert len(answer.headers["x-request-id"]) == 32
    assert "server" not in answer.headers


async def test_the_page_runs_no_script_but_its_own(proef):
    async with browser(proef) as client:
        policy = (await client.get("/")).headers["content-security-policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert (directives["base-uri"], directives["object-src"], directives["frame-ancestors"]) == (
        "'none'",
        "'self'",
        "'none'",
    )


async def test_a_defect_is_answered_with_one_constant_body_and_the_headers(proef, monkeypatch):
    """No request provokes one, so something is broken first: here, where the built page lies."""
    async with browser(proef, BEHEERDER) as client:
        monkeypatch.setattr(spa, "STATIC", None)
        answer = await client.get("/iets")
    assert (answer.status_code, answer.json()) == (
        500, {"code": "INTERN", "tekst": "Er ging iets mis. Het is gemeld."},
    )  # fmt: skip
    assert {name: answer.headers.get(name) for name in HEADERS} == {**HEADERS}
    assert "default-src 'none'" in answer.headers["content-security-policy"]


IGS = "dossierbeheerder@igs"
"""Somebody with another organisation to switch to."""
CONTENT_TYPES = (
    None,
    "application/json",
    "application/json; charset=utf-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/graphql",
    "application/octet-stream",
)
ORIGINS = (None, "null", "https://elders.example")
"""None: a browser that does not say where a form comes from."""
METHODS = ("POST", "GET")
COMBINATIONS = list(product(CONTENT_TYPES, ORIGINS, METHODS))
SWITCH, SIGN_OUT, ASK, UPLOAD = "/organisatie", "/afmelden", "/graphql", "/bestanden"
CHANGE = {"code": "gent", "query": "mutation { __typename }"}


async def session_of(world: World, client: httpx2.AsyncClient) -> None:
    """A session of that person in the browser, as a login leaves it."""
    actor = await world.actor(IGS)
    secret, now = secrets.token_urlsafe(32), world.clock.now()
    held = {"gebruiker": str(actor.gebruiker_id), "organisatie": str(actor.organisatie_id), "soort": actor.soort.value}
    row = Sessie(
        sleutel_hash=hashlib.sha256(secret.encode()).hexdigest(),
        inhoud=json.dumps({**held, "sid": None, "id_token": None}).encode(),
        gebruiker_id=actor.gebruiker_id,
        aangemaakt_op=now,
        gebruikt_op=now,
    )
    async with world.kernel.database.sessions.begin() as session:
        session.add(row)
    client.cookies.set("vlok", secret, domain="127.0.0.1")


async def state(world: World) -> tuple[list[tuple[str, bytes]], int | None]:
    """Every session with its content, and how much was changed so far."""
    async with world.kernel.database.sessions() as session:
        rows = (await session.execute(select(Sessie.sleutel_hash, Sessie.inhoud).order_by(Sessie.sleutel_hash))).all()
    async with world.session(IGS) as session:
        lines = await session.scalar(select(func.count()).select_from(Auditregel))
    return [(key, content) for key, content in rows], lines


async def forged(
    client: httpx2.AsyncClient, path: str, combination: tuple[str | None, str | None, str]
) -> httpx2.Response:
    """What a page elsewhere can make a browser send: our cookie, and none of our headers."""
    content_type, origin, method = combination
    headers = {"content-type": content_type, "origin": origin, "sec-fetch-site": origin and "cross-site"}
    given = {name: value for name, value in headers.items() if value is not None}
    return await client.request(method, path, headers=given, content=json.dumps(CHANGE).encode())


@pytest.mark.parametrize("combination", COMBINATIONS, ids=str)
async def test_what_another_site_can_send_with_our_cookie_changes_nothing(proef, combination):
    async with browser(proef) as client:
        await session_of(proef, client)
        before = await state(proef)
        answers = [await forged(client, path, combination) for path in (SWITCH, SIGN_OUT, ASK, UPLOAD)]
        if combination[2] == "POST":
            assert [(answer.status_code, answer.json()) for answer in answers] == [(403, REFUSED)] * 4
        else:
            assert [answer.status_code for answer in answers[2:]] == [405, 405]
        assert not any("set-cookie" in answer.headers or "clear-site-data" in answer.headers for answer in answers)
        assert await state(proef) == before


async def test_the_same_requests_with_our_header_do_change_something(proef):
    """Else the refusals above would prove nothing."""
    async with browser(proef, **{"x-vlok": "1"}) as client:
        await session_of(proef, client)
        assert (await client.post(ASK, json=QUESTION)).json() == {"data": {"__typename": "Query"}}
        assert (await client.post(SWITCH, json=CHANGE)).status_code == 204
        assert (await client.post(ASK, json={"query": "{ ik { organisatie { code } } }"})).json()["data"] == {
            "ik": {"organisatie": {"code": "gent"}}
        }
        count = len((await state(proef))[0])
        assert (await client.post(SIGN_OUT)).status_code == 200
        assert len((await state(proef))[0]) == count - 1


def test_the_combinations_are_complete(capsys):
    assert len(COMBINATIONS) == len(set(COMBINATIONS)) == 8 * 3 * 2 == 48
    with capsys.disabled():
        print(f"\ncross-site combinations: {len(COMBINATIONS)}, each on 4 routes, each without effect")
