"""The inventory as GraphQL shows it: the columns of the report "VIVOO - inventarisatie en schrapping"."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, true

from vlok.api.actor import Actor
from vlok.api.graph import Arg, Extension, ObjectType, RootList, column, many
from vlok_register.api.zoeken import bevat_woorden
from vlok_vivoo.tables import VivooRegistratie


class VivooRegistratieType(ObjectType):
    """Een opname van een entiteit op VIVOO, van aanvang tot schrapping."""

    key = "vivoo.registratie"
    name = "VivooRegistratie"
    model = VivooRegistratie

    referte = column()
    entiteit_referte = column("Referte entiteit")
    adres = column()
    gemeente = column()
    provincie = column()
    lijst = column("OO of NGW")
    datum_opname = column("Datum aanvang; leeg bij overgenomen gegevens zonder datum")
    datum_schrapping = column()
    reden_schrapping = column()
    capakeys = column()
    besluit = column("Referte van de beslissing die de opname veroorzaakte")
    opmerking = column()


OBJECT_TYPES = (VivooRegistratieType,)


def _newest_first(row: Any) -> tuple[ColumnElement[Any], ...]:
    return (row.datum_opname.desc().nulls_last(), row.id)


EXTENSIONS = (
    Extension(
        "vivoo.pand",
        "Pand",
        {"vivoo": many("VivooRegistratie", lambda p, v: v.pand_id == p.id, _newest_first, "Opnames op VIVOO")},
    ),
    Extension(
        "vivoo.entiteit",
        "Entiteit",
        {
            "vivoo": many(
                "VivooRegistratie", lambda e, v: v.entiteit_id == e.id, _newest_first, "Opnames op VIVOO", first=20
            )
        },
    ),
)


def wanted(actor: Actor, row: Any, args: Mapping[str, Any]) -> ColumnElement[bool]:
    """The registrations that match the words and the choices."""
    return and_(
        bevat_woorden(row.zoek, args["zoek"]),
        row.lijst == args["lijst"] if args["lijst"] else true(),
        and_(row.datum_schrapping.is_(None), row.reden_schrapping.is_(None)) if args["enkel_opgenomen"] else true(),
    )


ROOT_FIELDS = (
    RootList(
        "vivoo.vivoo",
        "De Vlaamse inventaris van ongeschikte en onbewoonbare woningen",
        to="VivooRegistratie",
        order=lambda row: (row.sorteer, row.id),
        where=wanted,
        args={
            "zoek": Arg(str | None, None, "Woorden uit adres, gemeente, referte of capakey"),
            "lijst": Arg(str | None, None, "OO of NGW"),
            "enkel_opgenomen": Arg(bool, False, "Zonder wat al geschrapt is"),
        },
        menu=True,
    ),
)
