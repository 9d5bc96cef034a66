"""The table of the inventory."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified, Owned, Versioned


class VivooRegistratie(Identified, Versioned, Owned, Base):
    """One stay of an entiteit on one of the two lists, from opname to schrapping (handleiding VLOK, VIVOO).

    An entiteit may have several after each other, never two that run on one list. The row copies address, municipality
    and capakeys: VLABEL reads the list and nothing else. A date is empty when the source it came from had none.
    ``zoek`` is the normalised text searched in, ``sorteer`` the natural order: municipality, address, begin.
    """

    __tablename__ = "vivoo_registratie"
    __rls__: ClassVar[str] = "lijst"
    __table_args__ = (
        Index(
            "ix_vivoo_registratie_lopend",
            "entiteit_id",
            "lijst",
            unique=True,
            postgresql_where=text("datum_opname is not null and datum_schrapping is null and reden_schrapping is null"),
        ),
        Index(None, "gebied", "sorteer", "id"),
        Index(None, "sorteer", "id"),
        Index("ix_vivoo_registratie_zoek", "zoek", postgresql_using="gin", postgresql_ops={"zoek": "gin_trgm_ops"}),
    )
    referte_prefix: ClassVar[str] = "VI"

    referte: Mapped[str] = mapped_column(unique=True)
    entiteit_id: Mapped[UUID] = mapped_column(ForeignKey("entiteit.id"), index=True)
    pand_id: Mapped[UUID] = mapped_column(ForeignKey("pand.id"), index=True)
    entiteit_referte: Mapped[str]
    adres: Mapped[str]
    gemeente: Mapped[str]
    provincie: Mapped[str]
    lijst: Mapped[str]
    datum_opname: Mapped[date | None]
    datum_schrapping: Mapped[date | None]
    reden_schrapping: Mapped[str | None]
    capakeys: Mapped[list[str]]
    besluit: Mapped[str | None]
    herkomst: Mapped[str]
    opmerking: Mapped[str | None]
    zoek: Mapped[str]
    sorteer: Mapped[str] = mapped_column(Text(collation="C"))
    gebied: Mapped[str] = mapped_column()

    @property
    def loopt(self) -> bool:
        """Whether the entiteit is still on the list by this registration."""
        return self.datum_schrapping is None and self.reden_schrapping is None


class VivooSchrappingsvraag(Identified, Owned, Base):
    """Wonen in Vlaanderen itself established that an entiteit may leave the inventory: why, and since when.

    The inventarisbeheerder decides; ``verwerkt_op`` is when.
    """

    __tablename__ = "vivoo_schrappingsvraag"
    __rls__: ClassVar[str] = "eigen"

    registratie_id: Mapped[UUID] = mapped_column(ForeignKey("vivoo_registratie.id"), index=True)
    reden: Mapped[str]
    datum: Mapped[date]
    verwerkt_op: Mapped[date | None]
