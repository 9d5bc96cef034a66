"""All tasks of a property are visible to both sides; what a task points at only to whom may see that."""

from itertools import count

import pytest
from sqlalchemy import select, update

from vlok.api.tables import Document, Taak
from vlok_register.api.register import Adres, NieuweEntiteit, NieuwPand, gemeente, make_entiteiten, make_panden
from vlok_register.api.tables import Pand

pytestmark = pytest.mark.asyncio(loop_scope="session")

DB, WC, WVL = "dossierbeheerder@aalst", "woningcontroleur@aalst", "dossierbeheerder@wvl"
_numbers = count(1)
TAKEN = """query($r: String!) { pand(referte: $r) { taken {
  nummer naam rolNaam organisatieNaam geslotenOp document { id } onderwerp { referte } dossier { referte } } } }"""


async def taken(world, persona, pand):
    found = (await world.query(persona, TAKEN, r=pand))["pand"]
    return found["taken"] if found else None


@pytest.fixture
async def pand(world):
    """A property with a procedure, so that both sides have something to do: the reference."""
    async with world.kernel.work(await world.actor(DB)) as work:
        aalst = gemeente("Aalst", work.today)
        [made] = await make_panden(work, [NieuwPand(Adres.lees(f"Takenstraat {next(_numbers)}"), aalst)])
        [unit] = await make_entiteiten(work, [NieuweEntiteit(made, "ZW")])
    verzoek = {"verzoek": {"datum": "2026-11-02", "initiatiefnemer": "belanghebbende"}}
    start = await world.act(DB, "oo.procedureStarten", made.referte, verzoek, bevestigd=True)
    assert start.uitgevoerd, start.meldingen
    dossier = start.bericht.split()[1]
    vraag = {"datum": {"datum": "2026-11-03"}, "entiteiten": {"typeWoning": "ZW", "entiteiten": [unit.referte]}}
    asked = await world.act(DB, "oo.adviesVragen", dossier, vraag, bevestigd=True)
    assert asked.uitgevoerd, asked.meldingen
    return made.referte


async def test_both_sides_see_all_tasks_of_a_property_whoever_must_do_them(world, pand):
    own = await taken(world, DB, pand)
    assert {task["organisatieNaam"] for task in own} == {"Stad Aalst", "Wonen in Vlaanderen – woningkwaliteit"}
    for persona in ("lezer@aalst", WVL, "lezer@wvl"):
        assert await taken(world, persona, pand) == own, persona


async def test_nobody_else_sees_a_task_of_it(world, pand):
    for persona in ("dossierbeheerder@gent", "lezer@vlabel"):
        assert await taken(world, persona, pand) is None


async def test_a_task_shows_no_trace_of_a_document_that_its_reader_may_not_see(world, pand):
    async with world.kernel.work(await world.actor(DB)) as work:
        mine = select(Pand.id).where(Pand.referte == pand)
        open_there = select(Taak).where(Taak.domein == "wvl", Taak.gesloten_op.is_(None), Taak.onderwerp_id.in_(mine))
        task = (await work.session.scalars(open_there)).one()
        draft = Document(
            referte=await work.number("DO"),
            soort="DT034",
            titel="Ontwerp",
            status="In opmaak",
            concept=True,
            dossier_id=task.dossier_id,
            onderwerp_id=task.onderwerp_id,
            domein=work.actor.domein,
            gebied=task.gebied,
            aangemaakt_op=work.now,
        )
        work.session.add(draft)
        await work.session.flush()
        without = await taken(world, WVL, pand)
        await work.session.execute(update(Taak).where(Taak.id == task.id).values(document_id=draft.id))
    assert await taken(world, WVL, pand) == without
    assert [task["document"] is not None for task in await taken(world, DB, pand)].count(True) == 1
