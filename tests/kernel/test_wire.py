"""What goes past the cursor of the driver means the same as what goes through it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from typing import Any

import psycopg
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import AsyncConnection, AsyncRawCursor

from vlok.db import wire
from vlok.db.direct import conninfo
from vlok.db.wire import exchange, writable

pytestmark = pytest.mark.asyncio(loop_scope="session")

MOMENT = time(12, 30, 1, 7, tzinfo=UTC)
TEXT = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXT | st.none(),
    "int8": st.integers(-(2**63), 2**63 - 1),
    "bool": st.booleans(),
    "uuid": st.uuids(),
    "date": st.dates(date(1, 1, 1)),
    "timestamptz": st.dates(date(1, 1, 3), date(9999, 12, 29)).map(
        lambda day: datetime(day.year, day.month, day.day, 12, 30, 1, 7, tzinfo=UTC)
    ),
    "text[]": st.lists(TEXT),
}


@pytest_asyncio.fixture(loop_scope="session")
async def driver(cluster) -> AsyncIterator[AsyncConnection[Any]]:
    async with await AsyncConnection.connect(conninfo(cluster.admin_url), autocommit=True) as opened:
        yield opened


@pytest.mark.parametrize("type_", VALUES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_a_value_arrives_as_the_driver_itself_would_send_it(driver, type_, data):
    value = data.draw(VALUES[type_])
    assert writable([value])
    sql = f"select $1::{type_}".encode()
    [(here,)] = await exchange(driver, sql, [value])
    [there] = await (await AsyncRawCursor(driver).execute(f"select $1::{type_}::text".encode(), [value])).fetchone()
    if type_ == "bool":
        there = there[0]
    assert (None if here is None else here.decode()) == there


async def test_a_text_is_never_cut_off_at_a_zero_byte(driver):
    with pytest.raises(psycopg.DataError):
        await exchange(driver, b"select $1::text", ["voor\0achter"])
    with pytest.raises(psycopg.DataError):
        await exchange(driver, b"select $1::text[]", [["voor\0achter"]])


async def test_what_it_cannot_write_is_left_to_the_driver():
    assert not writable([b"bytes"])
    assert not writable([{}])
    assert not writable([["a", None]])
    assert not writable([[["a"]]])


async def test_an_answer_of_any_size_arrives_whole(driver):
    for size in (0, 1, 8_000, 5_000_000):
        assert await exchange(driver, b"select repeat('x', $1::int)", [size]) == [(b"x" * size,)]
    big = "é" * 3_000_000
    [(back,)] = await exchange(driver, b"select $1::text", [big])
    assert back == big.encode()


async def test_an_error_is_the_drivers_own_and_the_connection_lives_on(driver):
    with pytest.raises(psycopg.errors.DivisionByZero):
        await exchange(driver, b"select 1 / $1::int", [0])
    with pytest.raises(psycopg.errors.UndefinedTable):
        await exchange(driver, b"select * from bestaat_niet", [])
    assert await exchange(driver, b"select 1 / $1::int", [1]) == [(b"1",)]


async def test_an_error_after_rows_is_an_error(driver):
    with pytest.raises(psycopg.errors.DivisionByZero):
        await exchange(driver, b"select repeat('x', 9000), 1 / (3 - n) from generate_series(1, 5) n", [])


async def test_a_connection_that_is_left_in_the_middle_is_closed(driver):
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(exchange(driver, b"select pg_sleep(30)", []), 0.1)
    assert driver.closed


async def test_a_lost_connection_is_an_error_and_no_endless_wait(cluster, driver):
    waiting = asyncio.ensure_future(exchange(driver, b"select pg_sleep(30)", []))
    await asyncio.sleep(0.1)
    async with await AsyncConnection.connect(conninfo(cluster.admin_url), autocommit=True) as other:
        await other.execute("select pg_terminate_backend(%s)", [driver.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        await asyncio.wait_for(waiting, 5)


async def test_only_so_many_statements_are_kept_prepared(driver, monkeypatch):
    monkeypatch.setattr(wire, "PREPARED", 3)
    for number in (1, 2, 3, 1, 4, 5, 1):
        assert await exchange(driver, b"select %d" % number, []) == [(b"%d" % number,)]
    rows = await exchange(driver, b"select statement from pg_prepared_statements where name like 'vlok%'", [])
    assert {text for (text,) in rows} >= {b"select 1", b"select 5"}
    assert len(rows) <= 3
