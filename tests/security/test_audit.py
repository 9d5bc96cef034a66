"""Who watches over the use of the data sees the trail of the own organisation, on screen and as a file."""

import csv
import io

import pytest
from sqlalchemy import update
from tests.security.people import (
    AUDITOR,
    DB,
    GENT,
    LEZER,
    LOG,
    PAND,
    READERS,
    VLABEL_AUDITOR,
    WVL,
    WVL_AUDITOR,
    key_of,
    lines,
    nodes,
    people,
    referte,
)  # fmt: skip

from vlok.app import contributions
from vlok.audit.export import csv_text, safe
from vlok.graph.names import parse_global_id
from vlok.settings import Settings
from vlok.testing.practice_world import browser
from vlok_oo.tables import OoProcedure

__all__ = ["people"]
INSPECTION = "toepassingsbeheerder@wi"
FOUND = contributions(Settings())


async def test_an_auditor_sees_the_lines_of_the_own_organisation_only(world, people):
    await world.query(DB, PAND, r=people[0])
    await world.query(WVL, "query($id: ID!) { node(id: $id) { ... on Pand { titel } } }", id=people[0])
    for persona, organisation in [(AUDITOR, "Stad Aalst"), (WVL_AUDITOR, "Wonen in Vlaanderen – woningkwaliteit")]:
        found = nodes(await world.query(persona, LOG), "logboek")
        assert found
        assert {one["organisatie"] for one in found} == {organisation}
    assert nodes(await world.query(VLABEL_AUDITOR, LOG), "logboek") == []


async def test_reading_the_trail_is_on_record(world, people):
    await world.query(VLABEL_AUDITOR, LOG)
    await world.query(AUDITOR, LOG, soort="wijziging")
    [line] = [
        one for one in await lines(world, AUDITOR) if one.wat == "logboek" and one.gegevens["vraag"].get("soort")
    ][-1:]
    assert (line.soort, line.gegevens["vraag"]["soort"]) == ("lijst", "wijziging")


@pytest.mark.parametrize(
    "persona", [DB, LEZER, GENT, "toepassingsbeheerder@aalst", "lezer@wvl", "lezer@vlabel", "lezer@wi"]
)
async def test_who_is_no_auditor_reads_no_trail(world, people, persona):
    assert nodes(await world.query(persona, LOG), "logboek") == []
    async with browser(world, persona) as client:
        answer = await client.get("/logboek.csv")
    assert (answer.status_code, answer.json()["code"]) == (404, "ONBEKEND")


async def test_who_consulted_this_is_answered_with_lists_too(world, people):
    number = await referte(world, people[0])
    await world.query(DB, PAND, r=number)
    await world.query(LEZER, '{ panden(zoek: "kerkstraat") { edges { node { titel } } } }')
    found = nodes(await world.query(AUDITOR, LOG, subject=people[0]), "logboek")
    assert {"openen", "lijst", "wijziging"} <= {one["soort"] for one in found}
    by_reference = nodes(await world.query(AUDITOR, LOG, subject=number), "logboek")
    assert {one["hash"] for one in found} <= {one["hash"] for one in by_reference}
    assert nodes(await world.query(AUDITOR, LOG, subject="PA99-999999"), "logboek") == []
    assert nodes(await world.query(AUDITOR, LOG, subject=people[2]), "logboek") == []


async def test_the_filters_of_the_trail_narrow(world, people):
    await world.query(LEZER, '{ panden(zoek: "kerkstraat") { edges { node { titel } } } }')
    name = (await world.actor(LEZER)).naam
    found = nodes(await world.query(AUDITOR, LOG, gebruiker=name, soort="lijst"), "logboek")
    assert found
    assert {(one["gebruiker"], one["soort"], one["soortNaam"]) for one in found} == {
        (name, "lijst", "Getoond in een lijst")
    }
    assert nodes(await world.query(AUDITOR, LOG, van="2026-11-24"), "logboek") == []
    assert nodes(await world.query(AUDITOR, LOG, tot="2026-11-22"), "logboek") == []
    assert nodes(await world.query(AUDITOR, LOG, van="2026-11-23", tot="2026-11-23"), "logboek")
    wrong = await world.result(AUDITOR, LOG, soort="alles")
    assert wrong.errors[0].extensions["code"] == "ONGELDIG"


async def test_the_trail_goes_out_as_a_file_and_that_is_on_record(world, people):
    before = len(await lines(world, AUDITOR))
    async with browser(world, AUDITOR) as client:
        answer = await client.get("/logboek.csv?soort=wijziging")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="logboek.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["volgnummer", "tijdstip", "soort", "omschrijving"]
    assert {row[2] for row in rows[1:]} == {"wijziging"}
    assert [int(row[0]) for row in rows[1:]] == sorted((int(row[0]) for row in rows[1:]), reverse=True)
    [line] = (await lines(world, AUDITOR))[before:]
    assert (line.soort, line.wat, line.gegevens["aantal"]) == ("export", "logboek.csv", {"logregel": len(rows) - 1})


async def test_a_persons_register_goes_out_as_a_file_with_its_reason(world, people):
    person = (await key_of(world, DB, "Peeters"))[0]
    url = f"/logboek.csv?lijst=leesregister&persoon={person}&reden=inzageverzoek"
    async with browser(world, AUDITOR) as client:
        refused = await client.get(url)
        answer = await client.get(f"{url}&toelichting=Vraag van mevrouw Peeters zelf")
    assert (refused.status_code, refused.json()["code"]) == (422, "ONGELDIG")
    assert answer.status_code == 200
    assert len(answer.text.splitlines()) > 1


@pytest.mark.parametrize(
    "query", ["lijst=werklijst", "lijst=onzin", "soort=onzin", "van=gisteren", "iets=1", "subject=%00"]
)
async def test_a_wrong_question_for_a_file_is_refused(world, people, query):
    async with browser(world, AUDITOR) as client:
        answer = await client.get(f"/logboek.csv?{query}")
    assert answer.status_code in (404, 422)
    assert answer.json()["code"] in ("ONBEKEND", "ONGELDIG")


@pytest.mark.parametrize("cell", ["=1+1", "+32", "-1", "@som", "\t=1", "\r=1", "  =HYPERLINK(1)", "＝1"])
def test_no_cell_of_a_file_is_a_formula(cell):
    assert safe(cell).startswith("'")
    assert csv_text([[cell]]).lstrip('"').startswith("'")


@pytest.mark.parametrize("cell", ["Jan", "", "a=b", "12", None])
def test_ordinary_cells_stay_as_they_are(cell):
    assert safe(cell) == (cell or "")


NOT_KEPT = {
    "Organisatie": "een instelling, geen persoon en geen dossier",
    "Parameterwaarde": "een instelling van een organisatie",
    "Vervanging": "wie van het eigen personeel wie vervangt, voor wie dat beheert",
    "Onderwerp": "een referte en een adres, die bij elke taak en elk document staan",
    "Taak": "eigen werk; wat over een dossier gaat toont het dossier erbij",
    "Afscherming": "een reden van de eigen organisatie, getoond bij het document",
    "Herstelvordering": "het openbaar register",
    "VivooRegistratie": "de gepubliceerde inventaris",
}
"""Published types of which no consultation is kept, and why. It only shrinks."""
PLACES = {"public": FOUND, **FOUND.inside}


@pytest.mark.parametrize("place", PLACES)
def test_every_published_type_is_kept_on_record_or_named_with_a_reason(place):
    kept = {type_.name: type_.gelogd for type_ in PLACES[place].object_types.values()}
    assert sorted(name for name, gelogd in kept.items() if not gelogd and name not in NOT_KEPT) == []
    assert [name for name in NOT_KEPT if kept.get(name)] == []


async def test_names_told_in_a_text_count_as_persons_shown(world, people):
    """`verzoekers` of a procedure is a text; the persons it names are in the line all the same."""
    parsed = parse_global_id((await key_of(world, DB, "Peeters"))[0])
    verzoek = {"datum": "2026-11-02", "initiatiefnemer": "belanghebbende"}
    start = await world.act(DB, "oo.procedureStarten", people[0], {"verzoek": verzoek}, bevestigd=True)
    assert start.uitgevoerd, start.meldingen
    async with world.kernel.work(await world.actor(DB)) as work:
        await work.session.execute(update(OoProcedure).values(verzoeker_ids=[parsed[1]]))
    query = "query($r: String!) { dossier(referte: $r) { oo { verzoekers } } }"
    await world.query(DB, query, r=start.bericht.split()[1])
    assert parsed[1] in (await lines(world, DB))[-1].getoond


async def test_what_the_inspectorate_reads_is_in_its_own_trail_and_in_no_other(world, people):
    number = await referte(world, people[0])
    before = {who: len(nodes(await world.query(who, LOG), "logboek")) for who in (AUDITOR, WVL_AUDITOR)}
    found = await world.query("verbalisant@wi", PAND, r=number)
    assert found["pand"]["betrokkenen"]
    [shown] = [one for one in nodes(await world.query(INSPECTION, LOG), "logboek") if one["wat"] == "pand"]
    assert (shown["soort"], shown["gebruiker"]) == ("openen", (await world.actor("verbalisant@wi")).naam)
    after = {who: len(nodes(await world.query(who, LOG), "logboek")) for who in (AUDITOR, WVL_AUDITOR)}
    assert after == {who: count + 1 for who, count in before.items()}  # their own first reading
    person = (await key_of(world, DB, "Peeters"))[0]
    why = {"reden": "inzageverzoek", "toelichting": "Vraag van mevrouw Peeters zelf"}
    readers = nodes(await world.query(AUDITOR, READERS, persoon=person, **why), "leesregister")
    assert shown["gebruiker"] not in {one["gebruiker"] for one in readers}
