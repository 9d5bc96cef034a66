"""The GraphQL types of examinations."""

from typing import Any

from sqlalchemy import select

from vlok.api.afscherming import is_afgeschermd
from vlok.api.graph import Extension, ObjectType, column, derived, expression, many, one
from vlok.api.tables import Organisatie
from vlok_onderzoek.redenen import naam_van
from vlok_onderzoek.tables import Onderzoek, OnderzoekResultaat


def _organisatie_naam(rij: Any) -> Any:
    return select(Organisatie.naam).where(Organisatie.domein == rij.domein).scalar_subquery()


class OnderzoekType(ObjectType):
    """Een conformiteitsonderzoek. Niet ondertekend: van de eigen organisatie; ondertekend: van iedereen."""

    key = "onderzoek.onderzoek"
    name = "Onderzoek"
    model = Onderzoek
    gelogd = "onderzoek"

    referte = column()
    status = column("In opmaak of Ondertekend")
    datum = column("Dag van het onderzoek")
    reden_naam = derived(str, ("reden",), naam_van, "Waarom het onderzoek gebeurde")
    organisatie_naam = expression(str, _organisatie_naam, "Wie het onderzoek deed")
    controleur = column("De woningcontroleur")
    ondertekend_op = column()
    versie = column()
    afscherming = one(
        "Afscherming", is_afgeschermd, "Waarom enkel de eigen organisatie het ziet; leeg: niet afgeschermd"
    )
    pand = one("Pand", lambda onderzoek, pand: pand.id == onderzoek.pand_id, required=True)
    resultaten = many(
        "OnderzoekResultaat", lambda o, r: r.onderzoek_id == o.id, lambda r: (r.volgorde, r.id), first=100
    )


class OnderzoekResultaatType(ObjectType):
    """Het resultaat van een onderzoek voor één entiteit."""

    key = "onderzoek.resultaat"
    name = "OnderzoekResultaat"
    model = OnderzoekResultaat
    gelogd = "onderzoek"
    gelogd_als = "onderzoek_id"

    entiteit = one("Entiteit", lambda resultaat, e: e.id == resultaat.entiteit_id, required=True)
    uitslag = column("VOL, OG of OG/OB, mogelijk gevolgd door /OVB")


OBJECT_TYPES = (OnderzoekType, OnderzoekResultaatType)
PAND = Extension(
    "onderzoek.pand",
    "Pand",
    {
        "onderzoeken": many(
            "Onderzoek", lambda pand, o: o.pand_id == pand.id, lambda o: (o.datum.desc(), o.referte), "Recentste eerst"
        )
    },
)
