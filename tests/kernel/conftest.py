"""Two places of one product: the common one and the practice compartment."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from vlok.testing.cluster import Databases
from vlok.testing.kluis_world import a_kluis_world
from vlok.testing.world import World


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def outside(cluster: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """The common place beside the practice compartment."""
    async with a_kluis_world(cluster, tmp_path_factory.mktemp("kluis")) as made:
        yield made


@pytest.fixture(scope="module")
def inside(outside: World) -> World:
    """The practice compartment."""
    return outside.inside("kluis")
