"""``execute``: authorise → version → available → check → confirm → apply, all or nothing."""

import pytest
from sqlalchemy import select

from vlok.api.rules import Ernst
from vlok.api.tables import Dossier, Taak
from vlok.audit.tables import Auditregel
from vlok.procedures.tables import Antwoord, Feit, Uitvoering
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_dossier, count_of
from vlok.testing.world import World

LEZER = "lezer@aalst"


def nota(tekst="Genoteerd", **other):
    return {"nota": {"tekst": tekst, **other}}


async def reread(world: World, dossier: Dossier) -> Dossier:
    async with world.session(BEHEERDER) as session:
        return await session.get_one(Dossier, dossier.id)


async def kept(world: World, dossier: Dossier) -> list[int]:
    """How many rows of each kind an action on this dossier left."""
    return [
        await count_of(world, WVL, Taak, Taak.dossier_id == dossier.id),
        await count_of(world, BEHEERDER, Uitvoering, Uitvoering.dossier_id == dossier.id),
        await count_of(world, BEHEERDER, Auditregel, Auditregel.subject_id == dossier.id),
        await count_of(world, BEHEERDER, Feit, Feit.inhoud["dossier_id"].astext == str(dossier.id)),
    ]


NOTHING, EVERYTHING = [0, 0, 0, 0], [2, 1, 1, 1]


async def test_an_action_keeps_its_state_tasks_timeline_audit_line_and_fact(proef):
    dossier = await a_dossier(proef)
    outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, nota())
    assert (outcome.uitgevoerd, outcome.bericht) == (True, "De nota is gemaakt.")
    assert outcome.toon == ("Dossier", str(dossier.id))
    after = await reread(proef, dossier)
    assert (after.info, after.gewijzigd_door) == ("Genoteerd", (await proef.actor(BEHEERDER)).naam)
    assert after.versie > dossier.versie
    assert await kept(proef, dossier) == EVERYTHING


async def test_a_reaction_runs_in_the_same_transaction(proef):
    dossier = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", dossier, nota("Dak lekt"))
    async with proef.session(WVL) as session:
        namen = await session.scalars(select(Taak.naam).where(Taak.dossier_id == dossier.id))
        assert set(namen) == {"Kijk na (Dak lekt)", "Eén keer (Dak lekt)"}


async def test_a_version_that_is_not_sent_is_not_compared(proef):
    dossier = await a_dossier(proef)
    for tekst in ("een", "twee"):
        assert (await proef.act(BEHEERDER, "proef.noteren", dossier, nota(tekst))).uitgevoerd
    assert (await reread(proef, dossier)).info == "twee"


async def test_a_stale_version_is_a_conflict_that_keeps_both_values(proef):
    dossier = await a_dossier(proef)
    await proef.act(WVL, "proef.noteren", dossier, nota("van WVL"), versie=1)
    outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, nota("van Aalst"), versie=1)
    assert not outcome.uitgevoerd
    assert [m.code for m in outcome.meldingen] == ["CONFLICT"]
    assert outcome.conflict is not None
    assert outcome.conflict["uw_invoer"] == nota("van Aalst")
    now = (await reread(proef, dossier)).versie
    assert (outcome.conflict["uw_versie"], outcome.conflict["huidige_versie"]) == (1, now)
    assert outcome.conflict["gewijzigd_door"] == (await proef.actor(WVL)).naam
    assert outcome.conflict["huidig"] == {"referte": dossier.referte, "status": "Gestart", "versie": now}
    assert (await reread(proef, dossier)).info == "van WVL"


async def test_the_steps_of_the_order_answer_before_those_behind_them(proef):
    """A closed dossier, an old version, bad answers: the first of the order speaks, and only that one."""
    dossier = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.afsluiten", dossier)

    async def codes(persona, **options):
        outcome = await proef.act(persona, "proef.noteren", dossier, nota("x", aantal=-1), **options)
        return [m.code for m in outcome.meldingen]

    assert await codes(ELDERS, versie=1) == ["ONBEKEND"]
    assert await codes(BEHEERDER, versie=1) == ["CONFLICT"]
    now = (await reread(proef, dossier)).versie
    assert await codes(BEHEERDER, versie=now) == ["NIET_BESCHIKBAAR"]
    other = await a_dossier(proef)
    outcome = await proef.act(BEHEERDER, "proef.noteren", other, nota("x", aantal=-1), bevestigd=True)
    assert [m.code for m in outcome.meldingen] == ["PROEF-1"]


async def test_an_error_blocks_also_when_confirmed(proef):
    dossier = await a_dossier(proef)
    outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, nota(aantal=-1), bevestigd=True)
    assert (outcome.uitgevoerd, outcome.bevestiging_nodig) == (False, False)
    assert await kept(proef, dossier) == NOTHING


async def test_a_warning_waits_for_a_confirmation_that_is_kept_on_record(proef):
    dossier = await a_dossier(proef)
    asked = await proef.act(BEHEERDER, "proef.noteren", dossier, nota(aantal=11))
    assert (asked.uitgevoerd, asked.bevestiging_nodig) == (False, True)
    assert await kept(proef, dossier) == NOTHING
    outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, nota(aantal=11), bevestigd=True)
    assert outcome.uitgevoerd
    expected = [{"code": "PROEF-2", "tekst": "Het aantal is groot.", "entiteit": None}]
    async with proef.session(BEHEERDER) as session:
        mine = Uitvoering.dossier_id == dossier.id
        assert await session.scalar(select(Uitvoering.bevestigd).where(mine)) == expected
        audit = select(Auditregel.gegevens).where(Auditregel.subject_id == dossier.id)
        assert await session.scalar(audit) == {"titel": "Nota maken", "bevestigd": expected}


async def test_information_needs_no_confirmation_and_is_told_afterwards(proef):
    dossier = await a_dossier(proef)
    outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, nota(aantal=7))
    assert outcome.uitgevoerd
    assert [m.ernst for m in outcome.meldingen] == [Ernst.INFO]
    async with proef.session(BEHEERDER) as session:
        assert await session.scalar(select(Uitvoering.bevestigd).where(Uitvoering.dossier_id == dossier.id)) == []


async def test_a_dry_run_answers_as_the_real_one_and_keeps_nothing(proef):
    dossier = await a_dossier(proef)
    codes = []
    for aantal in (-1, 11, 1):
        outcome = await proef.act(
            BEHEERDER, "proef.noteren", dossier, nota(aantal=aantal), dry_run=True, bevestigd=True, sleutel="droog"
        )
        assert not outcome.uitgevoerd
        codes.append([m.code for m in outcome.meldingen])
    assert codes == [["PROEF-1"], ["PROEF-2"], []]
    assert await kept(proef, dossier) == NOTHING
    assert (await reread(proef, dossier)).versie == 1
    assert await count_of(proef, BEHEERDER, Antwoord, Antwoord.sleutel == "droog") == 0


async def test_a_refusal_while_applying_takes_everything_back(proef):
    dossier = await a_dossier(proef)
    waiting = await jobs(proef)
    outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, nota("weiger"), sleutel="geweigerd")
    [melding] = outcome.meldingen
    assert (melding.code, melding.tekst, melding.stap, melding.veld) == (
        "GEWEIGERD", "Dit kan toch niet.", "nota", "tekst",
    )  # fmt: skip
    assert await kept(proef, dossier) == NOTHING
    assert (await reread(proef, dossier)).info is None
    assert await jobs(proef) == waiting
    assert await count_of(proef, BEHEERDER, Antwoord, Antwoord.sleutel == "geweigerd") == 0


async def test_a_broken_reaction_takes_everything_back(proef):
    dossier = await a_dossier(proef)
    waiting = await jobs(proef)
    with pytest.raises(RuntimeError, match="reactie is stuk"):
        await proef.act(BEHEERDER, "proef.noteren", dossier, nota("reactie stuk"))
    assert await kept(proef, dossier) == NOTHING
    assert (await reread(proef, dossier)).info is None
    assert await jobs(proef) == waiting


async def jobs(world: World) -> int:
    return len(list(await world.kernel.queue.app.job_manager.list_jobs_async()))


async def test_a_number_taken_by_a_refused_action_is_given_again(proef):
    async def highest():
        async with proef.session(WVL) as session:
            return max(await session.scalars(select(Taak.referte)), default="")

    await proef.act(BEHEERDER, "proef.noteren", await a_dossier(proef), nota())
    before = await highest()
    await proef.act(BEHEERDER, "proef.noteren", await a_dossier(proef), nota("weiger"))
    await proef.act(BEHEERDER, "proef.noteren", await a_dossier(proef), nota())
    assert int((await highest())[-6:]) == int(before[-6:]) + 2


async def test_an_action_on_a_task_counts_as_a_change_of_its_dossier(proef):
    dossier = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", dossier, nota())
    async with proef.session(BEHEERDER) as session:
        own = select(Taak).where(Taak.dossier_id == dossier.id, Taak.nummer == 901)
        taak = (await session.scalars(own)).one()
    stale = await proef.act(BEHEERDER, "proef.taakAfronden", taak, versie=1)
    assert [m.code for m in stale.meldingen] == ["CONFLICT"]
    before = (await reread(proef, dossier)).versie
    assert (await proef.act(BEHEERDER, "proef.taakAfronden", taak, versie=before)).uitgevoerd
    assert (await reread(proef, dossier)).versie == before + 1


async def test_a_reader_can_execute_nothing(proef):
    dossier = await a_dossier(proef)
    for handeling in ("proef.noteren", "proef.afsluiten"):
        outcome = await proef.act(LEZER, handeling, dossier, nota())
        assert [m.code for m in outcome.meldingen] == ["ONBEKEND"]
    assert await kept(proef, dossier) == NOTHING


async def test_the_audit_line_says_who_for_whom_with_which_roles(proef):
    dossier = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", dossier, nota())
    actor = await proef.actor(BEHEERDER)
    async with proef.session(BEHEERDER) as session:
        regel = (await session.scalars(select(Auditregel).where(Auditregel.subject_id == dossier.id))).one()
    assert (regel.wat, regel.gebruiker_id, regel.domein, regel.rollen) == (
        "handeling:proef.noteren", actor.gebruiker_id, "lb:41002", ["lb.dossierbeheerder"],
    )  # fmt: skip
