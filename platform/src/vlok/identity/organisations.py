"""The demo organisations, from ``data/organisaties.toml``, and how they get into the database."""

from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Self

from pydantic import Field, model_validator
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import HEEL_VLAANDEREN, OrganisatieSoort
from vlok.api.catalogue import Dated, Entry, load
from vlok.identity.mandates import seed_mandaten
from vlok.identity.roles import DATA
from vlok.tenancy.tables import Organisatie

GEBIED = {OrganisatieSoort.WVL: HEEL_VLAANDEREN, OrganisatieSoort.WI: HEEL_VLAANDEREN, OrganisatieSoort.VLABEL: ""}


class OrganisatieGegevens(Entry):
    """One organisation as the file says it; ``domein`` and ``gebied`` follow from the kind (see Actor)."""

    code: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    naam: str = Field(min_length=1)
    soort: OrganisatieSoort
    domein: str
    gebied: str
    ovo: str = Field(pattern=r"^OVO\d{6}$")

    @model_validator(mode="after")
    def _domain_and_territory_fit_the_kind(self) -> Self:
        if self.soort is OrganisatieSoort.LOKAAL_BESTUUR:
            fits = self.domein == f"lb:{self.gebied}" and len(self.gebied) == 5 and self.gebied.isdigit()
        else:
            fits = self.domein == self.soort.value and self.gebied == GEBIED[self.soort]
        if not fits:
            raise ValueError(f"domein {self.domein!r} and gebied {self.gebied!r} do not fit {self.soort}")
        return self


class Organisatiebestand(Dated):
    """The whole file."""

    organisatie: tuple[OrganisatieGegevens, ...]

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        for naam in ("code", "domein", "ovo"):
            values = [getattr(organisatie, naam) for organisatie in self.organisatie]
            twice = {value for value in values if values.count(value) > 1}
            if twice:
                raise ValueError(f"{naam} {min(twice)} occurs twice")
        return self


def load_organisaties(file: Traversable) -> Mapping[str, OrganisatieGegevens]:
    """The organisations of a file by code; raises ContractError with file, key and reason."""
    found = load(file, Organisatiebestand).organisatie
    return MappingProxyType({organisatie.code: organisatie for organisatie in found})


@cache
def demo_organisaties() -> Mapping[str, OrganisatieGegevens]:
    """The organisations of the demo by code; their OVO codes are invented."""
    return load_organisaties(DATA / "organisaties.toml")


async def seed_organisaties(session: AsyncSession) -> None:
    """Puts the demo organisations and mandates in the database, or brings them up to date.

    Safe to repeat; does not commit.
    """
    statement = insert(Organisatie).values(
        [{**organisatie.model_dump(), "soort": organisatie.soort.value} for organisatie in demo_organisaties().values()]
    )
    changed = {naam: statement.excluded[naam] for naam in ("naam", "soort", "domein", "gebied", "ovo")}
    await session.execute(statement.on_conflict_do_update(index_elements=[Organisatie.code], set_=changed))
    await seed_mandaten(session)
