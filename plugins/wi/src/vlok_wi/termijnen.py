"""The terms of the judicial procedure as dated data (``data/termijnen.toml``)."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from pydantic import Field

from vlok.api.catalogue import Dated, blocks


class Termijnsoort(StrEnum):
    """The terms the procedure knows; each is a code of the data file."""

    HERSTEL = "herstel"


class Termijn(Dated):
    """A term in months."""

    code: Termijnsoort
    aantal: int = Field(gt=0)

    def einde(self, start: date) -> date:
        """The last day: the same day of the month, or the last one of a shorter month."""
        year, month = divmod(start.year * 12 + start.month - 1 + self.aantal, 12)
        return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


@cache
def _termijnen() -> Sequence[Termijn]:
    return blocks(files("vlok_wi") / "data" / "termijnen.toml", "termijn", Termijn)


def termijn(soort: Termijnsoort, dag: date) -> Termijn:
    """The term that held on ``dag``; before the first block the oldest, as older judgments are still entered."""
    of_kind = sorted((t for t in _termijnen() if t.code is soort), key=lambda t: t.geldig_van)
    return next((t for t in reversed(of_kind) if t.geldig_van <= dag), of_kind[0])
