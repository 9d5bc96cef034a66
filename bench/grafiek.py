"""A chart of horizontal bars as SVG: a group per scenario, the basis in blue, each reference in a colour of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

TITLES = {
    "lezen": ("Antwoorden per seconde", "per_second", "/s", "meer is beter"),
    "schrijven": ("Beslissing burgemeester maken: tijd van één inzending (p50)", "p50", " ms", "minder is beter"),
    "brieven": ("Brieven per seconde (DT034, pdf/a-3a met tags)", "per_second", "/s", "meer is beter"),
    "groei": ("Eén vraag in de databank (p50), per aantal taken", "p50", " ms", "minder is beter"),
    "servers": ("Antwoorden per seconde, per server", "per_second", "/s", "meer is beter"),
    "start": ("Van start van het proces tot eerste antwoord", "p50", " ms", "minder is beter"),
}
"""What each part shows: title, figure, unit, which way is better."""
COLOURS = {
    "product": "#1b5e9b",
    "kaal": "#7d838c",
    "kaal-logt": "#4f545b",
    "gewoon": "#c46a2b",
    "postgraphile": "#6b4fa0",
    "naïef": "#c46a2b",
}
BASIS, OTHER = "#1b5e9b", "#6f9bc4"
LEFT, WIDE, ROW, ALL = 190, 400, 22, 680
"""Where bars begin, how long the longest is, the height of a line, the width of the whole."""
FONT = "font-family:system-ui,'Segoe UI',sans-serif;font-size:13px;fill:#222"


def chart(part: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The bars of one part; lines without its figure are left out. Each group has a scale of its own."""
    title, field, unit, better = TITLES[part]
    lines = [
        text(8, 24, title, "font-weight:600;font-size:15px"),
        text(8, 42, f"{better}; schaal per groep", "fill:#666"),
    ]
    y = 52
    for scenario, group in groupby((row for row in rows if row[field] is not None), lambda row: row["scenario"]):
        y += ROW + 4
        lines.append(text(8, y, scenario, "font-weight:600"))
        shown = list(group)
        top = max(row[field] for row in shown) or 1
        for row in shown:
            y += ROW
            lines += bar(y, row, row[field] / top, f"{figure(row[field])}{unit}")
    height = y + 18
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ALL} {height}" width="{ALL}" height="{height}"'
    paper = f'<rect width="{ALL}" height="{height}" fill="#ffffff"/>'
    name = f"<title>{escape(title)}</title>"
    return f'<svg {box} role="img" style="{FONT}">{name}{paper}{"".join(lines)}</svg>\n'


def bar(y: int, row: Mapping[str, Any], share: float, said: str) -> list[str]:
    """One line: who, the bar, the figure."""
    colour = COLOURS.get(row["who"].split(",")[0].split(" ")[0], BASIS if row["basis"] else OTHER)
    width = max(WIDE * share, 1)
    drawn = f'<rect x="{LEFT}" y="{y - 13}" width="{width:.1f}" height="16" rx="2" fill="{colour}"/>'
    weight = "font-weight:600" if row["basis"] else ""
    return [text(20, y, row["who"], weight), drawn, text(LEFT + width + 6, y, said, "")]


def text(x: float, y: float, words: str, style: str) -> str:
    """Words at a place."""
    styled = f' style="{style}"' if style else ""
    return f'<text x="{x:.0f}" y="{y:.0f}"{styled}>{escape(words)}</text>'


def figure(value: float) -> str:
    """A figure as people here write it."""
    written = f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
    return written.replace(",", " ").replace(".", ",")
