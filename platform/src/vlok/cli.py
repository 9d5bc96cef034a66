"""The command line of the product."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import typer
from rich.console import Console

from vlok.api.errors import ContractError, Refusal
from vlok.app import Product, build, contributions, running
from vlok.audit.commands import app as audit
from vlok.db import migrate as migrations
from vlok.db.connect import Urls, connect
from vlok.db.embedded import ClusterError
from vlok.db.roles import RoleError
from vlok.generated import ROOT, keep
from vlok.graph.compiled.commands import app as graphql
from vlok.identity.organisations import seed_organisaties
from vlok.identity.personas import UnknownPersona
from vlok.identity.tokens import persona_token
from vlok.policy.commands import app as policies
from vlok.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="VLOK – Vlaams Loket Woningkwaliteit",
)
app.add_typer(audit, name="audit")
app.add_typer(policies, name="policies")
app.add_typer(graphql, name="graphql")


@app.command()
def demo(reset: bool = False, port: int = 8000) -> None:
    """Het loket met voorbeeldgegevens, een ingebouwde databank en een eigen aanmelding."""
    from vlok.demo import run

    run(reset=reset, port=port)


@app.command()
def migrate() -> None:
    """Werk de databank bij."""
    _ready(Settings())
    typer.echo("De databank is bijgewerkt.")


def _ready(settings: Settings) -> Urls:
    """Connections to a database whose tables are up to date."""
    found = contributions(settings)
    urls = connect(settings, found.inside)
    migrations.upgrade(urls.owner, found.migrations)
    return urls


def _built(settings: Settings) -> Product:
    """The product on such a database."""
    urls = _ready(settings)
    return build(settings, urls.app, places=urls.places)


@app.command()
def serve(host: str = "127.0.0.1", port: int = 8000, jobs: bool = True) -> None:
    """Het loket zelf; met --no-jobs draaien de achtergrondtaken elders (vlok worker)."""
    from vlok.serving import serve as run

    run(_built(Settings()), host, port, worker=jobs)


@app.command()
def worker() -> None:
    """Enkel de achtergrondtaken, naast een of meer loketten."""
    kernel = _built(Settings()).kernel

    async def work() -> None:
        async with running(kernel, worker=True):
            await asyncio.Event().wait()

    asyncio.run(work())


@app.command()
def token(persona: str, port: int = 8000) -> None:
    """Een toegangstoken voor een persona (enkel demo en test); --port is die van de demo."""
    from vlok.demo import demo_settings

    try:
        typer.echo(persona_token(demo_settings(port), persona))
    except UnknownPersona as unknown:
        raise typer.BadParameter(str(unknown)) from unknown


@app.command()
def schema(check: bool = False) -> None:
    """Schrijf schema.graphql, en dat van elk compartiment (of controleer dat ze kloppen)."""
    from vlok.graph.schema import Assembly
    from vlok.graph.types import Types

    common = contributions(Settings())
    inside = {f"schema.{schema}.graphql": found for schema, found in common.inside.items()}
    for name, found in {"schema.graphql": common, **inside}.items():
        types = Types(found.object_types.values(), found.extensions.values())
        text = Assembly(found, types).schema(introspection=True).as_str() + "\n"
        keep(ROOT / name, text, "schema", check=check)


@app.command()
def revision(key: str, message: str) -> None:
    """Schrijf de volgende migratie van een pakket (voor ontwikkelaars)."""
    from vlok.testing.cluster import throwaway
    from vlok.testing.world import TEMPLATE, build_template

    folder = contributions(Settings()).migrations[key]
    for databases in throwaway():
        databases.template(TEMPLATE, build_template)
        migrations.revision(databases.clone(TEMPLATE).owner_url, key, folder, message)


@app.command(name="import")
def import_(plugin: str, file: Path, rapport: Path | None = None) -> None:
    """Lees een bestand in; een tweede keer verandert niets."""
    asyncio.run(_import(plugin, file, rapport))


async def _import(plugin: str, file: Path, rapport: Path | None) -> None:
    from vlok.imports import run_import

    kernel = _built(Settings()).kernel
    async with running(kernel, worker=False):
        async with kernel.database.sessions.begin() as session:
            await seed_organisaties(session)
        await run_import(kernel, plugin, file, rapport, Console())


def main() -> None:
    """The entry point; what the user can mend is one line, not a trace."""
    try:
        app()
    except (ContractError, Refusal, ClusterError, RoleError) as broken:
        typer.echo(f"VLOK: {broken}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
