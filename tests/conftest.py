"""Fixtures of the kernel's own tests."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from vlok.testing.cluster import Databases
from vlok.testing.practice_world import a_practice_world
from vlok.testing.world import World


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def proef(cluster: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """The kernel alone with the practice procedure, on a database of this test module."""
    async with a_practice_world(cluster, tmp_path_factory.mktemp("proef")) as made:
        yield made
