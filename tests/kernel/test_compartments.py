"""A compartment is a place: the same kernel once more, with a wall around it. Held with a practice compartment."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import select, text

from vlok.api.actor import Actor
from vlok.api.errors import ContractError, Refusal
from vlok.api.tables import Bestand, Dossier, Onderwerp, Taak
from vlok.audit.tables import Auditregel
from vlok.compartments.admission import admitted
from vlok.db.roles import connected
from vlok.graph.names import global_id
from vlok.jobs.upkeep import keep_up
from vlok.procedures.execute import Request, execute
from vlok.procedures.subjects import lock, touch
from vlok.procedures.tables import Feit, Uitvoering
from vlok.testing.crash import content
from vlok.testing.kluis import COMPARTMENT
from vlok.testing.kluis_world import GUEST, MEMBER, OUTSIDER, a_subject, opened
from vlok.testing.practice_world import a_dossier, admin_url, browser, count_of

ELSEWHERE = "dossierbeheerder@wvl"


# The place


async def test_what_is_opened_inside_stands_inside_and_nowhere_else(outside, inside):
    dossier = await opened(outside, inside)
    assert await count_of(inside, MEMBER, Dossier, Dossier.id == dossier.id) == 1
    for persona in (OUTSIDER, ELSEWHERE, MEMBER):
        assert await count_of(outside, persona, Dossier, Dossier.id == dossier.id) == 0


async def test_the_common_schema_does_not_know_what_lives_inside(outside, inside):
    assert "kluis" not in outside.product.schema.as_str().lower()
    assert "kluisOpenen" in inside.product.schema.as_str()
    assert "kluis.openen" not in outside.kernel.actions
    assert "buur.melden" not in inside.kernel.actions


async def test_numbers_are_its_own_and_leave_no_gap_outside(outside, inside):
    before = (await a_dossier(outside)).referte
    first, second = (await opened(outside, inside)).referte, (await opened(outside, inside)).referte
    after = (await a_dossier(outside)).referte
    assert first[:5] == second[:5] == "KD26-"
    assert int(second[5:]) == int(first[5:]) + 1
    assert int(after[5:]) - int(before[5:]) == 3  # two subjects were made through a dossier outside


async def test_a_series_without_a_prefix_of_its_own_is_refused_inside(outside, inside):
    async with inside.kernel.work(await inside.actor(MEMBER)) as work:
        with pytest.raises(ContractError, match="XX"):
            await work.number("XX")
        work.keep = False


async def test_a_task_inside_is_found_by_its_own_reference(outside, inside):
    persoon = await outside.actor(GUEST)
    await opened(outside, inside, voor=str(persoon.gebruiker_id))
    async with inside.session(MEMBER) as session:
        taak = await session.scalar(select(Taak).order_by(Taak.referte.desc()).limit(1))
    assert taak.referte.startswith("KT26-")
    node = "query($id: ID!) { node(id: $id) { ... on Taak { referte } } }"
    assert (await inside.query(MEMBER, node, id=global_id("Taak", taak.id)))["node"]["referte"] == taak.referte
    assert (await outside.query(MEMBER, node, id=global_id("Taak", taak.id)))["node"] is None


# The wall


async def test_a_member_reads_the_common_place_and_changes_nothing_there(outside):
    dossier = await a_dossier(outside)
    assert await count_of(outside, MEMBER, Dossier, Dossier.id == dossier.id) == 1
    for statement in ("update dossier set info = 'x'", "delete from taak", "insert into ontvangst values (null)"):
        with pytest.raises(Refusal, match="Niet gevonden"):
            async with outside.session(MEMBER) as session:
                await session.execute(text(statement))


async def test_what_a_member_reads_outside_is_logged_inside_only(outside, inside, cluster):
    dossier = await a_dossier(outside)
    counts = "select (select count(*) from public.auditregel), (select count(*) from kluis_logboek.auditregel)"
    with connected(admin_url(cluster, outside)) as admin:
        before = admin.execute(counts).fetchone()
        await outside.query(MEMBER, "query($r: String!) { dossier(referte: $r) { referte } }", r=dossier.referte)
        after = admin.execute(counts).fetchone()
    assert (after[0] - before[0], after[1] - before[1]) == (0, 1)
    assert await count_of(inside, MEMBER, Auditregel) == after[1]


async def test_somebody_who_was_not_admitted_cannot_even_open_a_session_inside(outside, inside):
    for persona in (OUTSIDER, ELSEWHERE):
        assert await admitted(inside.kernel, await outside.actor(persona)) is None
        with pytest.raises(ContractError):
            inside.kernel.database.session(await outside.actor(persona))


async def test_the_applications_role_has_no_way_in(outside, cluster):
    await a_subject(outside)
    url = outside.kernel.database.engine.url.render_as_string(hide_password=False)
    with connected(url) as app:
        app.execute("select set_config('app.domein', 'wi', false)")
        for place in ("kluis.dossier", "kluis.procrastinate_jobs", "kluis_logboek.auditregel"):
            with pytest.raises(InsufficientPrivilege):
                app.execute(f"select * from {place}")
            with pytest.raises(InsufficientPrivilege):
                app.execute("select %s::regclass", [place])


LOCKS = """select mode from pg_locks join pg_class on pg_class.oid = relation
    where relname = 'onderwerp' and relnamespace = 'public'::regnamespace and pid <> pg_backend_pid()"""
ADVISORY = "select count(*) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()"


async def test_an_action_on_something_shared_locks_no_row_of_it(outside, inside, cluster):
    subject = await a_subject(outside)
    with connected(admin_url(cluster, outside)) as admin:
        async with inside.kernel.work(await inside.actor(MEMBER)) as work:
            anchor = await lock(work.session, await work.session.get_one(Onderwerp, subject.id))
            touch(anchor)
            await work.session.flush()
            assert {mode for (mode,) in admin.execute(LOCKS)} == {"AccessShareLock"}
            assert admin.execute(ADVISORY).fetchone() == (1,)
            async with asyncio.timeout(5), outside.kernel.work(await outside.actor(OUTSIDER)) as other:
                assert await lock(other.session, await other.session.get_one(Onderwerp, subject.id))


async def test_two_actions_inside_on_something_shared_wait_for_each_other(outside, inside):
    subject = await a_subject(outside)
    async with inside.kernel.work(await inside.actor(MEMBER)) as work:
        await lock(work.session, await work.session.get_one(Onderwerp, subject.id))
        refused = await inside.act(MEMBER, "kluis.openen", subject)
    assert [m.code for m in refused.meldingen] == ["CONFLICT"]
    assert (await inside.act(MEMBER, "kluis.openen", subject)).uitgevoerd


async def test_whatever_is_done_inside_no_row_outside_changes(outside, inside, cluster):
    person, subject = await outside.actor(GUEST), await a_subject(outside)
    await inside.actor(MEMBER)
    with connected(admin_url(cluster, outside)) as admin:
        before = content(admin)
        done = await inside.act(MEMBER, "kluis.openen", subject, {"opdracht": {"voor": str(person.gebruiker_id)}})
        assert done.uitgevoerd, done.meldingen
        await inside.query(MEMBER, "{ werklijst { totalCount } }")
        async with inside.session(GUEST) as session:
            taken = (await session.scalars(select(Taak).where(Taak.gesloten_op.is_(None)))).all()
        for taak in taken:
            assert (await inside.act(GUEST, "kluis.afronden", global_id("Taak", taak.id))).uitgevoerd
        await inside.drain()
        assert content(admin) == before


async def test_upkeep_inside_forgets_what_nobody_attached_inside(outside, inside):
    key = UUID(await inside.upload(MEMBER))
    theirs = UUID(await outside.upload(OUTSIDER))
    outside.clock.day += timedelta(days=2)
    try:
        await keep_up(inside.kernel)
    finally:
        outside.clock.day -= timedelta(days=2)
    assert await count_of(inside, MEMBER, Bestand, Bestand.id == key) == 0
    assert await count_of(outside, OUTSIDER, Bestand, Bestand.id == theirs) == 1


# Guests


async def test_a_guest_is_admitted_as_long_as_the_assignment_runs_and_reaches_only_that(outside, inside):
    person = await outside.actor(GUEST)
    await opened(outside, inside, voor=str(uuid4()))
    mine = await opened(outside, inside, voor=str(person.gebruiker_id))
    guest = await admitted(inside.kernel, person)
    assert guest is not None
    assert (guest.gebruiker_id, guest.domein, guest.rollen) == (person.gebruiker_id, "wi", {"kluis.gast"})
    for hidden in (Dossier, Auditregel, Feit, Uitvoering):
        assert await count_of(inside, GUEST, hidden) == 0
    assert await count_of(inside, GUEST, Taak, Taak.gebruiker_id != person.gebruiker_id) == 0
    async with inside.session(GUEST) as session:
        taken = (await session.scalars(select(Taak))).all()
    assert mine.onderwerp_id in {taak.onderwerp_id for taak in taken}
    for taak in taken:
        for _ in range(2):  # the second time the first answer comes again
            asked = Request("kluis.afronden", global_id("Taak", taak.id), sleutel=f"af-{taak.id}")
            done = await execute(inside.kernel, guest, asked)
            assert done.uitgevoerd, done.meldingen
    assert await admitted(inside.kernel, person) is None
    assert await admitted(inside.kernel, None) is None


async def test_the_roles_of_a_guest_are_those_the_compartment_declares_and_no_others(outside, inside, monkeypatch):
    async def generous(session: object, actor: Actor) -> Actor:
        return replace(actor, rollen=frozenset({"wi.verbalisant", "lb.dossierbeheerder", *given}))

    given: set[str] = set()
    monkeypatch.setattr(inside.kernel, "compartment", replace(COMPARTMENT, guest=generous))
    assert await admitted(inside.kernel, await outside.actor(OUTSIDER)) is None
    given.add("kluis.gast")
    inside_as = await admitted(inside.kernel, await outside.actor(OUTSIDER))
    assert inside_as is not None
    assert (inside_as.rollen, inside_as.gast) == ({"kluis.gast"}, True)


# The address


SHAPES = (
    ("POST", "graphql", {"json": {"query": "{ ik { naam } }"}}),
    ("POST", "graphql", {"content": b"x", "headers": {"content-type": "text/plain"}}),
    ("GET", "graphql", {}),
    ("PUT", "graphql", {}),
    ("OPTIONS", "graphql", {}),
    ("POST", "bestanden", {"files": {"bestand": ("a.pdf", b"x")}}),
    ("GET", "bestanden", {}),
    ("GET", "documenten/abc", {}),
    ("DELETE", "documenten/abc", {}),
)


@pytest.mark.parametrize("persona", [None, OUTSIDER, ELSEWHERE])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape[0]} {shape[1]}")
async def test_for_who_is_not_admitted_it_answers_as_an_unknown_path(outside, persona, shape):
    method, path, given = shape

    async def answer(place: str) -> tuple:
        async with browser(outside, persona, **{"x-vlok": "1"}) as client:
            response = await client.request(method, f"/{place}/{path}", **given)
        headers = [(name, value) for name, value in response.headers.multi_items() if name != "x-request-id"]
        return response.status_code, headers, response.content

    assert await answer("kluis") == await answer("nergens")


async def test_a_member_is_answered_there(outside, inside):
    dossier = await opened(outside, inside)
    async with browser(outside, MEMBER) as client:
        asked = {"query": f'{{ dossier(referte: "{dossier.referte}") {{ referte }} }}'}
        within = (await client.post("/kluis/graphql", json=asked)).json()
        without = (await client.post("/graphql", json=asked)).json()
    assert within["data"]["dossier"] == {"referte": dossier.referte}
    assert without["data"]["dossier"] is None
