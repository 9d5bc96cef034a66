"""So many letters, by each, with one and with two processes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from statistics import median

from bench.brieven.drukkers import Watch, naive, product, used_below
from bench.rapport import Figure, percentile
from bench.voortgang import Progress
from vlok.api.documents import HouseStyle, RenderOrder
from vlok_oo.documents import BESLUIT, BESLUIT_VARIANTEN, besluit_titel

PART = "brieven"
PRINTERS = {"product": product, "naïef": naive}
WORKERS = (1, 2)
WARM = 2
"""Letters per worker before the clock runs: fonts and templates are then read."""
HOUSE = HouseStyle(organisatie="Gemeente 90001", adres=(), telefoon="", email="", website="", afzender="Gemeente 90001")


def orders(count: int) -> Iterator[RenderOrder]:
    """The decision of the burgemeester (DT034) in its variants, each with a reference of its own."""
    for n in range(count):
        content = BESLUIT_VARIANTEN[n % len(BESLUIT_VARIANTEN)]
        yield RenderOrder(
            template=BESLUIT.template,
            content=BESLUIT.plain(content),
            house=HOUSE,
            referte=f"DO26-{n:06d}",
            title=f"{besluit_titel(content.beslissing)}: {content.woning.entiteit}",
            date=date(2026, 11, 23),
        )


def run(count: int, rounds: int) -> list[Figure]:
    """The medians of the rounds; the order turns every round."""
    ways = [(who, workers) for workers in WORKERS for who in PRINTERS]
    progress = Progress(PART, len(ways) * rounds)
    found: dict[tuple[str, int], list[Figure]] = {way: [] for way in ways}
    for turn in range(rounds):
        for way in ways if turn % 2 == 0 else reversed(ways):
            figure = asyncio.run(measured(*way, count))
            found[way].append(figure)
            speed = f"{figure.per_second:5.1f} brieven/s, hoogste geheugen {figure.memory:.0f} MB"
            progress.step(f"{figure.who}, {figure.scenario}: {speed}")
    figures = {way: middle(each) for way, each in found.items()}
    return [compared(figure, figures[who, WORKERS[0]]) for (who, _), figure in figures.items()]


def compared(figure: Figure, alone: Figure) -> Figure:
    """With how many times the letters of one process it prints."""
    assert figure.per_second
    assert alone.per_second
    times = f"{figure.per_second / alone.per_second:.2f} × 1 proces; " if figure.scenario != alone.scenario else ""
    return replace(figure, note=times + figure.note)


async def measured(who: str, workers: int, count: int) -> Figure:
    """One way, once."""
    times: list[float] = []
    waiting = orders(count + WARM * workers)
    async with PRINTERS[who](workers) as print_, Watch() as watch:

        async def worker(turns: Iterator[RenderOrder]) -> None:
            for order in turns:
                started = time.perf_counter()
                await print_(order)
                times.append((time.perf_counter() - started) * 1000)

        await asyncio.gather(*(worker(islice(waiting, WARM)) for _ in range(workers)))
        times.clear()
        before, begun = used_below(), time.perf_counter()
        await asyncio.gather(*(worker(waiting) for _ in range(workers)))
        lasted, busy = time.perf_counter() - begun, used_below() - before
    times.sort()
    return Figure(
        part=PART,
        scenario="1 proces" if workers == 1 else f"{workers} processen",
        who=who,
        basis=who == "product",
        per_second=count / lasted,
        p50=percentile(times, 50),
        p99=percentile(times, 99),
        app_cpu=busy / count * 1000,
        memory=watch.highest,
        note=f"{count} brieven; MB: hoogste van één proces",
    )


def middle(rounds: list[Figure]) -> Figure:
    """The medians of the rounds."""
    rates = [one.per_second or 0.0 for one in rounds]
    names = ("per_second", "p50", "p99", "app_cpu", "memory")
    values = {name: median(getattr(one, name) for one in rounds) for name in names}
    return replace(rounds[0], **values, spread=(max(rates) - min(rates)) / 2 / values["per_second"])
