"""What a changed policy would change is counted on the real data, per organisation and role set; nothing is written."""

import shutil

import pytest
from sqlalchemy import select

from vlok.api.errors import ContractError
from vlok.api.tables import Organisatie
from vlok.db.roles import connected
from vlok.policy.simulate import simulate
from vlok.testing.crash import content
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_document, a_dossier, admin_url
from vlok.testing.statements import counted

WONEN = "Wonen in Vlaanderen – woningkwaliteit"
UNSIGNED = "p, wvl.lezer, kernel.document, lezen, gedeeld, allow"


@pytest.fixture(scope="module")
async def rows(proef):
    """In Aalst one unsigned and one signed document of the municipality and one unsigned of the agency; one in Gent."""
    for persona in (BEHEERDER, ELDERS, WVL):
        await proef.actor(persona)
    aalst = await a_dossier(proef)
    gent = await a_dossier(proef, ELDERS, gebied="44021")
    return {
        "eigen": await a_document(proef, aalst),
        "ondertekend": await a_document(proef, aalst, signed=True),
        "wvl": await a_document(proef, aalst, WVL),
        "gent": await a_document(proef, gent, ELDERS, signed=True),
    }


@pytest.fixture
def draft(proef, tmp_path):
    """A copy of the policy in force, to change."""
    return shutil.copytree(proef.kernel.settings.policies, tmp_path / "ontwerp")


def reworded(draft, before, after):
    file = draft / "grants" / "kernel.csv"
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


async def changes(proef, draft, sample=5):
    said: list[str] = []
    found = await simulate(proef.kernel, draft, sample, said.append)
    return found, said


async def test_an_unchanged_policy_changes_nothing_and_asks_nothing_of_the_data(proef, rows, draft):
    with counted(proef.kernel.database) as sent:
        found, said = await changes(proef, draft)
    assert found == []
    assert [statement for statement in sent if " document" in statement] == []
    async with proef.kernel.database.sessions() as session:
        names = set(await session.scalars(select(Organisatie.naam)))
    assert {line.partition(": ")[2] for line in said} == names


async def test_a_narrowed_right_names_who_loses_which_rows(proef, rows, draft):
    reworded(draft, UNSIGNED, UNSIGNED.replace("gedeeld", "eigen"))
    found, _ = await changes(proef, draft)
    assert {(one.organisatie, one.sleutel, one.actie) for one in found} == {(WONEN, "kernel.document", "lezen")}
    for one in found:
        assert one.erbij.aantal == 0
        assert one.weg.aantal == 2
        assert one.weg.steekproef == tuple(sorted((rows["ondertekend"].referte, rows["gent"].referte)))
    held = {one.rollen: one.personen for one in found}
    assert held["Dossierbeheerder",] == 1
    assert held["Gewestelijk ambtenaar",] == 0
    assert len(held) == 10


async def test_a_widened_right_never_gains_more_than_row_level_security_lets_through(proef, rows, draft):
    reworded(draft, UNSIGNED, UNSIGNED.replace("gedeeld", "alles"))
    found, _ = await changes(proef, draft)
    assert {(one.erbij.aantal, one.weg.aantal) for one in found} == {(0, 0)}


async def test_a_new_right_to_act_names_the_rows_it_is_gained_on(proef, rows, draft):
    file = draft / "grants" / "proef.csv"
    file.write_text(file.read_text() + "p, lb.lezer, proef.noteren, uitvoeren, gebied, allow, proef\n")
    found, _ = await changes(proef, draft)
    aalst = [one for one in found if one.organisatie == "Stad Aalst" and one.rollen == ("Burgemeester",)]
    [gained] = aalst
    assert (gained.sleutel, gained.actie, gained.erbij.aantal, gained.weg.aantal) == (
        "proef.noteren",
        "uitvoeren",
        1,
        0,
    )
    assert not [one for one in found if one.rollen == ("Dossierbeheerder",)], "who had it already gains nothing"
    assert {one.organisatie for one in found}.isdisjoint({WONEN, "Vlaamse Belastingdienst (VLABEL)"})


async def test_a_right_that_is_taken_from_everybody_is_seen_in_every_organisation(proef, rows, draft):
    file = draft / "grants" / "proef.csv"
    file.write_text("".join(line for line in file.read_text().splitlines(keepends=True) if "noteren" not in line))
    found, _ = await changes(proef, draft)
    assert {one.rollen for one in found} == {("Dossierbeheerder",)}
    assert {one.organisatie: one.weg.aantal for one in found if one.weg.aantal} == {
        "Stad Aalst": 1, "Stad Gent": 1, WONEN: 2}  # fmt: skip


async def test_the_sample_is_as_long_as_asked_and_the_count_is_whole(proef, rows, draft):
    reworded(draft, UNSIGNED, UNSIGNED.replace("gedeeld", "eigen"))
    for size in (0, 1):
        found, _ = await changes(proef, draft, sample=size)
        assert {(one.weg.aantal, len(one.weg.steekproef)) for one in found} == {(2, size)}


async def test_it_writes_nothing(proef, rows, draft, cluster):
    reworded(draft, UNSIGNED, UNSIGNED.replace("gedeeld", "eigen"))
    with connected(admin_url(cluster, proef)) as admin:
        before = content(admin)
        await changes(proef, draft)
        assert content(admin) == before


async def test_a_draft_that_is_not_sound_is_refused(proef, draft):
    reworded(draft, UNSIGNED, UNSIGNED.replace("wvl.lezer", "wvl.lzer"))
    with pytest.raises(ContractError, match=r"^beleid kernel\.csv:\d+: de rol 'wvl\.lzer' bestaat niet"):
        await changes(proef, draft)
