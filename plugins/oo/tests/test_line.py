"""The whole line of procedure OO, from verzoek to valid decision, by the people who walk it."""

import pytest
from sqlalchemy import text

from vlok.api.paper import RENDER_JOB
from vlok.testing.statements import counted, own

pytestmark = pytest.mark.asyncio(loop_scope="session")

DB = "dossierbeheerder@aalst"
WVL = "dossierbeheerder@wvl"
GA = "gewestelijk-ambtenaar@wvl"


async def test_a_verzoek_starts_the_dossier_with_its_term_and_two_tasks(zaak):
    one = await zaak()
    await one.start("2026-11-02")
    dossier = await one.zie()
    assert (dossier["status"], dossier["info"]) == ("Gestart", "Procedure OO")
    assert dossier["oo"]["initiatiefnemer"] == "Belanghebbende"
    assert dossier["oo"]["termijnBurgemeester"] == "2027-02-02"
    assert {(t["nummer"], t["deadline"]) for t in dossier["taken"]} == {(1, "2027-02-02"), (2, None)}


async def test_a_verzoek_from_tomorrow_is_refused(zaak):
    one = await zaak()
    morgen = {"datum": "2026-11-24", "initiatiefnemer": "belanghebbende"}
    outcome = await one.probeer(DB, "oo.procedureStarten", one.pand, verzoek=morgen)
    assert [(m.code, m.stap, m.veld) for m in outcome.meldingen] == [("DATUM", "verzoek", "datum")]


async def test_a_second_procedure_on_the_same_pand_must_be_confirmed(zaak):
    one = await zaak()
    await one.start()
    verzoek = {"datum": "2026-11-10", "initiatiefnemer": "belanghebbende"}
    outcome = await one.probeer(DB, "oo.procedureStarten", one.pand, verzoek=verzoek)
    assert outcome.bevestiging_nodig
    assert [m.code for m in outcome.meldingen] == ["OO-LOPEND"]


async def test_another_gemeente_cannot_start_it_here(zaak):
    one = await zaak()
    verzoek = {"datum": "2026-11-10", "initiatiefnemer": "belanghebbende"}
    outcome = await one.probeer("dossierbeheerder@gent", "oo.procedureStarten", one.pand, verzoek=verzoek)
    assert [m.code for m in outcome.meldingen] == ["ONBEKEND"]


async def test_a_signed_examination_starts_deelprocedures_and_an_unsigned_one_does_not(zaak):
    one = await zaak(2)
    await one.start()
    assert await one.statussen() == set()
    await one.onderzoek("OG")
    assert await one.statussen() == {"Gestart"}


async def test_an_examination_answers_the_verzoek(zaak):
    one = await zaak()
    await one.start()
    await one.onderzoek("OG")
    assert await one.taken() == {1}


async def test_asking_advice_puts_it_on_the_worklist_of_wonen(zaak):
    one = await zaak(2)
    await one.start()
    await one.vraag_advies("2026-11-03")
    assert await one.statussen() == {"Advies gevraagd"}
    assert await one.taken() == {1, 901}
    assert (await one.zie())["oo"]["datumAdviesvraag"] == "2026-11-03"


async def test_advice_about_a_kamer_is_not_asked_as_advice_about_a_house(zaak):
    one = await zaak()
    await one.start()
    outcome = await one.probeer(
        DB,
        "oo.adviesVragen",
        one.dossier,
        datum={"datum": "2026-11-03"},
        entiteiten={"typeWoning": "NZW", "entiteiten": one.entiteiten},
    )
    assert [(m.code, m.entiteit) for m in outcome.meldingen] == [("OO-TYPE", one.entiteiten[0])]


async def test_an_advies_is_the_agencys_until_it_is_signed_and_sent(zaak):
    one = await zaak(2)
    await one.start()
    await one.vraag_advies()
    rijen = [{"entiteit": e, "uitslag": "OG"} for e in one.entiteiten]
    await one.doe(WVL, "oo.adviesMaken", one.dossier, adviezen={"perEntiteit": rijen})
    assert await one.statussen() == {"Advies ter ondertekening"}
    assert 9 in await one.taken()
    assert (await one.zie(DB))["oo"]["adviezen"] == []
    assert (await one.zie(DB))["documenten"] == []
    assert sorted(d["soort"] for d in (await one.zie(WVL))["documenten"]) == ["DT023", "DT023", "DT024"]

    await one.teken(GA)
    assert await one.statussen() == {"Advies te versturen"}
    assert {9, 10} & await one.taken() == {10}
    assert (await one.zie(DB))["oo"]["adviezen"] == []

    await one.doe(WVL, "oo.adviesVersturen", one.dossier)
    assert await one.statussen() == {"Advies verstuurd"}
    assert await one.taken() == {1, 11}
    seen = (await one.zie(DB))["oo"]["adviezen"]
    assert [(a["uitslag"], a["status"], a["datum"]) for a in seen] == [("OG", "Verstuurd", "2026-11-23")] * 2


async def test_an_advies_waits_for_the_last_signature(zaak):
    one = await zaak()
    await one.start()
    await one.vraag_advies()
    rijen = [{"entiteit": one.entiteiten[0], "uitslag": "VOL"}]
    await one.doe(WVL, "oo.adviesMaken", one.dossier, adviezen={"perEntiteit": rijen})
    await one.doe(GA, "kernel.documentenKlaarmaken", one.dossier)
    advies, _brief = (await one.zie(GA))["documenten"]
    bestand = {"bestand": await one.world.upload(GA)}
    await one.doe(GA, "kernel.documentVervangen", advies["referte"], bestand=bestand)
    assert await one.statussen() == {"Advies ter ondertekening"}


async def test_the_hoorplicht_runs_for_the_term_of_the_gemeente(zaak):
    one = await zaak()
    await one.start()
    await one.onderzoek("OG")
    await one.doe(DB, "oo.hoorplichtStarten", one.dossier, hoorplicht={"entiteiten": one.entiteiten})
    dossier = await one.zie()
    assert await one.statussen() == {"Hoorplicht gestart"}
    assert dossier["oo"]["hoorplichtTot"] == "2026-12-07"
    assert (13, "2026-12-07") in {(t["nummer"], t["deadline"]) for t in dossier["taken"]}


async def test_a_reaction_names_who_reacted_and_keeps_the_record(zaak):
    one = await zaak()
    await one.start()
    await one.onderzoek("OG")
    await one.doe(DB, "oo.hoorplichtStarten", one.dossier, hoorplicht={"entiteiten": one.entiteiten})
    await one.doe(
        DB,
        "oo.reactieRegistreren",
        one.dossier,
        entiteiten={"entiteiten": one.entiteiten},
        reactie={"datum": "2026-11-20", "wijze": "mondeling", "inhoud": "De eigenaar start met de werken."},
        verslag={"bestand": await one.world.upload(DB)},
    )
    [reactie] = (await one.zie())["oo"]["reacties"]
    assert (reactie["datum"], reactie["wijze"]) == ("2026-11-20", "mondeling")
    assert reactie["referte"].startswith("HR26-")


async def test_the_line_ends_in_a_valid_decision_with_its_term_of_appeal(zaak):
    one = await zaak(2)
    await one.start()
    await one.onderzoek("OG/OB")
    await one.advies("OG/OB")
    await one.beslis("2026-11-23", "OG/OB")
    assert await one.statussen() == {"Beslissing in opmaak"}
    assert await one.beslissingen(WVL) == []
    await one.teken(DB)
    assert await one.statussen() == {"Beslissing te versturen"}
    assert await one.taken() == {1, 111, 181}
    verzending = {"datumBetekening": "2026-11-23", "poststempel": True}
    await one.doe(DB, "oo.beslissingVersturen", one.dossier, verzending=verzending)
    assert await one.statussen() == {"Beslissing verstuurd"}
    assert await one.taken() == {902}
    await one.doe(WVL, "oo.beslissingValideren", one.dossier)
    assert await one.statussen() == {"Beslissing geldig"}
    assert {902} & await one.taken() == set()
    for beslissing in await one.beslissingen(WVL):
        assert (beslissing["status"], beslissing["beroepTot"]) == ("Geldig", "2026-12-23")


@pytest.mark.parametrize("wie", ["lezer@vlabel", "dossierbeheerder@gent"])
async def test_nobody_else_sees_the_procedure(zaak, wie):
    one = await zaak()
    await one.start()
    found = await one.world.query(wie, "query ($r: String!) { dossier(referte: $r) { oo { id } } }", r=one.dossier)
    assert found["dossier"] is None


async def test_the_inspectorate_reads_along_but_only_what_was_shared(zaak):
    one = await zaak()
    await one.start()
    await one.onderzoek("OG")
    await one.beslis("2026-11-23")
    seen = await one.zie("wooninspecteur@wi")
    assert seen["oo"]["beslissingen"] == []
    assert [dp["status"] for dp in seen["deelprocedures"]] == ["Beslissing in opmaak"]


MENU = "query ($r: ID!) { handelingen(subject: $r, ookNietBeschikbaar: true) { sleutel beschikbaar reden } }"


async def test_the_menu_shows_each_side_its_own_actions_and_why_some_must_wait(zaak):
    one = await zaak()
    await one.start()
    await one.vraag_advies()
    menu = {h["sleutel"]: h for h in (await one.world.query(DB, MENU, r=one.dossier))["handelingen"]}
    assert menu["oo.hoorplichtStarten"]["beschikbaar"]
    assert menu["oo.adviesVragen"]["reden"] == "Er zijn geen entiteiten waarvoor nog advies kan worden gevraagd."
    assert not menu["oo.beslissingBurgemeesterMaken"]["beschikbaar"]
    assert "oo.adviesMaken" not in menu
    theirs = {h["sleutel"]: h["beschikbaar"] for h in (await one.world.query(WVL, MENU, r=one.dossier))["handelingen"]}
    assert theirs["oo.adviesMaken"]
    assert not theirs["oo.beslissingValideren"]
    assert "oo.adviesVragen" not in theirs


async def whole_line(one) -> list[tuple[str, int]]:
    """The statements of each action of the line, from the request to the valid decision."""
    spent = []

    async def doe(wie, handeling, subject, **stappen):
        await one.world.actor(wie)
        with counted(one.world.kernel.database) as sent:
            outcome = await one.world.act(wie, handeling, subject, stappen, bevestigd=True)
        assert outcome.uitgevoerd, (handeling, outcome.meldingen)
        spent.append((handeling, len(own(sent))))
        return outcome

    one.doe = doe
    await one.start()
    await one.onderzoek("OG")
    await one.vraag_advies()
    adviezen = {"perEntiteit": [{"entiteit": e, "uitslag": "OG", "motivering": "Zie."} for e in one.entiteiten]}
    await one.doe(WVL, "oo.adviesMaken", one.dossier, adviezen=adviezen)
    await one.doe(GA, "kernel.documentenKlaarmaken", one.dossier)
    await one.doe(DB, "oo.hoorplichtStarten", one.dossier, hoorplicht={"entiteiten": one.entiteiten})
    bestand = await one.world.upload(DB)
    await one.doe(
        DB,
        "oo.beslissingBurgemeesterMaken",
        one.dossier,
        entiteiten={"entiteiten": one.entiteiten},
        standaard={"datum": "2026-11-20", "beslissing": "OG"},
        documenten={"perEntiteit": [{"entiteit": e, "bestand": bestand} for e in one.entiteiten]},
    )
    await one.doe(DB, "oo.beslissingVersturen", one.dossier, verzending={"datumBetekening": "2026-11-23"})
    await one.doe(WVL, "oo.beslissingValideren", one.dossier)
    return spent


async def test_no_action_of_the_line_costs_more_for_more_entiteiten(zaak):
    few, many = await whole_line(await zaak(2)), await whole_line(await zaak(9))
    assert few == many


async def test_three_hundred_entiteiten_are_decided_about_in_one_run(klaar):
    one = await klaar(300)
    await one.beslis("2026-11-30")
    found = await one.beslissingen()
    assert sorted(b["entiteit"]["referte"] for b in found) == sorted(one.entiteiten)
    assert len({b["referte"] for b in found}) == 300
    assert [[d["soort"] for d in b["documenten"]] for b in found] == [["DT034"]] * 300
    assert len({d["referte"] for b in found for d in b["documenten"]}) == 300
    assert await one.statussen() == {"Beslissing in opmaak"}
    async with one.world.session(DB) as session:
        waiting = "select count(*) from procrastinate_jobs where args ->> 'job' = :job and status = 'todo'"
        jobs = await session.scalar(text(waiting), {"job": RENDER_JOB})
    assert jobs >= 300
