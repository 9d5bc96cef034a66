"""Searches for people: on record before anything is found, and not without end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from vlok.api.errors import Refusal
from vlok.audit.lines import Line
from vlok.audit.tables import Auditregel, Soort

if TYPE_CHECKING:
    from vlok.unit_of_work import UnitOfWork

PERIOD = timedelta(hours=1)


async def search(work: UnitOfWork, wat: str, vraag: dict[str, Any], doel: str, limiet: int) -> None:
    """Put a search on record; Refusal ``TE_VAAK`` when the person already made ``limiet`` of them within the hour.

    One person's searches wait for each other, so that a limit holds for those sent at once too.
    """
    who = work.actor.gebruiker_id
    await work.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(wat), func.hashtext(str(who)))))
    mine = select(func.count()).where(
        Auditregel.gebruiker_id == who,
        Auditregel.soort == Soort.ZOEKEN,
        Auditregel.wat == wat,
        Auditregel.tijdstip > work.now - PERIOD,
    )
    if (await work.session.scalar(mine) or 0) >= limiet:
        raise Refusal("TE_VAAK", f"U zocht al {limiet} keer in een uur naar personen. Probeer het later opnieuw.")
    work.lines.append(Line(Soort.ZOEKEN, wat, {"vraag": vraag}, doel=doel))
