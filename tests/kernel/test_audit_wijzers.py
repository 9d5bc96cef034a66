"""Who asks what lines tell of one thing reads the pointers and the parts they point at, and misses none."""

from uuid import UUID, uuid4

import pytest
from psycopg.types.json import Jsonb
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import create_async_engine
from tests.kernel.trail import AALST, GENT, INSERT, NOW, as_app, database, faults, kept, tamper

from vlok.api.wijzers import DEEL, STAP
from vlok.audit.tables import Auditregel
from vlok.core.logboek import concerns
from vlok.db.direct import DIALECT

__all__ = ["database", "kept"]

LINES = 3 * DEEL + 40


def key(number: int) -> UUID:
    return UUID(int=number)


def written(database, domein: str, lines: int = LINES) -> None:
    """Line n opens thing 1000 + n, and shows things n, n + 1 and 7."""
    with as_app(database, domein) as app, app.transaction():
        for n in range(lines):
            shown = [key(n), key(n + 1), key(7)]
            app.execute(INSERT, [uuid4(), NOW, domein, key(1), None, [], "x", key(1000 + n), shown, Jsonb({})])


async def found(database, domein: str, *keys: UUID) -> list[int]:
    engine = create_async_engine(database.app_url)
    async with engine.begin() as connection:
        await connection.execute(select(func.set_config("app.domein", domein, True)))
        rows = await connection.scalars(select(Auditregel.volgnummer).where(concerns(Auditregel, list(keys))))
        lines = sorted(rows.all())
    await engine.dispose()
    return lines


@pytest.fixture
def filled(database):
    written(database, AALST)
    written(database, GENT, 3)
    return database


@pytest.mark.parametrize("n", [0, 1, DEEL - 2, DEEL - 1, DEEL, 2 * DEEL, 3 * DEEL - 1, 3 * DEEL, LINES - 1])
async def test_every_line_that_opened_or_showed_a_thing_is_found(filled, n):
    assert await found(filled, AALST, key(n)) == [one for one in (n, n + 1) if one >= 1]
    assert await found(filled, AALST, key(1000 + n)) == [n + 1]


async def test_what_was_shown_everywhere_nowhere_or_to_others(filled):
    assert await found(filled, AALST, key(7)) == list(range(1, LINES + 1))
    assert await found(filled, AALST, key(10**9)) == []
    assert await found(filled, GENT, key(200)) == []
    assert await found(filled, GENT, key(2), key(10**9)) == [2, 3]
    assert await found(filled, "lb:11002", key(7)) == []


async def test_a_part_without_pointer_is_read(filled):
    tamper(filled, "update auditregel set wijzer = null")
    assert await found(filled, AALST, key(50)) == [50, 51]
    assert faults(filled) == []


async def test_a_pointer_that_hides_a_line_is_found(filled):
    tamper(filled, f"update auditregel set wijzer = wijzer[2:] where domein = '{AALST}' and volgnummer = {2 * DEEL}")
    [fault] = faults(filled)
    assert fault.startswith(f"public, domein {AALST}, regel {2 * DEEL}: heeft een wijzer die niet past")


async def test_a_part_whose_first_lines_put_nothing_together_has_no_pointer_and_is_read(database):
    written(database, AALST, DEEL - 1)
    tamper(database, f"update auditregel set wijzer = null where volgnummer <= {STAP}")  # as of before there were steps
    written(database, AALST, 1)
    with as_app(database, AALST) as app:
        assert app.execute(f"select wijzer from auditregel where volgnummer = {DEEL}").fetchone() == (None,)
    assert await found(database, AALST, key(50)) == [50, 51]
    assert faults(database) == []


async def test_what_was_put_together_on_the_way_is_checked_too(filled):
    wrong = f"update auditregel set wijzer = wijzer[2:] where domein = '{AALST}' and volgnummer = {DEEL + 2 * STAP}"
    tamper(filled, wrong)
    [fault] = faults(filled)
    assert fault.startswith(f"public, domein {AALST}, regel {DEEL + 2 * STAP}: heeft een wijzer die niet past")


def test_only_the_parts_pointed_at_are_read(filled):
    tamper(filled, "analyze auditregel")
    asked = select(Auditregel.id).where(concerns(Auditregel, [key(DEEL + 5)]))
    sent = asked.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    with as_app(filled, AALST) as app:
        rows = app.execute(f"explain (analyze, costs off, timing off) {sent}", sent.params).fetchall()
    plan = [row for (row,) in rows]
    read = [int(row.rpartition(": ")[2]) for row in plan if "Rows Removed by Filter" in row]
    assert sum(read) < DEEL + LINES % DEEL + LINES // DEEL, plan


def test_a_writer_chooses_no_pointer(database):
    chosen = INSERT.replace("(id,", "(wijzer, id,").replace("(%s,", "('{1}', %s,", 1)
    with as_app(database, AALST) as app:
        app.execute(chosen, [key(1), NOW, AALST, key(1), None, [], "x", None, [], Jsonb({})])
        assert app.execute("select wijzer from auditregel").fetchone() == (None,)
