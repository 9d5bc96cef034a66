"""The GraphQL type of substitutions; an organisation lists its own."""

from sqlalchemy import select

from vlok.api.graph import ObjectType, column, expression
from vlok.identity.tables import Gebruiker, Vervanging


def _named(key: object) -> object:
    """The name of the person with that id."""
    return select(Gebruiker.voornaam + " " + Gebruiker.naam).where(Gebruiker.id == key).scalar_subquery()


class VervangingType(ObjectType):
    """Wie in een organisatie voor een periode een afwezige collega vervangt."""

    key = "kernel.vervanging"
    name = "Vervanging"
    model = Vervanging

    afwezige = expression(str, lambda v: _named(v.afwezige_id))
    vervanger = expression(str, lambda v: _named(v.vervanger_id))
    van = column("De eerste dag")
    tot = column("De laatste dag")
    reden = column()
    ingesteld_door = column()
    ingesteld_op = column()
    beeindigd_door = column()
    beeindigd_op = column("Wanneer ze vroeger beëindigd werd")
    versie = column()
