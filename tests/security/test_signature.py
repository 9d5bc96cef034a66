"""The signature is the switch: before it a document is its own organisation's, after it both sides' and final."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from vlok.api.tables import Bestand, Document
from vlok.procedures.tables import Feit
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_document, a_dossier, count_of

READY, SIGN = "kernel.documentenKlaarmaken", "kernel.documentVervangen"
SIGNER = "gewestelijk-ambtenaar@wvl"


async def a_draft(world, persona=BEHEERDER):
    """A document in opmaak in a dossier, both of one organisation."""
    dossier = await a_dossier(world, persona)
    return dossier, await a_document(world, dossier, persona)


async def reread(world, document, persona=BEHEERDER):
    async with world.session(persona) as session:
        return await session.scalar(select(Document).where(Document.id == document.id))


def codes(outcome):
    return [melding.code for melding in outcome.meldingen]


def signed(bestand):
    return {"bestand": {"bestand": bestand}}


async def ready(world, persona=BEHEERDER):
    dossier, document = await a_draft(world, persona)
    assert (await world.act(persona, READY, dossier)).uitgevoerd
    return dossier, document


async def test_a_draft_is_made_ready_and_its_text_is_frozen(proef):
    dossier, document = await ready(proef)
    after = await reread(proef, document)
    assert (after.status, after.concept, after.opdracht["concept"]) == ("Ter manuele ondertekening", False, False)
    assert codes(await proef.act(BEHEERDER, READY, dossier)) == ["NIET_BESCHIKBAAR"]


async def test_only_what_was_chosen_is_made_ready_and_nothing_of_another_dossier(proef):
    dossier, document = await a_draft(proef)
    _, elsewhere = await a_draft(proef)
    wrong = {"documenten": {"documenten": [elsewhere.referte]}}
    assert codes(await proef.act(BEHEERDER, READY, dossier, wrong)) == ["ONGELDIGE_KEUZE"]
    assert codes(await proef.act(BEHEERDER, READY, dossier, {"documenten": {"documenten": []}})) == ["VERPLICHT"]
    assert [(await reread(proef, one)).status for one in (document, elsewhere)] == ["In opmaak", "In opmaak"]


async def test_the_other_side_makes_nothing_ready_that_is_not_its_own(proef):
    dossier, document = await a_draft(proef)
    assert codes(await proef.act(SIGNER, READY, dossier)) == ["NIET_BESCHIKBAAR"]
    assert (await reread(proef, document)).status == "In opmaak"


async def test_a_draft_cannot_be_signed_before_it_is_ready(proef):
    _, document = await a_draft(proef)
    outcome = await proef.act(BEHEERDER, SIGN, document, signed(await proef.upload(BEHEERDER)))
    assert codes(outcome) == ["NIET_BESCHIKBAAR"]
    assert (await reread(proef, document)).gedeeld_op is None


async def test_the_signature_shares_the_document_and_tells_it(proef):
    _, document = await ready(proef)
    assert await reread(proef, document, WVL) is None
    bestand = await proef.upload(BEHEERDER)
    assert (await proef.act(BEHEERDER, SIGN, document, signed(bestand))).uitgevoerd
    for persona in (BEHEERDER, WVL):
        after = await reread(proef, document, persona)
        assert (after.status, str(after.bestand_id)) == ("Ondertekend", bestand)
        assert after.ondertekend_op == after.gedeeld_op is not None
        assert await count_of(proef, persona, Bestand, Bestand.id == bestand) == 1
    assert await reread(proef, document, ELDERS) is None
    told = Feit.inhoud["document_id"].astext == str(document.id)
    assert await count_of(proef, BEHEERDER, Feit, Feit.soort == "DocumentOndertekend", told) == 1


async def test_a_signed_document_is_final(proef):
    _, document = await ready(proef)
    first = await proef.upload(BEHEERDER)
    await proef.act(BEHEERDER, SIGN, document, signed(first))
    outcome = await proef.act(BEHEERDER, SIGN, document, signed(await proef.upload(BEHEERDER)))
    assert codes(outcome) == ["NIET_BESCHIKBAAR"]
    assert str((await reread(proef, document)).bestand_id) == first


@pytest.mark.parametrize("persona", [SIGNER, WVL, ELDERS, "lezer@aalst", "burgemeester@aalst", "verbalisant@wi"])
async def test_nobody_signs_for_another_organisation_or_without_the_right(proef, persona):
    _, document = await ready(proef)
    assert codes(await proef.act(persona, SIGN, document, signed(await proef.upload(persona)))) == ["ONBEKEND"]
    assert (await reread(proef, document)).status == "Ter manuele ondertekening"


async def test_the_file_of_another_organisation_cannot_be_attached(proef):
    _, document = await ready(proef)
    for bestand in (await proef.upload(ELDERS), await proef.upload(WVL), str(uuid4())):
        outcome = await proef.act(BEHEERDER, SIGN, document, signed(bestand))
        assert codes(outcome) == ["ONBEKEND"]
        assert outcome.meldingen[0].tekst == "Het bestand is niet gevonden. Laad het opnieuw op."
    assert (await reread(proef, document)).bestand_id is None


async def test_a_signature_without_a_file_is_none(proef):
    _, document = await ready(proef)
    assert codes(await proef.act(BEHEERDER, SIGN, document, {})) == ["VERPLICHT"]
