"""Keyset connections: forward through every row exactly once, whatever cursor or size is sent."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from vlok.api.errors import Refusal
from vlok.api.tables import Taak
from vlok.graph.cursors import Cursors
from vlok.testing.practice_world import AALST, BEHEERDER, ELDERS, a_dossier

PAGE = """query($n: Int!, $a: String) { werklijst(first: $n, after: $a) {
  totalCount edges { cursor node { referte sorteerdatum: deadline } } pageInfo { hasNextPage endCursor } } }"""
ROWS = 47


@pytest.fixture(scope="module", autouse=True)
async def tasks(proef):
    """Tasks of which many share their date, so that only the key tells them apart."""
    dossier = await a_dossier(proef)
    async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
        for number, referte in enumerate(await work.numbers("TK", ROWS)):
            deadline = date(2026, 12, 1) + timedelta(days=number % 4) if number % 5 else None
            work.session.add(
                Taak(
                    id=uuid4(), referte=referte, nummer=900, naam=f"Taak {number}", rol="lb.dossierbeheerder",
                    domein=f"lb:{AALST}", gebied=AALST, onderwerp_id=dossier.onderwerp_id, dossier_id=dossier.id,
                    deadline=deadline, sorteerdatum=deadline or date(9999, 12, 31), aangemaakt_op=work.now,
                )
            )  # fmt: skip


async def page(world, first=10, after=None, persona=BEHEERDER):
    return (await world.query(persona, PAGE, n=first, a=after))["werklijst"]


@pytest.mark.parametrize("size", [1, 7, 46, 47, 48, 500])
async def test_walking_forward_meets_every_row_once_and_in_order(proef, size):
    met, after = [], None
    while True:
        found = await page(proef, size, after)
        met += [(edge["node"]["sorteerdatum"] or "9999-12-31", edge["node"]["referte"]) for edge in found["edges"]]
        assert len(found["edges"]) <= size
        if not found["pageInfo"]["hasNextPage"]:
            break
        after = found["pageInfo"]["endCursor"]
        assert after == found["edges"][-1]["cursor"]
    assert len({referte for _, referte in met}) == len(met) == ROWS
    assert [day for day, _ in met] == sorted(day for day, _ in met)


@pytest.mark.parametrize(("first", "rows"), [(-1, 0), (-(10**9), 0), (0, 0), (10**9, ROWS)])
async def test_the_size_of_a_page_is_clamped(proef, first, rows):
    found = await page(proef, first)
    assert len(found["edges"]) == rows
    assert found["pageInfo"]["hasNextPage"] is (rows < ROWS)


async def test_the_count_is_of_what_the_reader_may_see(proef):
    assert (await page(proef, 1))["totalCount"] == ROWS
    assert (await page(proef, 1, persona=ELDERS))["totalCount"] == 0


async def test_a_row_that_appears_or_goes_does_not_shift_the_next_page(proef):
    first = await page(proef, 5)
    rest = await page(proef, 100, first["pageInfo"]["endCursor"])
    async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
        gone = (await page(proef, 1))["edges"][0]["node"]["referte"]
        await work.session.execute(update(Taak).where(Taak.referte == gone).values(gesloten_op=work.now))
    try:
        assert (await page(proef, 100, first["pageInfo"]["endCursor"]))["edges"] == rest["edges"]
    finally:
        async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
            await work.session.execute(update(Taak).where(Taak.referte == gone).values(gesloten_op=None))


async def test_two_pages_under_two_aliases_do_not_mix(proef):
    found = await proef.query(
        BEHEERDER,
        "{ w: werklijst(first: 3) { e: edges { n: node { referte } m: node { naam dossier { referte } } }"
        " edges { node { rol } } } v: werklijst(first: 1) { edges { node { referte } } } }",
    )
    assert len(found["w"]["e"]) == len(found["w"]["edges"]) == 3
    assert found["w"]["e"][0]["n"] == found["v"]["edges"][0]["node"]
    assert set(found["w"]["e"][0]["m"]) == {"naam", "dossier"}
    assert found["w"]["edges"][0]["node"] == {"rol": "lb.dossierbeheerder"}


def forged(text: str) -> str:
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


FORGED = {
    "no base64": "%%%",
    "one letter": "a",
    "letters of another alphabet": "é€",
    "no JSON": forged("x"),
    "an object": forged("{}"),
    "numbers": forged("[1, 2]"),
    "too few": forged('["2026-12-01"]'),
    "too many": forged('["2026-12-01", "a", "b"]'),
    "no date": forged('["gisteren", "00000000-0000-0000-0000-000000000000"]'),
    "an impossible date": forged('["2026-02-31", "00000000-0000-0000-0000-000000000000"]'),
    "no key": forged('["2026-12-01", "x\' or true --"]'),
    "a zero byte": forged('["2026-12-01\\u0000", "00000000-0000-0000-0000-000000000000"]'),
    "deep": forged("[" * 2000),
}


@pytest.mark.parametrize("what", FORGED)
async def test_a_forged_cursor_is_a_wrong_question_and_no_fault(proef, what):
    result = await proef.result(BEHEERDER, PAGE, n=1, a=FORGED[what])
    assert [error.extensions for error in result.errors] == [{"code": "ONGELDIG"}]
    assert "werklijst" in str(result.errors[0].path)


async def test_a_wrong_field_leaves_the_other_fields_of_the_request_readable(proef):
    query = """query($a: String) { ik { naam } werklijst(first: 1, after: $a) { totalCount }
      w: werklijst(first: 1) { totalCount } d: dossier(referte: "PD26-000001") { referte } }"""
    for wrong in ("no date", "a zero byte"):
        result = await proef.result(BEHEERDER, query, a=FORGED[wrong])
        assert result.data is None or result.data["werklijst"] is None
        assert [error.path for error in result.errors] == [["werklijst"]]


async def test_a_cursor_shows_nothing_of_the_row_it_stands_for(proef):
    edge = (await page(proef, 1))["edges"][0]
    sealed = urlsafe_b64decode(edge["cursor"] + "===")
    assert edge["node"]["sorteerdatum"].encode() not in sealed
    assert b"[" not in sealed[:1]


async def test_a_cursor_is_refused_when_anything_in_it_was_changed(proef):
    cursor = (await page(proef, 1))["edges"][0]["cursor"]
    for at in (0, len(cursor) // 2, len(cursor) - 2):
        changed = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
        result = await proef.result(BEHEERDER, PAGE, n=1, a=changed)
        assert [error.extensions for error in result.errors] == [{"code": "ONGELDIG"}]


async def test_the_same_row_has_the_same_cursor_and_another_reader_another(proef):
    first, again = [(await page(proef, 3))["edges"] for _ in range(2)]
    assert first == again
    result = await proef.result(ELDERS, PAGE, n=1, a=first[0]["cursor"])
    assert [error.extensions for error in result.errors] == [{"code": "ONGELDIG"}]


async def test_the_cursor_of_one_list_opens_no_other(proef):
    actor = await proef.actor(BEHEERDER)
    lists = [Cursors.of(proef.kernel.settings, actor, key) for key in ("kernel.werklijst", "kernel.andere")]
    cursor = (await page(proef, 1))["edges"][0]["cursor"]
    assert lists[0].encode(lists[0].decode(cursor)) == cursor
    with pytest.raises(Refusal):
        lists[1].decode(cursor)


async def test_the_worklist_searches_and_narrows(proef):
    async def count(**given):
        query = "query($f: WerklijstFilter) { werklijst(filter: $f) { totalCount } }"
        return (await proef.query(BEHEERDER, query, f=given))["werklijst"]["totalCount"]

    assert await count() == await count(zoek="woning") == ROWS
    assert await count(zoek="bestaat niet") == await count(nummer=1) == await count(enkelMijn=True) == 0
    assert await count(nummer=900) == ROWS
    assert await count(enkelTeLaat=False) == ROWS
    assert await count(zoek="%' or 1=1 --") == 0
