"""A write that another website could have sent is refused; every answer carries the security headers."""

import pytest

from vlok.testing.practice_world import BEHEERDER, browser
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
