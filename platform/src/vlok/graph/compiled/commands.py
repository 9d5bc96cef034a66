"""``vlok graphql explain``: the statement of an operation, and how PostgreSQL answers it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from vlok.app import Product, build, contributions, running
from vlok.db.connect import connect
from vlok.db.session import rows
from vlok.db.wire import Row
from vlok.demo import demo_settings
from vlok.demo.story import persona_actor
from vlok.graph.context import Context

app = typer.Typer(no_args_is_help=True, add_completion=False, help="GraphQL: hoe een vraag beantwoord wordt.")


@app.callback()
def about() -> None:
    """GraphQL: hoe een vraag beantwoord wordt."""


class Explained(Context):
    """A request that asks PostgreSQL how it answers, and then lets it."""

    compiled = True
    said = ""

    async def row(self, sql: bytes, values: Sequence[Any], **how: Any) -> Row | None:
        """The answer; the statement and its plan are kept apart."""
        explained = b"explain (analyze, buffers, costs off) " + sql
        plan = await rows(self.session, explained, values)
        await self.session.rollback()  # the lines that it wrote are not those of the answer
        self.said = f"{sql.decode()}\n\n{list(values)}\n\n" + "\n".join(line for (line,) in plan)
        return await super().row(sql, values, **how)


@app.command()
def explain(
    bestand: Annotated[Path, typer.Argument(help="Bestand met één vraag")],
    als: Annotated[str, typer.Option(help="Persona van de demo die vraagt")] = "dossierbeheerder@aalst",
    variabelen: Annotated[str, typer.Option(help="Variabelen, als JSON-object")] = "{}",
    port: Annotated[int, typer.Option(help="Poort van de demo")] = 8000,
) -> None:
    """Toon de ene SQL-opdracht van een vraag, en het plan van PostgreSQL ervoor (op de databank van de demo)."""
    settings = demo_settings(port)
    urls = connect(settings, contributions(settings).inside)
    product = build(settings, urls.app, places=urls.places)
    typer.echo(asyncio.run(_explained(product, bestand.read_text(encoding="utf-8"), als, orjson.loads(variabelen))))


async def _explained(product: Product, text: str, persona: str, variables: dict[str, Any]) -> str:
    async with running(product.kernel, worker=False):
        actor = await persona_actor(product.kernel, persona)
        context = Explained(product.kernel, actor)
        result = await product.schema.execute(text, variable_values=variables, context_value=context)
        await context.close()
        if result.errors:
            return "\n".join(error.message for error in result.errors)
        reasons = ", ".join(product.schema.planner.fallbacks)  # type: ignore[attr-defined]
        return context.said or f"Deze vraag wordt door graphql-core beantwoord: {reasons}."
