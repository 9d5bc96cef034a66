"""Reads the policy files strictly: a malformed row stops the start with file, line and reason."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vlok.api.errors import ContractError

WIDTH = {"p": 7, "g": 4}
EFFECTS = ("allow", "deny")


@dataclass(frozen=True)
class Line:
    """One policy line: a grant (``p``) or a role that includes another (``g``), and where it comes from."""

    kind: str
    cells: tuple[str, ...]
    bron: str
    place: str


def read(folder: Path) -> list[Line]:
    """All grants of ``folder/grants/*.csv``; ContractError when the folder, a file or a row is missing or malformed."""
    if not (folder / "model.conf").is_file():
        raise ContractError(f"no model.conf in {folder}")
    files = sorted((folder / "grants").glob("*.csv"))
    if not files:
        raise ContractError(f"no policy files in {folder / 'grants'}")
    return [line for file in files for line in _lines(file)]


def _lines(file: Path) -> Iterator[Line]:
    with file.open(encoding="utf-8", newline="") as text:
        for number, row in enumerate(csv.reader(text, skipinitialspace=True), 1):
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            yield _line(cells, f"{file.name}:{number}")


def _line(cells: list[str], place: str) -> Line:
    if WIDTH.get(cells[0]) != len(cells):
        raise ContractError(f"{place}: {len(cells)} cells do not make a '{cells[0]}' line")
    kind, *rest, bron = cells
    if not all(rest) or not bron:
        raise ContractError(f"{place}: empty cell (every line names its source)")
    if kind == "p" and rest[-1] not in EFFECTS:
        raise ContractError(f"{place}: effect '{rest[-1]}' is not one of {', '.join(EFFECTS)}")
    return Line(kind, tuple(rest), bron, place)
