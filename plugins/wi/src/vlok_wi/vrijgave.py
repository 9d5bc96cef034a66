"""The releases: everything that leaves the compartment, one named function each (``data/vrijgaven.toml``).

No other module of this plugin may name these facts. A release says that something is so and since when; never why, by
whom, or in which dossier.
"""

from datetime import date
from uuid import UUID

from vlok.api.work import Work
from vlok_register.api.facts import (
    AttestVervallen,
    HerstelvorderingIngeschreven,
    MeldingMetHerstelvordering,
    SchrappingGevraagd,
)
from vlok_wi.tables import Opdrachtstatus, WiOpdracht

__all__ = [
    "attest_vervallen",
    "herstelvordering_ingeschreven",
    "melding_met_herstelvordering",
    "onderzoek_gevalideerd",
    "opdracht_gegeven",
    "schrap_van_vivoo",
]

CONFORM_ONDERZOEK = "conform-onderzoek"
"""The reason that the inventory is given (R1)."""
VAN_RECHTSWEGE = "van-rechtswege"
"""The reason given for a conformiteitsattest that lapsed (R5): as generic as it can be."""


def schrap_van_vivoo(work: Work, *, entiteit_id: UUID, datum: date) -> None:
    """R1: an entiteit meets the norms and may leave the inventory."""
    work.release(SchrappingGevraagd(entiteit_id, CONFORM_ONDERZOEK, datum))


def opdracht_gegeven(work: Work, opdracht: WiOpdracht) -> None:
    """R2: one person gets to see a pand, a date and a checklist."""
    opdracht.status, opdracht.gegeven_op = Opdrachtstatus.GEGEVEN, work.now
    work.session.add(opdracht)


def onderzoek_gevalideerd(work: Work, opdracht: WiOpdracht) -> None:
    """R3: that person gets to see that his examination was validated."""
    opdracht.status, opdracht.gevalideerd_op = Opdrachtstatus.GEVALIDEERD, work.now


def herstelvordering_ingeschreven(work: Work, *, onderwerp_id: UUID, adres: str, ja: bool, datum: date) -> None:
    """R4: the public register has a herstelvordering at this address, or no longer has one."""
    work.release(HerstelvorderingIngeschreven(onderwerp_id, adres, ja, datum))


def attest_vervallen(work: Work, *, entiteit_id: UUID, datum: date) -> None:
    """R5: a conformiteitsattest of the entiteit lapsed."""
    work.release(AttestVervallen(entiteit_id, VAN_RECHTSWEGE, datum))


def melding_met_herstelvordering(work: Work, *, dossier_id: UUID) -> None:
    """R6: the procedure OO on which the gemeente reported ends with that information."""
    work.release(MeldingMetHerstelvordering(dossier_id))
