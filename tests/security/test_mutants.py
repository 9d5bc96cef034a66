"""Every small mistake in policy, scopes and row-level rules changes who reaches what, and is seen.

The oracle (``oracle.py``) knows by a reading of its own what each role should reach in a small exhaustive world; the
policy is measured around row security and row security under no policy. A mistake that changes nothing there is either
no mistake by that same reading (a line said twice, all of Flanders said otherwise) or a survivor, and there are none.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import make_url
from tests.security.judged import programme
from tests.security.mutant_world import Small, filled, policy_oracle, role_of, row_oracle, rules, unbound
from tests.security.oracle import GROUNDS_OF

from vlok.db.roles import connected
from vlok.testing.cluster import Databases
from vlok.testing.world import a_world

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAMPLED = 25
"""Mistakes of each kind in the fast tier."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def small(cluster: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Small]:
    """One for all mistakes: each is taken back."""
    async with a_world(cluster, tmp_path_factory.mktemp("klein")) as world:
        name = world.kernel.database.engine.url.database
        admin_url = make_url(cluster.admin_url).set(database=name).render_as_string(hide_password=False)
        roles = sorted(world.kernel.policy.here.roles)
        with connected(admin_url) as admin:
            tables = filled(admin, roles)
        yield Small(world, admin_url, tables)


@pytest.fixture(scope="module")
def admin(small: Small) -> Iterator[psycopg.Connection[Any]]:
    """The small world as superuser."""
    with connected(small.admin_url) as connection:
        yield connection


async def test_in_the_small_world_the_policy_opens_what_was_reviewed_for_every_role(small, admin):
    cells = 0
    for schema, kernel in small.places.items():
        oracle = policy_oracle(small, admin, schema, kernel.policy)
        assert list(oracle.differences()) == []
        cells += len(oracle.roles) * len(oracle.permissions)
    print(f"{cells} cellen: rol × recht")


async def test_in_the_small_world_row_security_alone_does_what_the_class_says(small, admin):
    oracle, found = row_oracle(small, admin), rules(small)
    assert [
        f for place, rule in found.items() for f in oracle.differences(small.tables[place], rule, role_of(place[0]))
    ] == []
    print(f"{len(found)} tabellen × {len(GROUNDS_OF)} domeinen")


async def test_every_table_stands_under_row_security_that_binds_its_owner_too(admin):
    assert unbound(admin) == []


@pytest.mark.parametrize("kind", ["lines", "scopes", "row_rules"])
async def test_some_mistakes_drawn_today_are_all_seen(small, admin, seed, tmp_path, kind):
    tally = await programme(kind, small, admin, tmp_path, seed, SAMPLED)
    assert tally.survivors == []
    assert tally.killed > SAMPLED // 2


@pytest.mark.lang
@pytest.mark.parametrize("kind", ["lines", "scopes", "row_rules"])
async def test_every_mistake_is_seen(small, admin, seed, tmp_path, kind):
    tally = await programme(kind, small, admin, tmp_path, seed, None)
    assert tally.survivors == []
