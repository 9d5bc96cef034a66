"""The audit trail: append-only, one chain per domain, a line for each change and for each answer that showed something.

PostgreSQL itself numbers and chains the lines (see the migration that makes the chain): who writes one gives neither
``volgnummer`` nor ``vorige`` nor ``hash``, and nobody changes or removes one.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, FetchedValue, Index, Integer, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified


class Soort(StrEnum):
    """What happened: opening one thing and seeing it in a list are two kinds (richtlijn 2016/680, art. 25)."""

    WIJZIGING = "wijziging"
    OPENEN = "openen"
    LIJST = "lijst"
    ZOEKEN = "zoeken"
    EXPORT = "export"
    AANMELDEN = "aanmelden"


INZAGE = (Soort.OPENEN, Soort.LIJST, Soort.ZOEKEN, Soort.EXPORT)
"""The kinds by which somebody read something."""


class Auditregel(Identified, Base):
    """Who, acting for which organisation with which roles (``namens``: for whom besides), did or saw what, and when.

    ``wat`` is the action, query or route; ``doel`` the purpose, where it is asked; ``getoond`` the ids of everything in
    the answer of which consultation is kept. ``wijzer``: see ``vlok.api.wijzers``.
    """

    __tablename__ = "auditregel"
    __rls__: ClassVar[str] = "logboek"
    __table_args__ = (
        Index("uq_auditregel_keten", "domein", text("(- volgnummer)"), unique=True),
        Index(None, "domein", "volgnummer"),
        Index(None, "domein", "tijdstip"),
        Index(None, "gebruiker_id", "tijdstip"),
    )

    volgnummer: Mapped[int] = mapped_column(BigInteger, FetchedValue())
    tijdstip: Mapped[datetime]
    domein: Mapped[str]
    gebruiker_id: Mapped[UUID]
    gebruiker: Mapped[str]
    organisatie: Mapped[str]
    namens: Mapped[str | None]
    rollen: Mapped[list[str]]
    soort: Mapped[str]
    wat: Mapped[str]
    doel: Mapped[str | None]
    subject_type: Mapped[str | None]
    subject_id: Mapped[UUID | None]
    getoond: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    verzoek_id: Mapped[str]
    gegevens: Mapped[dict[str, Any]] = mapped_column(JSONB)
    vorige: Mapped[bytes] = mapped_column(FetchedValue())
    hash: Mapped[bytes] = mapped_column(FetchedValue())
    wijzer: Mapped[list[int] | None] = mapped_column(ARRAY(Integer), FetchedValue())
