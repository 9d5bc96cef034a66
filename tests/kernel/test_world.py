"""The whole product as its tests drive it: every role signs in, asks who it is, and gets its own organisation."""

import asyncio

import pytest

from vlok.api.tables import Bestand, Dossier
from vlok.identity.roles import rollen
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_dossier, a_practice_world, count_of

HOME = {"lb": "aalst", "wvl": "wvl", "wi": "wi", "vlabel": "vlabel"}
IK = "{ ik { naam organisatie { naam soort } rollen { code naam } organisaties { code actief } schermen } }"


def persona_of(rol: str) -> str:
    kind, _, name = rol.partition(".")
    return f"{name}@{HOME[kind]}"


@pytest.mark.parametrize("rol", sorted(rollen()))
async def test_every_role_signs_in_and_acts_for_its_own_organisation(world, rol):
    ik = (await world.query(persona_of(rol), IK))["ik"]
    assert [one["code"] for one in ik["rollen"]] == [rol]
    assert [one["code"] for one in ik["organisaties"] if one["actief"]] == [HOME[rol.partition(".")[0]]]


async def test_the_menu_of_a_role_follows_the_policy(world):
    screens = {
        who: set((await world.query(who, IK))["ik"]["schermen"]) for who in (BEHEERDER, "lezer@aalst", "lezer@vlabel")
    }
    assert "werklijst" in screens[BEHEERDER]
    assert "werklijst" not in screens["lezer@aalst"] | screens["lezer@vlabel"]


async def test_who_works_for_three_municipalities_acts_in_one_and_may_choose(world):
    ik = (await world.query("dossierbeheerder@igs", IK))["ik"]
    assert [one["code"] for one in ik["organisaties"]] == ["antwerpen", "gent", "hasselt"]
    assert [one["actief"] for one in ik["organisaties"]].count(True) == 1


async def test_every_query_of_the_product_answers_every_role(world):
    """No root field fails for a role that may see nothing of it: a list is empty, a row is null."""
    types = await world.query(BEHEERDER, "{ __schema { queryType { fields { name args { name type { kind } } } } } }")
    lists = [
        field["name"]
        for field in types["__schema"]["queryType"]["fields"]
        if {"first", "after"} <= {arg["name"] for arg in field["args"]}
        and not any(arg["type"]["kind"] == "NON_NULL" for arg in field["args"] if arg["name"] != "first")
    ]
    assert "werklijst" in lists
    query = "{ " + " ".join(f"{name}(first: 2) {{ totalCount edges {{ cursor }} }}" for name in lists) + " }"
    for rol in rollen():
        await world.query(persona_of(rol), query)


async def test_a_database_is_a_modules_own(cluster, tmp_path, proef):
    await a_dossier(proef)
    async with a_practice_world(cluster, tmp_path) as fresh:
        assert await count_of(fresh, WVL, Dossier) == 0


async def test_an_upload_belongs_to_the_personas_organisation(proef):
    key = await proef.upload(BEHEERDER)
    assert [await count_of(proef, who, Bestand, Bestand.id == key) for who in (BEHEERDER, ELDERS, WVL)] == [1, 0, 0]


async def test_many_readers_at_once_do_not_wait_for_each_other_for_good(proef):
    """More requests than connections, each with fields of several kinds: all are answered."""
    query = "{ ik { naam } werklijst { totalCount } w: werklijst(first: 1) { totalCount } i: ik { naam } }"
    answers = await asyncio.gather(*(proef.query(who, query) for who in (BEHEERDER, ELDERS, WVL) * 12))
    assert [answer["ik"]["naam"] for answer in answers[:3]] == [
        (await proef.actor(who)).naam for who in (BEHEERDER, ELDERS, WVL)
    ]
