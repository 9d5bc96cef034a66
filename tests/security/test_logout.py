"""Whoever is signed out at the identity provider is signed out here at the next request; nobody else can do that."""

import hashlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from joserfc.jwk import KeySet
from sqlalchemy import func, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from vlok.identity.keys import provider_key
from vlok.identity.logout import BACK_CHANNEL, FRONT_CHANNEL, MISTAKES
from vlok.identity.personas import find_persona
from vlok.identity.provider import provider_app
from vlok.identity.sessions import TOKENS_KEPT
from vlok.identity.tables import Afmelding, Sessie
from vlok.testing.cluster import Databases
from vlok.testing.forger import STRANGER, WHO
from vlok.testing.login import Desk, create_tables, desk, product_app, sign_in
from vlok.testing.practice_world import browser as whole_product
from vlok.testing.signed_out import about, content, right, signed_in, tell, token

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


async def test_signing_out_at_the_provider_ends_the_session_here_at_the_next_request(product, browser):
    """The provider's own server tells it, over HTTP; another session of the same person goes on."""
    async with product.browser() as elsewhere, httpx2.AsyncClient(trust_env=False) as provider:
        await sign_in(elsewhere, WHO)
        hint = (await content(product, browser))["id_token"]
        await provider.get(f"{product.settings.oidc_issuer}/v1/logout", params={"id_token_hint": hint})
        assert [await signed_in(browser), await signed_in(elsewhere)] == [False, True]


async def test_each_login_is_a_session_of_its_own_at_the_provider(product, browser):
    async with product.browser() as elsewhere:
        await sign_in(elsewhere, WHO)
        first, second = await content(product, browser), await content(product, elsewhere)
    assert len(first["sid"]) >= 16
    assert first["sid"] != second["sid"]


async def test_a_token_without_session_ends_all_sessions_of_the_person_and_of_nobody_else(product, browser):
    async with product.browser() as elsewhere, product.browser() as colleague:
        await sign_in(elsewhere, WHO)
        await sign_in(colleague, "lezer@aalst")
        claims = await right(product, browser)
        del claims["sid"]
        assert (await tell(product, token(product, claims))).status_code == 200
        assert [await signed_in(one) for one in (browser, elsewhere, colleague)] == [False, False, True]


async def test_a_token_without_person_ends_that_session(product, browser):
    claims = await right(product, browser)
    del claims["sub"]
    answer = await tell(product, token(product, claims))
    assert (answer.status_code, answer.content) == (200, b"")
    assert not await signed_in(browser)


async def test_a_session_of_somebody_else_is_not_ended_by_a_token_that_names_both(product, browser):
    claims = {**await right(product, browser), "sub": find_persona("lezer@aalst").sub}
    assert (await tell(product, token(product, claims))).status_code == 200
    assert await signed_in(browser)


@pytest.mark.parametrize("typ", ["logout+jwt", "Logout+JWT", "application/logout+jwt"])
async def test_the_type_may_be_written_in_full(product, browser, typ):
    assert (await tell(product, token(product, await right(product, browser), typ=typ))).status_code == 200
    assert not await signed_in(browser)


async def test_a_token_works_once(product, browser):
    """A recorded token must not sign out whoever signed in since."""
    claims = await right(product, browser)
    del claims["sid"]
    once = token(product, claims)
    assert (await tell(product, once)).status_code == 200
    async with product.browser() as again:
        await sign_in(again, WHO)
        assert (await tell(product, once)).status_code == 400
        assert await signed_in(again)


async def test_used_tokens_are_forgotten_after_they_could_have_been_used(product, browser):
    await tell(product, token(product, await right(product, browser)))

    async def kept() -> int | None:
        async with product.database.sessions() as session:
            return await session.scalar(select(func.count()).select_from(Afmelding))

    await product.store.clean_up()
    assert await kept()
    before, product.clock.moment = product.clock.moment, product.clock.moment + 2 * TOKENS_KEPT
    await product.store.clean_up()
    product.clock.moment = before
    assert await kept() == 0


async def test_a_flood_of_bad_tokens_is_soon_not_even_read_and_keeps_no_right_one_out(product, browser):
    app = product_app(product)
    flood = httpx2.ASGITransport(app=app, client=("198.51.100.7", 1))
    theirs = httpx2.ASGITransport(app=app, client=("198.51.100.8", 1))
    bad = {"logout_token": token(product, await right(product, browser), key=STRANGER)}
    good = {"logout_token": token(product, await right(product, browser))}
    began = time.process_time()
    async with httpx2.AsyncClient(transport=flood, base_url=product.settings.base_url) as attacker:
        answers = [(await attacker.post(BACK_CHANNEL, data=bad)).status_code for _ in range(1000)]
    spent = time.process_time() - began
    assert (answers.count(400), answers.count(429)) == (MISTAKES, 1000 - MISTAKES)
    assert answers[-1] == 429
    async with httpx2.AsyncClient(transport=theirs, base_url=product.settings.base_url) as provider:
        assert (await provider.post(BACK_CHANNEL, data=good)).status_code == 200
    assert not await signed_in(browser)
    assert spent < 10


async def test_keys_are_asked_again_for_an_unknown_id_but_not_for_each(app_url, keys):
    """A key that the provider began to use is found; invented ids do not make us ask for ever."""
    asked: list[int] = []

    def rotating(settings) -> Starlette:
        async def published(request: Request) -> Response:
            asked.append(1)
            shown = [STRANGER] if len(asked) == 1 else [provider_key(settings)]
            return JSONResponse(KeySet(shown).as_dict(private=False))

        return Starlette(routes=[Route("/v1/keys", published), Mount("/", provider_app(settings))])

    async with desk(app_url, keys, rotating) as product, product.browser() as client:
        claims = about(product, sid="s")
        await tell(product, token(product, {**claims, "jti": "first"}, kid="nog-niet"))
        assert len(asked) == 2
        for n in range(5):
            await tell(product, token(product, claims, kid=f"verzonnen-{n}"))
        assert len(asked) == 2
        assert (await tell(product, token(product, claims))).status_code == 200
        assert client.cookies.get("vlok") is None


async def front(product: Desk, **parameters: Any) -> httpx2.Response:
    async with httpx2.AsyncClient(base_url=product.settings.base_url, trust_env=False) as frame:
        return await frame.get(FRONT_CHANNEL, params=parameters)


async def test_a_frame_of_the_provider_ends_its_session_without_any_cookie(product, browser):
    sid = (await content(product, browser))["sid"]
    answer = await front(product, iss=product.settings.oidc_issuer, sid=sid)
    assert (answer.status_code, answer.content) == (200, b"")
    assert not await signed_in(browser)


@pytest.mark.parametrize("wrong", [{"iss": ELSEWHERE}, {"iss": None}, {"sid": None}, {"sid": ""}, {"sid": "x" * 5000}])
async def test_a_frame_of_somebody_else_ends_nothing_and_reads_the_same(product, browser, wrong):
    right = {"iss": product.settings.oidc_issuer, "sid": (await content(product, browser))["sid"]}
    asked = {name: value for name, value in {**right, **wrong}.items() if value is not None}
    answer, known = await front(product, **asked), await front(product, iss=right["iss"], sid="bestaat-niet")
    assert (answer.status_code, answer.content) == (known.status_code, known.content) == (200, b"")
    assert await signed_in(browser)


async def test_only_the_provider_may_frame_that_page(product):
    policy = (await front(product)).headers["content-security-policy"]
    assert policy == f"default-src 'none'; base-uri 'none'; frame-ancestors {product.settings.oidc_issuer}"


async def test_signing_out_clears_what_the_browser_kept(browser):
    answer = await browser.post("/afmelden")
    assert answer.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert "expires=Thu, 01 Jan 1970" in answer.headers["set-cookie"]


async def test_signing_out_leaves_no_row_behind(product, browser):
    key = hashlib.sha256(browser.cookies["vlok"].encode()).hexdigest()
    for left in (True, False):
        async with product.database.sessions() as session:
            assert (await session.get(Sessie, key) is not None) is left
        await browser.post("/afmelden")


async def test_the_guard_lets_the_providers_server_in_and_only_there(proef):
    """It sends no header of ours; that its token is worth something is judged behind the guard."""
    async with whole_product(proef) as client:
        inside = await client.post(BACK_CHANNEL, data={"logout_token": "a.b.c"})
        assert (inside.status_code, inside.headers["cache-control"]) == (400, "no-store")
        for path in (f"{BACK_CHANNEL}/", f"{BACK_CHANNEL}x", f"/x{BACK_CHANNEL}", "/afmelden", FRONT_CHANNEL):
            assert (await client.post(path, data={"logout_token": "a.b.c"})).status_code == 403
