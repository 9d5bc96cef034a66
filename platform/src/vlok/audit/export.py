"""The audit trail as a file that a spreadsheet opens, and that a spreadsheet cannot be made to execute."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from vlok.api.clock import BRUSSEL
from vlok.audit.tables import Auditregel

HEADER = (
    "volgnummer",
    "tijdstip",
    "soort",
    "omschrijving",
    "gebruiker",
    "organisatie",
    "namens",
    "rollen",
    "doel",
    "onderwerp_soort",
    "onderwerp_sleutel",
    "getoond",
    "verzoek",
    "hash",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is a formula to a spreadsheet; an apostrophe in front makes it text."""


def csv_text(rows: Iterable[Sequence[Any]]) -> str:
    """Rows as Belgian spreadsheets read them: separated by semicolons."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe(cell: Any) -> str:
    """A cell that is only ever text."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def cells(regel: Auditregel) -> tuple[Any, ...]:
    """One line of the trail, by ``HEADER``."""
    return (
        regel.volgnummer,
        regel.tijdstip.astimezone(BRUSSEL).isoformat(timespec="seconds"),
        regel.soort,
        regel.gegevens.get("titel") or regel.wat,
        regel.gebruiker,
        regel.organisatie,
        regel.namens,
        " ".join(regel.rollen),
        regel.doel,
        regel.subject_type,
        regel.subject_id,
        " ".join(str(key) for key in regel.getoond),
        regel.verzoek_id,
        regel.hash.hex(),
    )
