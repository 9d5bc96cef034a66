"""``vlok policies``: write what follows from the policy files, or see what a changed policy would do."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from vlok.app import build, contributions, policy_folder, running
from vlok.db.connect import connect
from vlok.generated import ROOT, keep
from vlok.policy.decisions import generated
from vlok.policy.simulate import MOST, Change, Rows, simulate
from vlok.settings import Settings

app = typer.Typer(add_completion=False, help="Het beleid: wie ziet en kan wat.")


@app.callback(invoke_without_command=True)
def write(context: typer.Context, check: bool = False) -> None:
    """Schrijf policies/decisions.csv, docs/rechten.md en het slot (of controleer dat ze kloppen)."""
    if context.invoked_subcommand is None:
        settings = Settings()
        files = generated(policy_folder(settings), ROOT / "docs", contributions(settings))
        for file, text in files.items():
            keep(file, text, "policies", check=check)


@app.command(name="simulate")
def simulate_(
    map_: Annotated[Path, typer.Argument(metavar="MAP", help="Map met model.conf en grants/, zoals policies/")],
    steekproef: Annotated[int, typer.Option(help="Zoveel refertes per wijziging", min=0, max=100)] = 5,
    json: Annotated[bool, typer.Option("--json", help="Als JSON, voor een ander programma")] = False,
) -> None:
    """Wie wint of verliest welke rijen en handelingen met het beleid in MAP? Er wordt niets gewijzigd."""
    changes = asyncio.run(_simulated(Settings(), map_, steekproef))
    if json:
        typer.echo(orjson.dumps([asdict(change) for change in changes], option=orjson.OPT_INDENT_2).decode())
    else:
        _show(changes)


async def _simulated(settings: Settings, folder: Path, sample: int) -> list[Change]:
    urls = connect(settings, contributions(settings).inside)
    kernel = build(settings, urls.app, places=urls.places).kernel
    said = Console(stderr=True)
    async with running(kernel, worker=False):
        return await simulate(kernel, folder, sample, said.print)


def _show(changes: list[Change]) -> None:
    """One table; what changes nothing is one line."""
    console = Console()
    if not changes:
        console.print("Dit beleid verandert voor niemand iets.")
        return
    table = Table(title="Wat dit beleid verandert", show_lines=True)
    for heading in ("Organisatie", "Rollen", "Personen", "Wat", "Actie", "Erbij", "Weg"):
        table.add_column(heading, overflow="fold")
    for one in changes:
        place = f"{one.organisatie}\n({one.plaats})"
        cells = (place, ", ".join(one.rollen), str(one.personen), f"{one.onderwerp}\n{one.sleutel}", one.actie)
        table.add_row(*cells, _in_words(one.erbij), _in_words(one.weg))
    console.print(table)


def _in_words(rows: Rows) -> str:
    number = f"{rows.aantal} of meer" if rows.aantal >= MOST else str(rows.aantal)
    return "\n".join([number, *rows.steekproef]) if rows.aantal else "–"
