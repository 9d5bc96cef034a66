"""A server that dies by SIGKILL at every statement of an action, one after the other: what is left of each death?

Runs as a program of its own (``python -m vlok.testing.crash``), because it forks before it has any thread.
"""

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import event

from vlok.api.clock import FixedClock
from vlok.app import running
from vlok.db.roles import connected
from vlok.testing.practice_world import practice_product
from vlok.testing.world import TODAY, World

TABLES = "select tablename from pg_tables where schemaname = 'public' order by 1"
ROWS = "select count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '') from {} t"
OTHERS = "select count(*) from pg_stat_activity where datname = current_database() and usename = 'vlok_app'"

Content = dict[str, str]
"""Per table the number of its rows and a digest of them all."""


def content(connection: psycopg.Connection[Any]) -> Content:
    """The whole database in short: equal texts, equal rows."""
    tables = [name for (name,) in connection.execute(TABLES).fetchall()]
    found = [connection.execute(SQL(ROWS).format(Identifier(name))).fetchone() for name in tables]
    return {name: row[0] for name, row in zip(tables, found, strict=True) if row is not None}


def die() -> None:
    """As the power goes out."""
    os.kill(os.getpid(), signal.SIGKILL)


async def act(world: World, asked: dict[str, Any], at: int) -> None:
    """Execute the action, and die before its statement number ``at`` is sent (or its commit, which counts as one)."""
    async with running(world.kernel, worker=False):
        left = at

        def count(*_: Any) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                die()

        engine = world.kernel.database.engine.sync_engine
        for moment in ("before_cursor_execute", "commit"):
            event.listen(engine, moment, count)
        outcome = await world.act(**asked)
        assert outcome.uitgevoerd, outcome


async def rehearse(world: World, asked: dict[str, Any]) -> None:
    """Sign in and do the action once up to its refusal, so that every life after this one starts quickly."""
    async with running(world.kernel, worker=False):
        await world.act(asked["persona"], asked["handeling"], asked["subject"], {"nota": {"tekst": "weiger"}})


def deaths(admin_url: str, world: World, asked: dict[str, Any]) -> list[tuple[bool, Content]]:
    """For N = 0, 1, 2, …: whether the process died at statement N, and the database afterwards; ends with a survivor.

    N = 0 is the database before anything.
    """
    asyncio.run(rehearse(world, asked))
    with connected(admin_url) as connection:
        found = [(True, content(connection))]
        for at in range(1, 200):
            if (child := os.fork()) == 0:
                asyncio.run(act(world, asked, at))
                os._exit(0)
            _, status = os.waitpid(child, 0)
            while connection.execute(OTHERS).fetchone() != (0,):
                time.sleep(0.002)  # until the server has noticed that the dead one's connections are gone
            found.append((os.WIFSIGNALED(status), content(connection)))
            if not os.WIFSIGNALED(status):
                assert status == 0, status
                return found
    raise AssertionError("the action has no end")


def main() -> None:
    """``admin_url app_url data action``: write the deaths as JSON on standard output."""
    admin_url, app_url, data, asked = sys.argv[1:]
    product = practice_product(app_url, Path(data), FixedClock(TODAY))
    world = World(product, FixedClock(TODAY))
    sys.stdout.write(json.dumps(deaths(admin_url, world, json.loads(asked))))


if __name__ == "__main__":
    main()
