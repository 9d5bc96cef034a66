"""The statuses of procedure OO: of the dossier, of a deelprocedure, of an advies.

Source: handleiding VLOK (the names from "Beslissing in opmaak" on) and, for the phases of advice and hearing, names of
our own in the same style, because the sources give none.
"""

from collections.abc import Iterable
from enum import StrEnum

from vlok_oo.voorstel import Beslissingsstatus

SOORT = "oo"
"""``Dossier.soort`` of this procedure."""
REFERTE = "OO"
"""Its series of references."""


class Dossierstatus(StrEnum):
    """The life of the hoofdprocedure."""

    GESTART = "Gestart"
    AFGEWEZEN = "Afgewezen"
    STOPGEZET = "Stopgezet"
    AFGESLOTEN = "Afgesloten"


class Procedureinfo(StrEnum):
    """What kind of procedure it is, or why it ended (``Dossier.info``)."""

    OO = "Procedure OO"
    WAARSCHUWING = "Waarschuwingsprocedure"
    OO_WAARSCHUWING_MOGELIJK = "Procedure OO, waarschuwingsprocedure mogelijk"
    MELDING_MET_HERSTELVORDERING = "Melding met herstelvordering"


class DpStatus(StrEnum):
    """The flow as it stands for one entiteit (status of the deelprocedure)."""

    GESTART = "Gestart"
    ADVIES_GEVRAAGD = "Advies gevraagd"
    ADVIES_TER_ONDERTEKENING = "Advies ter ondertekening"
    ADVIES_TE_VERSTUREN = "Advies te versturen"
    ADVIES_VERSTUURD = "Advies verstuurd"
    HOORPLICHT_GESTART = "Hoorplicht gestart"
    BESLISSING_IN_OPMAAK = "Beslissing in opmaak"
    BESLISSING_TER_ONDERTEKENING = "Beslissing ter ondertekening"
    BESLISSING_TE_VERSTUREN = "Beslissing te versturen"
    BESLISSING_VERSTUURD = "Beslissing verstuurd"
    BESLISSING_GELDIG = "Beslissing geldig"
    HERSTELD = "Hersteld"
    CA_TE_MAKEN = "CA te maken"
    CA_TER_ONDERTEKENING = "CA ter ondertekening"
    CA_MANUEEL_TE_ONDERTEKENEN = "CA manueel te ondertekenen"
    CA_TOE_TE_KENNEN = "CA toe te kennen"
    CA_VERSTUURD = "CA verstuurd"


class Adviesstatus(StrEnum):
    """The life of an advies of the gewestelijk ambtenaar."""

    TER_ONDERTEKENING = "Ter ondertekening"
    TE_VERSTUREN = "Te versturen"
    VERSTUURD = "Verstuurd"


ADVIESFASE = frozenset(
    {
        DpStatus.GESTART,
        DpStatus.ADVIES_GEVRAAGD,
        DpStatus.ADVIES_TER_ONDERTEKENING,
        DpStatus.ADVIES_TE_VERSTUREN,
    }
)
"""An advies moves a deelprocedure on only from here: a gemeente that went ahead is not called back."""
VOOR_BESLISSING = ADVIESFASE | {DpStatus.ADVIES_VERSTUURD, DpStatus.HOORPLICHT_GESTART}
"""No decision was made yet."""
GEEN_BESLISSING_MEER = frozenset(
    {
        DpStatus.HERSTELD,
        DpStatus.CA_VERSTUURD,
        DpStatus.CA_TE_MAKEN,
        DpStatus.CA_TOE_TE_KENNEN,
        DpStatus.CA_MANUEEL_TE_ONDERTEKENEN,
    }
)
"""An entiteit there is offered no decision (handleiding VLOK, "Hoe maakt de gemeente de beslissing…", stap 1)."""

_STATUS_VAN = {
    Beslissingsstatus.IN_OPMAAK: DpStatus.BESLISSING_IN_OPMAAK,
    Beslissingsstatus.TER_ONDERTEKENING: DpStatus.BESLISSING_TER_ONDERTEKENING,
    Beslissingsstatus.TE_VERSTUREN: DpStatus.BESLISSING_TE_VERSTUREN,
    Beslissingsstatus.VERSTUURD: DpStatus.BESLISSING_VERSTUURD,
    Beslissingsstatus.GELDIG: DpStatus.BESLISSING_GELDIG,
}
BESLISSINGSFASE = frozenset(_STATUS_VAN.values())
"""A decision was made and nothing came after it."""
TE_BESLISSEN = VOOR_BESLISSING | (BESLISSINGSFASE - {DpStatus.BESLISSING_VERSTUURD, DpStatus.BESLISSING_GELDIG})
"""The burgemeester's term still runs: no decision was sent."""


def status_na(beslissingen: Iterable[str]) -> DpStatus | None:
    """The status of a deelprocedure with decisions of these statuses: that of the one least far on.

    ``None`` when none of them tells (no decision, or only decisions that were lifted or replaced).
    """
    standing = set(beslissingen)
    return next((dp for bs, dp in _STATUS_VAN.items() if bs in standing), None)
