"""What a run found: medians with spread, ratios, as a table, as JSON and as a chart."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median

from bench.belasting import Sample

Samples = Mapping[tuple[str, str, int], Sequence[Sample]]
"""(scenario, server, connections) → one sample per round."""
FIELDS = ("per_second", "p50", "p99", "server_cpu", "database_cpu")


def medians(samples: Sequence[Sample]) -> dict[str, float]:
    """The median of each figure, and how far the rounds lie apart (half the range, relative)."""
    found = {name: median(getattr(sample, name) for sample in samples) for name in FIELDS}
    rates = [sample.per_second for sample in samples]
    return {**found, "spread": (max(rates) - min(rates)) / 2 / found["per_second"], "size": samples[0].size}


def table(samples: Samples, reference: str = "product") -> str:
    """A Markdown table; the last columns are ratios to the product in the same run."""
    lines = [
        "| scenario | verb. | server | per s | p50 ms | p99 ms | app-CPU ms | pg-CPU ms | spreiding"
        " | product ÷ deze: per s | app-CPU deze ÷ product | totale CPU product ÷ deze |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for (scenario, server, connections), rounds in samples.items():
        own, product = medians(rounds), medians(samples[scenario, reference, connections])
        total = (product["server_cpu"] + product["database_cpu"]) / (own["server_cpu"] + own["database_cpu"])
        cells = (
            scenario,
            str(connections),
            server,
            f"{own['per_second']:.0f}",
            f"{own['p50']:.2f}",
            f"{own['p99']:.2f}",
            f"{own['server_cpu']:.2f}",
            f"{own['database_cpu']:.2f}",
            f"±{own['spread']:.0%}",
            f"{product['per_second'] / own['per_second']:.2f}",
            f"{own['server_cpu'] / product['server_cpu']:.2f}",
            f"{total:.2f}",
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def keep(folder: Path, samples: Samples, about: Mapping[str, object]) -> None:
    """Write ``bench.json``, ``bench.md`` and ``bench.svg``."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        {"scenario": scenario, "server": server, "connections": connections, **medians(rounds)}
        for (scenario, server, connections), rounds in samples.items()
    ]
    raw = [[*key, [asdict(sample) for sample in rounds]] for key, rounds in samples.items()]
    (folder / "bench.json").write_text(json.dumps({"over": about, "rijen": rows, "ronden": raw}, indent=1))
    (folder / "bench.md").write_text(table(samples), encoding="utf-8")
    (folder / "bench.svg").write_text(chart(rows), encoding="utf-8")


def chart(rows: Sequence[Mapping[str, object]]) -> str:
    """Bars of pages per second at one connection count, a group per scenario."""
    shown = [row for row in rows if row["connections"] == max(int(str(r["connections"])) for r in rows)]
    top = max(float(str(row["per_second"])) for row in shown)
    colours = {"product": "#1b5e9b", "kaal": "#8a8f98", "gewoon": "#c46a2b", "postgraphile": "#6b4fa0"}
    parts, y, group = [], 24, ""
    for row in shown:
        if row["scenario"] != group:
            group = str(row["scenario"])
            parts.append(f'<text x="8" y="{y + 4}" font-weight="bold">{group}</text>')
            y += 20
        rate = float(str(row["per_second"]))
        width, colour = 480 * rate / top, colours.get(str(row["server"]), "#444")
        parts.append(f'<text x="8" y="{y + 4}">{row["server"]}</text>')
        parts.append(f'<rect x="110" y="{y - 8}" width="{width:.1f}" height="14" fill="{colour}"/>')
        parts.append(f'<text x="{116 + width:.1f}" y="{y + 4}">{rate:.0f}/s</text>')
        y += 20
    style = "font:12px system-ui, sans-serif; fill:#222"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {y}" style="{style}">{"".join(parts)}</svg>\n'
