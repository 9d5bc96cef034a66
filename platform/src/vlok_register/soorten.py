"""The kinds of units and of those concerned, in the words of the manual."""

from enum import StrEnum

ENTITEITSOORT = {
    "ZW": "Zelfstandige woning",
    "NZW": "Niet-zelfstandige woning (kamer)",
    "NWF": "Niet-woonfunctie",
}

BETROKKENESOORT = {"natuurlijk_persoon": "Natuurlijk persoon", "onderneming": "Onderneming"}


class Entiteitsoort(StrEnum):
    """De drie types van entiteiten (handleiding VLOK)."""

    ZW = "ZW"
    NZW = "NZW"
    NWF = "NWF"

    @property
    def label(self) -> str:
        """In words."""
        return ENTITEITSOORT[self.value]


class Betrokkenesoort(StrEnum):
    """Natuurlijk persoon of onderneming."""

    NATUURLIJK_PERSOON = "natuurlijk_persoon"
    ONDERNEMING = "onderneming"

    @property
    def label(self) -> str:
        """In words."""
        return BETROKKENESOORT[self.value]


def masked(insz: str | None, kbo: str | None) -> str | None:
    """An enterprise number is public; of a national number only that there is one."""
    if kbo:
        return f"{kbo[:4]}.{kbo[4:7]}.{kbo[7:]}"
    return "***" if insz else None
