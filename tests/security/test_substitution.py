"""Vervanging: the rights of an absent colleague, in one organisation, from a first to a last day, and on record."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from vlok.api.tables import Taak
from vlok.audit.tables import Auditregel
from vlok.graph.names import global_id
from vlok.identity.actors import Actors
from vlok.identity.claims import Identity
from vlok.identity.enrolment import enrol
from vlok.identity.tables import Roltoekenning, Vervanging
from vlok.jobs.queue import freeze, thaw
from vlok.testing.practice_world import a_dossier
from vlok.testing.substitution import (
    APPLICATION,
    AUDITOR,
    AWAY,
    ELSEWHERE,
    MANAGER,
    PRESENT,
    THIRD,
    act,
    ask,
    codes,
    nobody_replaced,
    now,
    replace,
)
from vlok.testing.world import TODAY, World

LIST = "query($id: ID!) { node(id: $id) { ... on Organisatie { vervangingen { id } } } }"


@pytest.fixture(autouse=True)
async def clean(proef: World) -> AsyncIterator[None]:
    """Everybody has signed in once; nobody is replaced."""
    async with nobody_replaced(proef):
        yield


async def test_the_substitute_has_the_union_of_both_from_the_first_to_the_last_day(proef):
    first, last = TODAY + timedelta(days=3), TODAY + timedelta(days=5)
    await replace(proef, AWAY, PRESENT, first, last)
    held = {}
    for ahead in range(2, 7):
        proef.clock.day = TODAY + timedelta(days=ahead)
        held[ahead] = (await now(proef, PRESENT)).rollen
    own, both = frozenset({"lb.lezer"}), frozenset({"lb.lezer", "lb.dossierbeheerder"})
    assert held == {2: own, 3: both, 4: both, 5: both, 6: own}


async def test_what_only_the_absent_person_may_do_the_substitute_does_on_those_days(proef):
    dossier = await a_dossier(proef)
    invoer = {"nota": {"tekst": "Nota", "kleur": "rood"}}
    refused = await act(proef, PRESENT, "proef.noteren", dossier.referte, invoer)
    await replace(proef)
    allowed = await act(proef, PRESENT, "proef.noteren", dossier.referte, invoer, dry_run=True)
    assert codes(refused) == [("ONBEKEND", None)]
    assert ("ONBEKEND", None) not in codes(allowed)


async def test_the_absent_person_keeps_their_own_rights_and_gets_none(proef):
    before = (await now(proef, AWAY)).rollen
    await replace(proef)
    away = await now(proef, AWAY)
    assert (away.rollen, away.vervangt, away.namens) == (before, (), None)


async def test_there_is_no_chain(proef):
    """Whoever replaces the substitute gets the substitute's own roles, not those the substitute borrowed."""
    await replace(proef, AWAY, PRESENT)
    await replace(proef, PRESENT, THIRD)
    third = await now(proef, THIRD)
    assert third.rollen == {"lb.woningcontroleur", "lb.lezer"}
    assert [one.naam for one in third.vervangt] == [(await now(proef, PRESENT)).naam]


async def test_two_absent_people_may_have_one_substitute(proef):
    await replace(proef, AWAY, PRESENT)
    await replace(proef, THIRD, PRESENT)
    present = await now(proef, PRESENT)
    assert present.rollen == {"lb.lezer", "lb.dossierbeheerder", "lb.woningcontroleur"}
    assert present.namens == f"vervangt {' en '.join(one.naam for one in present.vervangt)}"
    assert len(present.vervangt) == 2


async def test_a_substitute_gets_nothing_in_another_organisation_and_never_the_inspectorates_roles(proef):
    """One person: lezer in Aalst and in Gent, wooninspecteur at the WI. Their colleague in Aalst is replaced."""
    day = TODAY
    roles = (("lb.lezer", "OVO900001"), ("lb.lezer", "OVO900004"), ("wi.wooninspecteur", "OVO900007"))
    async with proef.kernel.database.sessions.begin() as session:
        many = await enrol(session, Identity("https://x", "dubbel", "Do", "Dubbel", None, roles, "OVO900001"), day)
    actors = Actors(proef.kernel.settings, proef.kernel.database, proef.kernel.clock)
    away = await now(proef, AWAY)
    own = global_id("Organisatie", away.organisatie_id)
    invoer = {"vervanging": {"vervanger": many.gebruiker_id, "van": day, "tot": day, "reden": "Verlof"}}
    assert (await act(proef, AWAY, "kernel.vervangingInstellen", own, invoer)).uitgevoerd
    held = {
        choice.code: await actors._actor((many.gebruiker_id, choice.id), "")
        for choice in await actors.organisaties(many.gebruiker_id, day)
    }
    assert {code: (actor.rollen, actor.namens) for code, actor in held.items() if actor is not None} == {
        "aalst": (frozenset({"lb.lezer", "lb.dossierbeheerder"}), f"vervangt {away.naam}"),
        "gent": (frozenset({"lb.lezer"}), None),
        "wi": (frozenset({"wi.wooninspecteur"}), None),
    }


@pytest.mark.parametrize("whose", [AWAY, PRESENT])
async def test_without_a_role_of_both_today_nobody_is_replaced(proef, whose):
    await replace(proef, AWAY, PRESENT, TODAY, TODAY + timedelta(days=5))
    ended = await now(proef, whose)
    async with proef.kernel.database.sessions.begin() as session:
        gone = update(Roltoekenning).where(Roltoekenning.gebruiker_id == ended.gebruiker_id)
        await session.execute(gone.values(tot=TODAY))
    assert (await now(proef, PRESENT)).vervangt
    proef.clock.day = TODAY + timedelta(days=1)
    actors = Actors(proef.kernel.settings, proef.kernel.database, proef.kernel.clock)
    present = await actors._actor(((await proef.actor(PRESENT)).gebruiker_id, ended.organisatie_id), "")
    assert (present.rollen if present else None) == (frozenset({"lb.lezer"}) if whose == AWAY else None)


async def a_task_of(world: World, persona: str) -> str:
    """A task given to one person."""
    dossier = await a_dossier(world, AWAY)
    async with world.kernel.work(await world.actor(AWAY)) as work:
        taak = Taak(
            id=uuid4(),
            referte=await work.number("TK"),
            nummer=900,
            naam="Bel terug",
            rol="lb.burgemeester",
            gebruiker_id=(await world.actor(persona)).gebruiker_id,
            onderwerp_id=dossier.onderwerp_id,
            dossier_id=dossier.id,
            domein="lb:41002",
            gebied="41002",
            sorteerdatum=TODAY,
            aangemaakt_op=work.now,
        )
        work.session.add(taak)
    return taak.referte


async def test_the_tasks_of_the_absent_person_are_the_substitutes_too(proef):
    """Before, during (also among "only mine") and after; a third person's stay theirs."""
    theirs, other = await a_task_of(proef, AWAY), await a_task_of(proef, MANAGER)
    query = "query($mijn: Boolean!) { werklijst(first: 50, filter: {enkelMijn: $mijn}) { edges { node { referte } } } }"

    async def listed(mine: bool) -> set[str]:
        data = await ask(proef, THIRD, query, mijn=mine)
        return {edge["node"]["referte"] for edge in data["werklijst"]["edges"]} & {theirs, other}

    assert [await listed(mine) for mine in (False, True)] == [set(), set()]
    key = await replace(proef, AWAY, THIRD)
    assert [await listed(mine) for mine in (False, True)] == [{theirs}, {theirs}]
    assert (await act(proef, AWAY, "kernel.vervangingBeeindigen", key)).uitgevoerd
    assert [await listed(mine) for mine in (False, True)] == [set(), set()]


async def test_the_audit_trail_keeps_begin_and_end_and_for_whom_each_action_was_done(proef):
    key = await replace(proef)
    dossier = await a_dossier(proef)
    present, away = await now(proef, PRESENT), await now(proef, AWAY)
    async with proef.kernel.work(present) as work:
        work.audit("proef", {}, dossier)
    assert (await act(proef, MANAGER, "kernel.vervangingBeeindigen", key)).uitgevoerd
    async with proef.session(AUDITOR) as session:
        lines = (await session.scalars(select(Auditregel).order_by(Auditregel.volgnummer))).all()
    period_lines = [line for line in lines if line.wat.startswith("vervanging:")][-2:]
    assert [line.wat for line in period_lines] == ["vervanging:instellen", "vervanging:beeindigen"]
    for line in period_lines:
        assert line.gegevens["afwezige"] == str(away.gebruiker_id)
        assert line.gegevens["vervanger"] == str(present.gebruiker_id)
        assert (line.gegevens["van"], line.gegevens["tot"]) == (TODAY.isoformat(), TODAY.isoformat())
    [done] = [line for line in lines if line.subject_id == dossier.id and line.wat == "proef"]
    assert (done.gebruiker, done.namens) == (present.naam, f"vervangt {away.naam}")
    assert "lb.dossierbeheerder" in done.rollen


async def test_a_job_is_run_for_whom_it_was_ordered(proef):
    await replace(proef)
    present = await now(proef, PRESENT)
    again = thaw(freeze(present))
    assert again == present
    assert (again.namens, again.persoon_ids) == (present.namens, present.persoon_ids)


async def test_the_user_is_told_whom_they_replace(proef):
    assert (await ask(proef, PRESENT, "{ ik { vervangt namens } }"))["ik"] == {"vervangt": [], "namens": None}
    await replace(proef)
    away = await now(proef, AWAY)
    me = (await ask(proef, PRESENT, "{ ik { vervangt namens rollen { code } } }"))["ik"]
    assert me["vervangt"] == [away.naam]
    assert {"code": "lb.dossierbeheerder"} in me["rollen"]


SEES = {
    AWAY: ["mine"], PRESENT: ["mine"], THIRD: ["other"], MANAGER: ["mine", "other"], APPLICATION: ["mine", "other"],
    AUDITOR: ["mine", "other"], "lezer@wvl": [], ELSEWHERE: None,
}  # fmt: skip


@pytest.mark.parametrize(("persona", "sees"), SEES.items(), ids=SEES)
async def test_who_is_away_is_shown_to_those_concerned_the_managers_and_the_auditor(proef, persona, sees):
    await proef.actor("burgemeester@aalst")
    ids = {
        await replace(proef, AWAY, PRESENT): "mine",
        await replace(proef, "burgemeester@aalst", THIRD): "other",
    }
    here = global_id("Organisatie", (await now(proef, AWAY)).organisatie_id)
    found = (await ask(proef, persona, LIST, id=here))["node"]
    listed = found and sorted(ids[one["id"]] for one in found["vervangingen"])
    assert listed == sees
    for key, name in ids.items():
        node = (await ask(proef, persona, "query($id: ID!) { node(id: $id) { id } }", id=key))["node"]
        assert (node is not None) is (name in (sees or []))


async def test_postgresql_shows_another_domain_no_substitution(proef):
    """Only the sign-in, which comes before anybody acts, reads them all."""
    await replace(proef)
    counted = {}
    for persona in (AWAY, "lezer@wvl", ELSEWHERE):
        async with proef.session(persona) as session:
            counted[persona] = len((await session.scalars(select(Vervanging))).all())
    assert counted == {AWAY: 1, "lezer@wvl": 0, ELSEWHERE: 0}
