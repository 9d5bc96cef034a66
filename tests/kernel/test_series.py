"""Number series: one per prefix and year, without gaps, and never one that an import brought along."""

import asyncio

import pytest

from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL


async def take(world, prefix, count=1, jaar=None, persona=BEHEERDER, keep=True):
    async with world.kernel.work(await world.actor(persona)) as work:
        work.keep = keep
        return [await work.number(prefix, jaar)] if count == 1 else await work.numbers(prefix, count)


async def test_a_reference_is_prefix_year_and_six_digits(proef):
    assert await take(proef, "AA") == ["AA26-000001"]
    assert await take(proef, "AA", 3) == ["AA26-000002", "AA26-000003", "AA26-000004"]


async def test_every_year_and_prefix_counts_by_itself(proef):
    assert await take(proef, "AB", jaar=2025) == ["AB25-000001"]
    assert await take(proef, "AB") == ["AB26-000001"]
    assert await take(proef, "AC") == ["AC26-000001"]


async def test_no_numbers_cost_no_number(proef):
    assert await take(proef, "AD", 0) == []
    assert await take(proef, "AD") == ["AD26-000001"]


async def test_a_number_of_a_transaction_that_is_taken_back_is_given_again(proef):
    await take(proef, "AE")
    assert await take(proef, "AE", keep=False) == ["AE26-000002"]
    assert await take(proef, "AE") == ["AE26-000002"]


async def test_organisations_share_a_series(proef):
    assert [await take(proef, "AF", persona=one) for one in (BEHEERDER, ELDERS, WVL)] == [
        ["AF26-000001"], ["AF26-000002"], ["AF26-000003"],
    ]  # fmt: skip


async def test_many_at_once_get_different_numbers_without_gaps(proef):
    taken = await asyncio.gather(*(take(proef, "AG", 2, keep=number % 3 > 0) for number in range(9)))
    kept = sorted(referte for number, refertes in enumerate(taken) if number % 3 for referte in refertes)
    assert kept == [f"AG26-{number:06d}" for number in range(1, 13)]


async def reserve(world, *refertes):
    async with world.kernel.work(await world.actor(BEHEERDER)) as work:
        await work.reserve(refertes)


async def test_a_series_starts_after_what_was_imported(proef):
    await reserve(proef, "AH26-000041", "AH26-000007", "AH25-000003", "AI26-000009")
    assert await take(proef, "AH") == ["AH26-000042"]
    assert await take(proef, "AH", jaar=2025) == ["AH25-000004"]
    assert await take(proef, "AI") == ["AI26-000010"]


async def test_an_import_never_sets_a_series_back(proef):
    await take(proef, "AJ", 5)
    await reserve(proef, "AJ26-000002")
    assert await take(proef, "AJ") == ["AJ26-000006"]


@pytest.mark.parametrize("referte", ["", "AK26-1", "ak26-000005", "AK26-0000055", "AK26-000005x", "Woning"])
async def test_what_is_no_reference_reserves_nothing(proef, referte):
    await reserve(proef, referte)
    assert (await take(proef, "AK", keep=False)) == ["AK26-000001"]
