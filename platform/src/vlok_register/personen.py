"""Finding a person by name or number, for a purpose; and who saw what is kept about a person.

A search is on record, with its purpose, before anything is found. Source: AVG art. 5, 1, b and f; richtlijn 2016/680
art. 25; HvJ C-579/21 (a person may know when and why their data were consulted).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, false, func, literal, literal_column, or_, select, true

from vlok.api.actor import Actor
from vlok.api.errors import Refusal
from vlok.api.graph import DOEL, Arg, RootList
from vlok.api.inzage import ARGS, doel
from vlok.api.parameters import Parameter
from vlok.api.wijzers import perhaps
from vlok.api.work import Work
from vlok_register.identificatie import Insz
from vlok_register.tables import ACCENTEN, BLANCO, Betrokkene
from vlok_register.waarde import OngeldigeWaarde

MEESTE = 25
"""Persons on one page: who searches for one needs no list (own choice)."""
ZOEKLIMIET = Parameter(
    key="register.personenPerUur",
    titel="Zoekopdrachten naar personen per uur",
    soort=int,
    default=60,
    minimum=1,
    maximum=300,
    bron="AVG art. 32 (afgeleid: eigen keuze)",
    uitleg="Zoveel keer kan één gebruiker in een uur naar personen zoeken.",
)
INZAGE = ("openen", "lijst", "zoeken", "export")


def naamsleutel(tekst: Any) -> ColumnElement[str]:
    """A name as searches compare it: without capitals, accents and signs; an index serves it."""
    bare = func.translate(func.lower(tekst), literal_column(f"'{ACCENTEN}'"), literal_column(f"'{BLANCO}'"))
    return func.regexp_replace(bare, literal_column("'[^[:alnum:]]+'"), literal_column("''"), literal_column("'g'"))


async def zoeken(work: Work, args: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put the search on record. Refusal ``ONGELDIG`` without a name, number or purpose; ``TE_VAAK`` when too many."""
    why = doel(args["reden"], args["toelichting"], work.today)
    if not (args["naam"] or "").strip() and not args["insz"]:
        raise Refusal("ONGELDIG", "Geef de naam of het rijksregisternummer.", veld="naam")
    nummer = _insz(args["insz"])
    asked = {"naam": args["naam"], "voornaam": args["voornaam"], "insz": "***" if nummer else None}
    limiet = (await work.parameters(work.actor.domein))[ZOEKLIMIET]
    await work.search("personenZoeken", {name: value for name, value in asked.items() if value}, why, limiet)
    return {DOEL: why, "insz": nummer}


def _insz(tekst: str | None) -> str | None:
    try:
        return Insz.lees(tekst).nummer if tekst else None
    except OngeldigeWaarde as fout:
        raise Refusal("ONGELDIG", fout.tekst, veld="insz") from fout


def gezocht(actor: Actor, betrokkene: Any, args: Mapping[str, Any]) -> ColumnElement[bool]:
    """The whole name and number, not a part of it."""
    return and_(
        naamsleutel(betrokkene.naam) == naamsleutel(_text(args["naam"])) if args["naam"] else true(),
        naamsleutel(betrokkene.voornaam) == naamsleutel(_text(args["voornaam"])) if args["voornaam"] else true(),
        betrokkene.insz == args["insz"] if args["insz"] else true(),
    )


def _text(given: str) -> Any:
    return cast(literal(given), Text)


async def nagaan(work: Work, args: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who asks for a person's register of consultations says why."""
    why = doel(args["reden"], args["toelichting"], work.today)
    return {DOEL: why, "betrokkene": await work.find(args["persoon"], Betrokkene)}


def gelezen(actor: Actor, regel: Any, args: Mapping[str, Any]) -> ColumnElement[bool]:
    """The lines that showed the person: this record of them, or another one with the same number."""
    person: Betrokkene | None = args["betrokkene"]
    if person is None:
        return false()
    same = or_(
        Betrokkene.id == person.id,
        Betrokkene.insz == person.insz if person.insz else false(),
        Betrokkene.kbo == person.kbo if person.kbo else false(),
    )
    keys = func.array(select(Betrokkene.id).where(same).scalar_subquery())
    return and_(perhaps(regel, keys), regel.getoond.overlap(keys), regel.soort.in_(INZAGE))


ROOT_FIELDS = (
    RootList(
        "register.personen_zoeken",
        "Personen met precies deze naam of dit nummer; elke zoekopdracht komt met haar reden in het logboek",
        to="Betrokkene",
        order=lambda b: (b.naam, func.coalesce(b.voornaam, ""), b.id),
        where=gezocht,
        args={
            "naam": Arg(str | None, None, "Familienaam of naam van de onderneming"),
            "voornaam": Arg(str | None, None),
            "insz": Arg(str | None, None, "Rijksregister- of bisnummer", geheim=True),
            **ARGS,
        },
        object="register.personenZoeken",
        menu=True,
        before=zoeken,
        most=MEESTE,
    ),
    RootList(
        "register.leesregister",
        "Wie binnen de eigen organisatie de gegevens van een persoon zag, het recentste eerst",
        to="Logregel",
        order=lambda regel: (-regel.volgnummer, regel.id),
        where=gelezen,
        args={"persoon": Arg(str, ..., "Globale sleutel of referte van de persoon"), **ARGS},
        before=nagaan,
    ),
)
PARAMETERS = (ZOEKLIMIET,)
