"""What the documents of procedure OO may speak about: plain, frozen values, made from the case before printing.

Codes are those of VLOK: a decision is ``VOL``, ``OG``, ``OG/OB`` or ``OVB``; an ``uitslag`` may also be ``GADV`` or
carry ``/OVB``. An address is written as it stands on an envelope.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Woning:
    """The entiteit a document is about. ``ligging`` says where in the pand it lies; empty when it is the whole pand."""

    entiteit: str
    soort: str
    adres: str
    gemeente: str
    capakeys: tuple[str, ...]
    ligging: str = ""


@dataclass(frozen=True, kw_only=True)
class Partij:
    """A betrokkene as a document names it: ``hoedanigheid`` is "eigenaar", "bewoner", "verzoeker"…"""

    hoedanigheid: str
    naam: str
    adres: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Onderzoek:
    """A signed conformiteitsonderzoek; ``uitvoerder`` is who did it, as in "de woningcontroleur van Kapelrode"."""

    referte: str
    datum: date
    uitvoerder: str
    uitslag: str


@dataclass(frozen=True, kw_only=True)
class Advies:
    """An advies the gewestelijk ambtenaar sent."""

    referte: str
    datum: date
    uitslag: str


@dataclass(frozen=True, kw_only=True)
class Verzoek:
    """The request the procedure started with; ``verzoeker`` is a name or "de bewoner"."""

    datum: date
    verzoeker: str


@dataclass(frozen=True, kw_only=True)
class Reactie:
    """One reaction in the hoorplicht; ``wijze`` is "mondeling" or "schriftelijk"."""

    naam: str
    datum: date
    wijze: str
    inhoud: str


@dataclass(frozen=True, kw_only=True)
class Snelherstel:
    """Defects to repair within ``termijn_dagen`` days, else at the owner's cost when ``op_kosten_eigenaar``."""

    termijn_dagen: int
    gebreken: tuple[str, ...]
    op_kosten_eigenaar: bool = False


@dataclass(frozen=True, kw_only=True)
class Bezetting:
    """How many persons live there and how many may, for an overbewoondverklaring."""

    bewoners: int
    maximum: int


@dataclass(frozen=True, kw_only=True)
class Beroepsmogelijkheid:
    """Where and within how many days after notification an appeal can be lodged."""

    termijn_dagen: int
    instantie: str
    adres: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BesluitInhoud:
    """DT034: the decision of the burgemeester about one entiteit, with the options chosen in the wizard.

    Source of the options: handleiding VLOK, "Hoe maakt de gemeente de beslissing van de burgemeester en laat ze
    ondertekenen?". ``advies`` is None when none was sent; ``vrijgesteld`` says that none was needed.
    """

    gemeente: str
    beslissing: str
    woning: Woning
    betrokkenen: tuple[Partij, ...]
    rechtsgronden: tuple[str, ...]
    beroep: Beroepsmogelijkheid
    verzoek: Verzoek | None = None
    onderzoek: Onderzoek | None = None
    advies: Advies | None = None
    vrijgesteld: bool = False
    kennisgeving_datum: date | None = None
    reacties: tuple[Reactie, ...] = ()
    motivering: str = ""
    bezetting: Bezetting | None = None
    overbewoning_apart: bool = False
    stopzetting_datum: date | None = None
    snelherstel: Snelherstel | None = None
    herhuisvesting: bool = False
    recuperatie: str = ""
    sloop_of_herbestemming: str | None = None


@dataclass(frozen=True, kw_only=True)
class UitstelInhoud:
    """DT044: the burgemeester postpones the decision until ``uitstel_tot``."""

    gemeente: str
    geadresseerde: Partij
    woning: Woning
    uitstel_tot: date
    reden: str = ""
    onderzoek: Onderzoek | None = None
    kopie_aan: tuple[Partij, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AndereInhoud:
    """DT043: the burgemeester takes no decision, for ``reden``."""

    gemeente: str
    geadresseerde: Partij
    woning: Woning
    reden: str
    kopie_aan: tuple[Partij, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Gebrek:
    """A defect from the technisch verslag; ``categorie`` is I, II or III."""

    code: str
    omschrijving: str
    categorie: str


@dataclass(frozen=True, kw_only=True)
class AdviesInhoud:
    """DT023: the advies of the gewestelijk ambtenaar about one entiteit; ``plaats`` is where it is signed."""

    gemeente: str
    plaats: str
    woning: Woning
    adviesvraag_datum: date
    uitslag: str
    rechtsgronden: tuple[str, ...]
    onderzoek: Onderzoek | None = None
    gebreken: tuple[Gebrek, ...] = ()
    motivering: str = ""


@dataclass(frozen=True, kw_only=True)
class Adviesregel:
    """One advies in the covering letter."""

    entiteit: str
    adres: str
    uitslag: str


@dataclass(frozen=True, kw_only=True)
class BegeleidendeBriefInhoud:
    """DT024: the letter with which adviezen go to the burgemeester; ``beslissen_voor`` ends the ordetermijn."""

    plaats: str
    geadresseerde: Partij
    adviesvraag_datum: date
    adviezen: tuple[Adviesregel, ...]
    beslissen_voor: date
    bijlagen: tuple[str, ...] = ()
