"""Sample data: organisations with their house styles, the published inventory, one dossier on its way.

Everything but the organisations and their parameters is made by the real actions, acting as the personas.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import HEEL_VLAANDEREN
from vlok.api.imports import Importer
from vlok.api.paper import HUISSTIJL
from vlok.api.tables import Onderwerp, Organisatie
from vlok.app import Product, running
from vlok.demo.house_styles import house_styles
from vlok.demo.story import Story
from vlok.identity.organisations import seed_organisaties
from vlok.imports import import_rows
from vlok.tenancy.tables import Parameterwaarde

FOR_ALL_OF_FLANDERS = select(func.set_config("app.gebied", HEEL_VLAANDEREN, True))
"""Sample data is written for every organisation: row security asks for which territory."""
SINCE = date(2018, 6, 1)
"""The start of VLOK: from then on the demo organisations have their house style."""


async def fill(product: Product, console: Console) -> None:
    """Fill an empty database; what is there already stays as it is."""
    async with running(product.kernel, worker=False):
        async with product.kernel.database.sessions.begin() as session:
            await seed_organisaties(session)
            await session.execute(FOR_ALL_OF_FLANDERS)
            await _house_styles(session, product.kernel.clock.now())
        if await _is_empty(product):
            for importer in product.kernel.contributions.imports.values():
                await _bring_in(product, importer, console)
            told = await Story(product.kernel).tell()
            console.print(f"[green]✓[/] voorbeeldverhaal: {told} handelingen van personen uitgevoerd")


async def _is_empty(product: Product) -> bool:
    """Row security hides every subject from who acts for nobody, so the owner of a sample row is asked."""
    async with product.kernel.database.sessions() as session:
        await session.execute(FOR_ALL_OF_FLANDERS)
        return (await session.scalar(select(Onderwerp.id).limit(1))) is None


async def _house_styles(session: AsyncSession, now: object) -> None:
    organisaties = {row.code: row for row in await session.scalars(select(Organisatie))}
    has = set(
        await session.scalars(select(Parameterwaarde.organisatie_id).where(Parameterwaarde.sleutel == HUISSTIJL.key))
    )
    for code, style in house_styles().items():
        if organisaties[code].id not in has:
            session.add(
                Parameterwaarde(
                    organisatie_id=organisaties[code].id,
                    domein=organisaties[code].domein,
                    gebied=organisaties[code].gebied,
                    sleutel=HUISSTIJL.key,
                    waarde=style,
                    geldig_van=SINCE,
                    gewijzigd_door="VLOK demo",
                    gewijzigd_op=now,
                )
            )


async def _bring_in(product: Product, importer: Importer, console: Console) -> None:
    """The rows that the importer's plugin ships as sample."""
    if importer.voorbeeld is None:
        return
    rows = importer.read(Path(importer.voorbeeld))
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(importer.titel, total=len(rows))
        await import_rows(product.kernel, importer, rows, lambda done: bar.advance(task, done))
    console.print(f"[green]✓[/] {importer.titel} ingelezen ({len(rows)} rijen)")
