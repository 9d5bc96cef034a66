"""Addresses as Flemish people write them: ``Alfons Van de Maelestraat 47/49 bus 12``.

The forms are those of the VIVOO report of the infosessie VLOK 11/03/2020: a bus (``8 bus B(1/1)``), a range of house
numbers (``47/49``), a letter (``12A``), a street name that starts with a number (``1 Meistraat 1 bus 1``).
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Self

from vlok_register.waarde import OngeldigeWaarde

WIJDSTE_BEREIK = 50
"""A wider range after ``/`` is more likely a bus (``12/101``): then the user is asked to say which (own choice)."""
LANGSTE_ADRES = 200

_NUMMER = r"[1-9][0-9]{0,3}(?:[A-Z]{1,2}|bis|ter|quater)?"
_HUISNUMMER = re.compile(r"(?P<cijfers>[1-9][0-9]{0,3})\s?(?P<toevoegsel>bis|ter|quater|[a-z]{0,2})", re.IGNORECASE)
_REGEL = re.compile(
    r"(?P<straat>.*?\S),?\s+"
    r"(?P<nummer>[1-9][0-9]{0,3}(?:\s?(?:bis|ter|quater|[a-z])|[a-z]{2})?)"
    r"(?:\s*(?P<teken>[/-])\s*(?P<tweede>[0-9a-z(][0-9a-z()._+-]*))?"
    r"(?:[,\s]+(?:bus\s*|b\.?\s*(?=[0-9(]))(?P<bus>\S+))?",
    re.IGNORECASE,
)
_PLAATS = re.compile(
    r"(?P<regel>.+),\s*(?!bus\b|b\.)(?:(?P<postcode>[1-9][0-9]{3})\s+)?(?P<gemeente>['’]?[^\W\d][^,\d]*)", re.IGNORECASE
)
_STRAAT = re.compile(r"(?=.*[^\W\d_])(?!.*(?:\bbus|\bb\.?|[/,-])$)\S[^,\n]{0,79}", re.IGNORECASE)
_BUS = re.compile(r"[0-9A-Za-z(][0-9A-Za-z()/._+-]{0,19}")
_GEMEENTE = re.compile(r"['’]?[^\W\d][^,\d\n]{0,59}")


def zoeksleutel(tekst: str) -> str:
    """The words of ``tekst`` without accents, capitals and punctuation: what a search compares."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", tekst).casefold())
    bare = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


def zoektekst(*delen: str) -> str:
    """The words of all parts as a row keeps them to be searched in: a space before each, where a word begins."""
    return "".join(f" {word}" for word in zoeksleutel(" ".join(delen)).split())


def zoekwoorden(tekst: str) -> list[str]:
    """What someone searches for, word by word; a reference or capakey stays one: ``EN18-016485`` is ``en18 016485``."""
    return [key for word in tekst.split() if (key := zoeksleutel(word))]


def sorteersleutel(tekst: str) -> tuple[tuple[int, int, str], ...]:
    """Sorts as a person would: words without accents or capitals, numbers by size (2 before 10)."""
    parts = re.findall(r"[0-9]+|[^0-9]+", zoeksleutel(tekst))
    bare = (part.lstrip("0") if part[0] in "0123456789" else part for part in parts)
    return tuple(
        (0, len(sign), sign) if part[0] in "0123456789" else (1, 0, sign)
        for part, sign in zip(parts, bare, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Huisnummer:
    """A house number, or a range of them from ``laagste`` to ``hoogste`` (equal for a single one)."""

    laagste: str
    hoogste: str

    def __post_init__(self) -> None:
        for nummer in (self.laagste, self.hoogste):
            if not re.fullmatch(_NUMMER, nummer):
                raise OngeldigeWaarde("adres.huisnummer", f"'{nummer[:20]}' is geen geldig huisnummer.")
        if _grootte(self.laagste) > _grootte(self.hoogste):
            raise OngeldigeWaarde(
                "adres.bereik", "Zet in een reeks huisnummers het laagste eerst en het hoogste laatst, zoals 47/49."
            )
        if _grootte(self.hoogste)[0] - _grootte(self.laagste)[0] > WIJDSTE_BEREIK:
            raise OngeldigeWaarde(
                "adres.bereik",
                f"'{self}' is geen gewone reeks huisnummers. Bedoelt u een bus, schrijf dan "
                f"'{self.laagste} bus {self.hoogste}'.",
            )

    def __str__(self) -> str:
        return self.laagste if self.laagste == self.hoogste else f"{self.laagste}/{self.hoogste}"

    @classmethod
    def lees(cls, tekst: str) -> Self:
        """Read ``12``, ``12 a``, ``12bis``, ``47/49`` or ``47-49``; raises OngeldigeWaarde (``adres.…``)."""
        laagste, streep, hoogste = tekst.replace("-", "/").partition("/")
        return cls(_nummer(laagste), _nummer(hoogste) if streep else _nummer(laagste))


def _nummer(tekst: str) -> str:
    found = _HUISNUMMER.fullmatch(tekst.strip())
    if not found:
        raise OngeldigeWaarde("adres.huisnummer", f"'{tekst.strip()[:20]}' is geen geldig huisnummer.")
    toevoegsel = found["toevoegsel"]
    return found["cijfers"] + (toevoegsel.lower() if len(toevoegsel) > len("AB") else toevoegsel.upper())


def _grootte(nummer: str) -> tuple[int, str]:
    cijfers = nummer.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    return int(cijfers), nummer[len(cijfers) :]


@dataclass(frozen=True, slots=True)
class Adres:
    """One address; ``busnummer`` as written, ``gemeente`` empty and ``postcode`` None when not known.

    Raises OngeldigeWaarde (``adres.straat``, ``adres.huisnummer``, ``adres.bereik``, ``adres.bus``, ``adres.postcode``,
    ``adres.gemeente``) for a part that could not be written and read back.
    """

    straat: str
    huisnummer: Huisnummer
    busnummer: str | None = None
    gemeente: str = ""
    postcode: str | None = None

    def __post_init__(self) -> None:
        if self.straat != _spaties(self.straat) or not _STRAAT.fullmatch(self.straat):
            raise OngeldigeWaarde("adres.straat", f"'{self.straat[:80]}' is geen geldige straatnaam.")
        if self.busnummer is not None and not _BUS.fullmatch(self.busnummer):
            raise OngeldigeWaarde("adres.bus", f"'{self.busnummer[:20]}' is geen geldig busnummer.")
        if self.postcode is not None and not (self.gemeente and re.fullmatch(r"[1-9][0-9]{3}", self.postcode)):
            raise OngeldigeWaarde("adres.postcode", "Een postcode bestaat uit vier cijfers, met een gemeente erbij.")
        if self.gemeente != _spaties(self.gemeente) or (self.gemeente and not _GEMEENTE.fullmatch(self.gemeente)):
            raise OngeldigeWaarde("adres.gemeente", f"'{self.gemeente[:60]}' is geen geldige gemeente.")

    def __str__(self) -> str:
        plaats = " ".join(part for part in (self.postcode, self.gemeente) if part)
        return ", ".join(part for part in (self.regel, plaats) if part)

    @property
    def regel(self) -> str:
        """Street, number and bus: ``Antwerpsesteenweg 48 bus B1``."""
        return f"{self.straat} {self.huisnummer}" + (f" bus {self.busnummer}" if self.busnummer else "")

    @property
    def zoeksleutel(self) -> str:
        """The whole address as a search compares it."""
        return zoeksleutel(str(self))

    @property
    def sorteersleutel(self) -> tuple[tuple[tuple[int, int, str], ...], ...]:
        """By gemeente, then street, then number (2 before 10, 12 before 12A), then bus."""
        parts = (self.gemeente, self.straat, self.huisnummer.laagste, self.huisnummer.hoogste, self.busnummer or "")
        return tuple(sorteersleutel(part) for part in parts)

    @property
    def uiteinden(self) -> tuple[Self, ...]:
        """The addresses that stand for this one where only single numbers exist: the lowest and, if any, the highest.

        Source: handleiding VLOK, "Wat is het verschil tussen CRAB of vrije ingave van een adres?" (since 18/02/2020).
        """
        numbers = dict.fromkeys((self.huisnummer.laagste, self.huisnummer.hoogste))
        return tuple(replace(self, huisnummer=Huisnummer(number, number)) for number in numbers)

    @classmethod
    def lees(cls, tekst: str, *, gemeente: str = "", postcode: str | None = None) -> Self:
        """Read an address line, with or without ``, 2630 Aartselaar`` behind it (which goes before the arguments).

        ``47/49`` and ``47-49`` are a range; what follows ``/`` and cannot end one is a bus (``8/2``, ``8/A``).
        Raises OngeldigeWaarde: ``adres.vorm`` when there is no street or no number, else as the parts do.
        """
        line = _spaties(tekst) if len(tekst) <= LANGSTE_ADRES else ""
        if plaats := _PLAATS.fullmatch(line):
            same = zoeksleutel(gemeente) in ("", zoeksleutel(plaats["gemeente"]))
            line, gemeente, postcode = (
                plaats["regel"],
                plaats["gemeente"],
                plaats["postcode"] or (postcode if same else None),
            )
        found = _REGEL.fullmatch(line)
        if not found:
            raise OngeldigeWaarde("adres.vorm", "Vul een straat en een huisnummer in, zoals 'Kerkstraat 12 bus 3'.")
        nummer, bus = _bereik_of_bus(found["nummer"], found["teken"], found["tweede"], found["bus"])
        return cls(found["straat"], Huisnummer.lees(nummer), bus, _spaties(gemeente), postcode)


def _bereik_of_bus(nummer: str, teken: str | None, tweede: str | None, bus: str | None) -> tuple[str, str | None]:
    """What stands behind ``/``: the end of a range, or a bus."""
    if not teken or not tweede:
        return nummer, bus
    found = _HUISNUMMER.fullmatch(tweede)
    follows = found is not None and _grootte(_nummer(tweede)) > _grootte(_nummer(nummer))
    if follows or teken == "-" or bus is not None:
        return f"{nummer}/{tweede}", bus
    return nummer, tweede


def _spaties(tekst: str) -> str:
    return " ".join(tekst.split())
