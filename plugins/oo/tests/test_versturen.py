"""Decisions of the burgemeester on a real database: sent to Wonen in Vlaanderen, validated or sent back."""

import pytest
from sqlalchemy import text

pytestmark = pytest.mark.asyncio(loop_scope="session")

DB = "dossierbeheerder@aalst"
WVL = "dossierbeheerder@wvl"
MAKEN = "oo.beslissingBurgemeesterMaken"
VERSTUREN = "oo.beslissingVersturen"
BETEKEND = {"datumBetekening": "2026-11-23", "poststempel": True}


async def verstuurd(one, **opties):
    """Decide in the past, with a document, and send."""
    bestand = await one.world.upload(DB)
    await one.doe(
        DB,
        MAKEN,
        one.dossier,
        entiteiten={"entiteiten": one.entiteiten},
        standaard={"datum": "2026-11-20", "beslissing": "OG", **opties},
        documenten={"perEntiteit": [{"entiteit": e, "bestand": bestand} for e in one.entiteiten]},
    )
    await one.doe(DB, VERSTUREN, one.dossier, verzending=BETEKEND)


async def test_a_sent_decision_cannot_be_removed(klaar):
    one = await klaar()
    await verstuurd(one)
    [beslissing] = await one.beslissingen()
    outcome = await one.probeer(DB, "oo.beslissingVerwijderen", beslissing["referte"])
    assert [(m.code, m.tekst) for m in outcome.meldingen] == [("NIET_BESCHIKBAAR", "Deze beslissing is al verstuurd.")]


async def test_what_the_gemeente_did_not_send_is_not_there_for_wonen(klaar):
    one = await klaar()
    await one.beslis("2026-11-20")
    [beslissing] = await one.beslissingen()
    assert await one.beslissingen(WVL) == []
    assert [m.code for m in (await one.probeer(WVL, "oo.beslissingValideren", one.dossier)).meldingen] == [
        "NIET_BESCHIKBAAR"
    ]
    query = "query ($r: ID!) { handelingen(subject: $r) { sleutel } }"
    assert (await one.world.query(WVL, query, r=beslissing["referte"]))["handelingen"] == []


async def test_a_decision_is_not_notified_before_it_is_taken(klaar):
    one = await klaar()
    await one.beslis("2026-11-20")
    [beslissing] = await one.beslissingen()
    document = {"bestand": await one.world.upload(DB)}
    await one.doe(DB, "oo.beslissingDocumentOpladen", beslissing["referte"], document=document)
    vroeg = {"datumBetekening": "2026-11-19"}
    outcome = await one.probeer(DB, VERSTUREN, one.dossier, verzending=vroeg)
    assert [(m.code, m.entiteit) for m in outcome.meldingen] == [("DATUM", beslissing["referte"])]


async def test_a_wrong_date_is_corrected_when_sending_and_when_validating(klaar):
    one = await klaar()
    await one.beslis("2026-11-20")
    [beslissing] = await one.beslissingen()
    referte = beslissing["referte"]
    await one.doe(DB, "oo.beslissingDocumentOpladen", referte, document={"bestand": await one.world.upload(DB)})
    datum = {"perBeslissing": [{"beslissing": referte, "datum": "2026-11-18"}]}
    await one.doe(DB, VERSTUREN, one.dossier, verzending=BETEKEND, beslissingen=datum)
    assert [b["datum"] for b in await one.beslissingen(WVL)] == ["2026-11-18"]
    datum = {"perBeslissing": [{"beslissing": referte, "datum": "2026-11-17"}]}
    await one.doe(WVL, "oo.beslissingValideren", one.dossier, datums=datum)
    assert [b["datum"] for b in await one.beslissingen()] == ["2026-11-17"]


async def test_what_wonen_does_not_validate_comes_back_with_the_reason(klaar):
    one = await klaar()
    await verstuurd(one)
    await one.doe(WVL, "oo.beslissingNietValideren", one.dossier, afkeuring={"reden": "De bijlage ontbreekt."})
    [beslissing] = await one.beslissingen()
    assert (beslissing["status"], beslissing["afkeuring"]) == ("Te versturen", "De bijlage ontbreekt.")
    assert await one.statussen() == {"Beslissing te versturen"}
    assert await one.taken() == {903}
    await one.doe(DB, VERSTUREN, one.dossier, verzending=BETEKEND)
    assert await one.taken() == {902}


async def test_validating_leaves_a_deelprocedure_whose_second_decision_is_not_sent(klaar):
    one = await klaar(uitslag="OG/OVB")
    await one.beslis("2026-11-20", "OG", extraOverbewoning=True)
    hoofd = next(b for b in await one.beslissingen() if b["soort"] == "OG")
    await one.doe(
        DB, "oo.beslissingDocumentOpladen", hoofd["referte"], document={"bestand": await one.world.upload(DB)}
    )
    await one.doe(DB, VERSTUREN, one.dossier, verzending=BETEKEND)
    assert await one.statussen() == {"Beslissing te versturen"}
    assert {1, 181} <= await one.taken()
    await one.doe(WVL, "oo.beslissingValideren", one.dossier)
    assert {b["soort"]: b["status"] for b in await one.beslissingen()} == {"OG": "Geldig", "OVB": "Te versturen"}
    assert await one.statussen() == {"Beslissing te versturen"}


@pytest.mark.parametrize(("beslissing", "told"), [("OG", [False]), ("OG/OB", [True]), ("VOL", None), ("OVB", None)])
async def test_only_ongeschikt_and_onbewoonbaar_are_told_to_the_inventory(klaar, beslissing, told):
    one = await klaar(uitslag="OG/OB/OVB")
    await verstuurd(one, beslissing=beslissing)
    await one.doe(WVL, "oo.beslissingValideren", one.dossier)
    [besluit] = [b["referte"] for b in await one.beslissingen()]
    async with one.world.session(WVL) as session:
        feiten = (await session.scalars(text("select inhoud from feit where soort = 'OngeschiktVerklaard'"))).all()
    woningen = [w for feit in feiten for w in feit["woningen"] if w["besluit"] == besluit]
    assert [(w["datum"], w["onbewoonbaar"]) for w in woningen] == [("2026-11-20", ob) for ob in told or ()]
