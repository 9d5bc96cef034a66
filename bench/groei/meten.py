"""Every scenario at every size: many users, and the worst of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import psycopg
from psycopg import Connection, RawCursor

from bench import omgeving
from bench.groei import gebruikers
from bench.groei.opdrachten import QUESTIONS, Statement, statement
from bench.groei.plannen import large_tables, scanned
from bench.omgeving import Environment
from bench.rapport import Figure, percentile
from bench.schrijven.kaal import TELL
from bench.voortgang import Progress
from vlok.app import build

PART = "groei"
BASIS = 1_000_000
USERS, QUICK_USERS = 200, 40
REPEATS = 3
"""Times that each statement is timed, after once unmeasured."""
WORST_REPEATS = 100
PREPARED = 2_000
"""Statements that stay prepared: more than there are."""
TYPICAL, WORST = "veel gebruikers", "zwaarste gebruiker"


def run(sizes: Sequence[int], *, quick: bool) -> list[Figure]:
    """The figures by scenario and user; the size of the published load is what the others are compared with."""
    progress = Progress(PART, len(sizes) * len(QUESTIONS))
    found: list[Figure] = []
    for tasks in sizes:
        environment = omgeving.prepare(tasks)
        found += asyncio.run(one_size(environment, QUICK_USERS if quick else USERS, progress))
    basis = f"{BASIS if BASIS in sizes else max(sizes):,} taken".replace(",", " ")
    marked = [replace(figure, basis=figure.who == basis) for figure in found]
    order = {name: n for n, name in enumerate(dict.fromkeys(figure.scenario for figure in marked))}
    return sorted(marked, key=lambda figure: order[figure.scenario])


async def one_size(environment: Environment, users: int, progress: Progress) -> list[Figure]:
    """All scenarios on one database."""
    product = build(environment.settings(), environment.app_url, places=environment.places)
    many, heaviest = gebruikers.typical(environment, users), gebruikers.worst(environment)
    who_asks = f"{environment.tasks:,} taken".replace(",", " ")
    found = []
    with psycopg.connect(environment.driver_url) as connection:
        connection.prepared_max = PREPARED
        for scenario in QUESTIONS:
            asked = [await statement(product, scenario, user, n) for n, user in enumerate(many)]
            worst = [await statement(product, scenario, heaviest, n) for n in range(WORST_REPEATS // REPEATS)]
            for kind, some in ((TYPICAL, asked), (WORST, worst)):
                figure = timed(connection, f"{scenario}, {kind}", who_asks, some)
                found.append(figure)
            told = [f"{one.p50:.2f} / {one.p99:.2f} ms" for one in found[-2:]]
            progress.step(f"{who_asks:<15} {scenario:<22} p50/p99 {TYPICAL} {told[0]}, {WORST} {told[1]}")
    await product.kernel.database.close()
    return found


def timed(connection: Connection[Any], scenario: str, who_asks: str, some: Sequence[Statement]) -> Figure:
    """The times of these statements as the application's role, and what their plans read whole."""
    large = large_tables(connection)
    times: list[float] = []
    whole: set[str] = set()
    for each in some:
        acting(connection, each)
        execute(connection, each)
        times += [execute(connection, each) for _ in range(REPEATS)]
        connection.commit()
    for each in {one.sql: one for one in some}.values():
        acting(connection, each)
        whole |= scanned(connection, each, large)
        connection.commit()
    times.sort()
    note = f"leest heel {', '.join(sorted(whole))}" if whole else "geen grote tabel helemaal gelezen"
    p50, p99 = percentile(times, 50), percentile(times, 99)
    return Figure(part=PART, scenario=scenario, who=who_asks, p50=p50, p99=p99, statements=1, note=note)


def acting(connection: Connection[Any], each: Statement) -> None:
    """Tell who asks, for this transaction: the row policies read it; and plan as the product's connection does."""
    actor = each.actor
    told = {"domein": actor.domein, "gebied": actor.gebied, "gebruiker_id": str(actor.gebruiker_id)}
    connection.execute(TELL, told)
    connection.execute("select set_config('plan_cache_mode', %s, true)", [each.mode])


def execute(connection: Connection[Any], each: Statement) -> float:
    """The statement, prepared, with its answer fetched: how long it took, in milliseconds."""
    values = each.anew()
    begun = time.perf_counter()
    RawCursor(connection).execute(each.sql, values, prepare=True).fetchall()
    return (time.perf_counter() - begun) * 1000
