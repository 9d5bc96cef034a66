"""Facts that cross between places, exactly once and no others; and what a compartment may declare."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from vlok.api.compartments import Compartment
from vlok.api.errors import ContractError
from vlok.api.tables import Dossier
from vlok.app import build
from vlok.compartments.crossing import faults
from vlok.compartments.tables import Ontvangst
from vlok.core import plugin as kernel_plugin
from vlok.plugins import gather, load
from vlok.procedures.tables import Feit
from vlok.testing.kluis import COMPARTMENT, Geheim, Kluis, kluis_contributions
from vlok.testing.kluis_world import MEMBER, OUTSIDER, opened
from vlok.testing.practice_world import a_dossier, count_of

ELSEWHERE = "dossierbeheerder@wvl"


# Crossings


async def test_a_release_is_told_outside_once_in_the_name_of_somebody_else(outside, inside):
    dossier = await opened(outside, inside)
    heard = Dossier.onderwerp_id == dossier.onderwerp_id, Dossier.soort == "gehoord"
    assert (await inside.act(MEMBER, "kluis.vrijgeven", dossier)).uitgevoerd
    assert await count_of(outside, ELSEWHERE, Dossier, *heard) == 0
    await outside.drain()
    assert await count_of(outside, ELSEWHERE, Dossier, *heard) == 0
    await inside.drain()
    async with outside.session(ELSEWHERE) as session:
        [told] = (await session.scalars(select(Dossier).where(*heard))).all()
        assert (told.domein, told.status, told.gewijzigd_door) == ("wvl", "vrij", "VLOK overdracht")
        assert dossier.referte not in str([f.inhoud for f in await session.scalars(select(Feit))])


async def test_the_compartments_worker_looks_by_itself(outside, inside):
    """Nobody is woken over a channel, and the job is done all the same."""
    dossier = await opened(outside, inside)
    heard = Dossier.onderwerp_id == dossier.onderwerp_id, Dossier.soort == "gehoord"
    worker = asyncio.create_task(inside.kernel.queue.work())
    try:
        await asyncio.sleep(0.5)  # it has looked once and found nothing
        assert (await inside.act(MEMBER, "kluis.vrijgeven", dossier)).uitgevoerd
        for _ in range(200):
            if await count_of(outside, ELSEWHERE, Dossier, *heard):
                return
            await asyncio.sleep(0.1)
        pytest.fail("the worker did not look")
    finally:
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)


async def test_a_release_that_runs_again_tells_nothing_twice(outside, inside):
    dossier = await opened(outside, inside)
    inhoud = {"onderwerp_id": str(dossier.onderwerp_id), "tekst": "eenmaal"}
    key = uuid4()
    for _ in range(2):
        async with inside.kernel.work(await inside.actor(MEMBER)) as work:
            work.defer("kernel.oversteken", sleutel=key, soort="Vrijgegeven", inhoud=inhoud)
        await inside.drain()
    assert await count_of(outside, ELSEWHERE, Dossier, Dossier.status == "eenmaal") == 1
    async with outside.kernel.database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Ontvangst).where(Ontvangst.sleutel == key)) == 1


async def test_a_release_whose_telling_fails_is_told_when_it_is_tried_again(outside, inside, monkeypatch):
    dossier = await opened(outside, inside)
    arguments = {"sleutel": str(uuid4()), "soort": "Vrijgegeven", "inhoud": {"onderwerp_id": str(dossier.onderwerp_id)}}
    arguments["inhoud"]["tekst"] = "opnieuw"
    told = Dossier.status == "opnieuw"
    with monkeypatch.context() as broken:
        broken.setattr(type(outside.kernel), "reactions_to", lambda self, fact: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await inside.kernel.run_job(await inside.actor(MEMBER), "kernel.oversteken", arguments)
    assert await count_of(outside, ELSEWHERE, Dossier, told) == 0
    await inside.kernel.run_job(await inside.actor(MEMBER), "kernel.oversteken", arguments)
    assert await count_of(outside, ELSEWHERE, Dossier, told) == 1


async def test_a_release_that_is_rolled_back_never_leaves(outside, inside):
    dossier = await opened(outside, inside)
    assert not (await inside.act(MEMBER, "kluis.vrijgeven", dossier, versie=99)).uitgevoerd
    await inside.drain()
    heard = Dossier.onderwerp_id == dossier.onderwerp_id, Dossier.soort == "gehoord"
    assert await count_of(outside, ELSEWHERE, Dossier, *heard) == 0


async def test_what_may_not_leave_stops_the_action(outside, inside):
    dossier = await opened(outside, inside)
    with pytest.raises(ContractError, match="Geheim"):
        await inside.act(MEMBER, "kluis.smokkelen", dossier)
    async with outside.kernel.work(await outside.actor(OUTSIDER)) as work:
        assert not work.releases(Geheim)
        with pytest.raises(ContractError):
            work.release(Geheim("x"))
        work.keep = False


async def test_a_report_goes_in_and_leaves_no_trace_of_what_became_of_it(outside, inside):
    dossier = await a_dossier(outside)
    assert (await outside.act(OUTSIDER, "buur.melden", dossier)).uitgevoerd
    await outside.drain()
    heard = Dossier.onderwerp_id == dossier.onderwerp_id, Dossier.soort == "gehoord"
    assert await count_of(inside, MEMBER, Dossier, *heard) == 1
    assert await count_of(outside, OUTSIDER, Dossier, *heard) == 0


# Declarations


@dataclass
class Los:
    tekst: str


@dataclass(frozen=True)
class MetRij:
    dossier: Dossier


@dataclass(frozen=True)
class Goed:
    sleutel: UUID
    dagen: tuple[date, ...]
    reden: str | None = None


@pytest.mark.parametrize(("fact", "fault"), [(Los, "no frozen"), (MetRij, "no plain"), (dict, "no frozen")])
def test_only_frozen_facts_of_plain_values_may_cross(fact, fault):
    assert fault in next(faults(fact))
    assert list(faults(Goed)) == []


def declared(**changed: object) -> Compartment:
    return replace(COMPARTMENT, **changed)


@pytest.mark.parametrize(
    "wrong", [{"plugins": ("proef",)}, {"series": {"PD": "kd"}}, {"series": {"PD": "KD", "TK": "KD"}}]
)
def test_a_compartment_that_would_not_hold_is_refused(wrong):
    with pytest.raises(ContractError):
        declared(**wrong)


def test_without_a_way_into_its_database_the_product_does_not_start(outside):
    with pytest.raises(ContractError, match="kluis"):
        build(outside.kernel.settings, "postgresql+psycopg://localhost/x", found=kluis_contributions())


def test_a_compartment_whose_plugins_are_not_all_there_is_refused():
    lonely = load([("kernel", kernel_plugin), ("kluis", Kluis())])
    with pytest.raises(ContractError, match=r"kluis\.compartiment needs the plugin proef"):
        gather(lonely)


def test_a_plugin_with_a_compartment_lives_only_there():
    found = kluis_contributions()
    assert found.plugins == ("buur", "kernel", "proef")
    assert found.inside["kluis"].plugins == ("kernel", "kluis", "proef")
    assert "kluis" in found.migrations
