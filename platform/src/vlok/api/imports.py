"""Bringing in rows from elsewhere: row by row reported, repeatable, whole batches or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


class Uitkomst(StrEnum):
    """What became of a row."""

    AANVAARD = "aanvaard"
    AANVAARD_MET_OPMERKING = "aanvaard met opmerking"
    BIJGEWERKT = "bijgewerkt"
    ONGEWIJZIGD = "ongewijzigd"
    GEWEIGERD = "geweigerd"


@dataclass(frozen=True)
class ReportRow:
    """One line of the report; ``rij`` counts the lines of the file, its header included."""

    rij: int
    uitkomst: Uitkomst
    referte: str
    opmerking: str = ""


Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Importer:
    """A kind of file a plugin brings in.

    ``read`` gives the rows of a file as plain mappings with their line number under ``rij`` (Refusal ``ONGELDIG`` when
    it is another kind of file). Batches of ``batch`` rows go to the action ``handeling`` (its step and list field are
    both called ``rijen``), which reports on each row with an INFO melding: code the name of the Uitkomst, ``veld`` the
    row, ``entiteit`` the reference, ``tekst`` the remark. ``rol`` and ``organisatie`` are who acts on the command line.
    """

    key: str
    titel: str
    handeling: str
    read: Callable[[Path], Rows]
    organisatie: str
    rol: str
    batch: int = 500
    voorbeeld: Path | None = None
    """A file with sample rows that the plugin ships; the demo brings it in."""
