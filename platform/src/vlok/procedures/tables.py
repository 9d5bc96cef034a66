"""What is kept of an executed action: the timeline, the answer to a repeated key, the facts told."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified, Shared


class Uitvoering(Identified, Shared, Base):
    """One executed action: the timeline of a dossier, with the warnings that were knowingly passed."""

    __tablename__ = "uitvoering"
    __rls__: ClassVar[str] = "gedeeld"
    __table_args__ = (Index(None, "dossier_id", "tijdstip"),)

    handeling: Mapped[str]
    titel: Mapped[str]
    subject_id: Mapped[UUID]
    dossier_id: Mapped[UUID | None] = mapped_column(ForeignKey("dossier.id"))
    gebruiker_id: Mapped[UUID]
    gebruiker: Mapped[str]
    tijdstip: Mapped[datetime]
    samenvatting: Mapped[str | None]
    bevestigd: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class Antwoord(Base):
    """The first answer to an idempotency key of a person in an organisation; a repeat gets it again."""

    __tablename__ = "antwoord"
    __rls__: ClassVar[str] = "eigen"

    gebruiker_id: Mapped[UUID] = mapped_column(primary_key=True)
    domein: Mapped[str] = mapped_column(primary_key=True)
    sleutel: Mapped[str] = mapped_column(primary_key=True)
    verzoek_hash: Mapped[str]
    antwoord: Mapped[dict[str, Any]] = mapped_column(JSONB)
    tijdstip: Mapped[datetime]


class Feit(Identified, Base):
    """A fact as it was told, for whoever wants to know later why something happened."""

    __tablename__ = "feit"
    __rls__: ClassVar[str] = "eigen"

    soort: Mapped[str]
    inhoud: Mapped[dict[str, Any]] = mapped_column(JSONB)
    domein: Mapped[str]
    tijdstip: Mapped[datetime]
