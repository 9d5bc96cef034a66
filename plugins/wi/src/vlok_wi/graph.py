"""The GraphQL types of the judicial procedure. They exist in the compartment's own schema and nowhere else."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, any_, or_, select, true

from vlok.api.actor import Actor
from vlok.api.graph import Arg, Extension, ObjectType, RootField, RootList, column, derived, expression, many, one
from vlok_register.api.tables import Pand
from vlok_register.api.zoeken import bevat_woorden
from vlok_wi.openen import WiAanleiding
from vlok_wi.partijen import WiHoedanigheid
from vlok_wi.procedure import SOORT, STAPPEN
from vlok_wi.scopes import loopt
from vlok_wi.tables import (
    WiGevolg,
    WiHerstelvordering,
    WiMelding,
    WiOpdracht,
    WiPartij,
    WiPv,
    WiResultaat,
    WiUitspraak,
    WiZaak,
)


def _gemaskeerd(insz: str | None, kbo: str | None) -> str | None:
    """An enterprise number is public; of a national number only that there is one."""
    return f"{kbo[:4]}.{kbo[4:7]}.{kbo[7:]}" if kbo else "***" if insz else None


class WiZaakType(ObjectType):
    """Wat een gerechtelijk dossier meer heeft dan een ander dossier."""

    key = "wi.zaak"
    name = "WiZaak"
    model = WiZaak
    gelogd = "dossier"

    aanleiding = derived(str, ("aanleiding",), lambda code: WiAanleiding(code).label, "Waarom het dossier begon")
    omschrijving = column()
    stappen = derived(
        list[str], ("aanleiding",), lambda _: list(STAPPEN), "De statussen in volgorde, voor een stappenbalk"
    )
    melding = one("WiMelding", lambda z, m: m.dossier_id == z.id, "De melding waarop het dossier begon")
    partijen = many("WiPartij", lambda z, p: p.dossier_id == z.id, lambda p: (p.hoedanigheid, p.naam, p.id), first=100)
    opdrachten = many(
        "WiOpdracht", lambda z, o: o.zaak_id == z.id, lambda o: (o.volgnummer.desc(), o.id), "Recentste eerst"
    )
    resultaten = many("WiResultaat", lambda z, r: r.zaak_id == z.id, lambda r: (r.datum.desc(), r.id), first=100)
    processen_verbaal = many("WiPv", lambda z, p: p.dossier_id == z.id, lambda p: (p.nummer, p.id))
    herstelvorderingen = many("WiHerstelvordering", lambda z, v: v.dossier_id == z.id, lambda v: (v.nummer, v.id))
    gevolgen = many("WiGevolg", lambda z, g: g.dossier_id == z.id, lambda g: (g.datum, g.id))
    uitspraken = many("WiUitspraak", lambda z, u: u.dossier_id == z.id, lambda u: (u.datum, u.id))


class WiMeldingType(ObjectType):
    """Een melding van een gemeente over nieuwe bewoning of verhuring na een besluit."""

    key = "wi.melding"
    name = "WiMelding"
    model = WiMelding
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    soort = column("verhuring of bewoning")
    datum = column("Dag van de vaststelling")
    omschrijving = column()
    melder = column("De gemeente die meldde")
    oo_referte = column("De procedure OO waarop gemeld werd")
    ontvangen_op = column()
    status = column("Nieuw, In dossier of Zonder gevolg")
    beantwoord_op = column("Wanneer de procedure van de gemeente met herstelvordering gesloten werd")
    pand = one("Pand", lambda m, p: p.id == m.pand_id)
    dossier = one("Dossier", lambda m, d: d.id == m.dossier_id)


class WiPartijType(ObjectType):
    """Iemand in een gerechtelijk dossier."""

    key = "wi.partij"
    name = "WiPartij"
    model = WiPartij
    gelogd = "persoon"

    hoedanigheid = derived(str, ("hoedanigheid",), lambda code: WiHoedanigheid(code).label)
    naam = derived(str, ("voornaam", "naam"), lambda voornaam, naam: f"{voornaam} {naam}" if voornaam else naam)
    soort = column("natuurlijk_persoon of onderneming")
    nummer = derived(
        str | None, ("insz", "kbo"), _gemaskeerd, "Ondernemingsnummer; een rijksregisternummer enkel gemaskeerd"
    )
    adres = column()


class WiOpdrachtType(ObjectType):
    """Een onderzoek dat aan één woningcontroleur gevraagd is. Meer dan dit verneemt die niet."""

    key = "wi.opdracht"
    name = "WiOpdracht"
    model = WiOpdracht
    gelogd = "dossier"
    gelogd_als = "zaak_id"

    pand = one("Pand", lambda o, p: p.id == o.pand_id)
    datum = column("Dag van het bezoek")
    checklist = column("Aandachtspunten")
    controleur = column()
    status = column("Gegeven, Uitgevoerd, Gevalideerd, Ingetrokken of Beëindigd")


class WiResultaatType(ObjectType):
    """Wat een onderzoek over één entiteit zegt; het geldt als het gevalideerd is."""

    key = "wi.resultaat"
    name = "WiResultaat"
    model = WiResultaat
    gelogd = "dossier"
    gelogd_als = "zaak_id"

    entiteit = one("Entiteit", lambda r, e: e.id == r.entiteit_id)
    datum = column("Dag van het onderzoek")
    uitslag = column("VOL, OG of OG/OB, mogelijk gevolgd door /OVB")
    bevindingen = column()
    gevalideerd = column()
    controleur = expression(
        str, lambda r: select(WiOpdracht.controleur).where(WiOpdracht.id == r.opdracht_id).scalar_subquery()
    )
    documenten = many(
        "Document", lambda r, d: d.stap_id == r.opdracht_id, lambda d: (d.aangemaakt_op, d.referte), first=20
    )


class WiPvType(ObjectType):
    """Een proces-verbaal."""

    key = "wi.pv"
    name = "WiPv"
    model = WiPv
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    nummer = column()
    soort = column("aanvankelijk, navolgend of uitvoering")
    datum = column()
    status = column("In opmaak, Ondertekend of Verzonden")
    vaststellingen = column("Het relaas")
    parket = column("Waarheen het verzonden is")
    verzonden_op = column()
    entiteiten = many(
        "Entiteit", lambda p, e: e.id == any_(p.entiteit_ids), lambda e: (e.sorteer, e.referte), first=100
    )
    documenten = many("Document", lambda p, d: d.stap_id == p.id, lambda d: (d.aangemaakt_op, d.referte), first=20)


class WiHerstelvorderingType(ObjectType):
    """Een herstelvordering. Openbaar is enkel dat ze er is, en sinds wanneer."""

    key = "wi.herstelvordering"
    name = "WiHerstelvordering"
    model = WiHerstelvordering
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    nummer = column()
    datum = column()
    maatregel = column("herstel, herbestemming of sloop")
    termijn_maanden = column()
    dwangsom = column("In euro per dag")
    motivering = column()
    status = column("In opmaak, Ondertekend, Ingeschreven, Uitgevoerd of Afgewezen")
    ingeschreven_op = column("Sinds wanneer ze in het openbaar register staat")
    uitgevoerd_op = column()
    entiteiten = many(
        "Entiteit", lambda v, e: e.id == any_(v.entiteit_ids), lambda e: (e.sorteer, e.referte), first=100
    )
    documenten = many("Document", lambda v, d: d.stap_id == v.id, lambda d: (d.aangemaakt_op, d.referte), first=20)


class WiGevolgType(ObjectType):
    """Wat het parket met het proces-verbaal deed."""

    key = "wi.gevolg"
    name = "WiGevolg"
    model = WiGevolg
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    soort = column("seponering, dagvaarding of minnelijke_schikking")
    datum = column()
    toelichting = column()


class WiUitspraakType(ObjectType):
    """Een vonnis of arrest."""

    key = "wi.uitspraak"
    name = "WiUitspraak"
    model = WiUitspraak
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    datum = column()
    instantie = column("Rechtbank of hof")
    herstel = column("De herstelmaatregel is bevolen")
    hersteltermijn = column("Laatste dag om te herstellen")
    dwangsom = column("In euro per dag")
    beschikking = column()
    documenten = many("Document", lambda u, d: d.stap_id == u.id, lambda d: (d.aangemaakt_op, d.referte), first=20)


OBJECT_TYPES = (
    WiZaakType,
    WiMeldingType,
    WiPartijType,
    WiOpdrachtType,
    WiResultaatType,
    WiPvType,
    WiHerstelvorderingType,
    WiGevolgType,
    WiUitspraakType,
)

EXTENSIONS = (
    Extension(
        "wi.dossier",
        "Dossier",
        {"wi": one("WiZaak", lambda dossier, zaak: zaak.id == dossier.id, "Wat het gerechtelijk dossier meer heeft")},
    ),
    Extension(
        "wi.pand",
        "Pand",
        {
            "wi_meldingen": many(
                "WiMelding", lambda p, m: m.pand_id == p.id, lambda m: (m.ontvangen_op.desc(), m.id), "Recentste eerst"
            )
        },
    ),
)


def gezocht(actor: Actor, dossier: Any, args: Mapping[str, Any]) -> ColumnElement[bool]:
    """The WI-dossiers with that reference, or on a pand with these words, and of that status."""
    words, status = args["zoek"], args["status"]
    found = select(Pand.id).where(bevat_woorden(Pand.zoek, words))
    return and_(
        dossier.soort == SOORT,
        or_(dossier.referte == words, dossier.onderwerp_id.in_(found)) if words else true(),
        dossier.status == status if status else true(),
    )


def van_status(actor: Actor, melding: Any, args: Mapping[str, Any]) -> ColumnElement[bool]:
    """The meldingen of one status, or all."""
    chosen: ColumnElement[bool] = melding.status == args["status"] if args["status"] else true()
    return chosen


ROOT_FIELDS: tuple[RootField, ...] = (
    RootList(
        "wi.wi_dossiers",
        "De gerechtelijke dossiers volgens referte, adres of status",
        to="Dossier",
        order=lambda dossier: (dossier.referte, dossier.id),
        where=gezocht,
        args={
            "zoek": Arg(
                str | None, None, "Referte van het dossier, of woorden uit het adres of de referte van het pand"
            ),
            "status": Arg(str | None, None, "Status van het dossier"),
        },
        object="wi.dossiers",
        menu=True,
    ),
    RootList(
        "wi.wi_meldingen",
        "De meldingen van gemeenten, de oudste eerst",
        to="WiMelding",
        order=lambda melding: (melding.ontvangen_op, melding.id),
        where=van_status,
        args={"status": Arg(str | None, None, "Nieuw, In dossier of Zonder gevolg")},
        object="wi.meldingen",
        menu=True,
    ),
    RootList(
        "wi.opdrachten",
        "De eigen lopende opdrachten voor de Wooninspectie",
        to="WiOpdracht",
        order=lambda opdracht: (opdracht.datum, opdracht.id),
        where=lambda actor, opdracht, args: loopt(actor, opdracht),
        args={},
        object="wi.opdrachten",
        menu=True,
    ),
)
"""What the compartment offers: its dossiers and meldingen to members, his own assignments to a guest."""
