"""Fixtures that every suite of kernel and plugins gets by itself (entry point ``pytest11``).

The heavy imports stand inside the fixtures: pytest loads this file before anything is asked.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from vlok.testing.cluster import Databases, cluster

if TYPE_CHECKING:
    from vlok.testing.world import World

__all__ = ["cluster", "world"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(cluster: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """The whole product on a database of this test module."""
    from vlok.testing.world import a_world

    async with a_world(cluster, tmp_path_factory.mktemp("vlok")) as made:
        yield made
