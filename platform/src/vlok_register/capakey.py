"""The capakey: the key of a cadastral parcel, e.g. ``11001B0129/00F003``.

Form: afdeling (5), sectie (1), grondnummer (4), ``/``, bisnummer (2), exponent (a letter, ``_`` for none), macht (3).
All capakeys in the VIVOO report of the infosessie VLOK 11/03/2020 have it. The afdeling is a cadastral one, not the NIS
code of the gemeente. The Adressenregister writes ``-`` for ``/`` in the address of a perceel.
"""

import re
from dataclasses import dataclass
from typing import Self

from vlok_register.waarde import OngeldigeWaarde

PERCEEL_URI = "https://data.vlaanderen.be/id/perceel/"

LANGSTE_ECHO = 40
"""How much of a wrong text is shown back."""

_PERCEEL = re.compile(r"^https?://data\.vlaanderen\.be/id/perceel/", re.IGNORECASE)
_AFGEKORT = re.compile(
    r"(?P<afdeling>[0-9]{5})(?P<sectie>[A-Z])"
    r"(?:(?P<grond>[0-9]{1,4})(?:[/-](?P<bis>[0-9]{0,2}))?|(?P<grond_vol>[0-9]{4})(?P<bis_vol>[0-9]{2}))"
    r"(?P<exponent>[A-Z_])(?P<macht>[0-9]{0,3})"
)
_VOLLEDIG = re.compile(r"[0-9]{5}[A-Z][0-9]{4}/[0-9]{2}[A-Z_][0-9]{3}")
_TEKST = "'{}' is geen geldige capakey. Een capakey ziet eruit als 11001B0129/00F003."


@dataclass(frozen=True, slots=True, order=True)
class Capakey:
    """A parcel key by its parts; keys sort by place. ``exponent`` is ``_`` when the parcel has none."""

    afdeling: str
    sectie: str
    grondnummer: int
    bisnummer: int
    exponent: str
    macht: int

    def __post_init__(self) -> None:
        if not _VOLLEDIG.fullmatch(str(self)):
            raise OngeldigeWaarde("capakey.vorm", _TEKST.format(self))

    def __str__(self) -> str:
        return f"{self.afdeling}{self.sectie}{self.grondnummer:04d}/{self.bisnummer:02d}{self.exponent}{self.macht:03d}"

    @property
    def perceel_uri(self) -> str:
        """The address of the perceel in the Adressenregister."""
        return PERCEEL_URI + str(self).replace("/", "-")

    @classmethod
    def lees(cls, tekst: str) -> Self:
        """Read a capakey as people and registers write it.

        Accepted: small letters, spaces, ``-`` for ``/``, the address of a perceel, no ``/`` at all, and left-out zeros
        (``11001B129F3``) as long as the afdeling and the exponent are there. Refused (OngeldigeWaarde,
        ``capakey.vorm``): all else, so also five digits without ``/``, which could be split in two ways.
        """
        written = "".join(_PERCEEL.sub("", tekst.strip()).split()).upper()
        found = _AFGEKORT.fullmatch(written)
        if not found:
            raise OngeldigeWaarde("capakey.vorm", _TEKST.format(tekst.strip()[:LANGSTE_ECHO]))
        return cls(
            afdeling=found["afdeling"],
            sectie=found["sectie"],
            grondnummer=int(found["grond"] or found["grond_vol"]),
            bisnummer=int(found["bis"] or found["bis_vol"] or 0),
            exponent=found["exponent"],
            macht=int(found["macht"] or 0),
        )
