"""A registration leaves the inventory: asked by the agency as a task, decided by the inventarisbeheerder."""

from datetime import date

import pytest

from vlok_register.api.facts import OngeschikteWoning, OngeschiktVerklaard, SchrappingGevraagd
from vlok_vivoo.schrapping import redenen

asynchronous = pytest.mark.asyncio(loop_scope="session")

WVL = "dossierbeheerder@wvl"
INVENTARIS = "inventarisbeheerder@wvl"
PAND = """query ($r: String!) { pand(referte: $r) {
  taken { nummer rol geslotenOp organisatieNaam onderwerp { referte } dossier { referte } }
  vivoo { id lijst datumSchrapping redenSchrapping }
} }"""
DATUM = date(2026, 11, 20)


def test_every_reason_has_a_name_and_a_source():
    assert {reden.code for reden in redenen()} >= {"conformiteitsattest", "conform-onderzoek", "gesloopt"}


async def tell(world, feit):
    async with world.kernel.work(await world.actor(WVL)) as work:
        await work.tell(feit)


async def opgenomen(world, huis, grond="OO"):
    """A house of which the one dwelling is on a list."""
    woning = OngeschikteWoning(huis.entiteiten[0].id, date(2026, 11, 1), False, "BS26-000009")
    await tell(world, OngeschiktVerklaard(huis.dossier.id, grond, (woning,)))


async def gevraagd(world, huis, datum=DATUM):
    await tell(world, SchrappingGevraagd(huis.entiteiten[0].id, "conform-onderzoek", datum))


async def zie(world, huis, wie=INVENTARIS):
    return (await world.query(wie, PAND, r=huis.pand))["pand"]


def open_911(pand):
    return [taak for taak in pand["taken"] if taak["nummer"] == 911 and taak["geslotenOp"] is None]


@asynchronous
async def test_the_task_stands_on_the_dwelling_without_dossier_and_comes_from_wonen(world, een_huis):
    huis = await een_huis()
    await opgenomen(world, huis)
    await gevraagd(world, huis)
    [taak] = open_911(await zie(world, huis))
    assert (taak["rol"], taak["dossier"]) == ("wvl.inventarisbeheerder", None)
    assert taak["onderwerp"]["referte"] == huis.entiteiten[0].referte
    assert taak["organisatieNaam"] == "Wonen in Vlaanderen – woningkwaliteit"


@asynchronous
async def test_a_dwelling_that_is_not_on_the_list_asks_for_nothing(world, een_huis):
    huis = await een_huis()
    await gevraagd(world, huis)
    assert (await zie(world, huis))["taken"] == []


@asynchronous
async def test_asked_twice_it_is_one_task(world, een_huis):
    huis = await een_huis()
    await opgenomen(world, huis)
    await gevraagd(world, huis)
    await gevraagd(world, huis)
    assert len(open_911(await zie(world, huis))) == 1


@asynchronous
async def test_the_wizard_offers_what_was_asked_and_the_task_ends_with_the_removal(world, een_huis):
    huis = await een_huis()
    await opgenomen(world, huis)
    await gevraagd(world, huis)
    [rij] = (await zie(world, huis))["vivoo"]
    outcome = await world.act(INVENTARIS, "vivoo.schrappen", rij["id"])
    assert outcome.uitgevoerd, outcome.meldingen
    pand = await zie(world, huis)
    assert [(v["datumSchrapping"], v["redenSchrapping"]) for v in pand["vivoo"]] == [
        ("2026-11-20", "Conform onderzoek")
    ]
    assert open_911(pand) == []
    again = await world.act(INVENTARIS, "vivoo.schrappen", rij["id"])
    assert [melding.code for melding in again.meldingen] == ["NIET_BESCHIKBAAR"]


@asynchronous
async def test_the_task_stays_while_the_dwelling_is_on_the_other_list(world, een_huis):
    huis = await een_huis()
    await opgenomen(world, huis)
    await opgenomen(world, huis, "NGW")
    await gevraagd(world, huis)
    first, second = (await zie(world, huis))["vivoo"]
    assert (await world.act(INVENTARIS, "vivoo.schrappen", first["id"])).uitgevoerd
    assert len(open_911(await zie(world, huis))) == 1
    assert (await world.act(INVENTARIS, "vivoo.schrappen", second["id"])).uitgevoerd
    assert open_911(await zie(world, huis)) == []


@asynchronous
@pytest.mark.parametrize("datum", ["2026-10-31", "2026-11-24"])
async def test_a_removal_before_the_opname_or_in_the_future_is_refused(world, een_huis, datum):
    huis = await een_huis()
    await opgenomen(world, huis)
    [rij] = (await zie(world, huis))["vivoo"]
    schrapping = {"schrapping": {"datum": datum, "reden": "gesloopt"}}
    outcome = await world.act(INVENTARIS, "vivoo.schrappen", rij["id"], schrapping)
    assert [(m.code, m.veld) for m in outcome.meldingen] == [("DATUM", "datum")]


@asynchronous
async def test_only_the_inventarisbeheerder_removes(world, een_huis):
    huis = await een_huis()
    await opgenomen(world, huis)
    [rij] = (await zie(world, huis))["vivoo"]
    schrapping = {"schrapping": {"datum": "2026-11-20", "reden": "gesloopt"}}
    for wie in (WVL, "dossierbeheerder@aalst", "lezer@vlabel"):
        outcome = await world.act(wie, "vivoo.schrappen", rij["id"], schrapping)
        assert [melding.code for melding in outcome.meldingen] == ["ONBEKEND"]
