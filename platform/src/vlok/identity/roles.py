"""The 26 roles, from ``data/rollen.toml``."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from vlok.api.actor import OrganisatieSoort
from vlok.api.catalogue import Dated, Entry, load

DATA = files("vlok.identity") / "data"
PREFIX = {
    OrganisatieSoort.LOKAAL_BESTUUR: "lb",
    OrganisatieSoort.WVL: "wvl",
    OrganisatieSoort.WI: "wi",
    OrganisatieSoort.VLABEL: "vlabel",
}

RolCode = Annotated[str, StringConstraints(pattern=r"^(lb|wvl|wi|vlabel)\.[a-z]+(-[a-z]+)*$")]


class RolRegel(Entry):
    """A role as the file says it."""

    code: RolCode
    naam: str = Field(min_length=1)
    acmidm: str = Field(pattern=r"^VLOK[A-Za-z]+$")


class Groep(Dated):
    """The roles of one kind of organisation, with their source and period."""

    soort: OrganisatieSoort
    rol: tuple[RolRegel, ...]

    @model_validator(mode="after")
    def _codes_name_their_kind(self) -> Self:
        strangers = [rol.code for rol in self.rol if rol.code.partition(".")[0] != PREFIX[self.soort]]
        if strangers:
            raise ValueError(f"{strangers[0]} is not a role of {self.soort}")
        return self


class Rollenbestand(Entry):
    """The whole file."""

    groep: tuple[Groep, ...]

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        for naam in ("code", "acmidm"):
            values = [getattr(rol, naam) for groep in self.groep for rol in groep.rol]
            twice = {value for value in values if values.count(value) > 1}
            if twice:
                raise ValueError(f"{naam} {min(twice)} occurs twice")
        return self


class Rol(RolRegel, Dated):
    """A role with what its group says: the kind of organisation, the source and the period it exists."""

    soort: OrganisatieSoort

    @property
    def kort(self) -> str:
        """The code without its kind: ``dossierbeheerder`` of ``lb.dossierbeheerder``."""
        return self.code.partition(".")[2]


def load_rollen(file: Traversable) -> Mapping[str, Rol]:
    """The roles of a file by code; raises ContractError with file, key and reason."""
    found = {
        rol.code: Rol(**rol.model_dump(), **groep.model_dump(exclude={"rol"}))
        for groep in load(file, Rollenbestand).groep
        for rol in groep.rol
    }
    return MappingProxyType(found)


@cache
def rollen() -> Mapping[str, Rol]:
    """All roles by code (infosessie VLOK 11/03/2020, profielen per organisatie)."""
    return load_rollen(DATA / "rollen.toml")


def in_force(codes: Iterable[str], day: date) -> frozenset[str]:
    """Those of the codes that are roles which exist on a day."""
    known = rollen()
    return frozenset(code for code in codes if code in known and known[code].geldt_op(day))
