"""What a run found: one line per measurement, as a table with ratios, as JSON, and as a chart per part."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bench.belasting import Sample
from bench.grafiek import chart

HEAD = (
    *("onderdeel", "scenario", "wie", "per s", "p50 ms", "p99 ms", "app-CPU ms", "pg-CPU ms", "opdrachten", "MB"),
    *("spreiding", "basis × sneller", "basis × minder app-CPU", "basis × minder CPU", "nota"),
)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line: who did what, how fast, at what cost. What was not measured is None; times in milliseconds.

    Lines of one part and scenario are compared with the one that is the ``basis`` (the product, or the smallest setup).
    ``spread`` is half the range over the median of the rounds.
    """

    part: str
    scenario: str
    who: str
    basis: bool = False
    per_second: float | None = None
    p50: float | None = None
    p99: float | None = None
    app_cpu: float | None = None
    pg_cpu: float | None = None
    statements: int | None = None
    memory: float | None = None
    spread: float | None = None
    note: str = ""

    @property
    def cpu(self) -> float | None:
        """All processor time per request."""
        return None if self.app_cpu is None or self.pg_cpu is None else self.app_cpu + self.pg_cpu


def of_rounds(part: str, scenario: str, who: str, rounds: Sequence[Sample]) -> Figure:
    """The medians of some rounds; the product is the basis. Rounds that kept their times are taken together."""
    times = sorted(each for sample in rounds for each in sample.times)
    rates = [sample.per_second for sample in rounds]
    middle, lost = median(rates), sum(sample.cut_off for sample in rounds)
    notes = [f"{len(times)} keer"] if times else []
    notes += [f"{lost} vragen afgebroken door de tijdslimiet"] if lost else []
    return Figure(
        part=part,
        scenario=scenario,
        who=who,
        basis=who == "product",
        per_second=middle,
        p50=percentile(times, 50) if times else median(sample.p50 for sample in rounds),
        p99=percentile(times, 99) if times else median(sample.p99 for sample in rounds),
        app_cpu=median(sample.server_cpu for sample in rounds),
        pg_cpu=median(sample.database_cpu for sample in rounds),
        spread=(max(rates) - min(rates)) / 2 / middle,
        note=", ".join(notes),
    )


def percentile(times: Sequence[float], share: int) -> float:
    """That share of sorted times is not longer."""
    return times[min(len(times) - 1, len(times) * share // 100)]


def ratios(figure: Figure, basis: Figure) -> tuple[float | None, float | None, float | None]:
    """How many times faster the basis is, and how many times less processor time it takes: of itself, and in all.

    Above 1 the basis is better. Without a rate the medians of the times tell.
    """
    faster = quotient(basis.per_second, figure.per_second)
    if faster is None:
        faster = quotient(figure.p50, basis.p50)
    return faster, quotient(figure.app_cpu, basis.app_cpu), quotient(figure.cpu, basis.cpu)


def quotient(above: float | None, below: float | None) -> float | None:
    """Their ratio, where both were measured."""
    return None if above is None or not below else above / below


def table(figures: Sequence[Figure]) -> str:
    """All lines as Markdown, each with its ratios to the basis of its scenario."""
    bases = {(one.part, one.scenario): one for one in figures if one.basis}
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    for one in figures:
        found = ratios(one, bases.get((one.part, one.scenario), one))
        cells = (
            *(one.part, one.scenario, f"**{one.who}**" if one.basis else one.who),
            *(number(one.per_second), number(one.p50), number(one.p99), number(one.app_cpu), number(one.pg_cpu)),
            *("" if one.statements is None else str(one.statements), number(one.memory)),
            "" if one.spread is None else f"±{one.spread:.0%}",
            *("" if ratio is None else f"{ratio:.2f}" for ratio in found),
            one.note,
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def number(value: float | None) -> str:
    """Three digits that count."""
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def keep(folder: Path, figures: Sequence[Figure], about: Mapping[str, object], raw: object = None) -> None:
    """Write ``bench.json`` and ``bench.md``, and ``<part>.svg`` of every part of the run."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"over": {**about, **machine()}, "rijen": [asdict(one) for one in figures], "ronden": raw}
    (folder / "bench.json").write_text(json.dumps(content, indent=1, ensure_ascii=False, default=str), "utf-8")
    (folder / "bench.md").write_text(table(figures), encoding="utf-8")
    for part in dict.fromkeys(one.part for one in figures):
        bars = [asdict(one) for one in figures if one.part == part]
        (folder / f"{part}.svg").write_text(chart(part, bars), encoding="utf-8")


def machine() -> dict[str, object]:
    """Where it ran."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {"machine": models[0] if models else "", "kernen": len(models), "python": platform.python_version()}
