"""People, what they may be and for whom, each with begin and end, and their server-side sessions."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified, Owned, Versioned


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


class Mandaat(Identified, Base):
    """An intergemeentelijke samenwerking (IGS) may act for a municipality; ``geldig_tot`` is the last day.

    The municipality, or the board of the IGS for all its members, decides so (afsprakenkader VLOK); ``besluit`` says
    which decision it was. An ended mandate is kept.
    """

    __tablename__ = "mandaat"
    __rls__: ClassVar[str] = "open"
    __table_args__ = (Index(None, "igs_ovo", "organisatie_id", "geldig_van", unique=True),)

    igs_code: Mapped[str]
    igs_naam: Mapped[str]
    igs_ovo: Mapped[str]
    organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    geldig_van: Mapped[date]
    geldig_tot: Mapped[date | None]
    besluit: Mapped[str]


class Roltoekenning(Identified, Base):
    """One role of one person in one organisation. ``tot`` is the last day; an ended role is kept (manual, STAP 3c).

    With a ``mandaat_id`` the person works for an IGS, and the role holds only while that mandate does.
    """

    __tablename__ = "roltoekenning"
    __rls__: ClassVar[str] = "open"
    __table_args__ = (Index(None, "gebruiker_id", "organisatie_id", "rol"),)

    gebruiker_id: Mapped[UUID] = mapped_column(ForeignKey("gebruiker.id"))
    organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    rol: Mapped[str]
    van: Mapped[date]
    tot: Mapped[date | None]
    mandaat_id: Mapped[UUID | None] = mapped_column(ForeignKey("mandaat.id"))


class Vervanging(Identified, Versioned, Owned, Base):
    """For a while one person does what a colleague of the same organisation may do there.

    ``van`` and ``tot`` are the first and the last day. One that was ended earlier is kept, with the moment.
    """

    __tablename__ = "vervanging"
    __rls__: ClassVar[str] = "aanmelding"
    __table_args__ = (
        Index(None, "vervanger_id", "organisatie_id"),
        Index(None, "organisatie_id", "van"),
        CheckConstraint("van <= tot and afwezige_id <> vervanger_id", name="periode_en_personen"),
    )

    organisatie_id: Mapped[UUID] = mapped_column(ForeignKey("organisatie.id"))
    afwezige_id: Mapped[UUID] = mapped_column(ForeignKey("gebruiker.id"))
    vervanger_id: Mapped[UUID] = mapped_column(ForeignKey("gebruiker.id"))
    van: Mapped[date]
    tot: Mapped[date]
    reden: Mapped[str]
    ingesteld_door: Mapped[str]
    ingesteld_op: Mapped[datetime]
    beeindigd_door: Mapped[str | None]
    beeindigd_op: Mapped[datetime | None]


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


class Afmelding(Base):
    """A logout token of the identity provider that was used, kept for as long as it could be sent again."""

    __tablename__ = "afmelding"
    __rls__: ClassVar[str] = "open"

    jti_hash: Mapped[str] = mapped_column(primary_key=True)
    gebruikt_op: Mapped[datetime] = mapped_column(index=True)
