"""Tasks: data says which, actions open and close them, and the right organisation finds them on its worklist."""

from datetime import date

import pytest
from sqlalchemy import select

from vlok.api.actor import domein_for
from vlok.api.errors import ContractError
from vlok.api.tables import Taak
from vlok.api.tasks import NO_DEADLINE, TaskType, close_tasks, open_task, task_types
from vlok.testing.practice import ENIGE_TAAK, TAAK
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_dossier

BLOCK = '[nakijken]\nnummer = 1\nnaam = "Kijk na"\nrol = "lb.lezer"\nbron = "proef"\ngeldig_van = 2020-01-01\n'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BLOCK.replace("nummer = 1", 'nummer = "een"'), "nummer"),
        (BLOCK.replace('bron = "proef"\n', ""), "bron"),
        (BLOCK + "extra = 1\n", "extra"),
        ("nakijken = 5\n", "nakijken"),
    ],
)
def test_a_wrong_task_type_stops_the_start_and_says_where(tmp_path, text, reason):
    (tmp_path / "taken.toml").write_text(text)
    with pytest.raises(ContractError, match=r"^taken\.toml: nakijken[.:]") as refused:
        task_types(tmp_path / "taken.toml")
    assert reason in str(refused.value)


def test_a_task_type_is_read_as_it_is_written(tmp_path):
    (tmp_path / "taken.toml").write_text(BLOCK)
    van = date(2020, 1, 1)
    expected = TaskType(key="nakijken", nummer=1, naam="Kijk na", rol="lb.lezer", bron="proef", geldig_van=van)
    assert task_types(tmp_path / "taken.toml") == (expected,)


@pytest.mark.parametrize(
    ("rol", "domein"),
    [("lb.dossierbeheerder", "lb:41002"), ("wvl.gewestelijk-ambtenaar", "wvl"), ("wi.verbalisant", "wi")],
)
def test_a_task_goes_to_the_organisation_of_its_role(rol, domein):
    assert domein_for(rol, "41002") == domein


async def opened(world, dossier, *soorten, deadline=None):
    async with world.kernel.work(await world.actor(BEHEERDER)) as work:
        for soort in soorten:
            await open_task(work, soort, dossier, deadline=deadline)
            await work.session.flush()


async def tasks(world, dossier, persona=WVL):
    async with world.session(persona) as session:
        return list(await session.scalars(select(Taak).where(Taak.dossier_id == dossier.id).order_by(Taak.referte)))


async def test_a_task_without_a_deadline_sorts_last(proef):
    dossier = await a_dossier(proef)
    await opened(proef, dossier, TAAK)
    await opened(proef, dossier, TAAK, deadline=date(2026, 12, 1))
    first, second = await tasks(proef, dossier)
    assert (first.deadline, first.sorteerdatum) == (None, NO_DEADLINE)
    assert (second.deadline, second.sorteerdatum) == (date(2026, 12, 1), date(2026, 12, 1))


async def test_a_single_task_is_opened_once_until_it_is_closed(proef):
    dossier = await a_dossier(proef)
    await opened(proef, dossier, ENIGE_TAAK, ENIGE_TAAK, TAAK, TAAK)
    assert sorted(taak.nummer for taak in await tasks(proef, dossier)) == [900, 900, 901]
    async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
        await close_tasks(work, dossier.id, [ENIGE_TAAK])
    await opened(proef, dossier, ENIGE_TAAK)
    found = await tasks(proef, dossier)
    assert [taak.nummer for taak in found if taak.gesloten_op] == [901]
    assert sorted(taak.nummer for taak in found if not taak.gesloten_op) == [900, 900, 901]


async def test_closing_a_dossier_closes_all_its_tasks_and_no_other(proef):
    dossier, other = await a_dossier(proef), await a_dossier(proef)
    await opened(proef, dossier, TAAK, ENIGE_TAAK)
    await opened(proef, other, TAAK)
    await proef.act(BEHEERDER, "proef.afsluiten", dossier)
    naam = (await proef.actor(BEHEERDER)).naam
    assert {(bool(taak.gesloten_op), taak.gesloten_door) for taak in await tasks(proef, dossier)} == {(True, naam)}
    assert [taak.gesloten_op for taak in await tasks(proef, other)] == [None]


async def test_a_task_is_on_the_worklist_of_its_role_only_and_in_the_dossier_for_both_sides(proef):
    dossier = await a_dossier(proef)
    await opened(proef, dossier, TAAK)
    own, about = (
        "{ werklijst(first: 500) { edges { node { dossier { referte } } } } }",
        ("query($r: String!) { dossier(referte: $r) { taken { nummer } } }"),
    )

    async def on_worklist(persona):
        edges = (await proef.query(persona, own))["werklijst"]["edges"]
        return dossier.referte in {edge["node"]["dossier"]["referte"] for edge in edges if edge["node"]["dossier"]}

    assert await on_worklist(WVL)
    for persona in (BEHEERDER, "gewestelijk-ambtenaar@wvl", ELDERS):
        assert not await on_worklist(persona)
    for persona in (WVL, BEHEERDER, "lezer@aalst"):
        assert (await proef.query(persona, about, r=dossier.referte))["dossier"]["taken"] == [{"nummer": 900}]
    assert (await proef.query(ELDERS, about, r=dossier.referte))["dossier"] is None


async def test_a_task_given_to_one_person_leaves_the_lists_of_the_others(proef):
    dossier = await a_dossier(proef)
    await opened(proef, dossier, ENIGE_TAAK)
    mine = await proef.actor(BEHEERDER)
    async with proef.kernel.work(mine) as work:
        [taak] = await work.session.scalars(select(Taak).where(Taak.dossier_id == dossier.id))
        taak.gebruiker_id = (await proef.actor("lezer@aalst")).gebruiker_id
    query = "query($f: WerklijstFilter) { werklijst(filter: $f, first: 500) { edges { node { referte } } } }"
    found = await proef.query(BEHEERDER, query, f={"zoek": "Woning"})
    assert taak.referte not in {edge["node"]["referte"] for edge in found["werklijst"]["edges"]}
    found = await proef.query("taakbeheerder@aalst", query, f={})
    assert taak.referte in {edge["node"]["referte"] for edge in found["werklijst"]["edges"]}
