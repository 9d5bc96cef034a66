"""Who sees which rows, said once, in SQL.

A policy line grants a role a *scope* on an (object, action). A scope is a function from the actor and the table to an
SQL criterion. ``Policy.visible`` ORs the scopes that are allowed and removes those denied; every list, count, look-up
and connection starts from it. The kernel's scopes work on any table with the columns they name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, literal, or_, true

from vlok.api.actor import HEEL_VLAANDEREN, Actor

Criterion = Callable[[Actor, Any], ColumnElement[bool]]


@dataclass(frozen=True)
class Scope:
    """A named set of rows. Plugin scopes carry the plugin's key as prefix (``vivoo.lijst``)."""

    key: str
    criterion: Criterion
    uitleg: str
    """Which rows, in words that follow "u ziet"."""
    later: str = ""
    """When rows outside it come to stand in it, as a sentence."""


def _alles(actor: Actor, rij: Any) -> ColumnElement[bool]:
    return true()


def _gebied(actor: Actor, rij: Any) -> ColumnElement[bool]:
    if actor.gebied == HEEL_VLAANDEREN:
        return true()
    return literal(actor.gebied) == rij.gebied if actor.gebied else false()


def _eigen(actor: Actor, rij: Any) -> ColumnElement[bool]:
    own: ColumnElement[bool] = rij.domein == literal(actor.domein)
    return own


def _gedeeld(actor: Actor, rij: Any) -> ColumnElement[bool]:
    return or_(_eigen(actor, rij), and_(rij.gedeeld_op.is_not(None), _gebied(actor, rij)))


def _eigen_rol(actor: Actor, rij: Any) -> ColumnElement[bool]:
    """``domein`` is filtered literally so that the partial worklist index serves it."""
    mine = or_(*(rij.gebruiker_id == literal(id_) for id_ in actor.persoon_ids))
    return and_(_eigen(actor, rij), or_(and_(rij.rol.in_(sorted(actor.rollen)), rij.gebruiker_id.is_(None)), mine))


def _eigen_organisatie(actor: Actor, rij: Any) -> ColumnElement[bool]:
    acting: ColumnElement[bool] = rij.id == literal(actor.organisatie_id)
    return acting


KERNEL_SCOPES = (
    Scope("alles", _alles, "alle rijen"),
    Scope("gebied", _gebied, "in het werkingsgebied van de eigen organisatie (de gemeente, of heel Vlaanderen)"),
    Scope("eigen", _eigen, "van de eigen organisatie"),
    Scope(
        "gedeeld",
        _gedeeld,
        "van de eigen organisatie, en wat ondertekend of verstuurd is in het werkingsgebied",
        "Wat van een andere organisatie is, ziet u pas na de ondertekening of het versturen.",
    ),
    Scope("eigen_rol", _eigen_rol, "voor een rol van de gebruiker of voor de gebruiker zelf"),
    Scope("eigen_organisatie", _eigen_organisatie, "de organisatie waarvoor de gebruiker optreedt"),
)
