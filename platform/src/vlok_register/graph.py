"""The register's GraphQL types and queries."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Uuid, and_, any_, func, or_, select

from vlok.api.actor import Actor
from vlok.api.graph import Arg, Extension, ObjectType, RootList, RootOne, column, derived, many, one
from vlok.api.opmerkingen import op_onderwerp, opmerkingen_van
from vlok.api.tables import Dossier
from vlok_register.api.zoeken import bevat_woorden, zonder_refertes
from vlok_register.catalogus import rollen
from vlok_register.soorten import BETROKKENESOORT, ENTITEITSOORT, masked
from vlok_register.tables import Betrokkene, Deelprocedure, Entiteit, Herstelvordering, Pand


def _of_pand(pand: Any, document: Any) -> ColumnElement[bool]:
    """Documents about the property, about one of its units, or in one of its dossiers."""
    dossiers = select(Dossier.id).where(Dossier.onderwerp_id == pand.id).scalar_subquery()
    about = document.onderwerp_id == any_(_pand_and_units(pand))
    return or_(about, document.dossier_id == any_(func.array(dossiers)))


def _pand_and_units(pand: Any) -> Any:
    """The ids of a property and of its units, as one array: an index serves "about any of these"."""
    units = select(Entiteit.id).where(Entiteit.pand_id == pand.id).scalar_subquery()
    return func.array_append(func.array(units), pand.id, type_=ARRAY(Uuid()))


class PandType(ObjectType):
    """Elk bebouwd onroerend goed dat als één geheel beschouwd wordt; bevat entiteiten."""

    key = "register.pand"
    name = "Pand"
    model = Pand
    gelogd = "pand"

    referte = column()
    titel = column("Het adres")
    straat = column()
    huisnummer = column("Eén nummer of een reeks, zoals 47/49")
    postcode = column()
    gemeente = column()
    provincie = column()
    actief = column("Enkel op een actief pand starten procedures")
    capakeys = column("Kadastrale perceelsleutels")
    versie = column()
    entiteiten = many("Entiteit", lambda p, e: e.pand_id == p.id, lambda e: (e.sorteer, e.id), first=100)
    dossiers = many("Dossier", lambda p, d: d.onderwerp_id == p.id, lambda d: (d.gestart_op.desc(), d.referte))
    documenten = many("Document", _of_pand, lambda d: (d.aangemaakt_op.desc(), d.id))
    taken = many(
        "Taak",
        lambda p, t: t.onderwerp_id == any_(_pand_and_units(p)),
        lambda t: (t.gesloten_op.is_not(None), t.sorteerdatum, t.id),
        "Van het pand en van zijn entiteiten",
    )
    herstelvorderingen = many(
        "Herstelvordering",
        lambda p, h: and_(h.onderwerp_id == any_(_pand_and_units(p)), h.tot.is_(None)),
        lambda h: (h.sinds, h.id),
        "Lopende inschrijvingen in het openbaar register, van het pand en van zijn entiteiten",
        first=100,
    )
    betrokkenen = many("Betrokkene", lambda p, b: b.pand_id == p.id, lambda b: (b.naam, b.id))
    opmerkingen = opmerkingen_van(op_onderwerp, "bij het pand zelf")


class EntiteitType(ObjectType):
    """Een deel van een pand."""

    key = "register.entiteit"
    name = "Entiteit"
    model = Entiteit
    gelogd = "pand"
    gelogd_als = "pand_id"

    referte = column()
    titel = column("Het adres met bus")
    soort = column("ZW, NZW of NWF")
    soort_naam = derived(str, ("soort",), lambda soort: ENTITEITSOORT[soort])
    busnummer = column()
    ligging = column("Waar in het pand")
    capakeys = column()
    versie = column()
    pand = one("Pand", lambda e, p: p.id == e.pand_id, required=True)
    deelprocedures = many(
        "Deelprocedure", lambda e, d: d.entiteit_id == e.id, lambda d: (d.gestart_op.desc(), d.id), first=20
    )
    herstelvordering = one(
        "Herstelvordering",
        lambda e, h: and_(h.onderwerp_id == e.id, h.tot.is_(None)),
        "De lopende inschrijving in het openbaar register; leeg: geen",
    )
    betrokkenen = many("Betrokkene", lambda e, b: b.entiteit_id == e.id, lambda b: (b.naam, b.id))


class BetrokkeneType(ObjectType):
    """Een natuurlijk persoon of onderneming met een rol op een pand of entiteit."""

    key = "register.betrokkene"
    name = "Betrokkene"
    model = Betrokkene
    gelogd = "persoon"

    referte = column()
    naam = derived(str, ("voornaam", "naam"), lambda voornaam, naam: f"{voornaam} {naam}" if voornaam else naam)
    soort = column("natuurlijk_persoon of onderneming")
    soort_naam = derived(str, ("soort",), lambda soort: BETROKKENESOORT[soort])
    rol = column()
    rol_naam = derived(str, ("rol",), lambda rol: rollen()[rol].naam)
    adres = column()
    nummer = derived(
        str | None, ("insz", "kbo"), masked, "Ondernemingsnummer; een rijksregisternummer enkel gemaskeerd"
    )
    van = column()
    tot = column()
    pand = one("Pand", lambda b, p: p.id == b.pand_id)
    entiteit = one("Entiteit", lambda b, e: e.id == b.entiteit_id)


class DeelprocedureType(ObjectType):
    """Een hoofdprocedure zoals ze één entiteit betreft."""

    key = "register.deelprocedure"
    name = "Deelprocedure"
    model = Deelprocedure
    gelogd = "dossier"
    gelogd_als = "dossier_id"

    referte = column()
    status = column()
    gestart_op = column()
    entiteit = one("Entiteit", lambda d, e: e.id == d.entiteit_id, required=True)
    dossier = one("Dossier", lambda d, o: o.id == d.dossier_id, required=True)


class HerstelvorderingType(ObjectType):
    """Een inschrijving in het openbaar register van herstelvorderingen: dat ze er is, waar en sinds wanneer."""

    key = "register.herstelvordering"
    name = "Herstelvordering"
    model = Herstelvordering

    adres = column()
    sinds = column("Dag van de inschrijving")


OBJECT_TYPES = (PandType, EntiteitType, BetrokkeneType, DeelprocedureType, HerstelvorderingType)

EXTENSIONS = (
    Extension(
        "register.dossier",
        "Dossier",
        {
            "deelprocedures": many(
                "Deelprocedure", lambda d, p: p.dossier_id == d.id, lambda p: (p.referte, p.id), first=100
            ),
            "pand": one("Pand", lambda d, p: p.id == d.onderwerp_id),
        },
    ),
)


def by_referte(pand: Any, referte: str) -> ColumnElement[bool]:
    """A user may type the reference of a unit as well. The key first: an index serves "one of these", not "or"."""
    units = select(Entiteit.pand_id).where(Entiteit.referte == referte)
    keys = select(Pand.id).where(Pand.referte == referte).union_all(units).scalar_subquery()
    found: ColumnElement[bool] = pand.id == any_(func.array(keys))
    return found


def search(actor: Actor, pand: Any, args: Mapping[str, Any]) -> ColumnElement[bool]:
    """Every word must occur in the address, a reference (of a unit too) or a capakey, accents and capitals aside."""
    words, refertes = zonder_refertes(args["zoek"])
    return and_(bevat_woorden(pand.zoek, words), *(by_referte(pand, referte) for referte in refertes))


ROOT_FIELDS = (
    RootOne(
        "register.pand", "Een pand volgens zijn referte, of volgens die van een entiteit ervan", "Pand", by_referte
    ),
    RootOne("register.entiteit", "Een entiteit volgens haar referte", to="Entiteit"),
    RootList(
        "register.panden",
        "Panden volgens adres, referte of capakey",
        to="Pand",
        order=lambda pand: (pand.sorteer, pand.id),
        where=search,
        args={"zoek": Arg(str, "", "Woorden uit het adres, een referte of een capakey")},
        menu=True,
    ),
)
