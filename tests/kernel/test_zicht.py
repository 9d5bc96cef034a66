"""Who will see it: before a user signs, the wizard says so, and it is what the policy then does."""

import pytest

from vlok.graph.names import global_id
from vlok.testing.practice_world import BEHEERDER, WVL, a_document, a_dossier

ZICHT = """query($h: String!, $r: ID!) { formulier(handeling: $h, subject: $r) { zichtNadien } }"""
CITY, AGENCY = "Stad Aalst: alle rollen", "Wonen in Vlaanderen – woningkwaliteit: alle rollen"
READY, SIGN, SHIELD = "kernel.documentenKlaarmaken", "kernel.documentVervangen", "kernel.documentAfschermen"


async def zicht(world, handeling, subject, persona=BEHEERDER):
    found = await world.query(persona, ZICHT, h=handeling, r=subject.referte)
    return found["formulier"]["zichtNadien"]


@pytest.fixture
async def klaar(proef):
    dossier = await a_dossier(proef)
    document = await a_document(proef, dossier)
    assert (await proef.act(BEHEERDER, READY, dossier)).uitgevoerd
    return document


async def test_before_signing_it_says_which_organisations_and_roles_will_see_it(proef, klaar):
    assert await zicht(proef, SIGN, klaar) == [CITY, AGENCY]


async def test_the_agency_is_told_the_municipality_of_the_document_and_no_other(proef):
    dossier = await a_dossier(proef, "dossierbeheerder@gent", gebied="44021")
    document = await a_document(proef, dossier, WVL)
    await proef.act("gewestelijk-ambtenaar@wvl", READY, dossier)
    found = await zicht(proef, SIGN, document, "gewestelijk-ambtenaar@wvl")
    assert found == [AGENCY, "Stad Gent: alle rollen"]


async def test_the_inspectorate_and_the_tax_office_are_never_named(proef, klaar):
    told = " ".join(await zicht(proef, SIGN, klaar))
    assert "ooninspectie" not in told
    assert "elasting" not in told


async def test_a_shielded_document_is_announced_for_the_own_organisation_only(proef, klaar):
    reden = {"reden": {"reden": "veiligheid", "toelichting": "Bedreiging."}}
    assert (await proef.act(BEHEERDER, SHIELD, klaar, reden)).uitgevoerd
    assert await zicht(proef, SIGN, klaar) == [CITY]


async def test_an_action_that_shares_nothing_announces_nothing(proef):
    dossier = await a_dossier(proef)
    await a_document(proef, dossier)
    assert await zicht(proef, READY, dossier) == []


async def test_an_action_that_only_the_timeline_tells_says_who_reads_that(proef):
    assert await zicht(proef, "proef.noteren", await a_dossier(proef)) == [
        CITY,
        AGENCY,
    ]


async def test_lifting_a_shield_announces_whom_the_document_comes_back_to(proef):
    dossier = await a_dossier(proef)
    document = await a_document(proef, dossier, signed=True)
    reden = {"reden": {"reden": "veiligheid", "toelichting": "Bedreiging."}}
    assert (await proef.act(BEHEERDER, SHIELD, document, reden)).uitgevoerd
    found = await zicht(proef, "kernel.afschermingOpheffen", document)
    assert found == [CITY, AGENCY]


async def test_what_is_announced_is_what_happens(proef, klaar):
    """Every role that was announced opens the signed document; whoever was not, does not find it."""
    told = await zicht(proef, SIGN, klaar)
    bestand = await proef.upload(BEHEERDER)
    assert (await proef.act(BEHEERDER, SIGN, klaar, {"bestand": {"bestand": bestand}})).uitgevoerd
    for persona, organisatie in [
        ("lezer@aalst", "Stad Aalst"),
        ("auditor@aalst", "Stad Aalst"),
        ("lezer@wvl", AGENCY.partition(":")[0]),
        ("dossierbeheerder@gent", "Stad Gent"),
        ("lezer@vlabel", "Vlaamse Belastingdienst"),
    ]:
        seen = await proef.query(persona, "query($i: ID!) { node(id: $i) { id } }", i=global_id("Document", klaar.id))
        assert (seen["node"] is not None) == any(line.startswith(organisatie) for line in told), persona
