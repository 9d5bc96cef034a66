"""The rows that roles of the compartment reach beside the kernel's scopes, as SQL."""

from typing import Any

from sqlalchemy import ColumnElement, and_, literal, select

from vlok.api.actor import Actor
from vlok.api.visibility import Scope
from vlok_wi.documents import PROCESSEN_VERBAAL
from vlok_wi.tables import LOPEND, WiOpdracht


def loopt(actor: Actor, opdracht: Any) -> ColumnElement[bool]:
    """Assignments that this person holds, from the moment they are given until they end.

    The person and nobody else: whoever replaces a colleague does not get his assignments.
    """
    return and_(opdracht.gebruiker_id == literal(actor.gebruiker_id), opdracht.status.in_(LOPEND))


def toegewezen(actor: Actor, rij: Any) -> ColumnElement[bool]:
    """The assignments of this person themselves, and the panden and entiteiten that they are about."""
    if hasattr(rij, "controleur"):
        return loopt(actor, rij)
    pand_id = rij.pand_id if hasattr(rij, "pand_id") else rij.id
    found: ColumnElement[bool] = pand_id.in_(select(WiOpdracht.pand_id).where(loopt(actor, WiOpdracht)))
    return found


def processen_verbaal(actor: Actor, rij: Any) -> ColumnElement[bool]:
    """Own documents that are a proces-verbaal: a verbalisant signs no herstelvordering."""
    own: ColumnElement[bool] = rij.domein == literal(actor.domein)
    return and_(own, rij.soort.in_(PROCESSEN_VERBAAL))


SCOPES = (
    Scope("wi.toegewezen", toegewezen, "van een lopende opdracht van deze persoon"),
    Scope("wi.processen_verbaal", processen_verbaal, "een proces-verbaal van de eigen organisatie"),
)
