"""The audit trail: append-only for the application, one line per action, per reading of a file or of a case."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified


class Auditregel(Identified, Base):
    """Who, acting for which organisation with which roles, did what, when, in which request."""

    __tablename__ = "auditregel"
    __rls__: ClassVar[str] = "logboek"

    tijdstip: Mapped[datetime] = mapped_column(index=True)
    domein: Mapped[str] = mapped_column(index=True)
    gebruiker_id: Mapped[UUID]
    gebruiker: Mapped[str]
    rollen: Mapped[list[str]]
    wat: Mapped[str]
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    verzoek_id: Mapped[str]
    gegevens: Mapped[dict[str, Any]] = mapped_column(JSONB)
