"""What is on record: each change, each opening, each list, and nothing for who saw nothing."""

from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from vlok.audit.anchors import by_place
from vlok.audit.daily import anchor_daily, anchors_of
from vlok.audit.tables import Auditregel
from vlok.audit.verify import check
from vlok.graph.context import Context
from vlok.graph.names import global_id
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_document, a_dossier, admin_url, browser, count_of

DOSSIER = "query($r: String!) { dossier(referte: $r) { referte documenten { referte } taken { naam } } }"
NODE = "query($id: ID!) { node(id: $id) { ... on Dossier { referte } ... on Document { referte } } }"
WERKLIJST = "{ werklijst(first: 10) { edges { node { naam dossier { referte documenten { referte } } } } } }"


async def trail(world, persona, *, since=0) -> list[Auditregel]:
    async with world.session(persona) as session:
        own = (await world.actor(persona)).domein
        wanted = select(Auditregel).where(Auditregel.domein == own, Auditregel.volgnummer > since)
        return list((await session.scalars(wanted.order_by(Auditregel.volgnummer))).all())


@asynccontextmanager
async def added(world, persona):
    """The lines that the block adds to the trail of a persona's domain."""
    before = len(await trail(world, persona))
    lines: list[Auditregel] = []
    yield lines
    lines.extend(await trail(world, persona, since=before))


async def test_opening_a_dossier_is_one_line_with_all_that_it_showed(proef):
    dossier = await a_dossier(proef)
    document = await a_document(proef, dossier)
    actor = await proef.actor(BEHEERDER)
    async with added(proef, BEHEERDER) as lines:
        await proef.query(BEHEERDER, DOSSIER, r=dossier.referte)
    [line] = lines
    assert (line.soort, line.wat, line.subject_type, line.subject_id) == ("openen", "dossier", "Dossier", dossier.id)
    assert set(line.getoond) == {dossier.id, document.id}
    assert line.gegevens == {"aantal": {"dossier": 1, "document": 1}, "vraag": {"referte": dossier.referte}}
    assert (line.gebruiker_id, line.gebruiker, line.organisatie) == (actor.gebruiker_id, actor.naam, "Stad Aalst")
    assert (line.rollen, line.domein, line.doel) == (sorted(actor.rollen), actor.domein, None)


async def test_a_list_is_another_kind_and_names_what_it_showed(proef):
    dossier = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", dossier, {"nota": {"tekst": "x"}})
    async with added(proef, WVL) as lines:
        await proef.query(WVL, WERKLIJST)
    [line] = lines
    assert (line.soort, line.wat, line.subject_id) == ("lijst", "werklijst", None)
    assert dossier.id in line.getoond


async def test_a_request_leaves_one_line_per_root_field_under_one_request(proef):
    dossier = await a_dossier(proef)
    async with added(proef, BEHEERDER) as lines:
        await proef.query(
            BEHEERDER,
            "query($r: String!, $id: ID!) { a: dossier(referte: $r) { referte } ik { naam } b: node(id: $id) { id } }",
            r=dossier.referte, id=global_id("Dossier", dossier.id),
        )  # fmt: skip
    assert sorted(line.wat for line in lines) == ["dossier", "node"]
    assert len({line.verzoek_id for line in lines}) == 1


async def test_a_thing_shown_only_as_part_of_the_timeline_is_the_dossier(proef):
    dossier = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", dossier, {"nota": {"tekst": "x"}})
    query = "query($r: String!) { dossier(referte: $r) { tijdlijn { id } } }"
    event = (await proef.query(BEHEERDER, query, r=dossier.referte))["dossier"]["tijdlijn"][0]["id"]
    async with added(proef, BEHEERDER) as lines:
        await proef.query(BEHEERDER, "query($id: ID!) { node(id: $id) { ... on Gebeurtenis { titel } } }", id=event)
    assert [(line.subject_id, line.getoond) for line in lines] == [(dossier.id, [dossier.id])]


@pytest.mark.parametrize(
    "query", ["{ ik { naam } }", "{ documenttypes { naam } }", '{ dossier(referte: "PD26-9") { info } }']
)
async def test_who_sees_nothing_that_is_kept_leaves_no_line(proef, query):
    async with added(proef, BEHEERDER) as lines:
        await proef.query(BEHEERDER, query)
    assert lines == []


async def test_a_count_alone_leaves_no_line(proef):
    await a_dossier(proef)
    async with added(proef, WVL) as lines:
        await proef.query(WVL, "{ werklijst { totalCount } }")
    assert lines == []


async def test_what_is_not_there_and_what_is_anothers_leave_the_same(proef):
    draft = await a_document(proef, await a_dossier(proef))
    sent = []
    async with added(proef, ELDERS) as lines:
        for key in (draft.id, uuid4()):
            sent.append(await proef.query(ELDERS, NODE, id=global_id("Document", key)))
    assert sent[0] == sent[1] == {"node": None}
    assert lines == []


async def test_the_row_that_an_action_shows_afterwards_is_on_record_too(proef):
    dossier = await a_dossier(proef)
    async with added(proef, BEHEERDER) as lines:
        await proef.query(
            BEHEERDER,
            "mutation($r: ID!) { voerHandelingUit(handeling: \"proef.afsluiten\", subject: $r)"
            " { subject { ... on Dossier { status } } } }",
            r=dossier.referte,
        )  # fmt: skip
    assert [(line.soort, line.wat) for line in lines] == [
        ("wijziging", "handeling:proef.afsluiten"), ("openen", "handeling:proef.afsluiten"),
    ]  # fmt: skip


async def test_a_wizard_shows_what_it_was_made_from(proef):
    dossier = await a_dossier(proef)
    async with added(proef, BEHEERDER) as lines:
        await proef.query(
            BEHEERDER,
            'query($r: ID!) { formulier(handeling: "proef.noteren", subject: $r) { titel } }',
            r=dossier.referte,
        )
    [line] = lines
    assert (line.soort, line.wat, line.subject_id) == ("openen", "formulier:proef.noteren", dossier.id)
    assert line.getoond == [dossier.id]


async def test_what_was_done_to_a_task_is_found_by_its_dossier(proef):
    dossier = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", dossier, {"nota": {"tekst": "x"}})
    query = "query($r: String!) { dossier(referte: $r) { taken { referte organisatieNaam } } }"
    tasks = (await proef.query(BEHEERDER, query, r=dossier.referte))["dossier"]["taken"]
    own = next(task["referte"] for task in tasks if task["organisatieNaam"] == "Stad Aalst")
    async with added(proef, BEHEERDER) as lines:
        assert (await proef.act(BEHEERDER, "proef.taakAfronden", own)).uitgevoerd
    [line] = lines
    assert (line.subject_type, line.gegevens["titel"]) == ("Taak", "Taak afronden")
    assert dossier.id in line.getoond


async def test_an_answer_that_cannot_be_put_on_record_does_not_leave(proef, cluster):
    from vlok.db.roles import connected

    dossier = await a_dossier(proef)
    document = await a_document(proef, dossier, bestand=await proef.upload(BEHEERDER))
    broken = "alter table auditregel add constraint stuk check (wat not in ('dossier', 'document')) not valid"
    with connected(admin_url(cluster, proef)) as admin:
        admin.execute(broken)
        try:
            async with browser(proef, BEHEERDER) as client:
                asked = {"query": DOSSIER, "variables": {"r": dossier.referte}}
                answers = [await client.post("/graphql", json=asked), await client.get(f"/documenten/{document.id}")]
        finally:
            admin.execute("alter table auditregel drop constraint stuk")
    assert [answer.status_code for answer in answers] == [500, 500]
    assert all(dossier.referte not in answer.text and "%PDF" not in answer.text for answer in answers)


async def test_signing_in_is_a_kind_of_its_own(proef):
    async with added(proef, BEHEERDER) as lines:
        await proef.kernel.signed_in(await proef.actor(BEHEERDER), "aanmelden")
    assert [(line.soort, line.wat, line.subject_id) for line in lines] == [("aanmelden", "aanmelden", None)]


async def test_a_refused_action_leaves_no_line(proef):
    dossier = await a_dossier(proef)
    before = await count_of(proef, BEHEERDER, Auditregel)
    outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, {"nota": {"tekst": "weiger"}})
    assert not outcome.uitgevoerd
    assert await count_of(proef, BEHEERDER, Auditregel) == before


async def test_a_very_long_question_is_not_kept_whole(proef):
    dossier = await a_dossier(proef)
    async with Context(proef.kernel, await proef.actor(BEHEERDER)) as context:
        row = {".": "Dossier", ".logged": str(dossier.id)}
        context.shown.opened("dossier", row, {"referte": "x" * 5000})
        assert context.shown.lines[0].gegevens["vraag"] == {"te_lang": 5014}


async def test_the_whole_trail_is_sound(proef, cluster):
    checked = check(admin_url(cluster, proef))
    assert [one.fault for one in checked if one.fault] == []
    assert sum(one.regels for one in checked) > 10


async def test_an_anchor_is_written_once_a_day(proef, cluster):
    anchors = anchors_of(proef.kernel.settings)
    await a_dossier(proef)
    try:
        for _ in range(2):
            await anchor_daily(proef.kernel)
        assert len(anchors.all()) == 1
        proef.clock.day += timedelta(days=1)
        await anchor_daily(proef.kernel)
    finally:
        proef.clock.day -= timedelta(days=1)
    made = anchors.all()
    assert [anchor.plaats for anchor in made] == ["public", "public"]
    assert {"lb:41002", "wvl"} <= made[-1].hoofden.keys()
    assert [one.fault for one in check(admin_url(cluster, proef), anchored=by_place(made)) if one.fault] == []
