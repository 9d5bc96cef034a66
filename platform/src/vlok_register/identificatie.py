"""The numbers of persons (INSZ: rijksregister- or bisnummer) and organisations (KBO).

An INSZ never shows itself: printed, logged or put in a message it reads ``***``. Whoever may see it asks for
``nummer`` or ``opgemaakt`` by name. The check digits are python-stdnum's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from stdnum.be import bis, ssn, vat
from stdnum.exceptions import InvalidChecksum, ValidationError

from vlok_register.waarde import OngeldigeWaarde

MASKER = "***"
LANGSTE_INVOER = 40
"""More than any way of writing these numbers needs; longer text is refused unread."""


@dataclass(frozen=True, slots=True)
class _Soort:
    """How one kind of number is called, cleaned and checked."""

    code: str
    naam: str
    cijfers: int
    compact: Callable[[str], str]
    validate: Callable[[str], str]

    def lees(self, tekst: str) -> str:
        """The bare number in ``tekst``; whether it is a true one is for ``controleer``."""
        return self.compact(tekst) if len(tekst) <= LANGSTE_INVOER else ""

    def controleer(self, nummer: str) -> None:
        if len(nummer) != self.cijfers or not (nummer.isascii() and nummer.isdigit()):
            raise OngeldigeWaarde(f"{self.code}.vorm", f"Een {self.naam} bestaat uit {self.cijfers} cijfers.")
        try:
            self.validate(nummer)
        except InvalidChecksum as error:
            reason = "het controlegetal past niet bij de andere cijfers"
            raise OngeldigeWaarde(f"{self.code}.controlegetal", f"Dit {self.naam} klopt niet: {reason}.") from error
        except ValidationError as error:
            raise OngeldigeWaarde(f"{self.code}.ongeldig", f"Dit is geen geldig {self.naam}.") from error


_INSZ = _Soort("insz", "rijksregister- of bisnummer", 11, ssn.compact, ssn.validate)
_KBO = _Soort("kbo", "ondernemingsnummer", 10, vat.compact, vat.validate)


@dataclass(frozen=True, slots=True, repr=False)
class Insz:
    """An identification number of the social security: a rijksregisternummer or a bisnummer, 11 digits.

    Raises OngeldigeWaarde (``insz.vorm``, ``insz.controlegetal``, ``insz.ongeldig``); the text never holds the number.
    """

    nummer: str

    def __post_init__(self) -> None:
        _INSZ.controleer(self.nummer)

    def __str__(self) -> str:
        return MASKER

    def __repr__(self) -> str:
        return f"Insz({MASKER})"

    @classmethod
    def lees(cls, tekst: str) -> Self:
        """Read the number with or without dots, dashes and spaces: ``85.07.30-033.28``."""
        return cls(_INSZ.lees(tekst))

    @property
    def opgemaakt(self) -> str:
        """``85.07.30-033.28``, for whoever may see it."""
        return ssn.format(self.nummer)

    @property
    def is_bisnummer(self) -> bool:
        """Given to a person who is not in the Rijksregister: the month is raised by 20 or 40."""
        return bis.is_valid(self.nummer)


@dataclass(frozen=True, slots=True)
class Kbo:
    """An ondernemingsnummer of the Kruispuntbank van Ondernemingen, 10 digits.

    Raises OngeldigeWaarde (``kbo.vorm``, ``kbo.controlegetal``, ``kbo.ongeldig``).
    """

    nummer: str

    def __post_init__(self) -> None:
        _KBO.controleer(self.nummer)

    def __str__(self) -> str:
        return f"{self.nummer[:4]}.{self.nummer[4:7]}.{self.nummer[7:]}"

    @classmethod
    def lees(cls, tekst: str) -> Self:
        """Read ``0316.380.841``, ``BE 0316 380 841`` or the old nine digits without the leading zero."""
        return cls(_KBO.lees(tekst))
