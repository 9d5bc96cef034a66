"""Remarks: the author's organisation decides who reads them, until the other side has read them."""

import asyncio
from itertools import count
from uuid import uuid4

import pytest
from sqlalchemy import select

from vlok.api.errors import Refusal
from vlok.api.opmerkingen import LANGSTE
from vlok.api.tables import Onderwerp, Opmerking
from vlok.core.opmerkingen import markeer_gelezen
from vlok.graph.context import Context
from vlok.graph.names import global_id
from vlok.procedures.tables import Uitvoering
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_document, a_dossier, browser, count_of

WRITE, ON_DOCUMENT = "kernel.opmerkingSchrijven", "kernel.documentOpmerkingSchrijven"
NARROW, SHARE, REMOVE = "kernel.opmerkingBeperken", "kernel.opmerkingDelen", "kernel.opmerkingVerwijderen"
COLLEAGUE = "woningcontroleur@aalst"
_numbers = count(1)
READ = """query($r: String!) { dossier(referte: $r) { versie gewijzigdDoor opmerkingen {
  id tekst auteur organisatieNaam zichtbaarheid gelezenDoorAndere eigen } } }"""


def codes(outcome):
    return [melding.code for melding in outcome.meldingen]


async def write(world, subject, tekst=None, *, both=False, persona=BEHEERDER, action=WRITE):
    """Write a remark, with a text of its own unless one is given; its global id."""
    tekst = tekst or f"Let op de hond ({next(_numbers)})."
    given = {"opmerking": {"tekst": tekst, "zichtbaarheid": "BEIDE" if both else "EIGEN"}}
    outcome = await world.act(persona, action, subject, given)
    assert outcome.uitgevoerd, outcome.meldingen
    async with world.session(persona) as session:
        written = select(Opmerking.id).where(Opmerking.tekst == tekst)
        return global_id("Opmerking", (await session.scalars(written)).one())


async def read(world, persona, dossier):
    found = (await world.query(persona, READ, r=dossier.referte))["dossier"]
    return found["opmerkingen"] if found else None


async def texts(world, persona, dossier):
    return [one["tekst"] for one in await read(world, persona, dossier)]


@pytest.fixture
async def dossier(proef):
    return await a_dossier(proef)


async def test_a_remark_is_the_own_organisations_unless_the_author_chooses_both(proef, dossier):
    await write(proef, dossier, "voor ons")
    await write(proef, dossier, "voor beide", both=True)
    [both, own] = sorted(await read(proef, "lezer@aalst", dossier), key=lambda one: one["tekst"])
    assert (own["zichtbaarheid"], both["zichtbaarheid"]) == ("Eigen organisatie", "Beide")
    assert (own["auteur"], own["organisatieNaam"]) == ((await proef.actor(BEHEERDER)).naam, "Stad Aalst")
    assert await texts(proef, WVL, dossier) == ["voor beide"]
    assert await texts(proef, "lezer@wvl", dossier) == ["voor beide"]
    assert await read(proef, ELDERS, dossier) is None
    assert await count_of(proef, WVL, Opmerking, Opmerking.tekst == "voor ons") == 0


async def test_the_tax_office_sees_no_remark(proef, dossier):
    key = await write(proef, dossier, "niets voor de fiscus", both=True)
    for persona in ("lezer@vlabel", "auditor@vlabel"):
        assert await read(proef, persona, dossier) is None
        assert (await proef.query(persona, "query($i: ID!) { node(id: $i) { id } }", i=key))["node"] is None
        assert await count_of(proef, persona, Opmerking) == 0


async def test_the_other_side_sees_nothing_of_what_is_done_with_a_remark_for_the_own_organisation(proef, dossier):
    before = await proef.query(WVL, READ, r=dossier.referte)
    key = await write(proef, dossier, "geheim")
    await proef.act(BEHEERDER, REMOVE, key)
    assert await proef.query(WVL, READ, r=dossier.referte) == before
    assert await count_of(proef, WVL, Uitvoering, Uitvoering.dossier_id == dossier.id) == 0


async def test_a_remark_is_in_nobodys_way(proef, dossier):
    """It is no change of the dossier: who was filling in a wizard meanwhile is in no conflict, and reversely."""
    await write(proef, dossier)
    note = {"nota": {"tekst": "x"}}
    assert (await proef.act(BEHEERDER, "proef.noteren", dossier, note, versie=1)).uitgevoerd
    late = {"opmerking": {"tekst": "te laat gezien"}}
    assert (await proef.act(BEHEERDER, WRITE, dossier, late, versie=1)).uitgevoerd


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "VERPLICHT"),
        ({"tekst": "  "}, "VERPLICHT"),
        ({"tekst": "x" * (LANGSTE + 1)}, "ONGELDIG"),
        ({"tekst": "x\0y"}, "ONGELDIG"),
        ({"tekst": "x", "zichtbaarheid": "IEDEREEN"}, "ONGELDIG"),
    ],
)
async def test_a_remark_has_a_text_of_bounded_length_and_readers(proef, dossier, given, code):
    assert codes(await proef.act(BEHEERDER, WRITE, dossier, {"opmerking": given})) == [code]


async def test_a_remark_of_the_greatest_length_fits(proef, dossier):
    await write(proef, dossier, "é" * LANGSTE)


@pytest.mark.parametrize(
    "persona", ["lezer@aalst", "auditor@aalst", "lezer@wvl", "verbalisant@wi", "lezer@vlabel", ELDERS]
)
async def test_nobody_writes_without_the_right_or_elsewhere(proef, dossier, persona):
    assert codes(await proef.act(persona, WRITE, dossier, {"opmerking": {"tekst": "x"}})) == ["ONBEKEND"]


@pytest.mark.parametrize("persona", ["burgemeester@aalst", COLLEAGUE, WVL, "inventarisbeheerder@wvl"])
async def test_whoever_works_on_the_dossier_writes(proef, dossier, persona):
    await write(proef, dossier, f"van {persona}", persona=persona, both=True)
    assert f"van {persona}" in await texts(proef, BEHEERDER, dossier)


async def test_the_first_reading_by_the_other_side_is_kept_and_shown_to_the_author(proef, dossier):
    await write(proef, dossier, both=True)
    await read(proef, COLLEAGUE, dossier)
    [remark] = await read(proef, BEHEERDER, dossier)
    assert remark["gelezenDoorAndere"] is False
    await read(proef, "lezer@wvl", dossier)
    [remark] = await read(proef, BEHEERDER, dossier)
    assert remark["gelezenDoorAndere"] is True


async def test_unread_it_can_be_narrowed_shared_again_and_removed(proef, dossier):
    key = await write(proef, dossier, "heen en weer", both=True)
    assert codes(await proef.act(BEHEERDER, SHARE, key)) == ["NIET_BESCHIKBAAR"]
    assert (await proef.act(COLLEAGUE, NARROW, key)).uitgevoerd
    assert await texts(proef, WVL, dossier) == []
    assert codes(await proef.act(BEHEERDER, NARROW, key)) == ["NIET_BESCHIKBAAR"]
    assert (await proef.act(COLLEAGUE, SHARE, key)).uitgevoerd
    assert codes(await proef.act(COLLEAGUE, REMOVE, key)) == ["NIET_BESCHIKBAAR"]
    assert (await proef.act(BEHEERDER, REMOVE, key)).uitgevoerd
    assert await texts(proef, BEHEERDER, dossier) == []


async def test_once_read_by_the_other_side_it_stays(proef, dossier):
    key = await write(proef, dossier, both=True)
    assert await texts(proef, WVL, dossier)
    for handeling in (NARROW, REMOVE):
        outcome = await proef.act(BEHEERDER, handeling, key)
        assert [m.tekst for m in outcome.meldingen] == ["De andere organisatie las deze opmerking al."]
    assert await texts(proef, WVL, dossier)


@pytest.mark.parametrize("handeling", [NARROW, SHARE, REMOVE])
@pytest.mark.parametrize("persona", [WVL, ELDERS, "lezer@aalst", "verbalisant@wi"])
async def test_only_the_organisation_of_the_author_changes_a_remark(proef, dossier, persona, handeling):
    key = await write(proef, dossier, both=True)
    assert codes(await proef.act(persona, handeling, key)) == ["ONBEKEND"]


async def test_the_inspectorate_reads_without_a_trace(proef, dossier):
    await write(proef, dossier, both=True)
    assert await texts(proef, "verbalisant@wi", dossier)
    [remark] = await read(proef, BEHEERDER, dossier)
    assert remark["gelezenDoorAndere"] is False


async def test_who_leaves_no_trace_and_saw_nothing_that_is_kept_is_answered(world):
    """A row of which somebody wants to know that it was shown, and of which no line is kept."""
    async with Context(world.kernel, await world.actor("verbalisant@wi")) as context:
        context.shown.tell("Opmerking", [str(uuid4())])
        await context.record()
        assert context._session is None


async def unread(world, dossier, tekst):
    """A shared remark that nobody of the other side read: its global id and its key."""
    key = await write(world, dossier, tekst, both=True)
    async with world.session(BEHEERDER) as session:
        return key, await session.scalar(select(Opmerking.id).where(Opmerking.tekst == tekst))


async def test_who_was_reading_when_it_was_narrowed_gets_no_answer(proef, dossier):
    key, row = await unread(proef, dossier, "ingehaald")
    reader = await proef.actor(WVL)
    async with proef.session(WVL) as session:
        assert await session.scalar(select(Opmerking.tekst).where(Opmerking.id == row)) == "ingehaald"
        assert (await proef.act(BEHEERDER, NARROW, key)).uitgevoerd
        with pytest.raises(Refusal) as no:
            await markeer_gelezen(session, reader, proef.kernel.clock.now(), [row])
    assert no.value.code == "CONFLICT"


async def test_the_overtaken_reader_is_asked_to_load_the_page_again(proef, dossier, monkeypatch):
    key, _ = await unread(proef, dossier, "over http")
    keep = Context.record

    async def overtaken(context):
        await proef.act(BEHEERDER, NARROW, key)
        await keep(context)

    monkeypatch.setattr(Context, "record", overtaken)
    async with browser(proef, WVL) as client:
        got = await client.post("/graphql", json={"query": READ, "variables": {"r": dossier.referte}})
    assert got.status_code == 200
    assert got.json()["errors"][0]["extensions"] == {"code": "CONFLICT"}
    assert "over http" not in got.text


async def test_who_narrows_while_it_is_being_read_is_too_late(proef, dossier):
    key, row = await unread(proef, dossier, "net gelezen")
    reader = await proef.actor(WVL)
    async with proef.session(WVL) as session:
        await markeer_gelezen(session, reader, proef.kernel.clock.now(), [row])
        narrowing = asyncio.create_task(proef.act(BEHEERDER, NARROW, key))
        await asyncio.sleep(0.2)
        assert not narrowing.done()  # it waits for the reader
        await session.commit()
    assert codes(await narrowing) == ["NIET_BESCHIKBAAR"]


async def test_of_a_narrowing_and_a_reading_at_the_same_moment_exactly_one_succeeds(proef, dossier):
    for turn in range(8):
        tekst = f"wie eerst {turn}"
        key, _ = await unread(proef, dossier, tekst)
        read, narrowed = await asyncio.gather(
            texts(proef, WVL, dossier), proef.act(BEHEERDER, NARROW, key), return_exceptions=True
        )
        overtaken = isinstance(read, Refusal) and read.code == "CONFLICT"
        assert (not overtaken and tekst in read) != narrowed.uitgevoerd


async def test_two_readers_of_the_same_remarks_never_wait_for_each_other_in_a_circle(proef, dossier):
    for turn in range(6):
        await write(proef, dossier, f"gelijktijdig {turn}", both=True)
    found = await asyncio.gather(*(texts(proef, persona, dossier) for persona in (WVL, "lezer@wvl") * 3))
    assert all(len(one) == 6 for one in found)


async def test_a_remark_on_a_document_is_never_seen_without_the_document(proef, dossier):
    draft = await a_document(proef, dossier)
    given = {"opmerking": {"tekst": "over het ontwerp", "zichtbaarheid": "BEIDE"}}
    assert codes(await proef.act(BEHEERDER, ON_DOCUMENT, draft, given)) == ["ONGELDIGE_KEUZE"]
    key = await write(proef, draft, "over het ontwerp", action=ON_DOCUMENT)
    assert codes(await proef.act(BEHEERDER, SHARE, key)) == ["NIET_BESCHIKBAAR"]
    signed = await a_document(proef, dossier, signed=True)
    key = await write(proef, signed, "over de brief", both=True, action=ON_DOCUMENT)
    query = "query($i: ID!) { node(id: $i) { ... on Opmerking { tekst } } }"
    assert (await proef.query(WVL, query, i=key))["node"] == {"tekst": "over de brief"}
    reden = {"reden": {"reden": "vergissing", "toelichting": "Verkeerd dossier."}}
    assert (await proef.act(BEHEERDER, "kernel.documentAfschermen", signed, reden)).uitgevoerd
    assert (await proef.query(WVL, query, i=key))["node"] is None
    assert codes(await proef.act(BEHEERDER, SHARE, key)) == ["NIET_BESCHIKBAAR"]


async def test_the_remark_of_another_organisation_does_not_stand_in_the_way_of_a_shield(proef, dossier):
    signed = await a_document(proef, dossier, signed=True)
    key = await write(proef, signed, "van de andere kant", both=True, persona=WVL, action=ON_DOCUMENT)
    reden = {"reden": {"reden": "vergissing", "toelichting": "Verkeerd dossier."}}
    assert (await proef.act(BEHEERDER, "kernel.documentAfschermen", signed, reden)).uitgevoerd
    assert (await proef.act(WVL, NARROW, key)).uitgevoerd
    assert codes(await proef.act(WVL, SHARE, key)) == ["NIET_BESCHIKBAAR"]


async def test_remarks_on_documents_and_dossiers_stand_where_they_were_written(proef, dossier):
    document = await a_document(proef, dossier, signed=True)
    await write(proef, dossier, "bij het dossier")
    await write(proef, document, "bij het document", action=ON_DOCUMENT)
    found = await proef.query(
        BEHEERDER,
        """query($r: String!) { dossier(referte: $r) {
          opmerkingen { tekst } onderwerp { opmerkingen { tekst } } documenten { opmerkingen { tekst } } } }""",
        r=dossier.referte,
    )
    assert found["dossier"] == {
        "opmerkingen": [{"tekst": "bij het dossier"}],
        "onderwerp": {"opmerkingen": []},
        "documenten": [{"opmerkingen": [{"tekst": "bij het document"}]}],
    }


async def test_a_removed_remark_answers_as_one_that_never_was(proef, dossier):
    key = await write(proef, dossier, "weg ermee")
    outcome = await proef.act(BEHEERDER, REMOVE, key)
    assert outcome.toon == ("Dossier", str(dossier.id))
    assert codes(await proef.act(BEHEERDER, REMOVE, key)) == ["ONBEKEND"]
    assert await count_of(proef, BEHEERDER, Onderwerp, Onderwerp.id == dossier.onderwerp_id) == 1
