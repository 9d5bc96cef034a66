"""The kernel's GraphQL types."""

from sqlalchemy import func, literal_column, select

from vlok.api.afscherming import is_afgeschermd
from vlok.api.graph import ObjectType, column, derived, expression, many, one
from vlok.api.opmerkingen import op_onderwerp, opmerkingen_van
from vlok.api.tables import Document, Dossier, Onderwerp, Taak
from vlok.core.afscherming import AfschermingType
from vlok.core.eigendom import is_eigen
from vlok.core.eigendom import organisatie_naam as eigenaar_naam
from vlok.core.opmerkingen import OpmerkingType
from vlok.core.vervanging import VervangingType
from vlok.identity.tables import Gebruiker
from vlok.procedures.tables import Uitvoering
from vlok.tenancy.tables import Organisatie, Parameterwaarde


def _url(document: object) -> object:
    """Below the path of the place it is read in (see ``vlok.db.session``)."""
    path = func.coalesce(func.current_setting("app.pad", True), "")
    return func.concat(path, "/documenten/", document.id)  # type: ignore[attr-defined]


class OrganisatieType(ObjectType):
    """Een lokaal bestuur, Wonen in Vlaanderen, de wooninspectie of de belastingdienst."""

    key = "kernel.organisatie"
    name = "Organisatie"
    model = Organisatie

    code = column()
    naam = column()
    soort = column("lokaal_bestuur, wvl, wi of vlabel")
    parameters = many(
        "Parameterwaarde",
        lambda o, p: p.organisatie_id == o.id,
        lambda p: (p.sleutel, p.geldig_van, p.id),
        "Ingestelde waarden; wat niet ingesteld is heeft zijn standaardwaarde",
        first=100,
    )
    vervangingen = many(
        "Vervanging",
        lambda o, v: v.organisatie_id == o.id,
        lambda v: (v.van.desc(), v.id),
        "Wie er wie vervangt of verving, de laatste eerst",
    )


class ParameterwaardeType(ObjectType):
    """Een waarde die een organisatie aan een parameter gaf, voor een periode."""

    key = "kernel.parameterwaarde"
    name = "Parameterwaarde"
    model = Parameterwaarde

    sleutel = column()
    waarde = expression(str, lambda p: p.waarde.op("#>>")(literal_column("'{}'")), "De waarde als tekst", nullable=True)
    geldig_van = column()
    geldig_tot = column("De laatste dag; leeg: geldt nog")
    gewijzigd_door = column()
    gewijzigd_op = column()


class OnderwerpType(ObjectType):
    """Iets met een referte in een gemeente waarover dossiers, taken en documenten gaan."""

    key = "kernel.onderwerp"
    name = "Onderwerp"
    model = Onderwerp

    referte = column()
    soort = column()
    titel = column()
    opmerkingen = opmerkingen_van(op_onderwerp, "bij het onderwerp zelf")


class DossierType(ObjectType):
    """Een hoofdprocedure."""

    key = "kernel.dossier"
    name = "Dossier"
    model = Dossier
    gelogd = "dossier"

    referte = column()
    soort = column()
    soort_naam = derived(str, ("soort",), lambda soort: f"Procedure {soort.upper()}", "De soort in woorden")
    status = column("Gestart, Afgewezen, Stopgezet of Afgesloten")
    info = column("Bijzonderheid van de procedure")
    gestart_op = column()
    gewijzigd_op = column()
    gewijzigd_door = column()
    versie = column("Telt de wijzigingen van het dossier; stuur ze mee met een handeling")
    organisatie_naam = expression(str, eigenaar_naam, "Wie de procedure startte")
    onderwerp = one("Onderwerp", lambda d, o: o.id == d.onderwerp_id)
    taken = many(
        "Taak", lambda d, t: t.dossier_id == d.id, lambda t: (t.gesloten_op.is_not(None), t.sorteerdatum, t.id)
    )
    documenten = many("Document", lambda d, o: o.dossier_id == d.id, lambda o: (o.aangemaakt_op, o.referte), first=100)
    opmerkingen = opmerkingen_van(lambda d, o: (o.dossier_id == d.id) & o.document_id.is_(None), "bij het dossier zelf")
    tijdlijn = many(
        "Gebeurtenis", lambda d, g: g.dossier_id == d.id, lambda g: (g.tijdstip.desc(), g.id), "Wat er gebeurde"
    )


class GebeurtenisType(ObjectType):
    """Een uitgevoerde handeling op de tijdlijn van een dossier."""

    key = "kernel.gebeurtenis"
    name = "Gebeurtenis"
    model = Uitvoering
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    tijdstip = column()
    titel = column()
    wie = column(attr="gebruiker")
    organisatie_naam = expression(str, eigenaar_naam)
    samenvatting = column()


class TaakType(ObjectType):
    """Iets wat een rol van een organisatie moet doen."""

    key = "kernel.taak"
    name = "Taak"
    model = Taak

    referte = column()
    nummer = column("Nummer van het taaktype")
    naam = column()
    rol = column()
    rol_naam = derived(str, ("rol",), lambda rol: rol.partition(".")[2].replace("-", " ").capitalize())
    deadline = column()
    te_laat = expression(
        bool,
        lambda t: func.coalesce((t.deadline < func.current_date()) & t.gesloten_op.is_(None), False),
        "De deadline is voorbij en de taak staat nog open",
    )
    aangemaakt_op = column()
    gesloten_op = column()
    organisatie_naam = expression(str, eigenaar_naam, "Wie de taak moet doen")
    toegewezen_aan = expression(
        str,
        lambda t: (
            select(Gebruiker.voornaam + " " + Gebruiker.naam).where(Gebruiker.id == t.gebruiker_id).scalar_subquery()
        ),
        nullable=True,
    )
    onderwerp = one("Onderwerp", lambda t, o: o.id == t.onderwerp_id)
    dossier = one("Dossier", lambda t, d: d.id == t.dossier_id)
    document = one("Document", lambda t, d: d.id == t.document_id)


class DocumentType(ObjectType):
    """Een brief of besluit. Niet ondertekend: van de eigen organisatie; ondertekend: van beide."""

    key = "kernel.document"
    name = "Document"
    model = Document
    gelogd = "document"

    referte = column()
    soort = column("Documenttype, zoals DT034")
    titel = column()
    status = column()
    concept = column("Draagt het watermerk ONTWERP")
    beschikbaar = derived(bool, ("bestand_id",), lambda key: key is not None, "Het bestand is gemaakt")
    url = expression(str, _url, "Waar het bestand te lezen is")
    aangemaakt_op = column()
    ondertekend_op = column()
    versie = column()
    eigen = expression(bool, is_eigen, "Van de eigen organisatie")
    organisatie_naam = expression(str, eigenaar_naam)
    dossier = one("Dossier", lambda d, o: o.id == d.dossier_id)
    onderwerp = one("Onderwerp", lambda d, o: o.id == d.onderwerp_id)
    taken = many("Taak", lambda d, t: t.document_id == d.id, lambda t: (t.sorteerdatum, t.id))
    opmerkingen = opmerkingen_van(lambda d, o: o.document_id == d.id, "bij het document")
    afscherming = one(
        "Afscherming", is_afgeschermd, "Waarom enkel de eigen organisatie het ziet; leeg: niet afgeschermd"
    )


OBJECT_TYPES = (
    OrganisatieType,
    ParameterwaardeType,
    VervangingType,
    OnderwerpType,
    DossierType,
    GebeurtenisType,
    TaakType,
    DocumentType,
    OpmerkingType,
    AfschermingType,
)
