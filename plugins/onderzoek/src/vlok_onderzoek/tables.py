"""Examinations and their results. Unsigned they are the own organisation's; the signature shares them."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified, Shared, Signed, Versioned


class Onderzoekstatus(StrEnum):
    """The life of an examination."""

    IN_OPMAAK = "In opmaak"
    ONDERTEKEND = "Ondertekend"


class Onderzoek(Versioned, Signed):
    """A conformiteitsonderzoek of one or more entiteiten of a pand on one day (VCW art. 3.3 and following)."""

    __tablename__ = "onderzoek_onderzoek"
    __rls__: ClassVar[str] = "gedeeld"
    __table_args__ = (Index(None, "pand_id", "datum"),)
    referte_prefix: ClassVar[str] = "ON"

    referte: Mapped[str] = mapped_column(unique=True)
    pand_id: Mapped[UUID] = mapped_column(ForeignKey("pand.id"))
    reden: Mapped[str]
    datum: Mapped[date]
    status: Mapped[str]
    controleur: Mapped[str]
    aangemaakt_op: Mapped[datetime]


class OnderzoekResultaat(Identified, Shared, Base):
    """What an examination says about one entiteit; ``uitslag`` as written by ``OnderzoekUitslag``."""

    __tablename__ = "onderzoek_resultaat"
    __rls__: ClassVar[str] = "gedeeld"
    __table_args__ = (Index(None, "onderzoek_id", "volgorde"),)

    onderzoek_id: Mapped[UUID] = mapped_column(ForeignKey("onderzoek_onderzoek.id"))
    entiteit_id: Mapped[UUID] = mapped_column(ForeignKey("entiteit.id"), index=True)
    volgorde: Mapped[int]
    uitslag: Mapped[str]
