"""A dossier that begins with a report of the gemeente, and what the gemeente gets to know of it (R6)."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from vlok.api.tables import Dossier, Taak
from vlok_register.api.facts import VerhuringGemeld

pytestmark = pytest.mark.asyncio(loop_scope="session")

DB = "dossierbeheerder@aalst"
WVL = "dossierbeheerder@wvl"
NATRAJECT = "voor-en-natraject@wi"


@pytest.fixture
def gemeld(pand):
    """``await gemeld()``: a pand on whose procedure OO the gemeente reported; gives the pand and that procedure."""

    async def make():
        one = await pand()
        async with one.world.kernel.work(await one.world.actor(DB)) as work:
            procedure = Dossier(
                id=uuid4(),
                referte=await work.number("OO"),
                soort="oo",
                onderwerp_id=one.pand_id,
                status="Gestart",
                info="Procedure OO",
                gestart_op=work.today,
                gewijzigd_op=work.now,
                gewijzigd_door=work.actor.naam,
                domein=work.actor.domein,
                gebied="41002",
            )
            work.session.add(procedure)
            await work.session.flush()
            onderwerp = (procedure.id, procedure.referte, one.pand_id, "41002")
            work.release(VerhuringGemeld(*onderwerp, "verhuring", work.today, "Nieuwe huurder.", "Aalst"))
        await one.world.drain()
        return one, procedure.referte

    return make


async def open_op_melding(one):
    query = """query ($r: ID!) { formulier(handeling: "wi.dossierOpenen", subject: $r) {
      stappen { velden { naam opties { waarde label } } } } }"""
    formulier = (await one.world.wi.query(NATRAJECT, query, r=one.pand))["formulier"]
    [optie] = next(v["opties"] for s in formulier["stappen"] for v in s["velden"] if v["naam"] == "melding")
    await one.open(aanleiding="melding", melding=optie["waarde"])


async def procedure(one, referte, wie=DB):
    query = "query ($r: String!) { dossier(referte: $r) { status info gewijzigdDoor tijdlijn { titel } } }"
    return (await one.world.query(wie, query, r=referte))["dossier"]


async def test_a_dossier_on_a_melding_takes_it_up_and_ends_its_task(gemeld):
    one, _ = await gemeld()
    await open_op_melding(one)
    dossier = await one.zie()
    assert dossier["wi"]["aanleiding"] == "Melding van de gemeente"
    assert dossier["wi"]["melding"]["status"] == "In dossier"
    async with one.world.wi.session(NATRAJECT) as session:
        open_ones = select(Taak.nummer).where(Taak.onderwerp_id == one.pand_id, Taak.gesloten_op.is_(None))
        assert (await session.scalars(open_ones)).all() == [921]


async def test_the_procedure_of_the_gemeente_ends_only_after_the_entry_in_the_register(gemeld):
    one, referte = await gemeld()
    await open_op_melding(one)
    await one.pv()
    assert await one.codes(NATRAJECT, "wi.meldingMetHerstelvordering") == ["NIET_BESCHIKBAAR"]
    await one.vorder()
    assert await one.codes(NATRAJECT, "wi.meldingMetHerstelvordering") == ["NIET_BESCHIKBAAR"]
    await one.world.wi.drain()
    assert (await procedure(one, referte))["status"] == "Gestart"
    await one.schrijf_in()
    await one.doe(NATRAJECT, "wi.meldingMetHerstelvordering")
    assert await one.codes(NATRAJECT, "wi.meldingMetHerstelvordering") == ["NIET_BESCHIKBAAR"]
    await one.world.wi.drain()
    for wie in (DB, WVL):
        seen = await procedure(one, referte, wie)
        assert (seen["status"], seen["info"]) == ("Afgesloten", "Melding met herstelvordering")
        assert "Wooninspect" not in str(seen)
        assert seen["tijdlijn"] == []


async def test_a_dossier_without_melding_has_no_procedure_to_end(zaak):
    one = await zaak()
    await one.pv()
    await one.vorder()
    await one.schrijf_in()
    outcome = await one.probeer(NATRAJECT, "wi.meldingMetHerstelvordering")
    assert "begon niet met een melding" in outcome.meldingen[0].tekst
