"""Sample data: the published inventory rows, house styles, and one dossier on its way; made by the real actions."""

from __future__ import annotations

from rich.console import Console

from vlok.app import Product, running
from vlok.identity.organisations import seed_organisaties

SYSTEM = "inventarisbeheerder@wvl"


async def fill(product: Product, console: Console) -> None:
    """Fill an empty database; what is there already stays as it is."""
    async with running(product.kernel, worker=False), product.kernel.database.sessions.begin() as session:
        await seed_organisaties(session)
