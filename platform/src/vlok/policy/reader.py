"""Reads the policy files strictly: a malformed row stops the start with file, line and reason.

What a user who operates the product reads when the start is refused is one Dutch line; nothing is repaired or skipped.
"""

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

    @property
    def owner(self) -> str:
        """The key of the plugin in whose file the line stands."""
        return self.place.partition(".csv:")[0]


@dataclass(frozen=True)
class Grant:
    """A ``p`` line with its cells by name."""

    rol: str
    object: str
    actie: str
    scope: str
    effect: str
    line: Line

    @classmethod
    def of(cls, line: Line) -> "Grant":
        """The line as a grant; ValueError for a line of another kind."""
        rol, object_, actie, scope, effect = line.cells
        return cls(rol, object_, actie, scope, effect, line)


def grant_files(folder: Path) -> list[Path]:
    """The grants files in order; ContractError when there are none."""
    if not (folder / "model.conf").is_file():
        raise ContractError(f"beleid: model.conf ontbreekt in {folder}")
    files = sorted((folder / "grants").glob("*.csv"))
    if not files:
        raise ContractError(f"beleid: geen enkel bestand in {folder / 'grants'}")
    return files


def read(folder: Path) -> list[Line]:
    """All lines of ``folder/grants/*.csv``; ContractError when the folder, a file or a row is missing or malformed."""
    lines = [line for file in grant_files(folder) for line in read_file(file)]
    seen: dict[tuple[str, ...], str] = {}
    for line in lines:
        first = seen.setdefault((line.kind, *line.cells), line.place)
        if first is not line.place:
            raise ContractError(f"beleid {line.place}: deze regel staat ook op {first}")
    return lines


def read_file(file: Path) -> list[Line]:
    """The lines of one file; ContractError when it holds none or cannot be read as text."""
    try:
        lines = list(_lines(file))
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise ContractError(f"beleid {file.name}: kan niet gelezen worden ({type(wrong).__name__})") from wrong
    if not lines:
        raise ContractError(f"beleid {file.name}: het bestand bevat geen enkele regel")
    return lines


def _lines(file: Path) -> Iterator[Line]:
    with file.open(encoding="utf-8", newline="") as text:
        for number, row in enumerate(csv.reader(text, skipinitialspace=True, strict=True), 1):
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            yield _line(cells, f"{file.name}:{number}")


def _line(cells: list[str], place: str) -> Line:
    if WIDTH.get(cells[0]) != len(cells):
        raise ContractError(f"beleid {place}: {len(cells)} cellen maken geen regel van soort '{cells[0]}'")
    kind, *rest, bron = cells
    if not all(rest) or not bron:
        raise ContractError(f"beleid {place}: lege cel (elke regel noemt haar bron)")
    if kind == "p" and rest[-1] not in EFFECTS:
        raise ContractError(f"beleid {place}: effect '{rest[-1]}' is niet allow of deny")
    return Line(kind, tuple(rest), bron, place)
