"""Which municipalities an intergemeentelijke samenwerking (IGS) acts for, from ``data/mandaten.toml``."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Self

from pydantic import Field, model_validator
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.catalogue import Dated, Entry, load
from vlok.identity.roles import DATA
from vlok.identity.tables import Mandaat
from vlok.tenancy.tables import Organisatie


class MandaatRegel(Entry):
    """One decision by which an IGS acts for a municipality; ``geldig_tot`` is the last day."""

    gemeente: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    geldig_van: date
    geldig_tot: date | None = None
    besluit: str = Field(min_length=1)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.geldig_tot is not None and self.geldig_tot < self.geldig_van:
            raise ValueError(f"the mandate for {self.gemeente} ends before it begins")
        return self


class Igs(Entry):
    """An IGS and its mandates."""

    code: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    naam: str = Field(min_length=1)
    ovo: str = Field(pattern=r"^OVO\d{6}$")
    mandaat: tuple[MandaatRegel, ...]

    @property
    def gemeenten(self) -> tuple[str, ...]:
        """The codes of the municipalities it ever acted for, in the order of the file."""
        return tuple(dict.fromkeys(mandaat.gemeente for mandaat in self.mandaat))


class Mandatenbestand(Dated):
    """The whole file."""

    igs: tuple[Igs, ...]

    @model_validator(mode="after")
    def _keys_are_unique(self) -> Self:
        for naam in ("code", "ovo"):
            values = [getattr(igs, naam) for igs in self.igs]
            twice = {value for value in values if values.count(value) > 1}
            if twice:
                raise ValueError(f"{naam} {min(twice)} occurs twice")
        return self


def load_mandaten(file: Traversable) -> Mapping[str, Igs]:
    """The IGSs of a file by code; raises ContractError with file, key and reason."""
    return MappingProxyType({igs.code: igs for igs in load(file, Mandatenbestand).igs})


@cache
def demo_mandaten() -> Mapping[str, Igs]:
    """The IGSs of the demo by code; their OVO codes are invented."""
    return load_mandaten(DATA / "mandaten.toml")


async def seed_mandaten(session: AsyncSession) -> None:
    """Puts the demo mandates in the database, or brings them up to date. Safe to repeat; does not commit."""
    ids = {row.code: row.id for row in await session.execute(select(Organisatie.code, Organisatie.id))}
    rows = [
        {
            "igs_code": igs.code,
            "igs_naam": igs.naam,
            "igs_ovo": igs.ovo,
            "organisatie_id": ids[mandaat.gemeente],
            **mandaat.model_dump(exclude={"gemeente"}),
        }
        for igs in demo_mandaten().values()
        for mandaat in igs.mandaat
    ]
    statement = insert(Mandaat).values(rows)
    key = [Mandaat.igs_ovo, Mandaat.organisatie_id, Mandaat.geldig_van]
    changed = {naam: statement.excluded[naam] for naam in ("igs_code", "igs_naam", "geldig_tot", "besluit")}
    await session.execute(statement.on_conflict_do_update(index_elements=key, set_=changed))
