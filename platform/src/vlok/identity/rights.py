"""When rights hold, in SQL: role assignments, mandates of an IGS and substitutions, on one Belgian calendar day.

First and last day count (handleiding VLOK, STAP 3c: an end date on the right of use). These are read at every request,
so what ended yesterday is worth nothing today.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from vlok.identity.tables import Mandaat, Roltoekenning, Vervanging


def mandate_holds(day: Any, mandaat: Any = Mandaat) -> ColumnElement[bool]:
    """Mandates that hold on a day."""
    return and_(mandaat.geldig_van <= day, or_(mandaat.geldig_tot.is_(None), mandaat.geldig_tot >= day))


def given_on(day: date) -> ColumnElement[bool]:
    """Role assignments that are begun and not past their own last day, whatever becomes of the mandate behind them."""
    return (Roltoekenning.van <= day) & or_(Roltoekenning.tot.is_(None), Roltoekenning.tot >= day)


def holds_on(day: date) -> ColumnElement[bool]:
    """Role assignments that hold on a day; that of somebody of an IGS only while its mandate holds too."""
    mandaat = aliased(Mandaat)  # whoever asks may have joined the table itself
    mandated = exists().where(mandaat.id == Roltoekenning.mandaat_id, mandate_holds(day, mandaat))
    return given_on(day) & or_(Roltoekenning.mandaat_id.is_(None), mandated)


def substitution_holds(day: date) -> ColumnElement[bool]:
    """Substitutions that hold on a day and were not ended."""
    return (Vervanging.van <= day) & (Vervanging.tot >= day) & Vervanging.beeindigd_op.is_(None)


def replaced_by(gebruiker_id: UUID, organisatie_id: UUID, day: date) -> Select[UUID]:
    """Whom a person replaces in an organisation on a day.

    Only those themselves: whoever *they* replace stays out, so there is no chain.
    """
    return select(Vervanging.afwezige_id).where(
        Vervanging.vervanger_id == gebruiker_id, Vervanging.organisatie_id == organisatie_id, substitution_holds(day)
    )
