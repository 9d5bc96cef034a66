"""Organisations of the four kinds and their parameters."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified, Owned
from vlok.api.tables import Organisatie

__all__ = ["Organisatie", "Parameterwaarde"]


class Parameterwaarde(Identified, Owned, Base):
    """The value an organisation gave a parameter, for a period; unset days have the declared default."""

    __tablename__ = "parameterwaarde"
    __rls__: ClassVar[str] = "instelling"
    __table_args__ = (Index(None, "organisatie_id", "sleutel", "geldig_van", unique=True),)

    organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    sleutel: Mapped[str]
    waarde: Mapped[Any] = mapped_column(JSONB)
    geldig_van: Mapped[date]
    geldig_tot: Mapped[date | None]
    gewijzigd_door: Mapped[str]
    gewijzigd_op: Mapped[datetime]
