"""What a gemeente is about to decide, and the facts its decision is checked against.

Pure values: the wizard fills them, the rules (``vlok_oo.rules``) read them. Source of the words and of the fields:
handleiding VLOK, "Hoe maakt de gemeente de beslissing van de burgemeester en laat ze ondertekenen?".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Self


class Beslissingstype(StrEnum):
    """The decisions a burgemeester can take about one entiteit; UITSTEL and ANDERE decide nothing (yet)."""

    VOL = "VOL"
    OG = "OG"
    OGOB = "OG/OB"
    OVB = "OVB"
    UITSTEL = "UITSTEL"
    ANDERE = "ANDERE"

    @property
    def label(self) -> str:
        """The type in words."""
        return BESLISSINGSTYPE_LABELS[self]


class Beslissingsstatus(StrEnum):
    """The life of a beslissing burgemeester; OPGELOST belongs to overbewoning only."""

    IN_OPMAAK = "In opmaak"
    TER_ONDERTEKENING = "Ter ondertekening"
    TE_VERSTUREN = "Te versturen"
    VERSTUURD = "Verstuurd"
    GELDIG = "Geldig"
    MB_IN_DE_PLAATS_GEKOMEN = "MB in de plaats gekomen"
    OPGEHEVEN = "Opgeheven"
    OPGELOST = "Opgelost"
    ONGELDIG = "Ongeldig"


class Kwaliteit(StrEnum):
    """What an onderzoek or advies says about the state of the entiteit; GADV is "geen advies"."""

    VOL = "VOL"
    OG = "OG"
    OGOB = "OG/OB"
    GADV = "GADV"


class Basis(StrEnum):
    """What the gemeente bases its decision on."""

    ADVIES = "ADVIES"
    ONDERZOEK = "ONDERZOEK"

    @property
    def label(self) -> str:
        """The word with a capital."""
        return self.value.capitalize()


class Ondertekenflow(StrEnum):
    """How burgemeester and algemeen directeur sign the documents."""

    MANUEEL = "MANUEEL"
    DIGITAAL = "DIGITAAL"

    @property
    def label(self) -> str:
        """The word with a capital."""
        return self.value.capitalize()


class SloopOfHerbestemming(StrEnum):
    """What the decision imposes instead of repair."""

    SLOOP = "SLOOP"
    HERBESTEMMING = "HERBESTEMMING"

    @property
    def label(self) -> str:
        """The word with a capital."""
        return self.value.capitalize()


BESLISSINGSTYPE_LABELS: Mapping[Beslissingstype, str] = MappingProxyType(
    {
        Beslissingstype.VOL: "voldoet",
        Beslissingstype.OG: "ongeschikt",
        Beslissingstype.OGOB: "ongeschikt en onbewoonbaar",
        Beslissingstype.OVB: "overbewoond",
        Beslissingstype.UITSTEL: "uitstel",
        Beslissingstype.ANDERE: "beslissing andere",
    }
)
KWALITEIT_LABELS: Mapping[Kwaliteit, str] = MappingProxyType(
    {
        Kwaliteit.VOL: "voldoet",
        Kwaliteit.OG: "ongeschikt",
        Kwaliteit.OGOB: "ongeschikt en onbewoonbaar",
        Kwaliteit.GADV: "geen advies",
    }
)

OVERBEWOOND = "OVB"
MET_OVERBEWONING = frozenset({Beslissingstype.VOL, Beslissingstype.OG, Beslissingstype.OGOB})
"""The decisions that may carry the extra mark overbewoning (validation 16 of the wizard)."""
ONGESCHIKT = frozenset({Beslissingstype.OG, Beslissingstype.OGOB})
"""The decisions that find fault with the entiteit itself."""


@dataclass(frozen=True, slots=True)
class Uitslag:
    """The result of an onderzoek or advies for one entiteit: its quality, and whether too many people live there.

    Written as VLOK does: ``VOL``, ``OG``, ``OG/OB``, each possibly followed by ``/OVB``; ``OVB`` alone; ``GADV``.
    Raises ValueError for a result that says nothing, and for "geen advies" that nevertheless says overbewoond.
    """

    kwaliteit: Kwaliteit | None
    overbewoond: bool = False

    def __post_init__(self) -> None:
        if self.kwaliteit is None and not self.overbewoond:
            raise ValueError("Een uitslag moet een kwaliteit of overbewoning vermelden.")
        if self.kwaliteit is Kwaliteit.GADV and self.overbewoond:
            raise ValueError("Geen advies (GADV) kan niet samengaan met overbewoning (OVB).")

    def __str__(self) -> str:
        parts = ([self.kwaliteit.value] if self.kwaliteit else []) + ([OVERBEWOOND] if self.overbewoond else [])
        return "/".join(parts)

    @classmethod
    def lees(cls, tekst: str) -> Self:
        """Read the written form; capitals do not matter. Raises ValueError (in Dutch) for anything else."""
        written = tekst.strip().upper()
        kwaliteit, separator, mark = written.rpartition("/")
        try:
            if mark != OVERBEWOOND:
                return cls(Kwaliteit(written))
            return cls(Kwaliteit(kwaliteit) if separator else None, overbewoond=True)
        except ValueError as error:
            raise ValueError(f"'{tekst}' is geen geldige uitslag van een onderzoek of advies.") from error

    @property
    def is_geen_advies(self) -> bool:
        """The Vlaamse dienst let know that it gives no advice."""
        return self.kwaliteit is Kwaliteit.GADV


class BestaandeBeslissing(NamedTuple):
    """A decision that the procedure already holds for the entiteit."""

    soort: Beslissingstype
    datum: date
    status: Beslissingsstatus


@dataclass(frozen=True, kw_only=True)
class Voorstel:
    """The proposed decision about ONE entiteit: first what the gemeente filled in, then the facts of the procedure.

    ``snelherstel_dagen`` is in days. ``uitslag_advies`` and ``datum_advies`` are those of the advies that Wonen in
    Vlaanderen SENT, ``None`` without one. ``vrijgesteld`` (formerly "ontvoogd") says that the gemeente is exempt from
    asking advice. ``bestaande`` are the decisions on the same entiteit; an overbewoning is a decision of its own.
    """

    referte: str
    vandaag: date

    beslissing: Beslissingstype | None = None
    extra_overbewoning: bool = False
    datum: date | None = None
    uitstel_tot: date | None = None
    reden: str = ""
    basis: Basis | None = None
    datum_kennisgeving: date | None = None
    stopzetting_bewoning: bool = False
    datum_stopzetting: date | None = None
    snelherstel: bool = False
    snelherstel_dagen: int | None = None
    gebreken: str = ""
    werken_op_kosten_eigenaar: bool = False
    herhuisvesting: bool = False
    recuperatie_kosten: str = ""
    sloop_of_herbestemming: SloopOfHerbestemming | None = None

    datum_adviesvraag: date | None = None
    datum_onderzoek: date | None = None
    uitslag_onderzoek: Uitslag | None = None
    datum_advies: date | None = None
    uitslag_advies: Uitslag | None = None
    vrijgesteld: bool = False
    bestaande: tuple[BestaandeBeslissing, ...] = ()

    @property
    def soorten(self) -> tuple[Beslissingstype, ...]:
        """The decisions this becomes: an extra mark overbewoning makes a second one, of type OVB."""
        if self.beslissing is None:
            return ()
        if self.extra_overbewoning and self.beslissing in MET_OVERBEWONING:
            return (self.beslissing, Beslissingstype.OVB)
        return (self.beslissing,)

    @property
    def is_nog_te_nemen(self) -> bool:
        """Dated today or later: VLOK makes the documents. An earlier date means it was taken outside VLOK."""
        return self.datum is not None and self.datum >= self.vandaag

    @property
    def peildag(self) -> date:
        """The day whose law holds: that of the decision, or today while it has no date."""
        return self.datum or self.vandaag


@dataclass(frozen=True, kw_only=True)
class Voorstellen:
    """The whole run of the wizard: the chosen entiteiten and, for decisions still to be taken, how they are signed."""

    per_entiteit: tuple[Voorstel, ...]
    vandaag: date
    ondertekenflow: Ondertekenflow | None = None
