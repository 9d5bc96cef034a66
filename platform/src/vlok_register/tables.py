"""The register's tables. A Pand and an Entiteit share their key with a row of the kernel's ``onderwerp``."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified, Owned, Versioned


class Pand(Versioned, Owned, Base):
    """Every built immovable good seen as one whole, except bedrijfsruimten (handleiding VLOK); holds entiteiten.

    ``zoek`` is the normalised text searched in, ``sorteer`` the natural order of addresses.
    """

    __tablename__ = "pand"
    __rls__: ClassVar[str] = "gebied"
    __table_args__ = (
        Index(None, "gebied", "sorteer", "id"),
        Index(None, "sorteer", "id"),
        Index("ix_pand_zoek", "zoek", postgresql_using="gin", postgresql_ops={"zoek": "gin_trgm_ops"}),
    )
    referte_prefix: ClassVar[str] = "PA"

    id: Mapped[UUID] = mapped_column(ForeignKey("onderwerp.id"), primary_key=True)
    referte: Mapped[str] = mapped_column(unique=True)
    titel: Mapped[str]
    straat: Mapped[str]
    huisnummer: Mapped[str]
    postcode: Mapped[str | None]
    gemeente: Mapped[str]
    provincie: Mapped[str]
    capakeys: Mapped[list[str]]
    actief: Mapped[bool]
    zoek: Mapped[str]
    sorteer: Mapped[str] = mapped_column(Text(collation="C"))
    gebied: Mapped[str] = mapped_column()


class Entiteit(Versioned, Owned, Base):
    """A part of a pand: ZW (zelfstandige woning), NZW (niet-zelfstandige woning, kamer) or NWF (niet-woonfunctie)."""

    __tablename__ = "entiteit"
    __rls__: ClassVar[str] = "gebied"
    referte_prefix: ClassVar[str] = "EN"

    id: Mapped[UUID] = mapped_column(ForeignKey("onderwerp.id"), primary_key=True)
    referte: Mapped[str] = mapped_column(unique=True)
    titel: Mapped[str]
    pand_id: Mapped[UUID] = mapped_column(ForeignKey("pand.id"), index=True)
    soort: Mapped[str]
    busnummer: Mapped[str | None]
    ligging: Mapped[str | None]
    capakeys: Mapped[list[str]]
    sorteer: Mapped[str] = mapped_column(Text(collation="C"))


ACCENTEN = "àáâãäåāăąçćčďđèéêëēęěğìíîïīłñńňòóôõöőøřśşšťùúûüūůűýÿźżž"
BLANCO = "aaaaaaaaacccddeeeeeeegiiiiilnnnooooooorssstuuuuuuuyyzzz"
"""What names are searched without, and what stands in its place (see ``personen.naamsleutel``)."""
NAAMSLEUTEL = f"regexp_replace(translate(lower(naam), '{ACCENTEN}', '{BLANCO}'), '[^[:alnum:]]+', '', 'g')"


class Betrokkene(Identified, Versioned, Owned, Base):
    """A natural person or enterprise with a role on a pand, or on one entiteit of it."""

    __tablename__ = "betrokkene"
    __rls__: ClassVar[str] = "gebied"
    __table_args__ = (
        Index("ix_betrokkene_naamsleutel", text(NAAMSLEUTEL)),
        Index("ix_betrokkene_insz", "insz", postgresql_where=text("insz is not null")),
    )
    referte_prefix: ClassVar[str] = "PE"

    referte: Mapped[str] = mapped_column(unique=True)
    pand_id: Mapped[UUID] = mapped_column(ForeignKey("pand.id"), index=True)
    entiteit_id: Mapped[UUID | None] = mapped_column(ForeignKey("entiteit.id"), index=True)
    soort: Mapped[str]
    rol: Mapped[str]
    naam: Mapped[str]
    voornaam: Mapped[str | None]
    insz: Mapped[str | None]
    kbo: Mapped[str | None]
    adres: Mapped[str | None]
    email: Mapped[str | None]
    van: Mapped[date]
    tot: Mapped[date | None]


class Deelprocedure(Identified, Versioned, Owned, Base):
    """A hoofdprocedure as it concerns one entiteit; carries the status of the flow for that entiteit."""

    __tablename__ = "deelprocedure"
    __rls__: ClassVar[str] = "gebied"
    __table_args__ = (Index(None, "dossier_id", "entiteit_id", unique=True),)
    referte_prefix: ClassVar[str] = "DP"

    referte: Mapped[str] = mapped_column(unique=True)
    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"))
    entiteit_id: Mapped[UUID] = mapped_column(ForeignKey("entiteit.id"), index=True)
    status: Mapped[str]
    gestart_op: Mapped[date]


class Herstelvordering(Identified, Owned, Base):
    """An entry of the public register of herstelvorderingen: that there is one, where and since when; no content.

    The register is public (VCW art. 3.50; open dataset of the agency); an entry stays until the execution is
    established (``tot``). Of an onderwerp at most one entry runs.
    """

    __tablename__ = "herstelvordering"
    __rls__: ClassVar[str] = "gebied"
    __table_args__ = (
        Index("ix_herstelvordering_lopend", "onderwerp_id", unique=True, postgresql_where=text("tot is null")),
    )

    onderwerp_id: Mapped[UUID] = mapped_column(ForeignKey("onderwerp.id"))
    adres: Mapped[str]
    sinds: Mapped[date]
    tot: Mapped[date | None]
