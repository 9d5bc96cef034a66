"""The terms of procedure OO as dated data: what held on this day? (``data/termijnen.toml``)"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Literal

from pydantic import ConfigDict, Field

from vlok.api.catalogue import Dated, load
from vlok.api.errors import ContractError


class Termijnsoort(StrEnum):
    """The terms the procedure knows; each is a key of the data file."""

    SNELHERSTEL = "snelherstel"
    EIGEN_ONDERZOEK = "eigen_onderzoek"
    BESLISSING = "beslissing"
    HOORPLICHT = "hoorplicht"
    KOPPELBAAR_ONDERZOEK = "koppelbaar_onderzoek"
    BEROEP = "beroep"
    BEROEP_STILZITTEN = "beroep_stilzitten"
    BESLISSING_MINISTER = "beslissing_minister"
    EERSTE_ONDERZOEK_WAARSCHUWING = "eerste_onderzoek_waarschuwing"
    AFSLUITEN_WAARSCHUWING = "afsluiten_waarschuwing"


class Termijn(Dated):
    """A term as it stood from ``geldig_van`` to ``geldig_tot`` (both included), and where that is written."""

    model_config = ConfigDict(strict=True)

    omschrijving: str = Field(min_length=1)
    aantal: int = Field(gt=0)
    eenheid: Literal["dagen", "maanden"]

    def einde(self, start: date) -> date:
        """The last day of the term that runs from ``start``, which is not counted.

        Months end on the same day number, or on the last day of a shorter month. Never later than ``date.max``.
        """
        if self.eenheid == "dagen":
            return start + timedelta(days=min(self.aantal, (date.max - start).days))
        year, month = divmod(start.year * 12 + start.month - 1 + self.aantal, 12)
        if year > MAXYEAR:
            return date.max
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


Blokken = Mapping[Termijnsoort, tuple[Termijn, ...]]


def laad_termijnen(bestand: Traversable) -> Blokken:
    """Read a data file. Raises ContractError with file, key and reason when it is not complete and consistent.

    Every term must be there; its blocks stand in order of date, follow each other without gap or overlap, and only
    the last is open.
    """
    blokken = load(bestand, dict[Termijnsoort, tuple[Termijn, ...]])
    for soort in Termijnsoort:
        if reason := _gebrek(blokken.get(soort, ())):
            raise ContractError(f"{bestand.name}: {soort}: {reason}")
    return blokken


def _gebrek(blokken: tuple[Termijn, ...]) -> str | None:
    if not blokken:
        return "this term is missing"
    if blokken[-1].geldig_tot != date.max:
        return "the last block must stay open (no geldig_tot)"
    for earlier, later in pairwise(blokken):
        if earlier.geldig_tot == date.max or earlier.geldig_tot + timedelta(days=1) != later.geldig_van:
            return f"the block of {later.geldig_van} does not follow the one that ends on {earlier.geldig_tot}"
    return None


@cache
def _termijnen() -> Blokken:
    return laad_termijnen(files("vlok_oo") / "data" / "termijnen.toml")


def termijn(soort: Termijnsoort, dag: date) -> Termijn:
    """The term that held on ``dag``.

    Before the first known block the oldest one is taken: the sources give the terms, not the day each began, and
    decisions from before VLOK are still entered.
    """
    blokken = _termijnen()[soort]
    return next((block for block in reversed(blokken) if block.geldig_van <= dag), blokken[0])
