"""The GraphQL types of procedure OO."""

from typing import Any

from sqlalchemy import any_, func, select

from vlok.api.graph import Extension, ObjectType, column, derived, expression, many, one
from vlok_oo.initiatiefnemers import naam_van
from vlok_oo.tables import OoAdvies, OoAdviesvraag, OoBeslissing, OoProcedure, OoReactie, OoVerhuurmelding
from vlok_oo.voorstel import Beslissingstype
from vlok_register.api.tables import Betrokkene


def _namen(ids: Any) -> Any:
    """The names of those with these ids, as one text."""
    naam = func.concat_ws(" ", Betrokkene.voornaam, Betrokkene.naam)
    found = select(func.string_agg(naam, ", ")).where(Betrokkene.id == any_(ids))
    return found.scalar_subquery()


class OoProcedureType(ObjectType):
    """Wat een dossier OO meer heeft dan een ander dossier."""

    key = "oo.procedure"
    name = "OoProcedure"
    model = OoProcedure
    gelogd = "dossier"

    datum_verzoek = column("Datum van ontvangst van het verzoek")
    initiatiefnemer = derived(str, ("initiatiefnemer",), naam_van, "Wie de procedure vroeg")
    verzoekers = expression(
        str,
        lambda p: _namen(p.verzoeker_ids),
        "De namen van de verzoekers",
        nullable=True,
        toont=("Betrokkene", lambda p: p.verzoeker_ids),
    )
    omschrijving = column()
    datum_adviesvraag = column("Dag waarop het laatst advies werd gevraagd")
    termijn_burgemeester = column("Laatste dag van de ordetermijn om te beslissen")
    hoorplicht_tot = column("Tot wanneer de betrokkenen kunnen reageren")
    adviesvragen = many("OoAdviesvraag", lambda p, v: v.dossier_id == p.id, lambda v: (v.datum, v.referte), first=100)
    adviezen = many("OoAdvies", lambda p, a: a.dossier_id == p.id, lambda a: (a.referte,), first=100)
    reacties = many("OoReactie", lambda p, r: r.dossier_id == p.id, lambda r: (r.datum, r.referte), first=100)
    beslissingen = many("OoBeslissing", lambda p, b: b.dossier_id == p.id, lambda b: (b.referte,), first=100)
    verhuurmeldingen = many(
        "OoVerhuurmelding",
        lambda p, m: m.dossier_id == p.id,
        lambda m: (m.gemeld_op, m.id),
        "Wat de eigen gemeente meldde aan de Wooninspectie",
    )


class OoAdviesvraagType(ObjectType):
    """Een vraag om advies aan Wonen in Vlaanderen."""

    key = "oo.adviesvraag"
    name = "OoAdviesvraag"
    model = OoAdviesvraag
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    referte = column()
    datum = column()
    type_woning = column("ZW of NZW")
    entiteiten = many(
        "Entiteit", lambda v, e: e.id == any_(v.entiteit_ids), lambda e: (e.sorteer, e.referte), first=100
    )


class OoAdviesType(ObjectType):
    """Het advies van de gewestelijk ambtenaar over één entiteit. De gemeente ziet het zodra het verstuurd is."""

    key = "oo.advies"
    name = "OoAdvies"
    model = OoAdvies
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    referte = column()
    uitslag = column("VOL, OG of OG/OB, mogelijk met /OVB; OVB; of GADV (geen advies)")
    motivering = column()
    status = column("Ter ondertekening, Te versturen of Verstuurd")
    datum = column("Dag waarop het advies ondertekend werd")
    entiteit = one("Entiteit", lambda a, e: e.id == a.entiteit_id, required=True)
    documenten = many("Document", lambda a, d: d.stap_id == a.id, lambda d: (d.aangemaakt_op, d.referte), first=20)


class OoReactieType(ObjectType):
    """Een reactie in de hoorplicht."""

    key = "oo.reactie"
    name = "OoReactie"
    model = OoReactie
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    referte = column()
    datum = column()
    wijze = column("mondeling of schriftelijk")
    inhoud = column()
    personen = expression(
        str,
        lambda r: _namen(r.betrokkene_ids),
        "Wie reageerde",
        nullable=True,
        toont=("Betrokkene", lambda r: r.betrokkene_ids),
    )
    entiteiten = many(
        "Entiteit", lambda r, e: e.id == any_(r.entiteit_ids), lambda e: (e.sorteer, e.referte), first=100
    )
    documenten = many("Document", lambda r, d: d.stap_id == r.id, lambda d: (d.aangemaakt_op, d.referte), first=20)


class OoBeslissingType(ObjectType):
    """Een beslissing van de burgemeester over één entiteit. Wonen in Vlaanderen ziet ze zodra ze verstuurd is."""

    key = "oo.beslissing"
    name = "OoBeslissing"
    model = OoBeslissing
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    referte = column()
    soort = column("VOL, OG, OG/OB, OVB, UITSTEL of ANDERE")
    soort_naam = derived(str, ("soort",), lambda soort: Beslissingstype(soort).label, "De soort in woorden")
    status = column()
    datum = column("Datum beslissing")
    basis = column("ADVIES of ONDERZOEK")
    datum_kennisgeving = column("Datum kennisgeving advies en/of onderzoek")
    motivering = column()
    reden = column("Reden van uitstel of van geen beslissing")
    uitstel_tot = column()
    datum_stopzetting = column("Wanneer de bewoning moet zijn stopgezet")
    snelherstel_dagen = column("Termijn voor snelherstel in dagen")
    gebreken = column("Gebreken die voor snelherstel in aanmerking komen")
    werken_op_kosten_eigenaar = column()
    herhuisvesting = column()
    recuperatie_kosten = column()
    sloop_of_herbestemming = column("SLOOP of HERBESTEMMING")
    datum_betekening = column()
    poststempel = column("De datum betekening is die van de poststempel")
    datum_ontvangst = column("Datum ontvangst door Wonen in Vlaanderen")
    beroep_tot = column("Laatste dag om beroep in te stellen")
    afkeuring = column("Waarom Wonen in Vlaanderen ze niet valideerde")
    entiteit = one("Entiteit", lambda b, e: e.id == b.entiteit_id, required=True)
    dossier = one("Dossier", lambda b, d: d.id == b.dossier_id, required=True)
    documenten = many("Document", lambda b, d: d.stap_id == b.id, lambda d: (d.aangemaakt_op, d.referte), first=20)


class OoVerhuurmeldingType(ObjectType):
    """Een melding van nieuwe bewoning of verhuring na een besluit. Enkel de gemeente die meldde ziet ze."""

    key = "oo.verhuurmelding"
    name = "OoVerhuurmelding"
    model = OoVerhuurmelding
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    soort = column("verhuring of bewoning")
    datum = column("Dag van de vaststelling")
    omschrijving = column()
    gemeld_op = column()
    gemeld_door = column()


OBJECT_TYPES = (OoProcedureType, OoAdviesvraagType, OoAdviesType, OoReactieType, OoBeslissingType, OoVerhuurmeldingType)
DOSSIER = Extension(
    "oo.dossier",
    "Dossier",
    {"oo": one("OoProcedure", lambda dossier, oo: oo.id == dossier.id, "Enkel voor een procedure OO")},
)
