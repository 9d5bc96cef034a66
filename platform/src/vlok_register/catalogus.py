"""The register's catalogues: municipalities and the roles of those concerned, dated and with their source."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import Field

from vlok.api.catalogue import Dated, blocks, load

DATA = files("vlok_register") / "data"


class Gemeente(Dated):
    """A municipality; ``nis`` is its territory in the whole product."""

    nis: str = Field(pattern=r"^\d{5}$")
    naam: str = Field(min_length=2)
    provincie: str


class Rol(Dated):
    """A role on a dwelling; ``houder``: a holder of a right in rem."""

    naam: str = Field(min_length=2)
    houder: bool = False


@cache
def gemeenten() -> tuple[Gemeente, ...]:
    """All municipalities ever, in the order of the file."""
    return blocks(DATA / "gemeenten.toml", "gemeente", Gemeente, "nis")


@cache
def rollen() -> Mapping[str, Rol]:
    """The roles by code."""
    return load(DATA / "rollen.toml", dict[str, Rol])


def gemeente(naam_of_nis: str, dag: date) -> Gemeente | None:
    """The municipality of that name or NIS code on that day; capitals do not matter."""
    sought = naam_of_nis.strip().casefold()
    return next((g for g in gemeenten() if g.geldt_op(dag) and sought in (g.nis, g.naam.casefold())), None)
