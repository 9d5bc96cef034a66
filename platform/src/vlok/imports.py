"""``vlok import PLUGIN FILE``: batches through the one mechanism, a progress bar, a report as table and as CSV."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from vlok.api.actor import Actor
from vlok.api.errors import ContractError, Refusal
from vlok.api.imports import Importer, ReportRow, Rows, Uitkomst
from vlok.graph.names import global_id
from vlok.identity.system import system_actor
from vlok.procedures.execute import Outcome, Request, execute

if TYPE_CHECKING:
    from vlok.kernel import Kernel

SHOWN = 50
FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def import_rows(
    kernel: Kernel, importer: Importer, rows: Rows, progress: Callable[[int], None] = lambda done: None
) -> list[ReportRow]:
    """Bring rows in, a batch per transaction; an interrupted import is completed by running it again."""
    async with kernel.database.sessions.begin() as session:
        actor = await system_actor(session, "import", importer.organisatie, importer.rol)
    report: list[ReportRow] = []
    for start in range(0, len(rows), importer.batch):
        batch = rows[start : start + importer.batch]
        report += await _batch(kernel, actor, importer, batch)
        progress(len(batch))
    return report


async def _batch(kernel: Kernel, actor: Actor, importer: Importer, batch: Rows) -> list[ReportRow]:
    subject = global_id("Organisatie", actor.organisatie_id)
    request = Request(importer.handeling, subject, {"rijen": {"rijen": list(batch)}}, bevestigd=True)
    outcome = await execute(kernel, actor, request)
    if not outcome.uitgevoerd:
        raise Refusal("ONGELDIG", "; ".join(melding.tekst for melding in outcome.meldingen))
    return rows_of(outcome)


def rows_of(outcome: Outcome) -> list[ReportRow]:
    """The report that the action gave in its meldingen."""
    return [ReportRow(int(m.veld), Uitkomst[m.code], m.entiteit or "", m.tekst) for m in outcome.meldingen if m.veld]


async def run_import(kernel: Kernel, plugin: str, file: Path, rapport: Path | None, console: Console) -> None:
    """The command: read, bring in with progress, show and write the report."""
    importer = next((one for one in kernel.contributions.imports.values() if one.key.startswith(f"{plugin}.")), None)
    if importer is None:
        raise ContractError(f"er is geen import '{plugin}'")
    rows = importer.read(file)
    if rapport is not None:
        _refuse_unwritable(rapport)
    with Progress(console=console) as bar:
        task = bar.add_task(importer.titel, total=len(rows))
        report = await import_rows(kernel, importer, rows, lambda done: bar.advance(task, done))
    if rapport is not None:
        write(report, rapport)
    show(report, console)
    if rapport is not None:
        console.print(Text(f"Rapport: {rapport}"))


def _refuse_unwritable(rapport: Path) -> None:
    """Before the import, not after it."""
    try:
        rapport.open("a", encoding="utf-8").close()
    except OSError as fout:
        raise Refusal("ONGELDIG", f"Het rapport kan niet geschreven worden: {rapport} ({fout.strerror}).") from fout


def show(report: Sequence[ReportRow], console: Console) -> None:
    """Totals, and the rows that need attention (all of them when they are few)."""
    table = Table(title="Rapport van de import", title_justify="left")
    for heading in ("rij", "uitkomst", "referte", "opmerking"):
        table.add_column(heading)
    for row in report[:SHOWN] if len(report) <= SHOWN else [r for r in report if r.opmerking][:SHOWN]:
        table.add_row(str(row.rij), row.uitkomst.value, Text(row.referte), Text(row.opmerking))
    console.print(table)
    totals = Counter(row.uitkomst for row in report)
    console.print(", ".join(f"{totals[one]} {one.value}" for one in Uitkomst if totals[one]) or "geen rijen")


def write(report: Iterable[ReportRow], file: Path) -> None:
    """The report as CSV; a cell that a spreadsheet would run as a formula is made text."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(("rij", "uitkomst", "referte", "opmerking"))
        writer.writerows((row.rij, row.uitkomst.value, safe(row.referte), safe(row.opmerking)) for row in report)


def safe(text: str) -> str:
    """Text that a spreadsheet shows and does not run."""
    return f"'{text}" if text.startswith(FORMULA) else text
