"""The file of published rows: semicolons, UTF-8, one header."""

import csv
from collections.abc import Sequence
from pathlib import Path

from vlok.api.errors import Refusal

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
            return [_row(number, cells) for number, cells in enumerate(reader, 2) if any(cells)]
    except (OSError, UnicodeDecodeError) as fout:
        raise Refusal("ONGELDIG", f"{path.name} kan niet gelezen worden ({fout}).") from fout


def _refuse_other_header(path: Path, header: tuple[str, ...]) -> None:
    if header != COLUMNS:
        missing = [column for column in COLUMNS if column not in header]
        why = f"ontbreekt: {', '.join(missing)}" if missing else "de volgorde is anders"
        raise Refusal("ONGELDIG", f"{path.name} heeft niet de kolommen van de VIVOO-lijst ({why}).")


def _row(number: int, cells: list[str]) -> dict[str, str]:
    """A short row reads as empty cells, so that it is judged and reported like any other."""
    padded = [cell.strip() for cell in cells] + [""] * len(COLUMNS)
    return {"rij": str(number), **dict(zip(COLUMNS, padded, strict=False))}
