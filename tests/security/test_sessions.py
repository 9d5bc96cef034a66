"""One person, one organisation, one day: rights of two organisations never add up, and none outlives its last day."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import delete, func, select, update

from vlok.api.clock import BRUSSEL, belgian_day
from vlok.identity.personas import find_persona
from vlok.identity.sessions import INSPECTION, USUAL
from vlok.identity.tables import Gebruiker, Roltoekenning, Sessie
from vlok.testing.cluster import Databases
from vlok.testing.forger import Forger, changed, header
from vlok.testing.login import Desk, create_tables, desk

MORNING = datetime(2026, 3, 2, 9, tzinfo=BRUSSEL)
WI, AALST, GENT = "OVO900007", "OVO900001", "OVO900004"
DOUBLE = changed(
    vlok_rol_3d=[f"VLOKInspectieWooninspecteur:{WI}", f"VLOKDossierbeheerder:{AALST}", f"VLOKLezer:{GENT}"],
    vo_orgcode=AALST,
)
ROLES = {"aalst": ["lb.dossierbeheerder"], "gent": ["lb.lezer"], "wi": ["wi.wooninspecteur"]}


@pytest.fixture(scope="module")
def app_url(cluster: Databases) -> str:
    cluster.template("identity", create_tables)
    return cluster.clone("identity").app_url


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def forger() -> Forger:
    return Forger(DOUBLE)


@pytest.fixture(scope="module")
async def served(app_url, keys, forger) -> AsyncIterator[Desk]:
    async with desk(app_url, keys, forger.provider) as product:
        yield product


@pytest.fixture
async def product(served, forger) -> AsyncIterator[Desk]:
    served.clock.moment = MORNING
    forger.answer = DOUBLE
    yield served
    async with served.database.sessions.begin() as session:
        for table in (Sessie, Roltoekenning, Gebruiker):
            await session.execute(delete(table))


@pytest.fixture
async def browser(product, forger) -> AsyncIterator[httpx2.AsyncClient]:
    """A person of the Wooninspectie who is also dossierbeheerder in Aalst and lezer in Gent, signed in."""
    async with product.browser() as client:
        assert (await forger.sign_in(client, product)).status_code == 303
        yield client


async def seat(client: httpx2.AsyncClient) -> tuple[str, list[str]] | None:
    answer = await client.get("/wie")
    return (answer.json()["organisatie"], answer.json()["rollen"]) if answer.status_code == 200 else None


async def act_for(client: httpx2.AsyncClient, code: str) -> httpx2.Response:
    return await client.post("/organisatie", json={"code": code})


@pytest.mark.parametrize("route", [("aalst", "wi", "gent"), ("wi", "aalst", "wi"), ("gent", "gent", "wi", "aalst")])
async def test_who_works_for_the_inspectorate_and_a_municipality_has_one_sides_rights_at_a_time(browser, route):
    assert await seat(browser) == ("aalst", ROLES["aalst"])
    for code in route:
        assert (await act_for(browser, code)).status_code == 204
        assert await seat(browser) == (code, ROLES[code])


async def test_two_windows_of_one_person_act_each_for_its_own_organisation(product, forger, browser):
    async with product.browser() as other:
        await forger.sign_in(other, product)
        await act_for(other, "wi")
        for _ in range(3):
            assert await seat(browser) == ("aalst", ROLES["aalst"])
            assert await seat(other) == ("wi", ROLES["wi"])


async def test_the_secret_of_before_the_switch_is_worth_nothing(product, browser):
    """A copy of the cookie, or a request still under way, must not act for the organisation that was left."""
    before = browser.cookies["vlok"]
    await act_for(browser, "wi")
    assert browser.cookies["vlok"] != before
    async with product.browser() as old:
        old.cookies.set("vlok", before)
        assert await seat(old) is None


async def test_a_switch_leaves_one_session_and_clears_what_the_browser_kept(product, browser):
    answer = await act_for(browser, "wi")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    async with product.database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Sessie)) == 1


async def test_a_refused_switch_changes_nothing(browser):
    before = browser.cookies["vlok"]
    refused = await act_for(browser, "hasselt")
    assert (refused.status_code, "clear-site-data" in refused.headers) == (404, False)
    assert (browser.cookies["vlok"], await seat(browser)) == (before, ("aalst", ROLES["aalst"]))


async def test_each_signing_in_and_each_switch_is_on_record_for_its_organisation(product, browser):
    before = len(product.kept) - 1
    await act_for(browser, "wi")
    await act_for(browser, "hasselt")
    assert product.kept[before:] == [("aalst", "aanmelden"), ("wi", "organisatie")]


async def test_the_inspectorates_shorter_limits_hold_from_the_switch_on(product, browser):
    product.clock.advance(INSPECTION.idle)
    assert await seat(browser) is not None  # half an hour for a municipality
    await act_for(browser, "wi")
    product.clock.advance(INSPECTION.idle)
    assert await seat(browser) is None


async def test_switching_makes_a_session_no_younger(product, browser):
    """From municipality to inspectorate after seven hours leaves one hour, whatever was used meanwhile."""
    for _ in range(7 * 6):
        product.clock.advance(timedelta(minutes=10))
        assert await seat(browser) is not None
    await act_for(browser, "wi")
    for _ in range(5):
        product.clock.advance(timedelta(minutes=10))
        assert await seat(browser) is not None
    product.clock.advance(timedelta(minutes=10))
    assert await seat(browser) is None
    assert USUAL.absolute > INSPECTION.absolute == timedelta(hours=8)


async def test_a_role_taken_away_in_one_organisation_leaves_the_others(product, browser):
    async with product.database.sessions.begin() as session:
        yesterday = belgian_day(product.clock.now()) - timedelta(days=1)
        gone = update(Roltoekenning).where(Roltoekenning.rol == "lb.dossierbeheerder").values(tot=yesterday)
        await session.execute(gone)
    assert await seat(browser) is None
    assert (await act_for(browser, "aalst")).status_code == 404
    assert (await act_for(browser, "gent")).status_code == 204
    assert await seat(browser) == ("gent", ROLES["gent"])


async def test_ending_all_sessions_of_a_person_counts_from_the_next_request(product, forger, browser):
    async with product.browser() as other:
        await forger.sign_in(other, product)
        async with product.database.sessions() as session:
            [gebruiker_id] = (await session.scalars(select(Gebruiker.id))).all()
        assert isinstance(gebruiker_id, UUID)
        await product.store.end_all_of(gebruiker_id)
        assert [await seat(browser), await seat(other)] == [None, None]


@pytest.mark.parametrize(
    ("last", "before", "after"),
    [
        (date(2026, 6, 30), datetime(2026, 6, 30, 21, 59, tzinfo=UTC), datetime(2026, 6, 30, 22, 0, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2026, 12, 31, 22, 59, tzinfo=UTC), datetime(2026, 12, 31, 23, 0, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 21, 59, tzinfo=UTC), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
    ],
    ids=["summer", "winter", "the day the clock goes forward"],
)
async def test_a_role_ends_at_midnight_in_belgium_whatever_the_servers_clock_says(product, forger, last, before, after):
    """The clock of the server counts in UTC here: its own midnight comes one or two hours later."""
    product.clock.moment = before
    async with product.browser() as client:
        await forger.sign_in(client, product)
        async with product.database.sessions.begin() as session:
            await session.execute(update(Roltoekenning).values(tot=last))
        assert await seat(client) is not None
        product.clock.moment = after
        assert await seat(client) is None


async def test_a_role_begins_at_midnight_in_belgium(product, browser):
    async with product.database.sessions.begin() as session:
        await session.execute(update(Roltoekenning).values(van=date(2026, 3, 3)))
    product.clock.moment = datetime(2026, 3, 2, 22, 59, tzinfo=UTC)
    async with product.database.sessions.begin() as session:
        await session.execute(update(Sessie).values(gebruikt_op=product.clock.now(), aangemaakt_op=product.clock.now()))
    assert await seat(browser) is None
    product.clock.moment = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
    assert await seat(browser) == ("aalst", ROLES["aalst"])


async def test_a_cookie_that_an_attacker_planted_is_not_the_victims_session(product, forger):
    """Fixation: the attacker begins a login, plants its cookie, the victim signs in: the cookie stays worthless."""
    async with product.browser() as attacker, product.browser() as victim:
        await attacker.get("/aanmelden")
        planted = attacker.cookies["vlok"]
        victim.cookies.set("vlok", planted, domain="127.0.0.1")
        await forger.sign_in(victim, product)
        assert await seat(victim) is not None
        assert await seat(attacker) is None
        assert planted not in [cookie.value for cookie in victim.cookies.jar if cookie.path == "/" and cookie.value]


async def test_nobody_stays_signed_in_as_whom_they_were_before(product, forger, browser):
    """A second login in the same browser ends the first session; its cookie is worth nothing."""
    before = browser.cookies["vlok"]
    forger.answer = header()
    await forger.sign_in(browser, product)
    assert (await browser.get("/wie")).json()["naam"].startswith(find_persona("dossierbeheerder@aalst").voornaam)
    async with product.browser() as old:
        old.cookies.set("vlok", before)
        assert await seat(old) is None
