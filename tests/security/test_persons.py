"""Looking up a person: by whole name, for a reason that is on record, not without end; and who looked."""

import pytest
from tests.security.people import (
    AUDITOR,
    DB,
    GENT,
    INSZ,
    LEZER,
    PAND,
    READERS,
    SEARCH,
    VLABEL_AUDITOR,
    WHY,
    WVL,
    concerned,
    key_of,
    lines,
    nodes,
    people,
    referte,
)  # fmt: skip

__all__ = ["people"]


async def test_a_person_is_found_by_the_whole_name_within_the_own_territory(world, people):
    async def refertes(wie, **given):
        return sorted(
            n["pand"]["referte"] for n in nodes(await world.query(wie, SEARCH, **given, **WHY), "personenZoeken")
        )

    assert len(await refertes(DB, naam="peeters")) == 2
    assert len(await refertes(DB, naam="PEETERS", voornaam="els")) == 2
    assert len(await refertes(GENT, naam="Peeters")) == 1
    assert len(await refertes(WVL, naam="Peeters")) == 3
    assert len(await refertes(DB, naam="d hondt", voornaam="niel")) == 1
    assert len(await refertes(DB, insz=INSZ)) == 2
    assert await refertes(DB, naam="Peeter") == []
    assert await refertes(DB, naam="Peeters%") == await refertes(DB, naam="Peeters")
    assert await refertes(GENT, insz=INSZ) == []


async def test_the_search_and_what_it_showed_are_on_record_with_the_reason(world, people):
    before = len(await lines(world, DB))
    await world.query(DB, SEARCH, naam="Peeters", insz=INSZ, **WHY)
    asked, shown = (await lines(world, DB))[before:]
    assert (asked.soort, asked.wat, asked.getoond) == ("zoeken", "personenZoeken", [])
    assert asked.gegevens["vraag"] == {"naam": "Peeters", "insz": "***"}
    assert shown.soort == "lijst"
    assert shown.gegevens["aantal"] == {"persoon": 2, "pand": 2}
    assert asked.doel == shown.doel == f"Behandeling van een dossier: {WHY['toelichting']}"
    assert all("850730" not in str(line.gegevens) and INSZ not in str(line.gegevens) for line in (asked, shown))


async def test_who_was_sought_does_not_stay_in_what_is_kept_of_questions(world, people):
    await world.query(DB, "{ werklijst { totalCount } }")
    await world.query(DB, SEARCH, insz=INSZ, **WHY)
    planner = world.product.schema.planner
    assert planner.questions, "the worklist is kept"
    assert [key for key in planner.questions if INSZ in str(key)] == []


async def test_a_search_that_finds_nothing_is_on_record_too(world, people):
    before = len(await lines(world, DB))
    await world.query(DB, SEARCH, naam="Niemand", **WHY)
    assert [line.soort for line in (await lines(world, DB))[before:]] == ["zoeken"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"naam": "Peeters", **WHY, "reden": "zomaar"}, "reden"),
        ({"naam": "Peeters", **WHY, "toelichting": "   kort   "}, "toelichting"),
        ({"naam": "Peeters", **WHY, "toelichting": "x" * 501}, "toelichting"),
        ({"naam": "  ", **WHY}, "naam"),
        ({"naam": "Peeters", "insz": "85.07.30-033.29", **WHY}, "insz"),
    ],
)
async def test_without_a_reason_or_a_name_nothing_is_sought(world, people, given, field):
    before = len(await lines(world, DB))
    result = await world.result(DB, SEARCH, **given)
    [error] = result.errors
    assert error.extensions["code"] == "ONGELDIG"
    assert result.data is None or result.data["personenZoeken"] is None
    assert len(await lines(world, DB)) == before


async def test_who_needs_no_search_gets_an_empty_answer_and_leaves_no_line(world, people):
    for persona in (LEZER, AUDITOR, "lezer@vlabel", "burgemeester@aalst"):
        found = await world.query(persona, SEARCH, naam="Peeters", **WHY)
        assert nodes(found, "personenZoeken") == []
    assert not [
        line for line in await lines(world, DB) if line.soort == "zoeken" and line.gebruiker.startswith("Lezer")
    ]


async def test_a_page_of_persons_is_small_whatever_is_asked(world, people):
    pand = people[1]
    for number in range(27):
        await concerned(world, DB, pand, naam="Janssens", voornaam=f"Kind {number}")
    assert len(nodes(await world.query(DB, SEARCH, naam="Janssens", first=400, **WHY), "personenZoeken")) == 25


async def test_a_person_searches_so_often_an_hour_and_no_more(world, people):
    persona = "woningcontroleur@gent"
    for _ in range(60):
        assert not (await world.result(persona, SEARCH, naam="Niemand", **WHY)).errors
    result = await world.result(persona, SEARCH, naam="Niemand", **WHY)
    assert result.errors[0].extensions["code"] == "TE_VAAK"
    assert not (await world.result(GENT, SEARCH, naam="Niemand", **WHY)).errors


async def test_a_persons_register_of_consultations_holds_every_reading_of_each_record(world, people):
    await world.query(DB, PAND, r=await referte(world, people[1]))
    person = (await key_of(world, DB, "Peeters"))[0]
    why = {"reden": "inzageverzoek", "toelichting": "Vraag van mevrouw Peeters zelf"}
    found = nodes(await world.query(AUDITOR, READERS, persoon=person, **why), "leesregister")
    assert {"pand", "personenZoeken"} <= {one["wat"] for one in found}
    assert {one["soort"] for one in found} <= {"openen", "lijst", "zoeken", "export"}
    [asked] = [one for one in await lines(world, AUDITOR) if one.wat == "leesregister"][-1:]
    assert asked.doel == "Verzoek van een burger: wie keek naar mijn gegevens: Vraag van mevrouw Peeters zelf"


async def test_the_register_of_a_person_asks_a_reason_and_shows_nothing_of_anothers(world, people):
    elsewhere = (await key_of(world, GENT, "Peeters"))[0]
    wrong = await world.result(AUDITOR, READERS, persoon=elsewhere, reden="inzageverzoek", toelichting="x")
    assert wrong.errors[0].extensions["code"] == "ONGELDIG"
    why = {"reden": "inzageverzoek", "toelichting": "Vraag van mevrouw Peeters zelf"}
    assert nodes(await world.query(AUDITOR, READERS, persoon=elsewhere, **why), "leesregister") == []
    assert nodes(await world.query(VLABEL_AUDITOR, READERS, persoon=elsewhere, **why), "leesregister") == []
