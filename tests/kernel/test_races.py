"""Two at once, twice the same, and a server that dies: never half an effect, never a lost one."""

import asyncio
import json
import subprocess
import sys

from sqlalchemy import select

from vlok.api.tables import Dossier, Taak
from vlok.procedures.tables import Uitvoering
from vlok.testing.practice_world import (
    BEHEERDER,
    WVL,
    a_dossier,
    a_practice_world,
    admin_url,
    count_of,
    practice_product,
)
from vlok.testing.world import World


def nota(tekst="Genoteerd", **other):
    return {"nota": {"tekst": tekst, **other}}


async def done(world: World, dossier: Dossier) -> int:
    return await count_of(world, BEHEERDER, Uitvoering, Uitvoering.dossier_id == dossier.id)


async def test_a_repeated_key_gives_the_first_answer_again_and_does_nothing(proef):
    dossier = await a_dossier(proef)
    first = await proef.act(BEHEERDER, "proef.noteren", dossier, nota(aantal=11), bevestigd=True, sleutel="k1")
    again = await proef.act(BEHEERDER, "proef.noteren", dossier, nota(aantal=11), bevestigd=True, sleutel="k1")
    assert first.uitgevoerd
    assert again == first
    assert await done(proef, dossier) == 1


async def test_a_repeated_key_is_answered_also_when_the_action_has_become_unavailable(proef):
    dossier = await a_dossier(proef)
    first = await proef.act(BEHEERDER, "proef.afsluiten", dossier, sleutel="dicht", versie=1)
    assert first.uitgevoerd
    assert await proef.act(BEHEERDER, "proef.afsluiten", dossier, sleutel="dicht", versie=1) == first


async def test_a_key_used_for_another_request_is_refused(proef):
    dossier, other = await a_dossier(proef), await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", dossier, nota("een"), sleutel="k2")
    for handeling, subject, invoer in [
        ("proef.noteren", dossier, nota("twee")),
        ("proef.noteren", other, nota("een")),
        ("proef.afsluiten", dossier, {}),
    ]:
        outcome = await proef.act(BEHEERDER, handeling, subject, invoer, sleutel="k2")
        assert [m.code for m in outcome.meldingen] == ["ONGELDIG"]
    assert [await done(proef, dossier), await done(proef, other)] == [1, 0]


async def test_a_key_is_a_persons_own(proef):
    dossier = await a_dossier(proef)
    for persona in (BEHEERDER, WVL):
        assert (await proef.act(persona, "proef.noteren", dossier, nota("gelijk"), sleutel="k3")).uitgevoerd
    assert await done(proef, dossier) == 2


async def test_a_key_of_a_refused_request_may_be_used_again(proef):
    dossier = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", dossier, nota(aantal=-1), sleutel="k4")
    assert (await proef.act(BEHEERDER, "proef.noteren", dossier, nota(aantal=1), sleutel="k4")).uitgevoerd


async def test_the_same_request_twice_at_once_has_one_effect_and_one_answer(proef):
    dossier = await a_dossier(proef)
    answers = await asyncio.gather(
        *(proef.act(BEHEERDER, "proef.noteren", dossier, nota("tegelijk"), sleutel="k5") for _ in range(4))
    )
    assert answers[0].uitgevoerd
    assert all(answer == answers[0] for answer in answers)
    assert await done(proef, dossier) == 1


async def test_two_keys_of_two_dossiers_do_not_wait_for_each_other(proef):
    made = [await a_dossier(proef) for _ in range(4)]
    answers = await asyncio.gather(
        *(proef.act(BEHEERDER, "proef.noteren", one, nota(), sleutel=one.referte) for one in made)
    )
    assert all(answer.uitgevoerd for answer in answers)


async def test_of_two_changes_made_on_the_same_version_exactly_one_wins(proef):
    for _ in range(3):
        dossier = await a_dossier(proef)
        texts = {BEHEERDER: "van Aalst", WVL: "van WVL"}
        answers = await asyncio.gather(
            *(proef.act(who, "proef.noteren", dossier, nota(text), versie=1) for who, text in texts.items())
        )
        assert sorted(answer.uitgevoerd for answer in answers) == [False, True]
        [loser] = [answer for answer in answers if not answer.uitgevoerd]
        assert [m.code for m in loser.meldingen] == ["CONFLICT"]
        assert await done(proef, dossier) == 1


async def test_two_changes_without_a_version_happen_one_after_the_other(proef):
    dossier = await a_dossier(proef)
    answers = await asyncio.gather(
        *(proef.act(who, "proef.noteren", dossier, nota(who)) for who in (BEHEERDER, WVL, BEHEERDER))
    )
    assert all(answer.uitgevoerd for answer in answers)
    assert await done(proef, dossier) == 3
    tasks = Taak.dossier_id == dossier.id
    assert await count_of(proef, BEHEERDER, Taak, tasks, Taak.nummer == 900) == 3
    assert await count_of(proef, BEHEERDER, Taak, tasks, Taak.nummer == 901) == 1


async def test_closing_twice_at_once_closes_once(proef):
    dossier = await a_dossier(proef)
    answers = await asyncio.gather(*(proef.act(BEHEERDER, "proef.afsluiten", dossier) for _ in range(3)))
    codes = sorted(m.code for answer in answers for m in answer.meldingen)
    assert [answer.uitgevoerd for answer in answers].count(True) == 1
    assert codes == ["NIET_BESCHIKBAAR", "NIET_BESCHIKBAAR"]


async def test_a_dossier_that_stays_locked_is_busy_and_not_a_fault(proef):
    dossier = await a_dossier(proef)
    async with proef.session(WVL) as session:
        await session.get(Dossier, dossier.id, with_for_update=True)
        outcome = await proef.act(BEHEERDER, "proef.noteren", dossier, nota())
    assert [m.code for m in outcome.meldingen] == ["CONFLICT"]
    assert "dit dossier bezig" in outcome.meldingen[0].tekst


async def test_numbers_have_no_gaps_and_no_doubles_under_concurrency(proef):
    made = [await a_dossier(proef) for _ in range(6)]
    texts = ["ok", "weiger", "ok", "weiger", "ok", "ok"]
    await asyncio.gather(
        *(proef.act(BEHEERDER, "proef.noteren", one, nota(text)) for one, text in zip(made, texts, strict=True))
    )
    async with proef.session(WVL) as session:
        numbers = sorted(int(referte[-6:]) for referte in await session.scalars(select(Taak.referte)))
    assert numbers == list(range(1, len(numbers) + 1))


async def test_a_server_killed_at_any_statement_leaves_all_or_nothing(cluster, tmp_path):
    async with a_practice_world(cluster, tmp_path) as world:
        dossier = await a_dossier(world)
        asked = {
            "persona": BEHEERDER,
            "handeling": "proef.noteren",
            "subject": dossier.referte,
            "invoer": nota("Dak lekt", aantal=11),
            "bevestigd": True,
            "sleutel": "stroom",
        }
        await world.kernel.queue.app.close_async()
        await world.kernel.database.close()
        found = deaths(cluster, world, tmp_path, asked)
    before, after = found[0][1], found[-1][1]
    assert [died for died, _ in found] == [True] * (len(found) - 1) + [False]
    assert [state for died, state in found if died and state != before] == []
    changed = {table for table in before if before[table] != after[table]}
    assert changed >= {"dossier", "taak", "uitvoering", "auditregel", "feit", "antwoord", "procrastinate_jobs"}
    assert len(found) > len(changed)


def deaths(cluster, world, folder, asked):
    app_url = world.kernel.database.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "vlok.testing.crash", admin_url(cluster, world), app_url, str(folder)]
    done = subprocess.run([*command, json.dumps(asked)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


async def test_one_request_never_holds_two_connections(cluster, tmp_path):
    """Requests that hold one connection while they wait for another stop each other for good."""
    async with a_practice_world(cluster, tmp_path) as world:
        dossier = await a_dossier(world)
        app_url = world.kernel.database.engine.url.render_as_string(hide_password=False)
        narrow = World(practice_product(app_url, tmp_path, world.clock, pool_size=1), world.clock)
        async with narrow.kernel.queue.app.open_async():
            await narrow.query(
                BEHEERDER,
                "query($r: ID!) { werklijst { totalCount } ik { naam } w: werklijst { totalCount }"
                ' handelingen(subject: $r) { sleutel } formulier(handeling: "proef.noteren", subject: $r) { titel }'
                " x: werklijst { totalCount } }",
                r=dossier.referte,
            )
            await narrow.query(
                BEHEERDER,
                'mutation($r: ID!, $i: JSON) { a: voerHandelingUit(handeling: "proef.noteren", subject: $r, invoer: $i)'
                ' { subject { id } } b: voerHandelingUit(handeling: "proef.noteren", subject: $r, invoer: $i)'
                " { subject { id } } }",
                r=dossier.referte,
                i=nota(),
            )
        await narrow.kernel.database.close()
