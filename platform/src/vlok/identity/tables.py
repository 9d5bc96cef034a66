"""People, the roles they hold per organisation with begin and end, and their server-side sessions."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified


class Gebruiker(Identified, Base):
    """A person as the identity provider knows them; the key is (iss, sub), never the e-mail address."""

    __tablename__ = "gebruiker"
    __rls__: ClassVar[str] = "open"
    __table_args__ = (Index(None, "iss", "sub", unique=True),)

    iss: Mapped[str]
    sub: Mapped[str]
    voornaam: Mapped[str]
    naam: Mapped[str]
    email: Mapped[str | None]


class Roltoekenning(Identified, Base):
    """One role of one person in one organisation. ``tot`` is the last day; an ended role is kept (manual, STAP 3c)."""

    __tablename__ = "roltoekenning"
    __rls__: ClassVar[str] = "open"
    __table_args__ = (Index(None, "gebruiker_id", "organisatie_id", "rol"),)

    gebruiker_id: Mapped[UUID] = mapped_column(ForeignKey("gebruiker.id"))
    organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    rol: Mapped[str]
    van: Mapped[date]
    tot: Mapped[date | None]


class Sessie(Base):
    """A signed-in browser. The cookie holds the secret, the table only its hash: it can be ended at once."""

    __tablename__ = "sessie"
    __rls__: ClassVar[str] = "open"

    sleutel_hash: Mapped[str] = mapped_column(primary_key=True)
    inhoud: Mapped[bytes]
    gebruiker_id: Mapped[UUID | None] = mapped_column(ForeignKey("gebruiker.id"), index=True)
    sid: Mapped[str | None] = mapped_column(index=True)
    aangemaakt_op: Mapped[datetime]
    gebruikt_op: Mapped[datetime]
