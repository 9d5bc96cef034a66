"""The tables of the judicial procedure. They stand in the compartment's own schema and nowhere else.

No row refers to a row outside that schema by a foreign key: the compartment keeps ids of panden, entiteiten and
persons, and nobody outside can find out that it does. Every row is the compartment's own (``domein``).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified, Owned, Versioned


class Meldingstatus(StrEnum):
    """What became of a melding of the gemeente."""

    NIEUW = "Nieuw"
    IN_DOSSIER = "In dossier"
    ZONDER_GEVOLG = "Zonder gevolg"


class Opdrachtstatus(StrEnum):
    """The life of an assignment. Its holder sees it until it is withdrawn or he took note of the validation."""

    GEGEVEN = "Gegeven"
    UITGEVOERD = "Uitgevoerd"
    GEVALIDEERD = "Gevalideerd"
    INGETROKKEN = "Ingetrokken"
    BEEINDIGD = "Beëindigd"


LOPEND = (Opdrachtstatus.GEGEVEN, Opdrachtstatus.UITGEVOERD, Opdrachtstatus.GEVALIDEERD)
"""Who holds an assignment in one of these is a guest of the compartment."""


class Pvsoort(StrEnum):
    """The kinds of proces-verbaal."""

    AANVANKELIJK = "aanvankelijk"
    NAVOLGEND = "navolgend"
    UITVOERING = "uitvoering"


class Pvstatus(StrEnum):
    """The life of a proces-verbaal."""

    IN_OPMAAK = "In opmaak"
    ONDERTEKEND = "Ondertekend"
    VERZONDEN = "Verzonden"


class Vorderingstatus(StrEnum):
    """The life of a herstelvordering."""

    IN_OPMAAK = "In opmaak"
    ONDERTEKEND = "Ondertekend"
    INGESCHREVEN = "Ingeschreven"
    UITGEVOERD = "Uitgevoerd"
    AFGEWEZEN = "Afgewezen"


class WiZaak(Owned, Base):
    """What a WI-dossier has beyond a dossier: how it began."""

    __tablename__ = "wi_zaak"
    __rls__: ClassVar[str] = "eigen"

    id: Mapped[UUID] = mapped_column("dossier_id", ForeignKey("dossier.id"), primary_key=True)
    pand_id: Mapped[UUID] = mapped_column(index=True)
    aanleiding: Mapped[str]
    omschrijving: Mapped[str]


class WiMelding(Identified, Versioned, Owned, Base):
    """A report of a gemeente that came in; ``oo_dossier_id`` is the procedure OO it was made on.

    ``dossier_id`` is the WI-dossier that took it up. The gemeente sees nothing of this row.
    """

    __tablename__ = "wi_melding"
    __rls__: ClassVar[str] = "eigen"

    dossier_id: Mapped[UUID | None] = mapped_column(ForeignKey("dossier.id"), index=True)
    oo_dossier_id: Mapped[UUID]
    oo_referte: Mapped[str]
    pand_id: Mapped[UUID] = mapped_column(index=True)
    soort: Mapped[str]
    datum: Mapped[date]
    omschrijving: Mapped[str]
    melder: Mapped[str]
    ontvangen_op: Mapped[datetime]
    status: Mapped[str]
    beantwoord_op: Mapped[date | None]


class WiPartij(Identified, Owned, Base):
    """Somebody in the dossier: who is suspected, who suffered, who saw it. Never a betrokkene of the register."""

    __tablename__ = "wi_partij"
    __rls__: ClassVar[str] = "eigen"

    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    hoedanigheid: Mapped[str]
    soort: Mapped[str]
    naam: Mapped[str]
    voornaam: Mapped[str | None]
    insz: Mapped[str | None]
    kbo: Mapped[str | None]
    adres: Mapped[str | None]


class WiOpdracht(Identified, Versioned, Owned, Base):
    """An examination asked of one person, a woningcontroleur of Wonen in Vlaanderen.

    He sees pand, date, checklist and status, and of the dossier nothing: hence ``zaak_id`` and not ``dossier_id``, by
    which the kernel would lock and version the dossier for him.
    """

    __tablename__ = "wi_opdracht"
    __rls__: ClassVar[str] = "eigen"
    __table_args__ = (Index(None, "gebruiker_id", "status"),)

    zaak_id: Mapped[UUID] = mapped_column(ForeignKey("wi_zaak.dossier_id"), index=True)
    pand_id: Mapped[UUID]
    gebruiker_id: Mapped[UUID]
    volgnummer: Mapped[int]
    """Which assignment of the dossier it is: of two examinations on one day the later one counts."""
    controleur: Mapped[str]
    datum: Mapped[date]
    checklist: Mapped[list[str]]
    status: Mapped[str]
    gegeven_op: Mapped[datetime]
    uitgevoerd_op: Mapped[date | None]
    gevalideerd_op: Mapped[datetime | None]
    ingetrokken_op: Mapped[datetime | None]


class WiResultaat(Identified, Owned, Base):
    """What an assignment found about one entiteit; it counts when ``gevalideerd``."""

    __tablename__ = "wi_resultaat"
    __rls__: ClassVar[str] = "eigen"
    __table_args__ = (Index(None, "opdracht_id", "entiteit_id", unique=True),)

    opdracht_id: Mapped[UUID] = mapped_column(ForeignKey("wi_opdracht.id"))
    zaak_id: Mapped[UUID] = mapped_column(ForeignKey("wi_zaak.dossier_id"), index=True)
    entiteit_id: Mapped[UUID]
    datum: Mapped[date]
    uitslag: Mapped[str]
    bevindingen: Mapped[str]
    gevalideerd: Mapped[bool]


class WiPv(Identified, Owned, Base):
    """A proces-verbaal. Its document (``stap_id``) is signed by hand; from then on it exists for the law."""

    __tablename__ = "wi_pv"
    __rls__: ClassVar[str] = "eigen"

    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    nummer: Mapped[str] = mapped_column(unique=True)
    soort: Mapped[str]
    datum: Mapped[date]
    entiteit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    vaststellingen: Mapped[str]
    status: Mapped[str]
    aangemaakt_op: Mapped[datetime]
    parket: Mapped[str | None]
    verzonden_op: Mapped[date | None]


class WiHerstelvordering(Identified, Owned, Base):
    """A herstelvordering (VCW art. 3.43) for some entiteiten; public from the day it is in the register (art. 3.50)."""

    __tablename__ = "wi_herstelvordering"
    __rls__: ClassVar[str] = "eigen"

    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    nummer: Mapped[str] = mapped_column(unique=True)
    entiteit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    maatregel: Mapped[str]
    termijn_maanden: Mapped[int]
    dwangsom: Mapped[int | None]
    motivering: Mapped[str]
    datum: Mapped[date]
    status: Mapped[str]
    ingeschreven_op: Mapped[date | None]
    uitgevoerd_op: Mapped[date | None]


class WiGevolg(Identified, Owned, Base):
    """What the parket did with the proces-verbaal."""

    __tablename__ = "wi_gevolg"
    __rls__: ClassVar[str] = "eigen"

    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    soort: Mapped[str]
    datum: Mapped[date]
    toelichting: Mapped[str]


class WiUitspraak(Identified, Owned, Base):
    """A judgment; ``dwangsom`` is in euro per day, ``hersteltermijn`` the last day to repair."""

    __tablename__ = "wi_uitspraak"
    __rls__: ClassVar[str] = "eigen"

    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    datum: Mapped[date]
    instantie: Mapped[str]
    herstel: Mapped[bool]
    hersteltermijn: Mapped[date | None]
    dwangsom: Mapped[int | None]
    beschikking: Mapped[str]
