"""Who asked a moment ago is answered in one statement, which proves that they still are who they were."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import delete, select, update

from vlok.api.tables import Dossier
from vlok.app import web
from vlok.db.roles import connected
from vlok.identity.sessions import TOUCH_AFTER, hashed
from vlok.identity.tables import Roltoekenning, Sessie
from vlok.identity.tokens import persona_token
from vlok.testing.cluster import Databases
from vlok.testing.kluis_world import MEMBER, OUTSIDER
from vlok.testing.login import SetClock
from vlok.testing.practice_world import BEHEERDER, ELDERS, a_dossier, admin_url
from vlok.testing.seats import signed_in
from vlok.testing.statements import counted
from vlok.testing.world import World

ONE = "query($r: String!) { dossier(referte: $r) { referte status taken { naam } } }"
SEEK = '{ werklijst(first: 3, filter: {zoek: "woning"}) { edges { node { naam dossier { referte } } } } }'
"""Planned anew for its word, so that who asks is proven apart: two statements, as on the usual way."""
LIST = "{ werklijst(first: 3) { totalCount edges { cursor node { naam dossier { referte } } } } }"


@pytest.fixture
async def dossier(proef: World) -> Dossier:
    made = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", made, {"nota": {"tekst": "een taak"}})
    return made


class Seated:
    """Somebody signed in, in a browser, before a product that has just started."""

    def __init__(self, world: World, client: httpx2.AsyncClient, secret: str) -> None:
        self.world = world
        self.client = client
        self.secret = secret

    async def ask(self, query: str, **variables: Any) -> tuple[httpx2.Response, int]:
        """The answer, and how many statements it took."""
        with counted(self.world.kernel.database) as sent:
            got = await self.client.post("/graphql", json={"query": query, "variables": variables})
        return got, len(sent)

    async def change(self, statement: Any) -> None:
        """What another request, or another server, does meanwhile."""
        async with self.world.kernel.database.sessions.begin() as session:
            await session.execute(statement)

    @property
    def own(self) -> Any:
        """The row of the session."""
        return Sessie.sleutel_hash == hashed(self.secret)


@asynccontextmanager
async def seated(world: World, persona: str, **headers: str) -> AsyncIterator[Seated]:
    """A persona with a session of their own, as signing in leaves one."""
    secret = await signed_in(world.kernel, await world.actor(persona))
    transport = httpx2.ASGITransport(app=web(world.product, worker=False), raise_app_exceptions=False)
    sent = {"x-vlok": "1", "cookie": f"vlok={secret}", **headers}
    base = world.kernel.settings.base_url
    async with httpx2.AsyncClient(transport=transport, base_url=base, headers=sent) as client:
        yield Seated(world, client, secret)


@pytest.fixture
def lines(cluster: Databases, proef: World) -> Callable[[], int]:
    """How many lines the audit trail has."""
    return lambda: counted_lines(admin_url(cluster, proef))


def counted_lines(url: str) -> int:
    with connected(url) as admin:
        [count] = admin.execute("select count(*) from auditregel").fetchone() or ()
    return int(count)


def code(answer: httpx2.Response) -> str:
    """The code of the one error."""
    [error] = answer.json()["errors"]
    return str(error["extensions"]["code"])


@pytest.mark.parametrize("query", [ONE, LIST, "query($r: String!) { dossier(referte: $r) { info taken { id } } }"])
async def test_who_asked_before_is_answered_in_one_statement_with_the_same_answer_and_line(
    proef, dossier, lines, query
):
    async with seated(proef, BEHEERDER) as someone:
        given = {"r": dossier.referte} if "$r" in query else {}
        first, usual = await someone.ask(query, **given)
        before = lines()
        again, quick = await someone.ask(query, **given)
    assert (usual, quick) == (2, 1)
    assert again.content == first.content
    assert lines() == before + 1
    differing = {"x-request-id"}
    kept, anew = ({k: v for k, v in one.headers.items() if k not in differing} for one in (first, again))
    assert kept == anew


async def test_a_plan_made_on_the_usual_way_serves_who_is_expected(proef, dossier):
    query = "query Zelfde($r: String!) { dossier(referte: $r) { referte } }"
    async with seated(proef, BEHEERDER) as someone:
        for _ in range(2):
            await someone.ask(query, r=dossier.referte)
    [kept] = [document for key, document in proef.product.schema.planner.documents.items() if key[0] == query]
    assert len(kept.plans) == 1


GONE = {
    "the session has ended": lambda someone: delete(Sessie).where(someone.own),
    "nobody is signed in with it any more": lambda someone: (
        update(Sessie).where(someone.own).values(inhoud=b"{}", gebruiker_id=None)
    ),
}


async def test_a_search_is_answered_after_a_proof_with_the_same_answer_and_line(proef, dossier, lines):
    async with seated(proef, BEHEERDER) as someone:
        first, _ = await someone.ask(SEEK)
        before = lines()
        again, count = await someone.ask(SEEK)
    assert count == 2
    assert again.content == first.content
    assert first.json()["data"]["werklijst"]["edges"]
    assert lines() == before + 1


@pytest.mark.parametrize("query", [ONE, SEEK])
@pytest.mark.parametrize("how", GONE)
async def test_who_is_signed_out_gets_nothing_and_leaves_no_line(proef, dossier, lines, how, query):
    given = {"r": dossier.referte} if "$r" in query else {}
    async with seated(proef, BEHEERDER) as someone:
        assert "errors" not in (await someone.ask(query, **given))[0].json()
        await someone.change(GONE[how](someone))
        before = lines()
        answer, _ = await someone.ask(query, **given)
    assert code(answer) == "NIET_AANGEMELD"
    assert lines() == before


async def test_a_role_that_ended_is_worth_nothing_at_the_next_question(proef, dossier, lines):
    actor = await proef.actor(BEHEERDER)
    held = Roltoekenning.gebruiker_id == actor.gebruiker_id
    async with proef.kernel.database.sessions() as session:
        ends = [tuple(one) for one in await session.execute(select(Roltoekenning.id, Roltoekenning.tot).where(held))]
    async with seated(proef, BEHEERDER) as someone:
        await someone.ask(ONE, r=dossier.referte)
        await someone.change(update(Roltoekenning).where(held).values(tot=proef.clock.day - timedelta(days=1)))
        before = lines()
        ended, _ = await someone.ask(ONE, r=dossier.referte)
        assert lines() == before
        for id_, tot in ends:
            await someone.change(update(Roltoekenning).where(Roltoekenning.id == id_).values(tot=tot))
        back, _ = await someone.ask(ONE, r=dossier.referte)
    assert code(ended) == "NIET_AANGEMELD"
    assert back.json()["data"]["dossier"]["referte"] == dossier.referte


async def test_who_acts_for_another_organisation_by_now_sees_what_that_one_sees(proef, dossier):
    other = await proef.actor(ELDERS)
    async with seated(proef, BEHEERDER) as someone:
        mine, _ = await someone.ask(ONE, r=dossier.referte)
        content = {"gebruiker": str(other.gebruiker_id), "organisatie": str(other.organisatie_id)}
        values = {"inhoud": json.dumps(content).encode(), "gebruiker_id": other.gebruiker_id}
        await someone.change(update(Sessie).where(someone.own).values(**values))
        theirs, _ = await someone.ask(ONE, r=dossier.referte)
    assert mine.json()["data"]["dossier"]
    assert theirs.json() == {"data": {"dossier": None}}


async def test_the_last_use_of_a_session_is_still_written_and_an_old_one_ends(proef, dossier, monkeypatch):
    clock = SetClock(proef.kernel.clock.now())
    monkeypatch.setattr(proef.kernel, "clock", clock)
    async with seated(proef, BEHEERDER) as someone:
        began = clock.now()
        for _ in range(2):
            _, count = await someone.ask(ONE, r=dossier.referte)
        assert count == 1
        clock.advance(TOUCH_AFTER)
        counts = [(await someone.ask(ONE, r=dossier.referte))[1] for _ in range(2)]
        assert counts == [2, 1]
        async with proef.kernel.database.sessions() as session:
            assert await session.scalar(select(Sessie.gebruikt_op).where(someone.own)) == began + TOUCH_AFTER
        clock.advance(timedelta(hours=1))
        answer, _ = await someone.ask(ONE, r=dossier.referte)
    assert code(answer) == "NIET_AANGEMELD"


async def test_at_midnight_the_rights_of_the_new_day_are_read(proef, dossier, monkeypatch):
    clock = SetClock(proef.kernel.clock.now().replace(hour=23, minute=59, second=50))
    monkeypatch.setattr(proef.kernel, "clock", clock)
    async with seated(proef, BEHEERDER) as someone:
        counts = []
        for after in (0, 0, 20, 0):
            clock.advance(timedelta(seconds=after))
            counts.append((await someone.ask(ONE, r=dossier.referte))[1])
    assert counts == [2, 1, 2, 1]


async def test_another_secret_or_two_of_them_are_nobody_expected(proef, dossier):
    async with seated(proef, BEHEERDER) as someone:
        await someone.ask(ONE, r=dossier.referte)
        for cookie in ("vlok=iets", f"vlok={someone.secret}; vlok=iets", f"xvlok={someone.secret}"):
            someone.client.headers["cookie"] = cookie
            answer, _ = await someone.ask(ONE, r=dossier.referte)
            assert code(answer) == "NIET_AANGEMELD", cookie


async def test_a_bearer_token_counts_before_the_session_as_it_always_did(proef, dossier):
    token = persona_token(proef.kernel.settings, ELDERS)
    async with seated(proef, BEHEERDER) as someone:
        mine, _ = await someone.ask(ONE, r=dossier.referte)
        someone.client.headers["authorization"] = f"Bearer {token}"
        theirs, _ = await someone.ask(ONE, r=dossier.referte)
        someone.client.headers["authorization"] = "Bearer onzin"
        nobodys, _ = await someone.ask(ONE, r=dossier.referte)
    assert mine.json()["data"]["dossier"]
    assert theirs.json() == {"data": {"dossier": None}}
    assert code(nobodys) == "NIET_AANGEMELD"


async def test_a_question_without_a_plan_and_a_change_go_the_usual_way(proef, dossier):
    change = """mutation($r: ID!) { voerHandelingUit(handeling: "proef.noteren", subject: $r,
        invoer: {nota: {tekst: "snel"}}) { uitgevoerd } }"""
    async with seated(proef, BEHEERDER) as someone:
        await someone.ask(ONE, r=dossier.referte)
        who, _ = await someone.ask("{ ik { naam } }")
        done, _ = await someone.ask(change, r=dossier.referte)
        wrong, _ = await someone.ask("{ bestaatNiet }")
    assert who.json()["data"]["ik"]["naam"] == (await proef.actor(BEHEERDER)).naam
    assert done.json()["data"]["voerHandelingUit"]["uitgevoerd"] is True
    assert code(wrong) == "ONGELDIG"


async def test_a_write_from_another_site_is_refused_before_anybody_is_expected(proef, dossier):
    async with seated(proef, BEHEERDER) as someone:
        await someone.ask(ONE, r=dossier.referte)
        someone.client.headers["origin"] = "https://elders.be"
        answer, count = await someone.ask(ONE, r=dossier.referte)
    assert (answer.status_code, count) == (403, 0)


async def test_a_member_of_a_compartment_is_read_first_for_their_role_may_not_look_at_sessions(outside):
    async with seated(outside, MEMBER) as member, seated(outside, OUTSIDER) as other:
        for one, proven in ((member, False), (other, True)):
            for _ in range(2):
                with counted(outside.kernel.database) as sent:
                    await one.ask(LIST)
            [statement] = sent  # of a member the page itself is read by another role
            assert ("antwoord" in statement) is proven
