"""The audit trail for who watches over its use: who saw or changed what, of the own organisation.

Source: afsprakenkader VLOK (each organisation watches over its users' consultations), profiles *Auditor*; that the
application manager does so for the judicial side, which has no auditor, is inferred.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import ARRAY, ColumnElement, Integer, String, Uuid, and_, cast, false, func, literal, or_, true
from strawberry.types import Info

from vlok.api.actor import Actor
from vlok.api.clock import BRUSSEL, belgian_day
from vlok.api.errors import Refusal
from vlok.api.graph import Arg, Computed, ObjectType, RootList, column, derived, expression, one
from vlok.api.inzage import REDENEN
from vlok.api.wijzers import perhaps
from vlok.api.work import Work
from vlok.audit.tables import Auditregel, Soort
from vlok.graph.names import global_id, parse_global_id
from vlok.procedures.subjects import Subjects

SOORTEN = {
    Soort.WIJZIGING: "Gewijzigd",
    Soort.OPENEN: "Geopend",
    Soort.LIJST: "Getoond in een lijst",
    Soort.ZOEKEN: "Gezocht",
    Soort.EXPORT: "Uitgevoerd naar een bestand",
    Soort.AANMELDEN: "Aangemeld",
}


class LogregelType(ObjectType):
    """Een regel van het logboek: wie, voor welke organisatie en met welke rollen, wat deed of zag, en wanneer."""

    key = "kernel.auditregel"
    name = "Logregel"
    model = Auditregel
    gelogd = "logregel"

    volgnummer = expression(str, lambda r: cast(r.volgnummer, String), "Plaats in de ketting")
    tijdstip = column()
    soort = column("wijziging, openen, lijst, zoeken, export of aanmelden")
    soort_naam = derived(str, ("soort",), lambda soort: SOORTEN[Soort(soort)], "De soort in woorden")
    wat = column("De handeling, vraag of route")
    omschrijving = expression(str, lambda r: func.coalesce(r.gegevens["titel"].astext, r.wat))
    doel = column("Waarom, waar dat gevraagd wordt")
    gebruiker = column("Wie")
    organisatie = column("Voor welke organisatie")
    namens = column("Voor wie die optrad: een vervangen collega of een IGS")
    rollen = column()
    subject_type = column("Soort van wat geopend of gewijzigd werd")
    subject = derived(
        str | None,
        ("subject_type", "subject_id"),
        lambda name, key: global_id(name, key) if name and key else None,
        "Globale sleutel van wat geopend of gewijzigd werd",
    )
    aantal = expression(
        int, lambda r: func.cardinality(r.getoond, type_=Integer), "Zoveel zaken werden getoond of betrokken"
    )
    verzoek_id = column("Het verzoek aan de server")
    hash = expression(str, lambda r: func.encode(r.hash, "hex"), "De schakel van de ketting")
    dossier = one("Dossier", lambda r, d: d.id == r.subject_id)
    document = one("Document", lambda r, d: d.id == r.subject_id)
    onderwerp = one("Onderwerp", lambda r, o: o.id == r.subject_id)


def order(regel: Any) -> tuple[ColumnElement[Any], ...]:
    """The newest first."""
    return (-regel.volgnummer, regel.id)


ARGS: Mapping[str, Arg] = {
    "subject": Arg(str | None, None, "Globale sleutel of referte: wie dit opende, in een lijst zag of wijzigde"),
    "gebruiker": Arg(str | None, None, "Een deel van de naam, of de sleutel van de gebruiker"),
    "van": Arg(date | None, None, "Vanaf deze dag"),
    "tot": Arg(date | None, None, "Tot en met deze dag"),
    "soort": Arg(str | None, None, "wijziging, openen, lijst, zoeken, export of aanmelden"),
}


async def before(work: Work, args: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a reference stands for; Refusal ``ONGELDIG`` for a kind that does not exist."""
    if args["soort"] and args["soort"] not in list(Soort):
        raise Refusal("ONGELDIG", f"Kies als soort {', '.join(Soort)}.", veld="soort")
    return {"sleutels": await keys_of(work, args["subject"])} if args["subject"] else {}


async def keys_of(work: Any, given: str) -> list[UUID]:
    """The keys behind a global id, or behind a reference of something that may be read; none when there is nothing.

    A global id is not looked up: what the own organisation did with something now gone must still be found.
    """
    if parsed := parse_global_id(given):
        return [parsed[1]]
    found = await Subjects(work.kernel, work.actor).readable(work.session, given)
    return [found[1].id] if found else []


def where(actor: Actor, regel: Any, args: Mapping[str, Any]) -> ColumnElement[bool]:
    """The lines that the arguments leave; whose they are is the policy's business."""
    return and_(
        concerns(regel, args["sleutels"]) if "sleutels" in args else true(),
        _by(regel, args["gebruiker"]) if args["gebruiker"] else true(),
        regel.soort == args["soort"] if args["soort"] else true(),
        within(regel, args["van"], args["tot"]),
    )


def concerns(regel: Any, keys: list[UUID]) -> ColumnElement[bool]:
    """Lines about one of these, or that showed one of them."""
    if not keys:
        return false()
    told = or_(regel.subject_id.in_(keys), regel.getoond.overlap(keys))
    return and_(perhaps(regel, literal(keys, ARRAY(Uuid))), told)


def within(regel: Any, van: date | None, tot: date | None) -> ColumnElement[bool]:
    """Lines of these Belgian days, first and last included."""
    return and_(
        regel.tijdstip >= _midnight(van) if van else true(),
        regel.tijdstip < _midnight(tot + timedelta(days=1)) if tot else true(),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, BRUSSEL)


def _by(regel: Any, given: str) -> ColumnElement[bool]:
    try:
        own: ColumnElement[bool] = regel.gebruiker_id == UUID(given)
    except ValueError:
        own = regel.gebruiker.icontains(given, autoescape=True)
    return own


@strawberry.type(description="Een reden om naar een persoon te zoeken.")
class Inzagereden:
    """One of the dated list."""

    code: str
    naam: str


async def inzageredenen(info: Info[Any, Any]) -> list[Inzagereden]:
    """The reasons of today, for whoever is signed in."""
    _ = info.context.actor  # refuses whoever is not
    today = belgian_day(info.context.kernel.clock.now())
    return [Inzagereden(code=one.code, naam=one.naam) for one in REDENEN if one.geldt_op(today)]


ROOT_FIELDS = (
    RootList(
        "kernel.logboek",
        "Wie binnen de eigen organisatie wat zag of deed, het recentste eerst",
        to="Logregel",
        order=order,
        where=where,
        args=ARGS,
        before=before,
        menu=True,
    ),
    Computed("kernel.inzageredenen", "De redenen om naar een persoon te zoeken", list[Inzagereden], inzageredenen, {}),
)
OBJECT_TYPES = (LogregelType,)
