"""What the inspectorate does shows nowhere outside: two histories of one public script are equal to the last byte.

Once the script is played alone and once with the inspectorate in between; bodies, headers, files, exports, statements
and every row that is left outside are compared. Planted leaks prove that the comparison can see.
"""

import time
from dataclasses import replace
from random import Random

import pytest
import pytest_asyncio
from tests.security.histories.ground import prepared
from tests.security.histories.leaks import LEAKS
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
    for number, seed in enumerate(seeds, 1):
        pair = await two_histories(*region, seed, folder, length)
        requests += len(pair.public) + len(pair.both)
        if pair.difference is not None:
            pytest.fail(str(await shrink(region[0], pair, folder)))
        if number % 10 == 0:
            print(f"  {number} paren gelijk …", flush=True)
    took = time.perf_counter() - began
    print(f"zaden {seeds[0]}-{seeds[-1]} ({len(seeds)} paren): gelijk, {requests} stappen, {requests / took:.0f}/s,"
          f" {took:.0f} s")  # fmt: skip


async def test_two_histories_with_and_without_the_inspectorate_are_equal(region, seed, tmp_path):
    await compare(region, tmp_path, range(seed, seed + 2), 30)


@pytest.mark.lang
async def test_many_pairs_of_histories_are_equal(region, seed, deel, tmp_path, request):
    part, parts = deel
    seeds = range(seed, seed + request.config.getoption("--zaden"))[part - 1 :: parts]
    await compare(region, tmp_path, seeds, 60)


FAST_LEAKS = 3
WITHIN = 25
"""Every planted leak is seen within so many pairs."""


async def red_at(region, folder, leak, first_seed) -> int | None:
    """The number of the pair in which a leak is seen first."""
    begin, ground = region
    for at in range(WITHIN):
        pair = await two_histories(replace(begin, leak=leak), ground, first_seed + at, folder, 30)
        if pair.difference is not None:
            return at + 1
    return None


async def found(region, folder, names, first_seed) -> dict[str, int | None]:
    """Leak → where it was seen, all told."""
    seen: dict[str, int | None] = {}
    for name in names:
        seen[name] = at = await red_at(region, folder, LEAKS[name], first_seed)
        print(f"  {name}: {'NIET GEZIEN' if at is None else f'gezien in paar {at}'}", flush=True)
    return seen


@pytest.mark.lang
async def test_some_planted_leaks_drawn_today_are_seen(region, seed, tmp_path):
    drawn = Random(seed).sample(sorted(LEAKS), FAST_LEAKS)  # noqa: S311
    assert None not in (await found(region, tmp_path, drawn, seed)).values()


@pytest.mark.lang
async def test_every_planted_leak_is_seen_within_25_pairs(region, seed, deel, tmp_path, request):
    assert len(LEAKS) >= 25
    part, parts = deel
    asked = [name for name in sorted(LEAKS) if name.startswith(request.config.getoption("--lek"))]
    seen = await found(region, tmp_path, asked[part - 1 :: parts], seed)
    assert [name for name, at in seen.items() if at is None] == []
