"""A session is a secret in a cookie and a row that can be ended: it is never adopted, never outlives its limits."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import delete, func, select, update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starsessions import load_session

from vlok.identity.personas import find_persona
from vlok.identity.sessions import SessieStore, session_middleware
from vlok.identity.tables import Gebruiker, Roltoekenning, Sessie
from vlok.testing.cluster import Databases
from vlok.testing.login import Desk, create_tables, desk, sign_in

AALST = "dossierbeheerder@aalst"
INSPECTEUR = "wooninspecteur@wi"


@pytest.fixture(scope="module")
def app_url(cluster: Databases) -> str:
    cluster.template("identity", create_tables)
    return cluster.clone("identity").app_url


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
async def product(app_url, keys) -> AsyncIterator[Desk]:
    async with desk(app_url, keys) as served:
        yield served
        async with served.database.sessions.begin() as session:
            for table in (Sessie, Roltoekenning, Gebruiker):
                await session.execute(delete(table))


@pytest.fixture
async def browser(product):
    async with product.browser() as client:
        yield client


async def sessions(product: Desk) -> int:
    async with product.database.sessions() as session:
        return await session.scalar(select(func.count()).select_from(Sessie)) or 0


async def test_the_table_holds_a_hash_and_never_the_secret(product, browser):
    await sign_in(browser, AALST)
    secret = browser.cookies["vlok"]
    assert len(secret) >= 43  # 256 bits
    async with product.database.sessions() as session:
        row = (await session.scalars(select(Sessie))).one()
    assert row.sleutel_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert secret.encode() not in row.inhoud


async def test_the_secret_changes_at_login_and_the_one_from_before_is_worthless(product, browser):
    await browser.get("/aanmelden")
    before = browser.cookies["vlok"]
    await sign_in(browser, AALST)
    assert browser.cookies["vlok"] != before
    async with product.browser() as attacker:
        attacker.cookies.set("vlok", before)
        assert (await attacker.get("/wie")).status_code == 401


async def test_a_secret_that_the_browser_brings_along_is_not_adopted(product, browser):
    browser.cookies.set("vlok", "door-de-aanvaller-gekozen")
    await browser.get("/aanmelden")
    async with product.database.sessions() as session:
        planted = hashlib.sha256(b"door-de-aanvaller-gekozen").hexdigest()
        assert await session.get(Sessie, planted) is None
    assert await sessions(product) == 1


async def test_someone_of_an_igs_acts_for_another_municipality_without_a_new_login(product, browser):
    await sign_in(browser, "dossierbeheerder@igs")
    assert (await browser.get("/wie")).json()["organisatie"] == "antwerpen"
    before = browser.cookies["vlok"]
    assert (await browser.post("/organisatie", json={"code": "hasselt"})).status_code == 204
    assert (await browser.get("/wie")).json() == {
        "naam": f"{find_persona('dossierbeheerder@igs').voornaam} {find_persona('dossierbeheerder@igs').familienaam}",
        "organisatie": "hasselt",
        "rollen": ["lb.dossierbeheerder"],
    }
    assert browser.cookies["vlok"] != before
    browser.cookies.clear()
    browser.cookies.set("vlok", before)
    assert (await browser.get("/wie")).status_code == 401


async def test_an_answer_that_was_under_way_during_the_change_does_not_put_the_old_secret_back(product, browser):
    begun, changed = asyncio.Event(), asyncio.Event()

    async def slow(request: Request) -> Response:
        await load_session(request)
        begun.set()
        await changed.wait()
        return PlainTextResponse(request.session["organisatie"])

    await sign_in(browser, "dossierbeheerder@igs")
    app = Starlette(routes=[Route("/", slow)], middleware=[session_middleware(product.settings, product.store)])
    cookies = {"vlok": browser.cookies["vlok"]}
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://vlok.example", cookies=cookies) as client:
        under_way = asyncio.create_task(client.get("/"))
        await begun.wait()
        await browser.post("/organisatie", json={"code": "hasselt"})
        changed.set()
        assert "set-cookie" not in (await under_way).headers


async def test_a_secret_that_stays_the_same_is_not_given_again(browser):
    await sign_in(browser, AALST)
    assert "set-cookie" not in (await browser.get("/wie")).headers


@pytest.mark.parametrize("code", ["aalst", "wi", "bestaat-niet", "", None, 7, ["hasselt"]], ids=str)
async def test_an_organisation_without_a_role_and_one_that_does_not_exist_are_the_same_answer(browser, code):
    await sign_in(browser, "dossierbeheerder@igs")
    refused = await browser.post("/organisatie", json={"code": code})
    assert (refused.status_code, refused.json()) == (404, {"code": "NIET_GEVONDEN"})
    assert (await browser.get("/wie")).json()["organisatie"] == "antwerpen"


async def test_a_body_that_is_no_json_chooses_nothing(browser):
    await sign_in(browser, "dossierbeheerder@igs")
    for body in (b"", b"{", b"[" * 100_000, b"\xff", b"[]"):
        assert (await browser.post("/organisatie", content=body)).status_code == 404


async def test_only_who_signed_in_chooses_an_organisation(browser):
    assert (await browser.post("/organisatie", json={"code": "aalst"})).status_code == 401


@pytest.mark.parametrize(
    ("persona", "idle"), [(AALST, timedelta(minutes=30)), (INSPECTEUR, timedelta(minutes=15))], ids=["usual", "wi"]
)
async def test_a_session_ends_when_it_is_not_used(product, browser, persona, idle):
    await sign_in(browser, persona)
    product.clock.advance(idle - timedelta(seconds=1))
    assert (await browser.get("/wie")).status_code == 200
    product.clock.advance(idle)
    assert (await browser.get("/wie")).status_code == 401
    assert await sessions(product) == 0


@pytest.mark.parametrize(
    ("persona", "hours"), [(AALST, 10), (INSPECTEUR, 8), ("dossierbeheerder@igs", 10)], ids=["usual", "wi", "switching"]
)
async def test_a_session_ends_after_its_hours_however_much_it_is_used(product, browser, persona, hours):
    await sign_in(browser, persona)
    for step in range(hours * 6 - 1):
        product.clock.advance(timedelta(minutes=10))
        if persona == "dossierbeheerder@igs" and step % 20 == 0:
            await browser.post("/organisatie", json={"code": ("gent", "hasselt")[step % 40 == 0]})
        assert (await browser.get("/wie")).status_code == 200
    product.clock.advance(timedelta(minutes=10))
    assert (await browser.get("/wie")).status_code == 401


async def test_a_login_that_was_begun_ends_after_ten_minutes(product, browser):
    await browser.get("/aanmelden")
    product.clock.advance(timedelta(minutes=10))
    await product.store.clean_up()
    assert await sessions(product) == 0


async def test_cleaning_up_leaves_living_sessions(product, browser):
    await sign_in(browser, AALST)
    product.clock.advance(timedelta(minutes=29))
    await product.store.clean_up()
    assert (await browser.get("/wie")).status_code == 200


async def test_ended_sessions_of_a_person_are_refused_at_the_next_request(product, browser):
    async with product.browser() as elsewhere:
        await sign_in(browser, AALST)
        await sign_in(elsewhere, AALST)
        async with product.database.sessions() as session:
            gebruiker_id = (await session.scalars(select(Gebruiker.id))).one()
        await product.store.end_all_of(gebruiker_id)
        assert [(await client.get("/wie")).status_code for client in (browser, elsewhere)] == [401, 401]


async def test_a_role_that_ended_yesterday_is_refused_at_the_next_request(product, browser):
    await sign_in(browser, AALST)
    today = product.clock.now().date()
    for last, status in ((today, 200), (today - timedelta(days=1), 401)):
        async with product.database.sessions.begin() as session:
            await session.execute(update(Roltoekenning).values(tot=last))
        assert (await browser.get("/wie")).status_code == status


async def test_a_role_that_ends_today_is_worth_nothing_after_midnight(product, browser):
    product.clock.moment = product.clock.now().replace(hour=23, minute=50)
    await sign_in(browser, AALST)
    async with product.database.sessions.begin() as session:
        await session.execute(update(Roltoekenning).values(tot=date(2026, 3, 2)))
    assert (await browser.get("/wie")).status_code == 200
    product.clock.advance(timedelta(minutes=10))
    assert (await browser.get("/wie")).status_code == 401


async def test_the_end_of_a_request_does_not_bring_back_a_session_that_was_ended_during_it(product, browser):
    await sign_in(browser, AALST)
    secret = browser.cookies["vlok"]
    await product.store.remove(secret)
    await product.store.write(secret, b'{"gebruiker": null}', 0, 0)
    assert await sessions(product) == 0


@pytest.mark.parametrize(
    ("base_url", "cookie"),
    [
        ("http://127.0.0.1:8000", ("vlok=", "path=/; httponly; samesite=lax")),
        ("https://vlok.example", ("__Host-vlok=", "path=/; httponly; samesite=lax; secure")),
    ],
)
async def test_the_cookie_is_for_the_server_only_and_bound_to_the_host_on_https(product, base_url, cookie):
    async def begin(request: Request) -> Response:
        await load_session(request)
        await store.begin(request)
        request.session["terug"] = "/"
        return PlainTextResponse("")

    store = SessieStore(product.database, product.clock)
    settings = product.settings.model_copy(update={"base_url": base_url})
    app = Starlette(routes=[Route("/", begin)], middleware=[session_middleware(settings, store)])
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url=base_url) as client:
        name, flags = cookie
        given = (await client.get("/")).headers["set-cookie"]
    assert given.startswith(name)
    assert given.partition("; ")[2] == flags
