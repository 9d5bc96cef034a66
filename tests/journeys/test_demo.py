"""The demo's sample data: what a stranger finds after ``./dev demo``."""

import pytest

from vlok.api.documents import HouseStyle
from vlok.api.paper import HUISSTIJL
from vlok.demo.house_styles import house_styles
from vlok.demo.story import Story
from vlok.imports import import_rows

pytestmark = pytest.mark.asyncio(loop_scope="session")

OPEN_TASKS = "{ werklijst { edges { node { nummer dossier { referte } } } } }"


def numbers(data):
    return {edge["node"]["nummer"] for edge in data["werklijst"]["edges"]}


async def test_the_story_puts_work_on_the_worklists_of_two_municipalities(world):
    assert await Story(world.kernel).tell() == 10
    assert (await world.wi.query("lezer@wi", "{ wiDossiers { totalCount } }"))["wiDossiers"]["totalCount"] == 1
    assert numbers(await world.query("dossierbeheerder@aalst", OPEN_TASKS)) == {1, 2}
    assert numbers(await world.query("dossierbeheerder@gent", OPEN_TASKS)) == {1, 2}
    assert numbers(await world.query("dossierbeheerder@hasselt", OPEN_TASKS)) == set()


async def test_every_plugin_that_imports_ships_a_sample_that_it_can_read(world):
    importers = world.kernel.contributions.imports.values()
    assert importers
    for importer in importers:
        rows = importer.read(importer.voorbeeld)
        assert len(await import_rows(world.kernel, importer, rows)) == len(rows)


@pytest.mark.parametrize("code", sorted(house_styles()))
async def test_each_house_style_is_a_valid_value_of_the_parameter(code):
    assert isinstance(HUISSTIJL.parse(house_styles()[code]), HouseStyle)


async def test_vlabel_reads_the_sample_list_and_nothing_else(world):
    seen = await world.query(
        "lezer@vlabel",
        '{ ik { schermen } vivoo { totalCount } werklijst { totalCount } panden(zoek: "") { totalCount } }',
    )
    assert seen["ik"]["schermen"] == ["vivoo"]
    assert seen["vivoo"]["totalCount"] == 25
    assert seen["werklijst"]["totalCount"] == 0
    assert seen["panden"]["totalCount"] == 0
