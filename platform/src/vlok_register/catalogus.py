"""The register's catalogues: municipalities and the roles of those concerned, dated and with their source."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vlok.api.errors import ContractError

B = TypeVar("B", bound="Blok")


class Blok(BaseModel):
    """One dated block of a catalogue."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    geldig_van: date
    geldig_tot: date | None = None
    bron: str = Field(min_length=3)

    def geldt_op(self, dag: date) -> bool:
        """Whether it held on ``dag``."""
        return self.geldig_van <= dag and (self.geldig_tot is None or dag <= self.geldig_tot)


class Gemeente(Blok):
    """A municipality; ``nis`` is its territory in the whole product."""

    nis: str = Field(pattern=r"^\d{5}$")
    naam: str = Field(min_length=2)
    provincie: str


class Rol(Blok):
    """A role on a dwelling; ``houder``: a holder of a right in rem."""

    naam: str = Field(min_length=2)
    houder: bool = False


@cache
def gemeenten() -> tuple[Gemeente, ...]:
    """All municipalities ever, in the order of the file."""
    return tuple(
        _blok(Gemeente, "gemeenten.toml", block.get("nis", "?"), block) for block in _read("gemeenten.toml")["gemeente"]
    )


@cache
def rollen() -> Mapping[str, Rol]:
    """The roles by code."""
    return {code: _blok(Rol, "rollen.toml", code, block) for code, block in _read("rollen.toml").items()}


def gemeente(naam_of_nis: str, dag: date) -> Gemeente | None:
    """The municipality of that name or NIS code on that day; capitals do not matter."""
    sought = naam_of_nis.strip().casefold()
    return next((g for g in gemeenten() if g.geldt_op(dag) and sought in (g.nis, g.naam.casefold())), None)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("vlok_register") / "data" / name).read_text(encoding="utf-8"))


def _blok(kind: type[B], file: str, key: str, block: dict[str, Any]) -> B:
    try:
        return kind.model_validate(block)
    except ValidationError as fault:
        raise ContractError(f"{file}: {key}: {fault}") from fault
