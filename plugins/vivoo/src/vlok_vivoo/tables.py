"""The tables of the inventory."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified, Owned, Versioned


class VivooRegistratie(Identified, Versioned, Owned, Base):
    """One stay of an entiteit on one of the two lists, from opname to schrapping (VCW art. 3.19).

    An entiteit may have several after each other, never two of one list at a time. The row copies address, municipality
    and capakeys: VLABEL reads the list and nothing else. A date is empty when the older source did not have it; a row
    with a reason or a date of schrapping is no longer on the list. ``zoek`` is the normalised text searched in,
    ``sorteer`` the natural order of addresses.
    """

    __tablename__ = "vivoo_registratie"
    __rls__: ClassVar[str] = "lijst"
    __table_args__ = (
        Index(None, "entiteit_id", "lijst", "datum_opname"),
        Index(
            "uq_vivoo_registratie_lopend",
            "entiteit_id",
            "lijst",
            unique=True,
            postgresql_where=text("datum_schrapping is null and reden_schrapping is null"),
        ),
    )
    referte_prefix: ClassVar[str] = "VI"

    referte: Mapped[str] = mapped_column(unique=True)
    pand_id: Mapped[UUID] = mapped_column(ForeignKey("pand.id"), index=True)
    entiteit_id: Mapped[UUID] = mapped_column(ForeignKey("entiteit.id"))
    entiteit_referte: Mapped[str] = mapped_column(index=True)
    adres: Mapped[str]
    gemeente: Mapped[str]
    provincie: Mapped[str]
    lijst: Mapped[str]
    datum_opname: Mapped[date | None]
    datum_schrapping: Mapped[date | None]
    reden_schrapping: Mapped[str | None]
    capakeys: Mapped[list[str]]
    besluit: Mapped[str | None]
    bron: Mapped[str]
    opmerking: Mapped[str | None]
    zoek: Mapped[str]
    sorteer: Mapped[str] = mapped_column(index=True)

    @property
    def lopend(self) -> bool:
        """Whether the entiteit is on the list by this registration."""
        return self.datum_schrapping is None and self.reden_schrapping is None
