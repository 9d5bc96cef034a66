"""Facts about dwellings that one procedure tells and another listens to. Never changed, only superseded."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class OnderzoekOndertekend:
    """A woningcontroleur signed an examination. ``uitslagen``: (entiteit id, result such as ``OG`` or ``OG/OB``)."""

    onderzoek_id: UUID
    referte: str
    pand_id: UUID
    domein: str
    gebied: str
    datum: date
    uitslagen: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class OngeschiktVerklaard:
    """A decision declaring a dwelling ongeschikt (and onbewoonbaar) became valid on ``datum``, the decision's date.

    ``grond`` is the legal ground, ``OO`` (VCW art. 3.12) or ``NGW`` (art. 135 §2 Nieuwe Gemeentewet); ``besluit`` the
    reference of the decision.
    """

    entiteit_id: UUID
    datum: date
    grond: str
    onbewoonbaar: bool
    besluit: str
