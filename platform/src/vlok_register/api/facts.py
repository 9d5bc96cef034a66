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
class OngeschikteWoning:
    """One dwelling declared unfit: the decision's own date and reference."""

    entiteit_id: UUID
    datum: date
    onbewoonbaar: bool
    besluit: str


@dataclass(frozen=True)
class OngeschiktVerklaard:
    """Decisions of one dossier that declare dwellings ongeschikt (and onbewoonbaar) became valid together.

    ``grond`` is the legal ground: ``OO`` (VCW art. 3.12) or ``NGW`` (art. 135 §2 Nieuwe Gemeentewet). Told once for all
    dwellings, so that who listens needs no statement per dwelling.
    """

    dossier_id: UUID
    grond: str
    woningen: tuple[OngeschikteWoning, ...]
