"""The kernel's tables that procedures refer to: subjects, dossiers, tasks, documents and files."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified, Owned, Shared, Signed, Versioned


class Organisatie(Identified, Versioned, Base):
    """A lokaal bestuur, WVL, WI or VLABEL. ``domein`` is its tenant key, ``gebied`` its territory (see Actor)."""

    __tablename__ = "organisatie"
    __rls__: ClassVar[str] = "open"

    code: Mapped[str] = mapped_column(unique=True)
    ovo: Mapped[str] = mapped_column(unique=True)
    naam: Mapped[str]
    soort: Mapped[str]
    domein: Mapped[str] = mapped_column(unique=True)
    gebied: Mapped[str]


class Onderwerp(Identified, Owned, Base):
    """Anything with a reference that lies in a municipality and that dossiers, tasks and documents are about.

    The kernel knows no dwelling: the register's Pand and Entiteit are rows of their own that share this key.
    """

    __tablename__ = "onderwerp"
    __rls__: ClassVar[str] = "gebied"

    soort: Mapped[str]
    referte: Mapped[str] = mapped_column(unique=True)
    titel: Mapped[str]


class Dossier(Identified, Versioned, Owned, Base):
    """A hoofdprocedure. Its row is the lock and the version of everything that happens in it."""

    __tablename__ = "dossier"
    __rls__: ClassVar[str] = "gebied"
    __table_args__ = (Index(None, "onderwerp_id", "gestart_op"),)

    referte: Mapped[str] = mapped_column(unique=True)
    soort: Mapped[str]
    onderwerp_id: Mapped[UUID] = mapped_column(ForeignKey("onderwerp.id"))
    status: Mapped[str]
    info: Mapped[str | None]
    gestart_op: Mapped[date]
    gewijzigd_op: Mapped[datetime]
    gewijzigd_door: Mapped[str]


OPEN = text("gesloten_op is null")


class Taak(Identified, Owned, Base):
    """Something a role of an organisation (or one user) must do. ``domein`` is who must do it.

    All tasks of a property are visible to both sides (Afsprakenkader VLOK). Only actions open and close tasks.
    """

    __tablename__ = "taak"
    __rls__: ClassVar[str] = "gebied"
    __table_args__ = (
        Index("ix_taak_werklijst", "domein", "rol", "sorteerdatum", "id", postgresql_where=OPEN),
        Index("ix_taak_werklijst_organisatie", "domein", "sorteerdatum", "id", postgresql_where=OPEN),
        Index(
            "ix_taak_werklijst_persoon",
            *("gebruiker_id", "sorteerdatum", "id"),
            postgresql_where=text("gesloten_op is null and gebruiker_id is not null"),
        ),
    )
    """What a worklist is merged from: the open tasks of each role, of a person, and for who sees them all."""
    referte_prefix: ClassVar[str] = "TK"

    domein: Mapped[str] = mapped_column()
    gebied: Mapped[str] = mapped_column()
    referte: Mapped[str] = mapped_column(unique=True)
    nummer: Mapped[int]
    naam: Mapped[str]
    rol: Mapped[str]
    gebruiker_id: Mapped[UUID | None]
    onderwerp_id: Mapped[UUID] = mapped_column(ForeignKey("onderwerp.id"), index=True)
    dossier_id: Mapped[UUID | None] = mapped_column(ForeignKey("dossier.id"), index=True)
    document_id: Mapped[UUID | None]
    deadline: Mapped[date | None]
    sorteerdatum: Mapped[date]
    aangemaakt_op: Mapped[datetime]
    gesloten_op: Mapped[datetime | None]
    gesloten_door: Mapped[str | None]


class Bestand(Identified, Base):
    """An uploaded or rendered file; the bytes lie in the store under a random key."""

    __tablename__ = "bestand"
    __rls__: ClassVar[str] = "bestand"

    domein: Mapped[str] = mapped_column(index=True)
    gebruiker_id: Mapped[UUID | None]
    naam: Mapped[str]
    mediatype: Mapped[str]
    grootte: Mapped[int]
    sha256: Mapped[str]
    sleutel: Mapped[str] = mapped_column(unique=True)
    aangemaakt_op: Mapped[datetime]


class Document(Versioned, Signed):
    """A letter or decision on paper. Unsigned: the own organisation's; ``gedeeld_op`` is set by the signature.

    ``verstuurd_op``: since when it is part of what was sent to the other organisation; it can then not be shielded.
    """

    __tablename__ = "document"
    __rls__: ClassVar[str] = "gedeeld"
    __table_args__ = (Index(None, "dossier_id", "aangemaakt_op"), Index(None, "onderwerp_id", "aangemaakt_op"))
    referte_prefix: ClassVar[str] = "DO"

    domein: Mapped[str] = mapped_column()
    gebied: Mapped[str] = mapped_column()
    referte: Mapped[str] = mapped_column(unique=True)
    soort: Mapped[str]
    titel: Mapped[str]
    status: Mapped[str]
    dossier_id: Mapped[UUID | None] = mapped_column(ForeignKey("dossier.id"))
    onderwerp_id: Mapped[UUID] = mapped_column(ForeignKey("onderwerp.id"))
    stap_id: Mapped[UUID | None] = mapped_column(index=True)
    opdracht: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    bestand_id: Mapped[UUID | None] = mapped_column(ForeignKey("bestand.id"), index=True)
    concept: Mapped[bool]
    aangemaakt_op: Mapped[datetime]
    verstuurd_op: Mapped[datetime | None]


class Opmerking(Identified, Versioned, Shared, Base):
    """A remark in plain text on a subject, on a dossier, or on a document of a dossier.

    The author's organisation decides who reads it: itself alone, or both sides (Afsprakenkader VLOK). ``gelezen_op`` is
    when the other side first saw it: from then on it cannot be taken back.
    """

    __tablename__ = "opmerking"
    __rls__: ClassVar[str] = "gedeeld"
    __table_args__ = (Index(None, "onderwerp_id", "geschreven_op"), Index(None, "dossier_id", "geschreven_op"))

    onderwerp_id: Mapped[UUID] = mapped_column(ForeignKey("onderwerp.id"))
    dossier_id: Mapped[UUID | None] = mapped_column(ForeignKey("dossier.id"))
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id", ondelete="CASCADE"), index=True)
    tekst: Mapped[str]
    auteur_id: Mapped[UUID]
    auteur: Mapped[str]
    geschreven_op: Mapped[datetime]
    gelezen_op: Mapped[datetime | None]


class Afscherming(Identified, Owned, Base):
    """That, why and by whom a signed row was kept from the other side; closed when it was lifted.

    The switch itself is ``gedeeld_op`` of the row with the key ``object_id``, whatever its table.
    """

    __tablename__ = "afscherming"
    __rls__: ClassVar[str] = "eigen"
    __table_args__ = (
        Index(None, "object_id", "afgeschermd_op"),
        Index("ix_afscherming_lopend", "object_id", unique=True, postgresql_where=text("opgeheven_op is null")),
    )

    object_id: Mapped[UUID]
    reden: Mapped[str]
    toelichting: Mapped[str]
    afgeschermd_op: Mapped[datetime]
    afgeschermd_door: Mapped[str]
    opgeheven_op: Mapped[datetime | None]
    opgeheven_door: Mapped[str | None]
