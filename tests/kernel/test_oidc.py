"""Signing in, from the first redirect to the session, against a provider that is really served."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from sqlalchemy import select

from vlok.identity.login import local_path
from vlok.identity.personas import find_persona
from vlok.identity.tables import Gebruiker, Roltoekenning
from vlok.testing.cluster import Databases
from vlok.testing.login import Desk, choose, create_tables, desk, sign_in

AALST = "dossierbeheerder@aalst"


@pytest.fixture(scope="module")
def app_url(cluster: Databases) -> str:
    cluster.template("identity", create_tables)
    return cluster.clone("identity").app_url


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Path:
    """The data folder: the keys are made once."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
async def product(app_url, keys) -> AsyncIterator[Desk]:
    async with desk(app_url, keys) as served:
        yield served


async def test_a_login_ends_where_it_began_with_the_roles_of_that_organisation(product):
    async with product.browser() as browser:
        done = await sign_in(browser, AALST, "/panden/P1?tab=taken")
        assert (done.status_code, done.headers["location"]) == (303, "/panden/P1?tab=taken")
        who = (await browser.get("/wie")).json()
        persona = find_persona(AALST)
        assert who == {
            "naam": f"{persona.voornaam} {persona.familienaam}",
            "organisatie": "aalst",
            "rollen": ["lb.dossierbeheerder"],
        }


async def test_an_answer_works_once(product):
    async with product.browser() as browser:
        back = (await choose(browser, AALST)).headers["location"]
        assert (await browser.get(back)).status_code == 303
        again = await browser.get(back)
        assert (again.status_code, "AANMELDING_VERLOPEN" in again.text) == (400, True)


async def test_an_answer_works_only_in_the_browser_that_asked(product):
    async with product.browser() as asking, product.browser() as other:
        back = (await choose(asking, AALST)).headers["location"]
        for stranger in (other, other):
            assert "AANMELDING_VERLOPEN" in (await stranger.get(back)).text
        await other.get("/aanmelden")
        assert "AANMELDING_VERLOPEN" in (await other.get(back)).text


@pytest.mark.parametrize("named", [[], ["https://elders.example"], ["own", "https://elders.example"]], ids=str)
async def test_an_answer_must_name_its_issuer_and_no_other(product, named):
    async with product.browser() as browser:
        back = urlsplit((await choose(browser, AALST)).headers["location"])
        asked = parse_qs(back.query)
        assert asked["iss"] == [product.settings.oidc_issuer]
        asked["iss"] = [product.settings.oidc_issuer if name == "own" else name for name in named]
        refused = await browser.get(f"{back.path}?{urlencode(asked, doseq=True)}")
        assert (refused.status_code, "AANMELDING_ONGELDIG" in refused.text) == (400, True)


async def test_who_cancels_at_the_provider_reads_that_they_are_not_signed_in(product):
    async with product.browser() as browser:
        await browser.get("/aanmelden")
        answer = {"error": "access_denied", "error_description": "<script>", "iss": product.settings.oidc_issuer}
        refused = await browser.get("/aanmelden/terug", params=answer)
        assert (refused.status_code, "AANMELDING_AFGEBROKEN" in refused.text) == (403, True)
        assert "<script>" not in refused.text


async def test_signing_out_ends_the_session_here_and_leads_back_through_the_provider(product):
    async with product.browser() as browser:
        await sign_in(browser, AALST)
        cookie = browser.cookies["vlok"]
        there = (await browser.post("/afmelden")).json()["url"]
        assert (await browser.get("/wie")).status_code == 401
        assert (await browser.get(there)).headers["location"] == f"{product.settings.base_url}/"
        browser.cookies.set("vlok", cookie, domain="127.0.0.1")
        assert (await browser.get("/wie")).status_code == 401


async def test_signing_out_twice_is_harmless(product):
    async with product.browser() as browser:
        assert (await browser.post("/afmelden")).json() == {"url": "/"}


async def test_first_logins_of_one_person_at_once_all_succeed_and_leave_one_person_with_one_role(product):
    async def one() -> int:
        async with product.browser() as browser:
            return (await sign_in(browser, "lezer@gent")).status_code

    assert await asyncio.gather(*(one() for _ in range(6))) == [303] * 6
    roles = select(Gebruiker.id, Roltoekenning.rol).join(Roltoekenning, Roltoekenning.gebruiker_id == Gebruiker.id)
    async with product.database.sessions() as session:
        found = await session.execute(roles.where(Gebruiker.sub == find_persona("lezer@gent").sub))
        assert [rol for _, rol in found] == ["lb.lezer"]


@pytest.mark.parametrize(
    "path", ["/", "/panden/P1", "/zoeken?q=Kerkstraat%201#lijst", "/a:b", "/terug?naar=https://x.example"]
)
def test_a_local_path_is_kept(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None, 7, "", "panden", "https://elders.example", "//elders.example", "/\\elders.example", "\\\\elders.example",
        "/\t/elders.example", "/\n/elders.example", "javascript:alert(1)", " //elders.example", "///elders.example",
        "/" + "x" * 3000, "/a\x00b", "/\u2028/elders.example",
    ],
)  # fmt: skip
def test_anything_else_leads_to_the_start_page(path):
    assert local_path(path) == "/"


async def test_a_login_never_leads_elsewhere(product):
    async with product.browser() as browser:
        assert (await sign_in(browser, AALST, "//elders.example")).headers["location"] == "/"
