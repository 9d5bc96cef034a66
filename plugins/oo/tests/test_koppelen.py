"""An examination from before the procedure is used in it only when the gemeente links it."""

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="session")

DB = "dossierbeheerder@aalst"
KOPPELEN = "oo.onderzoekKoppelen"
FORMULIER = """query ($r: ID!) { formulier(handeling: "oo.onderzoekKoppelen", subject: $r) {
  stappen { velden { naam opties { waarde } } }
} }"""


async def choices(one):
    formulier = (await one.world.query(DB, FORMULIER, r=one.dossier))["formulier"]
    return [optie["waarde"] for optie in formulier["stappen"][0]["velden"][0]["opties"]]


@pytest.mark.parametrize(("koppel", "statussen"), [(True, {"Gestart"}), (False, set())])
async def test_an_earlier_examination_is_linked_with_or_without_its_entiteiten(zaak, koppel, statussen):
    one = await zaak(2)
    await one.onderzoek("OG", "2026-10-01")
    await one.start()
    assert await one.statussen() == set()
    [referte] = await choices(one)
    await one.doe(DB, KOPPELEN, one.dossier, onderzoek={"onderzoeken": [referte], "koppelEntiteiten": koppel})
    assert await one.statussen() == statussen
    again = await one.probeer(DB, KOPPELEN, one.dossier)
    assert [m.code for m in again.meldingen] == ["NIET_BESCHIKBAAR"]


async def test_a_linked_examination_is_a_ground_for_the_decision(zaak):
    one = await zaak()
    await one.onderzoek("OG", "2026-10-01")
    await one.start()
    await one.doe(DB, KOPPELEN, one.dossier, onderzoek={"onderzoeken": await choices(one)})
    await one.beslis("2026-11-30", "OG")
    assert len(await one.beslissingen()) == 1


@pytest.mark.parametrize(
    ("datum", "wie"),
    [("2025-11-23", "woningcontroleur@aalst"), ("2026-10-01", "woningcontroleur@wvl")],
    ids=["a year old", "of the agency"],
)
async def test_an_old_examination_or_that_of_another_is_not_offered(zaak, datum, wie):
    one = await zaak()
    await one.onderzoek("OG", datum, wie)
    await one.start()
    outcome = await one.probeer(DB, KOPPELEN, one.dossier)
    assert [m.tekst for m in outcome.meldingen] == ["Er is geen eerder onderzoek van de gemeente om te koppelen."]
