"""The stage of the proofs: the whole product, the story of a region in it, a canary in every row."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tests.security.stage import Stage, a_stage

from vlok.testing.cluster import Databases

LONG = "--lang"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``./dev test security`` gives these."""
    group = parser.getgroup("vlok: de lange bewijzen")
    group.addoption(LONG, action="store_true", help="ook het lange programma")
    group.addoption("--seed", type=int, default=None, help="het eerste zaad van alles wat geloot wordt")
    group.addoption("--vragen", type=int, default=100_000, help="zoveel vragen in de lange wandeling")
    group.addoption("--zaden", type=int, default=500, help="zoveel paren van geschiedenissen")
    group.addoption("--lek", default="", help="alleen de geplante lekken die zo beginnen, zoals S11")
    group.addoption("--deel", default="1/1", help="alleen dit deel van een lange loting, zoals 2/3")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long programme runs when asked, and never by accident with the suite."""
    wanted = bool(config.getoption(LONG, False))
    left = [item for item in items if wanted or item.get_closest_marker("lang") is None]
    if len(left) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in left])
        items[:] = left


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    """The first seed: given, or today's fixed one; always told."""
    given = request.config.getoption("--seed", None)
    chosen = 20261123 if given is None else int(given)
    print(f"\nzaad {chosen} (opnieuw: ./dev test security --seed {chosen})")
    return chosen


@pytest.fixture(scope="session")
def deel(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Which part of the long draws this run does, and of how many."""
    part, _, parts = str(request.config.getoption("--deel", "1/1")).partition("/")
    if not 1 <= int(part) <= int(parts):
        raise pytest.UsageError("--deel: i/n, met i van 1 tot n")
    return int(part), int(parts)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stage(cluster: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """A stage of this test module."""
    async with a_stage(cluster, tmp_path_factory.mktemp("toneel")) as made:
        yield made
