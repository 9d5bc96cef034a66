"""Invented people for the demo and the tests: every role in every organisation of its kind."""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5

from vlok.identity.mandates import Igs, demo_mandaten
from vlok.identity.organisations import OrganisatieGegevens, demo_organisaties
from vlok.identity.roles import Rol, rollen

VOORNAMEN = (
    "An", "Bart", "Cis", "Dirk", "Els", "Femke", "Geert", "Hilde", "Ilse", "Jef", "Karlien", "Lieve", "Maarten", "Nele",
    "Olga", "Pieter", "Roos", "Stijn", "Tine", "Veerle", "Wim", "Yasmina", "Amir", "Brecht", "Dorien", "Elif", "Fatima",
    "Griet", "Hanne", "Joris", "Katrijn",
)  # fmt: skip
FAMILIENAMEN = (
    "Aerts", "Baeten", "Claes", "De Smet", "Everaert", "Feys", "Goossens", "Hermans", "Iliano", "Janssens", "Kerkhof",
    "Lambrecht", "Maes", "Nijs", "Ooms", "Peeters", "Quintens", "Rombouts", "Segers", "Thijs", "Uyttendaele",
    "Van den Broeck", "Willems", "Yilmaz", "Zeegers", "Baert", "Coppens", "Dierickx", "El Amrani", "Franssen",
    "Geerts", "Huysmans", "Jacobs", "Lenaerts", "Mertens", "Pauwels", "Verhoeven",
)  # fmt: skip


class UnknownPersona(LookupError):
    """No persona has this name; the message names the nearest ones."""


@dataclass(frozen=True, slots=True)
class Persona:
    """An invented person. ``rollen`` are pairs of role code and OVO code; ``ovo`` is the employer."""

    naam: str
    sub: str
    voornaam: str
    familienaam: str
    email: str
    groep: str
    functie: str
    ovo: str
    rollen: tuple[tuple[str, str], ...]


@cache
def personas() -> Mapping[str, Persona]:
    """Every persona by name: ``dossierbeheerder@aalst``, … and ``dossierbeheerder@igs``."""
    numbers = count()
    found = [
        _persona(next(numbers), rol, organisatie)
        for organisatie in demo_organisaties().values()
        for rol in _roles_of(organisatie)
    ]
    found += [_igs_worker(next(numbers), igs) for igs in demo_mandaten().values()]
    return MappingProxyType({persona.naam: persona for persona in found})


def find_persona(naam: str) -> Persona:
    """The persona of that name; raises UnknownPersona with the nearest names."""
    known = personas()
    if naam in known:
        return known[naam]
    near = difflib.get_close_matches(naam, known, n=5, cutoff=0.4) or sorted(known)[:5]
    raise UnknownPersona(f"Er is geen persona {naam!r}. Bedoelde u: {', '.join(near)}?")


def _roles_of(organisatie: OrganisatieGegevens) -> Iterator[Rol]:
    return (rol for rol in rollen().values() if rol.soort is organisatie.soort)


def _persona(number: int, rol: Rol, organisatie: OrganisatieGegevens) -> Persona:
    return _named(
        number,
        naam=f"{rol.kort}@{organisatie.code}",
        groep=organisatie.naam,
        functie=rol.naam,
        ovo=organisatie.ovo,
        rollen=((rol.code, organisatie.ovo),),
    )


def _igs_worker(number: int, igs: Igs) -> Persona:
    """One person, several municipalities (infosessie VLOK 11/03/2020: dossierbeheerder in drie steden)."""
    return _named(
        number,
        naam=f"dossierbeheerder@{igs.code}",
        groep=igs.naam,
        functie=f"Dossierbeheerder in {len(igs.gemeenten)} gemeenten",
        ovo=igs.ovo,
        rollen=tuple(("lb.dossierbeheerder", demo_organisaties()[code].ovo) for code in igs.gemeenten),
    )


def _named(
    number: int, *, naam: str, groep: str, functie: str, ovo: str, rollen: tuple[tuple[str, str], ...]
) -> Persona:
    voornaam = VOORNAMEN[number % len(VOORNAMEN)]
    familienaam = FAMILIENAMEN[number % len(FAMILIENAMEN)]
    return Persona(
        naam=naam,
        sub=str(uuid5(NAMESPACE_URL, f"persona:{naam}")),
        voornaam=voornaam,
        familienaam=familienaam,
        email=f"{_plain(voornaam)}.{_plain(familienaam)}@{naam.partition('@')[2]}.example",
        groep=groep,
        functie=functie,
        ovo=ovo,
        rollen=rollen,
    )


def _plain(text: str) -> str:
    """Lower-case ASCII letters only, as in an e-mail address."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())
