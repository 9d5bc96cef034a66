"""The file of published rows: semicolons, UTF-8, one header."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from vlok.api.errors import Refusal

LANGSTE = 40
"""How much of a reference in an unreadable row is shown back."""
COLUMNS = (
    "referte_entiteit",
    "adres",
    "gemeente",
    "provincie",
    "procedure",
    "datum_aanvang",
    "datum_schrapping",
    "reden_schrapping",
    "capakey",
)


def read(path: Path) -> Sequence[dict[str, str]]:
    """The rows by column, with the line number under ``rij``; Refusal ``ONGELDIG`` when it is another kind of file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, delimiter=";")
            header = tuple(cell.strip() for cell in next(reader, []))
            _refuse_other_header(path, header)
            return list(_rows(reader))
    except (OSError, UnicodeDecodeError, csv.Error) as fout:
        raise Refusal("ONGELDIG", f"{path.name} kan niet gelezen worden ({fout}).") from fout


def _refuse_other_header(path: Path, header: tuple[str, ...]) -> None:
    if header != COLUMNS:
        missing = [column for column in COLUMNS if column not in header]
        why = f"ontbreekt: {', '.join(missing)}" if missing else "de volgorde is anders"
        raise Refusal("ONGELDIG", f"{path.name} heeft niet de kolommen van de VIVOO-lijst ({why}).")


def _rows(reader: Any) -> Iterator[dict[str, str]]:
    first = reader.line_num + 1
    for cells in reader:
        if any(cells):
            yield _row(first, reader.line_num, cells)
        first = reader.line_num + 1


def _row(first: int, last: int, cells: list[str]) -> dict[str, str]:
    """A row of another shape is read too, with what is wrong with it, so that it is reported like any other.

    A quotation mark that is not closed makes one row of many lines: none of them may disappear unsaid.
    """
    if last > first:
        why = f"regel {first} tot {last} vormen samen één rij: een aanhalingsteken is niet gesloten"
    elif len(cells) != len(COLUMNS):
        why = f"{len(cells)} kolommen in plaats van {len(COLUMNS)}"
    else:
        return {"rij": str(first), "leesfout": "", **dict(zip(COLUMNS, map(str.strip, cells), strict=True))}
    return {"rij": str(first), "leesfout": why, **dict.fromkeys(COLUMNS, ""), COLUMNS[0]: cells[0].strip()[:LANGSTE]}
