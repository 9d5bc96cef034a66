"""The statuses of a WI-dossier and the steps between them, as dated data (``data/procedure.toml``).

The table answers one question: may this action be done in this status, and where does it lead? No action knows another.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import Field

from vlok.api.catalogue import Dated, blocks

SOORT = "wi"
"""``Dossier.soort`` of this procedure."""
REFERTE = "WI"
"""Its series of references."""


class Dossierstatus(StrEnum):
    """The life of a WI-dossier, in the order it is usually walked."""

    VOORTRAJECT = "Voortraject"
    ONDERZOEK = "Onderzoek"
    VASTGESTELD = "Vastgesteld"
    ZONDER_GEVOLG = "Zonder gevolg"
    PV_OPGESTELD = "PV opgesteld"
    HERSTELVORDERING = "Herstelvordering"
    JURIDISCH_GEVOLG = "Juridisch gevolg"
    UITSPRAAK = "Uitspraak"
    HERSTELD = "Hersteld"
    AFGESLOTEN = "Afgesloten"


EINDE = frozenset({Dossierstatus.ZONDER_GEVOLG, Dossierstatus.AFGESLOTEN})
"""Nothing more happens: the tasks are closed."""

STAPPEN = tuple(status for status in Dossierstatus if status is not Dossierstatus.ZONDER_GEVOLG)
"""The straight line, for a progress bar."""


class Overgang(Dated):
    """One row: ``handeling`` is possible in the statuses ``van`` and leads to ``naar``; without it the status stays.

    ``van`` is empty for the action that makes the dossier. ``afgeleid`` marks what no published source says in so many
    words.
    """

    code: str = Field(pattern=r"^[a-z][a-z-]*$")
    handeling: str
    van: frozenset[Dossierstatus]
    naar: Dossierstatus | None = None
    afgeleid: bool


def laad(bestand: Traversable) -> tuple[Overgang, ...]:
    """The rows of a data file; ContractError with file, row and reason when one is malformed."""
    return blocks(bestand, "overgang", Overgang)


@cache
def overgangen() -> tuple[Overgang, ...]:
    """The procedure as it is delivered."""
    return laad(files("vlok_wi") / "data" / "procedure.toml")


def overgang(handeling: str, status: str, dag: date) -> Overgang | None:
    """The row for an action in a status on a day; ``None`` when it cannot be done there."""
    return next(
        (o for o in overgangen() if o.handeling == handeling and status in o.van and o.geldt_op(dag)),
        None,
    )


def statussen_van(handeling: str) -> frozenset[Dossierstatus]:
    """Every status in which an action is possible, whatever the day."""
    return frozenset(status for o in overgangen() if o.handeling == handeling for status in o.van)


def tabel() -> Mapping[str, frozenset[Dossierstatus]]:
    """The statuses of each action of the procedure."""
    return {handeling: statussen_van(handeling) for handeling in {o.handeling for o in overgangen()}}
