"""What a place remembers of the facts that came in from another."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base


class Ontvangst(Base):
    """A fact that crossed was told here. The key is made with the release: a job that runs twice tells it once."""

    __tablename__ = "ontvangst"
    __rls__: ClassVar[str] = "open"

    sleutel: Mapped[UUID] = mapped_column(primary_key=True)
    soort: Mapped[str]
    tijdstip: Mapped[datetime]
