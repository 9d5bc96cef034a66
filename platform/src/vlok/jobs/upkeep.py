"""Regular upkeep: sessions that ended, uploads without a purpose, files without a document; the anchor of the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.tables import Bestand, Document, Organisatie
from vlok.audit.daily import anchor_daily
from vlok.identity.sessions import SessieStore

if TYPE_CHECKING:
    from vlok.kernel import Kernel

UNATTACHED = timedelta(hours=24)
"""How long an upload waits to be attached; a wizard that takes longer asks for the file again."""


async def keep_up(kernel: Kernel) -> None:
    """All upkeep of a place, once."""
    await SessieStore(kernel.people, kernel.clock).clean_up()
    async with kernel.database.sessions() as session:
        domains = (await session.scalars(select(Organisatie.domein))).all()
    for domein in domains:
        await _forget_files(kernel, domein)
    await anchor_daily(kernel)


async def _forget_files(kernel: Kernel, domein: str) -> None:
    """The rows first, then the bytes: a file without a row is harmless, a row without a file is not."""
    async with kernel.database.sessions.begin() as session:
        await _act_as(session, domein)
        used = exists().where(Document.bestand_id == Bestand.id)
        old = Bestand.aangemaakt_op < kernel.clock.now() - UNATTACHED
        gone = delete(Bestand).where(Bestand.domein == domein, old, ~used).returning(Bestand.sleutel)
        keys = (await session.scalars(gone)).all()
    for key in keys:
        await kernel.store.delete(key)


async def _act_as(session: AsyncSession, domein: str) -> None:
    """Upkeep acts for each domain in turn: row-level security holds for it too."""
    await session.execute(select(func.set_config("app.domein", domein, True)))
