"""An anchor of each place every day, made by the worker of that place."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Text, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.tables import Organisatie
from vlok.audit.anchors import Anchors
from vlok.audit.tables import Auditregel

if TYPE_CHECKING:
    from vlok.kernel import Kernel
    from vlok.settings import Settings

EVERY = timedelta(hours=24)
PLACE = literal_column(
    "(select relnamespace::regnamespace::text from pg_class where oid = 'auditregel'::regclass)", Text
)
"""The schema in which this place keeps its trail."""


def anchors_of(settings: Settings) -> Anchors:
    """The file of anchors and its key, where the settings say."""
    file = settings.audit_anker or settings.data / "anker" / "logboek.jsonl"
    return Anchors(file, settings.audit_sleutel or settings.data / "anker.sleutel")


async def anchor_daily(kernel: Kernel) -> None:
    """Write down the heads of the chains of this place, when that was not done within a day."""
    anchors, now = anchors_of(kernel.settings), kernel.clock.now()
    async with kernel.database.sessions() as session:
        place = (await session.scalars(select(PLACE))).one()
        newest = anchors.newest(place)
        if newest is not None and now - newest.tijdstip < EVERY:
            return
        domains = (await session.scalars(select(Organisatie.domein).order_by(Organisatie.domein))).all()
        heads = {domein: head for domein in domains if (head := await _head(session, domein))}
    await asyncio.to_thread(anchors.add, place, heads, now)


async def _head(session: AsyncSession, domein: str) -> tuple[int, str] | None:
    """The last line of a chain; row-level security shows it to its own domain only."""
    await session.execute(select(func.set_config("app.domein", domein, True)))
    last = select(Auditregel.volgnummer, func.encode(Auditregel.hash, "hex")).where(Auditregel.domein == domein)
    found = (await session.execute(last.order_by(-Auditregel.volgnummer).limit(1))).first()
    return (found[0], found[1]) if found else None
