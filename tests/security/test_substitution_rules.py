"""Who arranges a vervanging and who ends it, within which bounds; for everybody else there is nothing to be seen."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import uuid4

import pytest

from vlok.api.actor import OrganisatieSoort
from vlok.core.vervanging_actions import DUUR
from vlok.graph.names import global_id
from vlok.identity.roles import rollen
from vlok.testing.substitution import (
    APPLICATION,
    AUDITOR,
    AWAY,
    ELSEWHERE,
    MANAGER,
    PRESENT,
    THIRD,
    act,
    codes,
    for_colleague,
    nobody_replaced,
    now,
    period,
    replace,
)
from vlok.testing.world import TODAY, World

UNKNOWN = "Niet gevonden, of u hebt er geen toegang toe."


@pytest.fixture(autouse=True)
async def clean(proef: World) -> AsyncIterator[None]:
    """Everybody has signed in once; nobody is replaced."""
    async with nobody_replaced(proef):
        yield


@pytest.mark.parametrize("who", [AWAY, MANAGER, APPLICATION])
async def test_it_is_ended_by_the_absent_person_or_a_manager_and_counts_from_the_next_request(proef, who):
    key = await replace(proef)
    assert (await now(proef, PRESENT)).vervangt
    assert (await act(proef, who, "kernel.vervangingBeeindigen", key)).uitgevoerd
    assert not (await now(proef, PRESENT)).vervangt
    again = await act(proef, who, "kernel.vervangingBeeindigen", key)
    assert codes(again) == [("NIET_BESCHIKBAAR", None)]


@pytest.mark.parametrize("who", [PRESENT, THIRD, AUDITOR, ELSEWHERE, "dossierbeheerder@wvl", "lezer@vlabel"])
async def test_nobody_else_ends_it_and_for_them_it_is_as_if_there_were_none(proef, who):
    key = await replace(proef)
    absent = await act(proef, who, "kernel.vervangingBeeindigen", global_id("Vervanging", uuid4()))
    refused = await act(proef, who, "kernel.vervangingBeeindigen", key)
    assert refused == absent
    assert [melding.tekst for melding in refused.meldingen] == [UNKNOWN]
    assert (await now(proef, PRESENT)).vervangt


@pytest.mark.parametrize("who", [MANAGER, APPLICATION])
async def test_a_manager_arranges_it_for_a_colleague(proef, who):
    assert (await for_colleague(proef, who)).uitgevoerd
    assert [one.id for one in (await now(proef, PRESENT)).vervangt] == [(await now(proef, AWAY)).gebruiker_id]


@pytest.mark.parametrize("who", [PRESENT, AWAY, AUDITOR])
async def test_nobody_else_arranges_it_for_a_colleague(proef, who):
    assert codes(await for_colleague(proef, who)) == [("ONBEKEND", None)]


async def test_a_manager_of_another_organisation_arranges_nothing_here(proef):
    here = global_id("Organisatie", (await now(proef, AWAY)).organisatie_id)
    for handeling in ("kernel.vervangingInstellen", "kernel.vervangingVoorCollega"):
        assert codes(await act(proef, ELSEWHERE, handeling, here)) == [("ONBEKEND", None)]
    await proef.actor("lezer@gent")  # there is somebody to choose from
    assert codes(await for_colleague(proef, ELSEWHERE)) == [
        ("ONGELDIGE_KEUZE", "afwezige"),
        ("ONGELDIGE_KEUZE", "vervanger"),
    ]


@pytest.mark.parametrize(
    "rol", [rol for rol in rollen().values() if rol.soort in ("wi", "vlabel")], ids=lambda r: r.code
)
async def test_the_inspectorate_and_the_tax_office_have_no_substitution(proef, rol):
    """What concerns the inspectorate's people is not kept in the common place; the tax office has no tasks."""
    persona = f"{rol.kort}@{rol.soort.value}"
    own = global_id("Organisatie", (await now(proef, persona)).organisatie_id)
    assert rol.soort in (OrganisatieSoort.WI, OrganisatieSoort.VLABEL)
    for handeling in ("kernel.vervangingInstellen", "kernel.vervangingVoorCollega"):
        assert codes(await act(proef, persona, handeling, own)) == [("ONBEKEND", None)]


LONGEST = DUUR.default
DAY = timedelta(days=1)
BOUNDS = {
    "yesterday": (TODAY - DAY, TODAY, [("DATUM", "van")]),
    "backwards": (TODAY + DAY, TODAY, [("DATUM", "tot")]),
    "too long by a day": (TODAY, TODAY + LONGEST * DAY, [("DATUM", "tot")]),
    "as long as may be": (TODAY, TODAY + (LONGEST - 1) * DAY, []),
    "one day": (TODAY, TODAY, []),
    "the end of time": (date.max, date.max, []),
}


@pytest.mark.parametrize(("van", "tot", "told"), BOUNDS.values(), ids=BOUNDS)
async def test_the_period_begins_today_at_the_earliest_and_is_bounded(proef, van, tot, told):
    own = global_id("Organisatie", (await now(proef, AWAY)).organisatie_id)
    asked = period(await now(proef, PRESENT), van, tot)
    tried = await act(proef, AWAY, "kernel.vervangingInstellen", own, asked, dry_run=True)
    assert codes(tried) == told


async def test_the_longest_duration_is_a_parameter_of_the_organisation_from_a_day_on(proef):
    own = global_id("Organisatie", (await now(proef, APPLICATION)).organisatie_id)
    step = {"parameter": {"parameter": DUUR.key, "geldigVan": TODAY}, "waarde": {"waarde": "5"}}
    assert (await act(proef, APPLICATION, "kernel.parameterInstellen", own, step)).uitgevoerd
    for days, told in ((5, []), (6, [("DATUM", "tot")])):
        asked = period(await now(proef, PRESENT), TODAY, TODAY + (days - 1) * DAY)
        tried = await act(proef, AWAY, "kernel.vervangingInstellen", own, asked, dry_run=True)
        assert codes(tried) == told


async def test_only_a_colleague_with_a_role_here_replaces_and_nobody_replaces_themselves(proef):
    own = global_id("Organisatie", (await now(proef, AWAY)).organisatie_id)
    for persona in (AWAY, ELSEWHERE, "dossierbeheerder@wvl"):
        tried = await act(proef, AWAY, "kernel.vervangingInstellen", own, period(await now(proef, persona)))
        assert codes(tried) == [("ONGELDIGE_KEUZE", "vervanger")]
    nobody = {"vervanging": {"vervanger": str(uuid4()), "van": TODAY, "tot": TODAY, "reden": "Verlof"}}
    assert codes(await act(proef, AWAY, "kernel.vervangingInstellen", own, nobody)) == [
        ("ONGELDIGE_KEUZE", "vervanger")
    ]


async def test_a_reason_is_asked_and_short(proef):
    own = global_id("Organisatie", (await now(proef, AWAY)).organisatie_id)
    present = await now(proef, PRESENT)
    for reden, told in (("", "VERPLICHT"), ("x" * 201, "ONGELDIG")):
        tried = await act(proef, AWAY, "kernel.vervangingInstellen", own, period(present, reden=reden))
        assert codes(tried) == [(told, "reden")]


async def test_one_substitute_at_a_time(proef):
    await replace(proef, AWAY, PRESENT, TODAY, TODAY + DAY)
    own = global_id("Organisatie", (await now(proef, AWAY)).organisatie_id)
    over = await act(
        proef, AWAY, "kernel.vervangingInstellen", own, period(await now(proef, THIRD), TODAY + DAY, TODAY + DAY)
    )
    assert codes(over) == [("DATUM", "van")]
    await replace(proef, AWAY, THIRD, TODAY + 2 * DAY, TODAY + 2 * DAY)


async def test_of_two_arranged_at_the_same_moment_one_counts(proef):
    outcomes = await asyncio.gather(*(for_colleague(proef, who) for who in (MANAGER, APPLICATION, MANAGER)))
    assert [outcome.uitgevoerd for outcome in outcomes].count(True) == 1


async def test_a_substitute_who_is_away_themselves_is_a_warning(proef):
    await replace(proef, PRESENT, THIRD)
    own = global_id("Organisatie", (await now(proef, AWAY)).organisatie_id)
    asked = period(await now(proef, PRESENT))
    warned = await act(proef, AWAY, "kernel.vervangingInstellen", own, asked)
    assert (warned.uitgevoerd, warned.bevestiging_nodig) == (False, True)
    assert (await act(proef, AWAY, "kernel.vervangingInstellen", own, asked, bevestigd=True)).uitgevoerd
