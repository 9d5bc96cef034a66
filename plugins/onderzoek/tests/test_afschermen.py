"""Keeping an examination from the other organisations: before its signature and after it, and sharing it again."""

from itertools import count

import pytest
from sqlalchemy import func, select, text

from vlok_onderzoek.tables import Onderzoek, OnderzoekResultaat
from vlok_register.api.register import Adres, NieuweEntiteit, NieuwPand, gemeente, make_entiteiten, make_panden

pytestmark = pytest.mark.asyncio(loop_scope="session")

WC, DB, WVL = "woningcontroleur@aalst", "dossierbeheerder@aalst", "woningcontroleur@wvl"
SHIELD, LIFT, SIGN = "onderzoek.afschermen", "onderzoek.afschermingOpheffen", "onderzoek.ondertekenen"
REDEN = {"reden": {"reden": "veiligheid", "toelichting": "De melder wordt bedreigd."}}
_numbers = count(1)
ZIE = """query($r: String!) { pand(referte: $r) { onderzoeken {
  referte status afscherming { redenNaam toelichting } resultaten { uitslag } } } }"""


async def done(world, persona, handeling, subject, invoer=None):
    outcome = await world.act(persona, handeling, subject, invoer)
    assert outcome.uitgevoerd, outcome.meldingen
    return outcome


@pytest.fixture
async def pand(world):
    """A property with a dwelling, and an examination of it in opmaak: both references."""
    async with world.kernel.work(await world.actor(DB)) as work:
        aalst = gemeente("Aalst", work.today)
        [made] = await make_panden(work, [NieuwPand(Adres.lees(f"Schildstraat {next(_numbers)}"), aalst)])
        [unit] = await make_entiteiten(work, [NieuweEntiteit(made, "ZW")])
    gegevens = {"datum": "2026-11-05", "reden": "vooronderzoek", "entiteiten": [unit.referte]}
    resultaten = {"perEntiteit": [{"entiteit": unit.referte, "uitslag": "OG"}]}
    await done(
        world, WC, "onderzoek.resultaatVastleggen", made.referte, {"onderzoek": gegevens, "resultaten": resultaten}
    )
    [onderzoek] = await zie(world, WC, made.referte)
    return made.referte, onderzoek["referte"]


async def zie(world, persona, pand):
    return (await world.query(persona, ZIE, r=pand))["pand"]["onderzoeken"]


async def told(world, soort, referte):
    async with world.session(WC) as session:
        found = text("select count(*) from feit where soort = :soort and inhoud->>'referte' = :referte")
        return await session.scalar(found, {"soort": soort, "referte": referte})


async def rows(world, persona, referte):
    """What row-level security alone leaves of an examination and its results."""
    async with world.session(persona) as session:
        mine = select(func.count()).select_from(Onderzoek).where(Onderzoek.referte == referte)
        results = (
            select(func.count())
            .select_from(OnderzoekResultaat)
            .join(Onderzoek, Onderzoek.id == OnderzoekResultaat.onderzoek_id)
        )
        return await session.scalar(mine), await session.scalar(results.where(Onderzoek.referte == referte))


async def test_shielded_before_the_signature_it_is_signed_and_stays_the_own_organisations(world, pand):
    pand, onderzoek = pand
    await done(world, DB, SHIELD, onderzoek, REDEN)
    await done(world, WC, SIGN, onderzoek)
    for persona in (WVL, "wooninspecteur@wi"):
        assert await zie(world, persona, pand) == []
        assert await rows(world, persona, onderzoek) == (0, 0)
    [own] = await zie(world, "lezer@aalst", pand)
    assert (own["status"], own["resultaten"]) == ("Ondertekend", [{"uitslag": "OG"}])
    assert own["afscherming"] == {"redenNaam": "Veiligheid van een bewoner, melder of medewerker",
                                  "toelichting": "De melder wordt bedreigd."}  # fmt: skip


async def test_a_shielded_examination_is_told_to_no_procedure_until_the_shield_is_lifted(world, pand):
    pand, onderzoek = pand
    await done(world, WC, SHIELD, onderzoek, REDEN)
    await done(world, WC, SIGN, onderzoek)
    assert await told(world, "OnderzoekOndertekend", onderzoek) == 0
    await done(world, WC, LIFT, onderzoek)
    assert await told(world, "OnderzoekOndertekend", onderzoek) == 1
    [seen] = await zie(world, WVL, pand)
    assert (seen["afscherming"], seen["resultaten"]) == (None, [{"uitslag": "OG"}])


async def test_shielded_after_the_signature_it_disappears_for_the_others_with_its_results(world, pand):
    pand, onderzoek = pand
    await done(world, WC, SIGN, onderzoek)
    assert len(await zie(world, WVL, pand)) == 1
    await done(world, WC, SHIELD, onderzoek, REDEN)
    assert await zie(world, WVL, pand) == []
    assert await rows(world, WVL, onderzoek) == (0, 0)
    assert await told(world, "OnderzoekAfgeschermd", onderzoek) == 1
    await done(world, WC, LIFT, onderzoek)
    assert await rows(world, WVL, onderzoek) == (1, 1)


@pytest.mark.parametrize(
    "persona", ["lezer@aalst", "burgemeester@aalst", WVL, "dossierbeheerder@gent", "verbalisant@wi"]
)
async def test_nobody_shields_for_another_organisation_or_without_the_right(world, pand, persona):
    _, onderzoek = pand
    await done(world, WC, SIGN, onderzoek)
    assert [m.code for m in (await world.act(persona, SHIELD, onderzoek, REDEN)).meldingen] == ["ONBEKEND"]


async def test_the_wizard_says_beforehand_who_sees_it(world, pand):
    _, onderzoek = pand
    query = "query($h: String!, $r: ID!) { formulier(handeling: $h, subject: $r) { zichtNadien } }"
    open_to = ["Stad Aalst: alle rollen", "Wonen in Vlaanderen – woningkwaliteit: alle rollen"]
    assert (await world.query(WC, query, h=SIGN, r=onderzoek))["formulier"]["zichtNadien"] == open_to
    await done(world, WC, SHIELD, onderzoek, REDEN)
    assert (await world.query(WC, query, h=SIGN, r=onderzoek))["formulier"]["zichtNadien"] == open_to[:1]
