"""Facts about dwellings that one procedure tells and another listens to. Never changed, only superseded."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class OnderzoekOndertekend:
    """A woningcontroleur signed an examination, or the shield of a signed one was lifted: it may be used.

    ``uitslagen``: (entiteit id, result such as ``OG`` or ``OG/OB``).
    """

    onderzoek_id: UUID
    referte: str
    pand_id: UUID
    domein: str
    gebied: str
    datum: date
    uitslagen: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class OnderzoekAfgeschermd:
    """A signed examination is its own organisation's alone again: nobody may use it, or go on showing what it says.

    Who cannot do without it any more refuses (``Refusal``), and the examination stays shared.
    """

    onderzoek_id: UUID
    referte: str


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


@dataclass(frozen=True)
class VerhuringGemeld:
    """A gemeente reports that a dwelling is lived in or let again after a decision OO (way in of the Wooninspectie).

    Source: infosessie VLOK 11/03/2020. The gemeente sees its own report and nothing of what follows.
    """

    dossier_id: UUID
    referte: str
    onderwerp_id: UUID
    gebied: str
    soort: str
    datum: date
    omschrijving: str
    melder: str


@dataclass(frozen=True)
class SchrappingGevraagd:
    """The agency established that an entiteit meets the norms: it may leave the inventory."""

    entiteit_id: UUID
    reden_code: str
    datum: date


@dataclass(frozen=True)
class HerstelvorderingIngeschreven:
    """The public register of herstelvorderingen (VCW art. 3.50): from ``datum`` there is an entry, or no more."""

    onderwerp_id: UUID
    adres: str
    ja: bool
    datum: date


@dataclass(frozen=True)
class AttestVervallen:
    """A conformiteitsattest of an entiteit lapsed by operation of law; ``reden_code`` is generic."""

    entiteit_id: UUID
    reden_code: str
    datum: date


@dataclass(frozen=True)
class MeldingMetHerstelvordering:
    """A procedure ends because there is a herstelvordering (handleiding VLOK, afsluitinfo of the same name)."""

    dossier_id: UUID
