"""What the documents of the judicial procedure may speak about: plain, frozen values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Goed:
    """A pand as a document names it."""

    referte: str
    adres: str
    gemeente: str
    capakeys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Vaststelling:
    """What was found about one entiteit, on which day, and by whom it was validated."""

    entiteit: str
    adres: str
    soort: str
    datum: date
    uitslag: str
    bevindingen: str


@dataclass(frozen=True, kw_only=True)
class Partij:
    """Somebody in the dossier; ``nummer`` is a rijksregister- or ondernemingsnummer in full: the document is for the
    parket."""

    hoedanigheid: str
    naam: str
    adres: tuple[str, ...]
    nummer: str


@dataclass(frozen=True, kw_only=True)
class PvInhoud:
    """DT961, DT962: a proces-verbaal of facts (VCW art. 3.34-3.35)."""

    nummer: str
    soort: str
    dossier: str
    verbalisant: str
    goed: Goed
    partijen: tuple[Partij, ...]
    vaststellingen: tuple[Vaststelling, ...]
    relaas: str
    rechtsgronden: tuple[str, ...]
    navolgend_op: str = ""


@dataclass(frozen=True, kw_only=True)
class UitvoeringInhoud:
    """DT963: the execution of the herstelvordering is established; counts as conformiteitsattest."""

    nummer: str
    dossier: str
    verbalisant: str
    goed: Goed
    vaststellingen: tuple[Vaststelling, ...]
    relaas: str
    rechtsgronden: tuple[str, ...]
    vorderingen: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VorderingInhoud:
    """DT964: what the wooninspecteur asks of the court (VCW art. 3.43)."""

    nummer: str
    dossier: str
    wooninspecteur: str
    goed: Goed
    partijen: tuple[Partij, ...]
    vaststellingen: tuple[Vaststelling, ...]
    maatregel: str
    termijn_maanden: int
    dwangsom: int | None
    motivering: str
    rechtsgronden: tuple[str, ...]
