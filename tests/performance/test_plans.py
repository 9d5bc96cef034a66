"""No screen reads a big table from begin to end: PostgreSQL's own plans for the product's own statements.

The tables hold a little of the bench's data; PostgreSQL is told that they hold a thousand times as much, and plans as
it would for ten million tasks.
"""

from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
import pytest_asyncio
from bench import laden
from bench.groei import gebruikers
from bench.groei.opdrachten import QUESTIONS, statement
from bench.groei.plannen import scanned
from bench.omgeving import Environment

from vlok.db.roles import connected
from vlok.testing.practice_world import admin_url
from vlok.testing.world import World, a_world

TASKS = 10_000
TIMES = 1_000
SMALL = 100
"""Rows of a table that may be read whole."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def filled(cluster, tmp_path_factory) -> Iterator[World]:
    """A product with some of the bench's data, and with the statistics of much."""
    async with a_world(cluster, tmp_path_factory.mktemp("plannen")) as world:
        with connected(admin_url(cluster, world)) as admin:
            laden.load(admin, TASKS)
            admin.execute("update pg_class set reltuples = reltuples * %s where reltuples > 0", [TIMES])
        yield world


@pytest.fixture(scope="module")
def environment(cluster, filled) -> Environment:
    """The way in for the bench's users."""
    url = filled.kernel.database.engine.url.render_as_string(hide_password=False)
    return Environment(admin_url(cluster, filled), url, {}, TASKS)


@pytest.fixture(scope="module")
def big(environment) -> frozenset[str]:
    """The tables that are not small."""
    with connected(environment.admin_url) as admin:
        asked = "select relname from pg_class where relkind in ('r', 'm') and reltuples > %s"
        return frozenset(name for (name,) in admin.execute(asked, [SMALL * TIMES]).fetchall())


def test_the_tables_of_every_screen_are_among_the_big_ones(big):
    assert {"taak", "dossier", "document", "onderwerp", "pand", "entiteit", "vivoo_registratie"} <= big


@pytest.mark.parametrize("question", QUESTIONS)
async def test_no_screen_reads_a_big_table_from_begin_to_end(filled, environment, big, question):
    people = [*gebruikers.typical(environment, 12), gebruikers.worst(environment)]
    asked = [await statement(filled.product, question, user, n) for n, user in enumerate(people)]
    with psycopg.connect(environment.driver_url) as connection:
        whole = {text: scanned(connection, one, dict.fromkeys(big, 0)) for one in asked if (text := one.sql)}
    assert {table for tables in whole.values() for table in tables} == set()


@pytest.mark.parametrize(
    ("sought", "index"), [("kouter", 1), ("kerkstraat", 1), ("kerkstraat 12", 2), ("PA18-000012", 0)]
)
async def test_words_are_looked_up_in_the_index_and_not_along_the_list(filled, environment, sought, index):
    """Streets in the whole region: their houses stand together in the list, far from where it begins."""
    told = await planned_search(filled, environment, sought)
    found = [line.count("zoek ~~") for line in told if "Index Cond" in line and "zoek ~~" in line]
    assert found == ([index] if index else [])
    assert not [line for line in told if "ix_pand_sorteer_id" in line]


async def test_what_stands_everywhere_is_read_along_the_list(filled, environment):
    told = await planned_search(filled, environment, "straat")
    assert [line for line in told if "ix_pand_sorteer_id" in line]
    assert not [line for line in told if "ix_pand_zoek" in line]


async def planned_search(filled: World, environment: Environment, sought: str) -> list[str]:
    """The plan for somebody who may look in the whole region."""
    user = replace(gebruikers.worst(environment), words=(sought,))
    one = await statement(filled.product, "zoeken", user, 0)
    with psycopg.connect(environment.driver_url) as connection:
        asked = b"explain (costs off) " + one.sql
        return [line for (line,) in psycopg.RawCursor(connection).execute(asked, one.values, prepare=False).fetchall()]


async def test_a_worklist_is_merged_from_what_stands_ready_for_each_role(filled, environment):
    """Every alternative of "my roles or myself" is read in list order: nothing is sorted but the page."""
    one = await statement(filled.product, "werklijst", gebruikers.worst(environment), 0)
    with psycopg.connect(environment.driver_url) as connection:
        asked = b"explain (generic_plan, costs off) " + one.sql
        told = [line for (line,) in psycopg.RawCursor(connection).execute(asked).fetchall()]
    page = told[: next(at for at, line in enumerate(told) if "InitPlan" in line and at > 20)]
    assert any("Merge Append" in line for line in page)
    assert sum("Index Scan using ix_taak_werklijst" in line for line in told) >= len(one.actor.rollen) + 1
