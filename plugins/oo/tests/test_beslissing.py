"""Decisions of the burgemeester on a real database: made, their documents, removed."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from vlok.api.tables import Document
from vlok.testing.statements import counted, own

pytestmark = pytest.mark.asyncio(loop_scope="session")

DB = "dossierbeheerder@aalst"
MAKEN = "oo.beslissingBurgemeesterMaken"
VERSTUREN = "oo.beslissingVersturen"
BETEKEND = {"datumBetekening": "2026-11-23", "poststempel": True}


# --- making ----------------------------------------------------------------------------------------------------------


async def test_a_decision_still_to_be_taken_gets_its_document(klaar):
    one = await klaar()
    await one.doe(DB, "oo.hoorplichtStarten", one.dossier, hoorplicht={"entiteiten": one.entiteiten})
    await one.beslis("2026-11-30", "OG", datumStopzetting="2027-01-31", stopzettingBewoning=True)
    [beslissing] = await one.beslissingen()
    assert (beslissing["soort"], beslissing["status"], beslissing["datum"]) == ("OG", "In opmaak", "2026-11-30")
    assert beslissing["datumStopzetting"] == "2027-01-31"
    assert [(d["soort"], d["status"]) for d in beslissing["documenten"]] == [("DT034", "In opmaak")]
    assert await one.statussen() == {"Beslissing in opmaak"}
    assert {11, 13} & await one.taken() == set()


async def test_extra_overbewoning_becomes_a_decision_of_its_own(klaar):
    one = await klaar(uitslag="OG/OB/OVB")
    opties = {"extraOverbewoning": True, "snelherstel": True, "snelherstelDagen": 10, "gebreken": "De gasgeiser."}
    await one.beslis("2026-11-30", "OG/OB", **opties)
    found = {b["soort"]: b for b in await one.beslissingen()}
    assert set(found) == {"OG/OB", "OVB"}
    assert (found["OG/OB"]["snelherstelDagen"], found["OVB"]["snelherstelDagen"]) == (10, None)
    titels = {d["titel"].split(":")[0] for d in (await one.zie())["documenten"]}
    assert titels == {"Besluit tot ongeschikt- en onbewoonbaarverklaring", "Besluit tot overbewoondverklaring"}


@pytest.mark.parametrize(
    ("beslissing", "opties", "soort"),
    [
        ("VOL", {}, "DT034"),
        ("OVB", {}, "DT034"),
        ("UITSTEL", {"uitstelTot": "2027-02-28"}, "DT044"),
        ("ANDERE", {"reden": "De woning is gesloopt."}, "DT043"),
    ],
)
async def test_each_kind_of_decision_has_its_own_document_and_it_prints(klaar, beslissing, opties, soort):
    one = await klaar(uitslag="VOL")
    await one.beslis("2026-11-30", beslissing, **opties)
    assert [d["soort"] for d in (await one.zie())["documenten"]] == [soort]
    await one.world.drain()
    query = "query ($r: String!) { dossier(referte: $r) { documenten { beschikbaar } } }"
    found = await one.world.query(DB, query, r=one.dossier)
    assert found["dossier"]["documenten"] == [{"beschikbaar": True}]


async def test_the_document_bears_the_date_of_the_decision_and_not_the_day_it_was_made(klaar):
    one = await klaar()
    await one.beslis("2026-11-30")
    referte = (await one.zie())["documenten"][0]["referte"]
    async with one.world.session(DB) as session:
        opdracht = await session.scalar(select(Document.opdracht).where(Document.referte == referte))
    assert opdracht["date"] == {"$datum": "2026-11-30"}


@pytest.mark.parametrize(("flow", "fields"), [("MANUEEL", False), ("DIGITAAL", True)])
async def test_the_signing_flow_decides_about_signature_fields(klaar, flow, fields):
    one = await klaar()
    await one.doe(
        DB,
        MAKEN,
        one.dossier,
        entiteiten={"entiteiten": one.entiteiten},
        standaard={"datum": "2026-11-30", "beslissing": "OG"},
        ondertekening={"flow": flow},
    )
    referte = (await one.zie())["documenten"][0]["referte"]
    async with one.world.session(DB) as session:
        opdracht = await session.scalar(select(Document.opdracht).where(Document.referte == referte))
    assert opdracht["signature_fields"] is fields


async def test_a_decision_of_the_past_waits_for_its_document_before_it_can_be_sent(klaar):
    one = await klaar()
    await one.beslis("2026-11-20", "OG")
    [beslissing] = await one.beslissingen()
    assert (beslissing["status"], beslissing["documenten"]) == ("Te versturen", [])
    assert await one.statussen() == {"Beslissing te versturen"}
    assert 181 in await one.taken()
    refused = await one.probeer(DB, VERSTUREN, one.dossier, verzending=BETEKEND)
    assert [m.tekst for m in refused.meldingen] == ["Laad eerst het beslissingsdocument op."]

    document = {"bestand": await one.world.upload(DB)}
    await one.doe(DB, "oo.beslissingDocumentOpladen", beslissing["referte"], document=document)
    await one.doe(DB, VERSTUREN, one.dossier, verzending=BETEKEND)
    assert await one.statussen() == {"Beslissing verstuurd"}
    assert {1, 111, 181} & await one.taken() == set()


async def test_one_run_may_hold_a_taken_and_a_coming_decision(klaar):
    one = await klaar(2)
    vroeger, later = one.entiteiten
    await one.doe(
        DB,
        MAKEN,
        one.dossier,
        entiteiten={"entiteiten": one.entiteiten},
        standaard={"beslissing": "OG", "datum": "2026-11-30"},
        beslissingen={"perEntiteit": [{"entiteit": vroeger, "datum": "2026-11-20"}]},
        ondertekening={"flow": "MANUEEL"},
        documenten={"perEntiteit": [{"entiteit": vroeger, "bestand": await one.world.upload(DB)}]},
    )
    found = {b["entiteit"]["referte"]: b for b in await one.beslissingen()}
    assert (found[vroeger]["status"], found[later]["status"]) == ("Te versturen", "In opmaak")
    assert [d["status"] for d in found[vroeger]["documenten"]] == ["Opgeladen"]
    assert [d["status"] for d in found[later]["documenten"]] == ["In opmaak"]


FORMULIER = """query ($r: ID!, $invoer: JSON) {
  formulier(handeling: "oo.beslissingBurgemeesterMaken", subject: $r, invoer: $invoer) {
    waarden stappen { sleutel items { sleutel details { label waarde } } velden { naam soort opties { waarde } } }
  }
}"""


async def test_the_described_wizard_grows_with_the_answers(klaar):
    one = await klaar(2)
    empty = (await one.world.query(DB, FORMULIER, r=one.dossier))["formulier"]
    assert [s["sleutel"] for s in empty["stappen"]] == ["entiteiten", "standaard", "beslissingen"]
    [keuze] = empty["stappen"][0]["velden"]
    assert (keuze["soort"], [o["waarde"] for o in keuze["opties"]]) == ("MEERKEUZE", one.entiteiten)

    invoer = {
        "entiteiten": {"entiteiten": one.entiteiten},
        "standaard": {"datum": "2026-11-30", "beslissing": "OG"},
    }
    filled = (await one.world.query(DB, FORMULIER, r=one.dossier, invoer=invoer))["formulier"]
    assert [s["sleutel"] for s in filled["stappen"]] == ["entiteiten", "standaard", "beslissingen", "ondertekening"]
    assert [i["sleutel"] for i in filled["stappen"][2]["items"]] == one.entiteiten
    rijen = filled["waarden"]["beslissingen"]["perEntiteit"]
    assert [(r["beslissing"], r["datum"], r["basis"]) for r in rijen] == [("OG", "2026-11-30", "ONDERZOEK")] * 2


async def test_the_same_decision_cannot_be_made_twice(klaar):
    one = await klaar()
    await one.beslis("2026-11-30")
    again = await one.probeer(
        DB,
        MAKEN,
        one.dossier,
        entiteiten={"entiteiten": one.entiteiten},
        standaard={"datum": "2026-11-30", "beslissing": "OG"},
        ondertekening={"flow": "MANUEEL"},
    )
    assert not again.uitgevoerd
    assert "OO-B24" in [m.code for m in again.meldingen]


async def test_warnings_are_confirmed_and_kept(klaar):
    one = await klaar()
    asked = {"entiteiten": {"entiteiten": one.entiteiten}, "standaard": {"datum": "2026-11-20", "beslissing": "OG/OB"}}
    outcome = await one.probeer(DB, MAKEN, one.dossier, **asked)
    assert outcome.bevestiging_nodig
    assert [m.code for m in outcome.meldingen] == ["OO-W3", "OO-W7"]
    assert await one.beslissingen() == []
    await one.doe(DB, MAKEN, one.dossier, **asked)
    assert len(await one.beslissingen()) == 1


def genomen(one, bestanden) -> dict:
    """The answers of decisions taken before today, each with its document."""
    rijen = [{"entiteit": e, "bestand": bestand} for e, bestand in zip(one.entiteiten, bestanden, strict=True)]
    return {
        "entiteiten": {"entiteiten": one.entiteiten},
        "standaard": {"datum": "2026-11-20", "beslissing": "OG"},
        "documenten": {"perEntiteit": rijen},
    }


async def test_a_run_of_the_wizard_is_twelve_statements_however_many_entiteiten(klaar):
    """Found and locked, all facts, two series of numbers, three tables, task, dossier, timeline, jobs, audit trail."""
    for woningen in (1, 10, 60):
        one = await klaar(woningen)
        await one.world.actor(DB)
        with counted(one.world.kernel.database) as sent:
            await one.beslis("2026-11-30")
        assert len(own(sent)) == 12, sent


async def test_the_statements_do_not_grow_with_the_uploaded_documents(klaar):
    for woningen in (1, 10, 60):
        one = await klaar(woningen)
        antwoorden = genomen(one, [await one.world.upload(DB) for _ in one.entiteiten])
        with counted(one.world.kernel.database) as sent:
            await one.doe(DB, MAKEN, one.dossier, **antwoorden)
        assert len(own(sent)) == 15, sent  # no job, but the files, and a new task with its number
        assert [d["status"] for d in (await one.zie())["documenten"]] == ["Opgeladen"] * woningen


TERUGLEZEN = """mutation ($r: ID!, $invoer: JSON) {
  voerHandelingUit(handeling: "oo.beslissingBurgemeesterMaken", subject: $r, invoer: $invoer, bevestigd: true) {
    uitgevoerd subject { ... on Dossier {
      referte status onderwerp { titel } deelprocedures(first: 500) { status entiteit { referte } }
      taken(first: 500) { nummer } tijdlijn { wie titel }
      documenten(first: 500) { referte status url }
      oo { beslissingen(first: 500) { referte entiteit { referte } documenten { referte soort } } }
    } }
  }
}"""


async def test_what_was_made_is_read_back_in_one_statement(klaar):
    for woningen in (1, 10, 60):
        one = await klaar(woningen)
        invoer = {
            "entiteiten": {"entiteiten": one.entiteiten},
            "standaard": {"datum": "2026-11-30", "beslissing": "OG"},
            "ondertekening": {"flow": "MANUEEL"},
        }
        with counted(one.world.kernel.database) as sent:
            answer = (await one.world.query(DB, TERUGLEZEN, r=one.dossier, invoer=invoer))["voerHandelingUit"]
        assert len(answer["subject"]["oo"]["beslissingen"]) == woningen
        assert len(own(sent)) == 12 + 2, sent  # and that it was shown


async def test_one_file_may_be_the_document_of_many_decisions(klaar):
    one = await klaar(2)
    await one.doe(DB, MAKEN, one.dossier, **genomen(one, [await one.world.upload(DB)] * 2))
    assert [len(b["documenten"]) for b in await one.beslissingen()] == [1, 1]


@pytest.mark.parametrize("elders", ["dossierbeheerder@wvl", None])
async def test_one_file_that_is_not_ones_own_refuses_the_whole_run(klaar, elders):
    one = await klaar(2)
    vreemd = await one.world.upload(elders) if elders else str(uuid4())
    antwoorden = genomen(one, [await one.world.upload(DB), vreemd])
    outcome = await one.world.act(DB, MAKEN, one.dossier, antwoorden, bevestigd=True)
    assert (outcome.uitgevoerd, [m.code for m in outcome.meldingen]) == (False, ["ONBEKEND"])
    assert await one.beslissingen() == []


# --- removing --------------------------------------------------------------------------------------------------------


async def test_a_removed_decision_takes_its_documents_along_and_leaves_things_as_they_were(klaar):
    one = await klaar()
    await one.doe(DB, "oo.hoorplichtStarten", one.dossier, hoorplicht={"entiteiten": one.entiteiten})
    await one.beslis("2026-11-30")
    [beslissing] = await one.beslissingen()
    await one.doe(DB, "oo.beslissingVerwijderen", beslissing["referte"])
    dossier = await one.zie()
    assert (dossier["oo"]["beslissingen"], dossier["documenten"]) == ([], [])
    assert await one.statussen() == {"Hoorplicht gestart"}


async def test_removing_one_of_two_decisions_keeps_the_deelprocedure_with_the_other(klaar):
    one = await klaar(uitslag="OG/OVB")
    await one.beslis("2026-11-20", "OG", extraOverbewoning=True)
    first, second = await one.beslissingen()
    await one.doe(DB, "oo.beslissingVerwijderen", first["referte"])
    assert await one.statussen() == {"Beslissing te versturen"}
    assert 181 in await one.taken()
    await one.doe(DB, "oo.beslissingVerwijderen", second["referte"])
    assert await one.statussen() == {"Gestart"}
    assert 181 not in await one.taken()


@pytest.mark.parametrize("dagen", [0, -3])
async def test_a_term_for_snelherstel_is_at_least_a_day(klaar, dagen):
    one = await klaar(uitslag="OG/OB")
    rij = {"entiteit": one.entiteiten[0], "snelherstel": True, "snelherstelDagen": dagen, "gebreken": "De gasgeiser."}
    outcome = await one.probeer(
        DB,
        MAKEN,
        one.dossier,
        entiteiten={"entiteiten": one.entiteiten},
        standaard={"datum": "2026-11-20", "beslissing": "OG/OB"},
        beslissingen={"perEntiteit": [rij]},
    )
    assert ("OO-TERMIJN", one.entiteiten[0]) in [(m.code, m.entiteit) for m in outcome.meldingen]
