"""What the inspectorate does shows nowhere outside: two histories of one public script are equal to the last byte.

Once the script is played alone and once with the inspectorate in between; bodies, headers, files, exports, statements
and every row that is left outside are compared. Planted leaks prove that the comparison can see.
"""

import time

import pytest
import pytest_asyncio
from tests.security.histories.ground import prepared
from tests.security.histories.pair import shrink, two_histories

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def region(cluster, tmp_path_factory):
    """What both histories begin with."""
    async with prepared(cluster, tmp_path_factory.mktemp("geschiedenis")) as made:
        yield made


async def compare(region, folder, seeds, length) -> None:
    """Every pair is equal; a difference is told as the smallest pair that shows it."""
    began, requests = time.perf_counter(), 0
    for seed in seeds:
        pair = await two_histories(*region, seed, folder, length)
        requests += len(pair.public) + len(pair.both)
        if pair.difference is not None:
            pytest.fail(str(await shrink(region[0], pair, folder)))
    took = time.perf_counter() - began
    print(f"zaden {seeds[0]}-{seeds[-1]}: gelijk, {requests} stappen, {requests / took:.0f}/s")


async def test_two_histories_with_and_without_the_inspectorate_are_equal(region, seed, tmp_path):
    await compare(region, tmp_path, range(seed, seed + 2), 30)


@pytest.mark.lang
async def test_many_pairs_of_histories_are_equal(region, seed, tmp_path, request):
    await compare(region, tmp_path, range(seed, seed + request.config.getoption("--zaden")), 60)
