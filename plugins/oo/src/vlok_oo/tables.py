"""The tables of procedure OO. A dossier changes under its own lock, so none of these rows counts its versions."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from vlok.api.orm import Base, Identified, Owned, Shared


class OoProcedure(Owned, Base):
    """What a dossier OO has beyond a dossier: the verzoek, and the dates that its terms run from."""

    __tablename__ = "oo_procedure"
    __rls__: ClassVar[str] = "gebied"

    id: Mapped[UUID] = mapped_column("dossier_id", ForeignKey("dossier.id"), primary_key=True)
    datum_verzoek: Mapped[date]
    initiatiefnemer: Mapped[str]
    verzoeker_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    omschrijving: Mapped[str]
    termijn_burgemeester: Mapped[date | None]
    datum_adviesvraag: Mapped[date | None]
    hoorplicht_tot: Mapped[date | None]


class OoAdviesvraag(Identified, Owned, Base):
    """The gemeente asked the gewestelijk ambtenaar's advice about some entiteiten."""

    __tablename__ = "oo_adviesvraag"
    __rls__: ClassVar[str] = "gebied"
    referte_prefix: ClassVar[str] = "AV"

    referte: Mapped[str] = mapped_column(unique=True)
    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    datum: Mapped[date]
    type_woning: Mapped[str]
    entiteit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


class OoAdvies(Identified, Shared, Base):
    """The advies about one entiteit; shared with the gemeente when it is sent.

    Adviezen made together share ``ronde_id``, the step their covering letter belongs to. ``datum`` is the day on which
    the last of their documents was signed.
    """

    __tablename__ = "oo_advies"
    __rls__: ClassVar[str] = "gedeeld"
    referte_prefix: ClassVar[str] = "AD"

    referte: Mapped[str] = mapped_column(unique=True)
    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    deelprocedure_id: Mapped[UUID] = mapped_column(ForeignKey("deelprocedure.id"), index=True)
    entiteit_id: Mapped[UUID] = mapped_column(ForeignKey("entiteit.id"), index=True)
    ronde_id: Mapped[UUID]
    uitslag: Mapped[str]
    motivering: Mapped[str]
    status: Mapped[str]
    datum: Mapped[date | None]


class OoHoorplicht(Identified, Owned, Base):
    """Those concerned by some entiteiten were invited to react up to and including ``tot``."""

    __tablename__ = "oo_hoorplicht"
    __rls__: ClassVar[str] = "gebied"

    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    gestart_op: Mapped[date]
    tot: Mapped[date]
    entiteit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


class OoReactie(Identified, Owned, Base):
    """A reaction in the hoorplicht: by whom, about which entiteiten, mondeling or schriftelijk."""

    __tablename__ = "oo_reactie"
    __rls__: ClassVar[str] = "gebied"
    referte_prefix: ClassVar[str] = "HR"

    referte: Mapped[str] = mapped_column(unique=True)
    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    datum: Mapped[date]
    wijze: Mapped[str]
    inhoud: Mapped[str]
    entiteit_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    betrokkene_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


class OoBevinding(Identified, Owned, Base):
    """What a signed examination said about an entiteit: our read model of the fact ``OnderzoekOndertekend``.

    ``domein`` is that of the organisation that examined. ``dossier_id`` is the procedure that was running then.
    """

    __tablename__ = "oo_bevinding"
    __rls__: ClassVar[str] = "gebied"
    __table_args__ = (Index(None, "onderzoek_id", "entiteit_id", unique=True),)

    dossier_id: Mapped[UUID | None] = mapped_column(ForeignKey("dossier.id"), index=True)
    pand_id: Mapped[UUID] = mapped_column(ForeignKey("pand.id"), index=True)
    entiteit_id: Mapped[UUID] = mapped_column(ForeignKey("entiteit.id"), index=True)
    onderzoek_id: Mapped[UUID]
    onderzoek_referte: Mapped[str]
    datum: Mapped[date]
    uitslag: Mapped[str]


class OoBeslissing(Identified, Shared, Base):
    """A decision of the burgemeester about one entiteit, with everything chosen in the wizard.

    Source of the options: handleiding VLOK, "Hoe maakt de gemeente de beslissing van de burgemeester en laat ze
    ondertekenen?". An extra overbewoning is a row of its own. ``vorige_status`` is the status the deelprocedure returns
    to when the decision is removed; ``afkeuring`` why Wonen in Vlaanderen did not validate it.
    """

    __tablename__ = "oo_beslissing"
    __rls__: ClassVar[str] = "gedeeld"
    referte_prefix: ClassVar[str] = "BS"

    referte: Mapped[str] = mapped_column(unique=True)
    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    deelprocedure_id: Mapped[UUID] = mapped_column(ForeignKey("deelprocedure.id"), index=True)
    entiteit_id: Mapped[UUID] = mapped_column(ForeignKey("entiteit.id"), index=True)
    soort: Mapped[str]
    status: Mapped[str]
    vorige_status: Mapped[str]
    datum: Mapped[date]
    ondertekenflow: Mapped[str | None]
    aangemaakt_op: Mapped[datetime]

    basis: Mapped[str | None]
    datum_kennisgeving: Mapped[date | None]
    motivering: Mapped[str]
    reden: Mapped[str]
    uitstel_tot: Mapped[date | None]
    datum_stopzetting: Mapped[date | None]
    snelherstel_dagen: Mapped[int | None]
    gebreken: Mapped[str]
    werken_op_kosten_eigenaar: Mapped[bool]
    herhuisvesting: Mapped[bool]
    recuperatie_kosten: Mapped[str]
    sloop_of_herbestemming: Mapped[str | None]

    datum_betekening: Mapped[date | None]
    poststempel: Mapped[bool]
    datum_ontvangst: Mapped[date | None]
    beroep_tot: Mapped[date | None]
    afkeuring: Mapped[str | None]


class OoVerhuurmelding(Identified, Owned, Base):
    """The gemeente reported new bewoning or verhuring to the Wooninspectie; nobody but the gemeente sees it here."""

    __tablename__ = "oo_verhuurmelding"
    __rls__: ClassVar[str] = "eigen"

    dossier_id: Mapped[UUID] = mapped_column(ForeignKey("dossier.id"), index=True)
    soort: Mapped[str]
    datum: Mapped[date]
    omschrijving: Mapped[str]
    gemeld_op: Mapped[datetime]
    gemeld_door: Mapped[str]
