"""Shielding: what is signed stays or becomes the own organisation's again, and for the other side it does not exist."""

import asyncio

import pytest
from sqlalchemy import select, update

from vlok.api.tables import Afscherming, Bestand, Document, Taak
from vlok.audit.tables import Auditregel
from vlok.graph.names import global_id
from vlok.procedures.tables import Uitvoering
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_document, a_dossier, browser, count_of

READY, SIGN = "kernel.documentenKlaarmaken", "kernel.documentVervangen"
SHIELD, LIFT = "kernel.documentAfschermen", "kernel.afschermingOpheffen"
REDEN = {"reden": {"reden": "persoonsgegevens", "toelichting": "Medisch verslag van een bewoner."}}


def codes(outcome):
    return [melding.code for melding in outcome.meldingen]


async def done(world, persona, handeling, subject, invoer=None):
    outcome = await world.act(persona, handeling, subject, invoer)
    assert outcome.uitgevoerd, outcome.meldingen
    return outcome


async def switch(world, document):
    """The switch of a document, and its shields."""
    async with world.session(BEHEERDER) as session:
        row = await session.scalar(select(Document).where(Document.id == document.id))
        shields = await session.scalars(select(Afscherming).where(Afscherming.object_id == document.id))
        return row.gedeeld_op, shields.all()


@pytest.fixture
async def signed(proef):
    """A dossier with a signed document that has a file, as the product signs it."""
    dossier = await a_dossier(proef)
    document = await a_document(proef, dossier)
    await done(proef, BEHEERDER, READY, dossier)
    await done(proef, BEHEERDER, SIGN, document, {"bestand": {"bestand": await proef.upload(BEHEERDER)}})
    return dossier, document


EVERYTHING = """query($r: String!, $d: ID!) {
  dossier(referte: $r) { documenten { referte } taken { document { referte } } tijdlijn { titel samenvatting } }
  node(id: $d) { id ... on Document { referte afscherming { redenNaam } } }
  handelingen(subject: $d, ookNietBeschikbaar: true) { sleutel } }"""


async def seen(world, persona, dossier, document):
    return await world.query(persona, EVERYTHING, r=dossier.referte, d=global_id("Document", document.id))


async def test_for_the_other_side_a_shielded_document_does_not_exist(proef, signed):
    dossier, document = signed
    async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
        work.session.add(
            Taak(
                referte=await work.number("TK"),
                nummer=1,
                naam="Bekijk",
                rol="wvl.dossierbeheerder",
                domein="wvl",
                gebied=dossier.gebied,
                onderwerp_id=dossier.onderwerp_id,
                dossier_id=dossier.id,
                document_id=document.id,
                sorteerdatum=work.today,
                aangemaakt_op=work.now,
            )
        )
    before = await seen(proef, WVL, dossier, document)
    assert before["dossier"]["documenten"] == [{"referte": document.referte}]
    assert before["dossier"]["taken"] == [{"document": {"referte": document.referte}}]
    assert [line["samenvatting"] for line in before["dossier"]["tijdlijn"]] == [document.referte]
    await done(proef, BEHEERDER, SHIELD, document, REDEN)
    after = await seen(proef, WVL, dossier, document)
    assert after == {
        "dossier": {"documenten": [], "taken": [{"document": None}], "tijdlijn": []},
        "node": None,
        "handelingen": [],
    }
    assert await count_of(proef, WVL, Document, Document.id == document.id) == 0
    assert await count_of(proef, WVL, Bestand) == await count_of(proef, WVL, Bestand, Bestand.domein == "wvl")


async def test_its_file_answers_as_one_that_is_not_there(proef, signed):
    _, document = signed
    async with browser(proef, WVL) as client:
        assert (await client.get(f"/documenten/{document.id}")).status_code == 200
        await done(proef, BEHEERDER, SHIELD, document, REDEN)
        hidden = await client.get(f"/documenten/{document.id}")
        absent = await client.get("/documenten/00000000-0000-4000-8000-000000000000")
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)


async def test_every_question_and_action_of_the_other_side_gets_the_answer_of_an_unknown_document(proef, signed):
    _, document = signed
    await done(proef, BEHEERDER, SHIELD, document, REDEN)
    for handeling in (SIGN, SHIELD, LIFT, "kernel.documentOpmerkingSchrijven"):
        for persona in (WVL, "gewestelijk-ambtenaar@wvl", "verbalisant@wi", ELDERS, "lezer@vlabel"):
            hidden = await proef.act(persona, handeling, document, REDEN)
            absent = await proef.act(persona, handeling, "DO26-999999", REDEN)
            assert (hidden, codes(hidden)) == (absent, ["ONBEKEND"]), (persona, handeling)


async def test_the_own_organisation_reads_it_with_the_reason_and_who_shielded_it(proef, signed):
    dossier, document = signed
    await done(proef, BEHEERDER, SHIELD, document, REDEN)
    [moment, [shield]] = await switch(proef, document)
    assert moment is None
    assert (shield.reden, shield.toelichting) == tuple(REDEN["reden"].values())
    assert shield.afgeschermd_door == (await proef.actor(BEHEERDER)).naam
    found = await seen(proef, "lezer@aalst", dossier, document)
    assert found["node"]["afscherming"] == {"redenNaam": "Gevoelige persoonsgegevens"}


async def test_lifting_shares_it_again_and_keeps_that_it_was_shielded(proef, signed):
    dossier, document = signed
    before = await seen(proef, WVL, dossier, document)
    await done(proef, BEHEERDER, SHIELD, document, REDEN)
    assert codes(await proef.act(BEHEERDER, SHIELD, document, REDEN)) == ["NIET_BESCHIKBAAR"]
    await done(proef, BEHEERDER, LIFT, document)
    assert codes(await proef.act(BEHEERDER, LIFT, document)) == ["NIET_BESCHIKBAAR"]
    assert await seen(proef, WVL, dossier, document) == before
    [moment, [shield]] = await switch(proef, document)
    assert moment is not None
    assert shield.opgeheven_op is not None
    assert await count_of(proef, WVL, Afscherming, Afscherming.object_id == document.id) == 0


async def test_a_document_shielded_before_its_signature_is_signed_without_being_shared(proef):
    dossier = await a_dossier(proef)
    document = await a_document(proef, dossier)
    await done(proef, BEHEERDER, SHIELD, document, REDEN)
    await done(proef, BEHEERDER, READY, dossier)
    await done(proef, BEHEERDER, SIGN, document, {"bestand": {"bestand": await proef.upload(BEHEERDER)}})
    assert (await seen(proef, WVL, dossier, document))["dossier"] == {"documenten": [], "taken": [], "tijdlijn": []}
    async with proef.session(BEHEERDER) as session:
        row = await session.scalar(select(Document).where(Document.id == document.id))
        assert (row.status, row.gedeeld_op, row.ondertekend_op is not None) == ("Ondertekend", None, True)
    await done(proef, BEHEERDER, LIFT, document)
    after = await seen(proef, WVL, dossier, document)
    assert after["dossier"]["documenten"] == [{"referte": document.referte}]
    assert [line["samenvatting"] for line in after["dossier"]["tijdlijn"]] == [document.referte]


async def test_lifting_before_the_signature_shares_nothing(proef):
    document = await a_document(proef, await a_dossier(proef))
    await done(proef, BEHEERDER, SHIELD, document, REDEN)
    await done(proef, BEHEERDER, LIFT, document)
    assert (await switch(proef, document))[0] is None


@pytest.mark.parametrize(
    ("reden", "code"),
    [
        ({}, "VERPLICHT"),
        ({"reden": "veiligheid"}, "VERPLICHT"),
        ({"toelichting": "zomaar"}, "VERPLICHT"),
        ({"reden": "veiligheid", "toelichting": "   "}, "VERPLICHT"),
        ({"reden": "zomaar", "toelichting": "zomaar"}, "ONGELDIGE_KEUZE"),
    ],
)
async def test_a_shield_has_a_reason_from_the_list_and_an_explanation(proef, signed, reden, code):
    _, document = signed
    assert code in codes(await proef.act(BEHEERDER, SHIELD, document, {"reden": reden}))
    assert (await switch(proef, document))[1] == []


@pytest.mark.parametrize(
    "persona", ["lezer@aalst", "burgemeester@aalst", WVL, ELDERS, "verbalisant@wi", "lezer@vlabel"]
)
async def test_nobody_shields_for_another_organisation_or_without_the_right(proef, signed, persona):
    _, document = signed
    assert codes(await proef.act(persona, SHIELD, document, REDEN)) == ["ONBEKEND"]
    await done(proef, BEHEERDER, SHIELD, document, REDEN)
    assert codes(await proef.act(persona, LIFT, document)) == ["ONBEKEND"]


async def test_what_was_sent_cannot_be_shielded(proef, signed):
    _, document = signed
    async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
        await work.session.execute(update(Document).where(Document.id == document.id).values(verstuurd_op=work.now))
    outcome = await proef.act(BEHEERDER, SHIELD, document, REDEN)
    assert codes(outcome) == ["NIET_BESCHIKBAAR"]
    assert "verstuurd" in outcome.meldingen[0].tekst
    assert (await switch(proef, document))[0] is not None


async def test_both_actions_are_in_the_audit_trail_and_in_no_timeline_of_the_other_side(proef, signed):
    _, document = signed
    await done(proef, BEHEERDER, SHIELD, document, REDEN)
    await done(proef, BEHEERDER, LIFT, document)
    for handeling in (SHIELD, LIFT):
        line = Auditregel.wat == f"handeling:{handeling}"
        assert await count_of(proef, BEHEERDER, Auditregel, line, Auditregel.subject_id == document.id) == 1
        told = (Uitvoering.handeling == handeling, Uitvoering.subject_id == document.id)
        assert await count_of(proef, BEHEERDER, Uitvoering, *told) == 1
        assert await count_of(proef, WVL, Uitvoering, *told) == 0


async def test_of_a_shielding_and_a_signature_at_the_same_moment_the_document_is_shielded_in_the_end(proef):
    """Both lock the dossier, so one follows the other; whatever the order, nothing stays shared under a shield."""
    for _ in range(3):
        dossier = await a_dossier(proef)
        document = await a_document(proef, dossier)
        await done(proef, BEHEERDER, READY, dossier)
        signature = {"bestand": {"bestand": await proef.upload(BEHEERDER)}}
        await asyncio.gather(
            proef.act(BEHEERDER, SIGN, document, signature), proef.act(BEHEERDER, SHIELD, document, REDEN)
        )
        moment, shields = await switch(proef, document)
        assert (moment is None) == bool(shields)
