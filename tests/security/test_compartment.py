"""The wall around the wooninspectie, with the real procedure behind it: what is done inside leaves no mark outside."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import pytest_asyncio
from graphql import build_schema
from sqlalchemy import Connection, event, select, text

from vlok.api.tables import Bestand, Dossier
from vlok.app import build, contributions
from vlok.compartments.admission import admitted
from vlok.db.roles import connected
from vlok.identity.personas import personas
from vlok.settings import Settings
from vlok.testing.crash import content
from vlok.testing.practice_world import admin_url, browser
from vlok.testing.world import World, a_pdf, a_world
from vlok_register.api.register import Adres, NieuweEntiteit, NieuwPand, gemeente, make_entiteiten, make_panden

ROOT = Path(__file__).parents[2]
OUR_ROLES = ("voor-en-natraject", "administratief-medewerker", "verbalisant", "wooninspecteur", "lezer")
MEMBERS = (*OUR_ROLES, "toepassingsbeheerder")
GUEST = "woningcontroleur@wvl"
NUMBERS = count(1)
MARKS = """select relname, mode from pg_locks join pg_class on pg_class.oid = relation
    where pid = pg_backend_pid() and relnamespace = 'public'::regnamespace and mode <> 'AccessShareLock'"""
"""Every lock of this transaction on something shared beyond that of reading; of changed and locked rows too."""


@pytest.fixture(scope="module")
def line() -> ModuleType:
    """The people and steps of the procedure, as its own tests walk it."""
    spec = spec_from_file_location("wi_stappen", ROOT / "plugins" / "wi" / "tests" / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def outside(cluster, tmp_path_factory) -> AsyncIterator[World]:
    """The common place of a world of this module."""
    async with a_world(cluster, tmp_path_factory.mktemp("muur")) as made:
        yield made


@contextmanager
def marks(world: World) -> Iterator[list[tuple[str, str]]]:
    """The marks that the transactions of a place leave on what is shared, from now to the end of the block."""
    found: list[tuple[str, str]] = []

    def look(connection: Connection) -> None:
        found.extend((name, mode) for name, mode in connection.execute(text(MARKS)))

    engine = world.kernel.database.engine.sync_engine
    event.listen(engine, "commit", look)
    try:
        yield found
    finally:
        event.remove(engine, "commit", look)


async def a_pand(outside: World, line: ModuleType) -> Any:
    """A pand with one dwelling, and what is done about it inside."""
    await outside.actor(GUEST)
    async with outside.kernel.work(await outside.actor("dossierbeheerder@aalst")) as work:
        aalst = gemeente("Aalst", work.today)
        assert aalst is not None
        [pand] = await make_panden(work, [NieuwPand(Adres.lees(f"Muurstraat {next(NUMBERS)}"), aalst)])
        [entiteit] = await make_entiteiten(work, [NieuweEntiteit(pand, "ZW")])
    return line.WiDossier(outside, pand.referte, pand.id, [entiteit.referte])


async def walk(one: Any, line: ModuleType) -> None:
    """The whole procedure, from the first step to the last."""
    await one.open()
    await one.pv()
    await one.vorder()
    await one.schrijf_in()
    await one.gevolg()
    await one.uitspraak()
    await one.uitgevoerd()
    await one.doe(line.NATRAJECT, "wi.afsluiten", reden={"reden": "Hersteld."})


async def test_the_whole_procedure_locks_and_changes_no_row_outside_until_something_is_released(outside, line, cluster):
    one = await a_pand(outside, line)
    for role in OUR_ROLES:
        await outside.actor(f"{role}@wi")
    with connected(admin_url(cluster, outside)) as admin, marks(outside.wi) as found:
        before = content(admin)
        await walk(one, line)
        assert await one.status() == "Afgesloten"
        assert found == []
        assert content(admin) == before
        assert admin.execute("select count(*) from wi.dossier").fetchone() == (1,)
        assert admin.execute("select count(*) from wi_logboek.auditregel").fetchone()[0] > 20


async def test_a_mark_on_something_shared_would_be_seen(outside):
    """The check above is not blind."""
    with marks(outside) as found:
        async with outside.kernel.work(await outside.actor("dossierbeheerder@aalst")) as work:
            await work.session.execute(select(Dossier).with_for_update())
            await work.number("DO")
    assert {name for name, _ in found} >= {"dossier", "nummerreeks"}


def words(sdl: str) -> set[str]:
    """Every name in a schema: types, fields, arguments, enum values."""
    found: set[str] = set()
    for name, type_ in build_schema(sdl).type_map.items():
        found.add(name)
        for field, declared in getattr(type_, "fields", {}).items():
            found |= {field, *getattr(declared, "args", {})}
        found |= set(getattr(type_, "values", {}))
    return found


def test_no_name_of_the_inside_stands_in_the_common_schema(outside):
    common = outside.product.schema.as_str()
    inside = outside.wi.product.schema.as_str()
    own = {name for name in words(inside) - words(common) if re.match(r"wi[A-Z]|Wi[A-Z]", name)}
    assert len(own) > 20
    assert [name for name in own if name in common] == []
    assert [
        name for name in words(common) if re.match(r"(wi|Wi|WI)(?=[A-Z_]|$)|.*[Vv]erbaal|.*[Oo]pdrachtnemer", name)
    ] == []


async def test_its_members_are_admitted_and_of_all_others_nobody(outside):
    inside = set()
    for persona in personas():
        if await admitted(outside.wi.kernel, await outside.actor(persona)) is not None:
            inside.add(persona)
    assert inside == {f"{role}@wi" for role in MEMBERS}


async def test_for_every_persona_outside_its_address_is_an_unknown_path(outside):
    asked = {"query": "{ ik { naam } }"}

    async def answer(persona: str | None, path: str) -> tuple:
        async with browser(outside, persona, **{"x-vlok": "1"}) as client:
            response = await client.post(path, json=asked)
        headers = [pair for pair in response.headers.multi_items() if pair[0] != "x-request-id"]
        return response.status_code, headers, response.content

    unknown = await answer(None, "/xx/graphql")
    for persona in (None, *(p for p in personas() if not p.endswith("@wi"))):
        assert await answer(persona, "/wi/graphql") == await answer(persona, "/xx/graphql") == unknown


async def test_a_guest_enters_by_the_same_address_and_is_out_when_the_assignment_ends(outside, line):
    one = await a_pand(outside, line)
    await one.open()

    async def status() -> int:
        async with browser(outside, GUEST) as client:
            return (await client.post("/wi/graphql", json={"query": line.OPDRACHTEN})).status_code

    assert await status() == 405
    await one.vraag_onderzoek()
    assert await status() == 200
    [opdracht] = (await one.zie())["wi"]["opdrachten"]
    await one.doe(line.INSPECTEUR, "wi.opdrachtIntrekken", opdracht["id"])
    assert await status() == 405


async def test_a_member_cannot_put_a_file_in_the_common_place(outside, tmp_path):
    stored = list((outside.kernel.settings.data / "bestanden").rglob("*"))
    async with browser(outside, "verbalisant@wi") as client:
        refused = await client.post("/bestanden", files={"bestand": ("a.pdf", a_pdf(), "application/pdf")})
        kept = await client.post("/wi/bestanden", files={"bestand": ("a.pdf", a_pdf(), "application/pdf")})
    assert (refused.status_code, refused.json()["code"]) == (404, "ONBEKEND")
    assert kept.status_code == 201
    new = set((outside.kernel.settings.data / "bestanden").rglob("*")) - set(stored)
    assert {path.parent.name for path in new if path.is_file()} <= {"wi"}
    async with outside.wi.session("verbalisant@wi") as session:
        assert await session.scalar(select(Bestand.sleutel).where(Bestand.sleutel.startswith("wi/")).limit(1))


async def test_documents_inside_are_read_below_its_own_path(outside, line):
    one = await a_pand(outside, line)
    await one.open()
    await one.onderzocht()
    await one.maak_pv()
    await outside.wi.drain()
    asked = "query($r: String!) { dossier(referte: $r) { documenten { url } } }"
    found = await outside.wi.query(line.VERBALISANT, asked, r=one.referte)
    urls = [document["url"] for document in found["dossier"]["documenten"]]
    assert urls
    assert all(url.startswith("/wi/documenten/") for url in urls)
    async with browser(outside, line.VERBALISANT) as client:
        assert (await client.get(urls[0])).headers["content-type"] == "application/pdf"
        assert (await client.get(urls[0].removeprefix("/wi"))).status_code == 404
    async with browser(outside, "dossierbeheerder@wvl") as client:
        assert (await client.get(urls[0])).content == (await client.get(urls[0].replace("/wi/", "/xx/"))).content


def test_without_the_plugin_there_is_no_compartment_and_nothing_of_it_is_needed(outside):
    settings = Settings(data=outside.kernel.settings.data, demo=True, plugins=("onderzoek", "oo", "vivoo"))
    found = contributions(settings)
    assert (found.compartments, found.inside, "wi" in found.migrations) == ({}, {}, False)
    product = build(settings, outside.kernel.database.engine.url.render_as_string(hide_password=False))
    assert product.compartments == {}
