"""Tasks: what must be done, by which role of which organisation, by when.

Task types are data (number and name as the manual gives them, with validity and source). Tasks are opened and closed
by actions only; closing a dossier closes all its tasks (manual, "Wanneer sluit VLOK procedures af?").
"""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from vlok.api.actor import domein_for
from vlok.api.catalogue import Dated, checked, load
from vlok.api.tables import Dossier, Taak
from vlok.api.work import Work

NO_DEADLINE = date(9999, 12, 31)
"""Sorts tasks without a deadline last in the worklist."""


class TaskType(Dated):
    """One task type: its number, name and the role that receives it."""

    key: str
    nummer: int
    naam: str
    rol: str
    enig: bool = False
    """At most one open task of this type per dossier, or per subject (tasks 181 and 182 of the manual)."""


def task_types(path: Path) -> tuple[TaskType, ...]:
    """The task types of one TOML file; ContractError with file, key and reason when it is not well formed."""
    content = load(path, dict[str, dict[str, Any]])
    return tuple(checked(path, TaskType, {**block, "key": key}, key) for key, block in content.items())


async def open_task(work: Work, soort: TaskType, dossier: Dossier, *, deadline: date | None = None) -> None:
    """Put a task on the worklist of the role that ``soort`` names: at the dossier's municipality or at the agency."""
    await _open(work, soort, Taak(onderwerp_id=dossier.onderwerp_id, dossier_id=dossier.id), dossier.gebied, deadline)


async def open_task_about(work: Work, soort: TaskType, onderwerp_id: UUID, gebied: str) -> None:
    """Put a task on that worklist about a subject that has no dossier here."""
    await _open(work, soort, Taak(onderwerp_id=onderwerp_id, dossier_id=None), gebied, None)


async def _open(work: Work, soort: TaskType, taak: Taak, gebied: str, deadline: date | None) -> None:
    if soort.enig and await _already_open(work, soort, taak):
        return
    taak.referte = await work.number("TK")
    taak.nummer, taak.naam, taak.rol = soort.nummer, soort.naam, soort.rol
    taak.domein, taak.gebied = domein_for(soort.rol, gebied), gebied
    taak.deadline, taak.sorteerdatum = deadline, deadline or NO_DEADLINE
    taak.aangemaakt_op = work.now
    work.session.add(taak)


async def _already_open(work: Work, soort: TaskType, taak: Taak) -> bool:
    same = Taak.dossier_id == taak.dossier_id if taak.dossier_id else Taak.onderwerp_id == taak.onderwerp_id
    open_one = select(Taak.id).where(same, Taak.nummer == soort.nummer, Taak.gesloten_op.is_(None))
    return (await work.session.scalar(open_one.limit(1))) is not None


async def close_tasks(work: Work, dossier_id: UUID, soorten: Collection[TaskType] | None = None) -> None:
    """Close the open tasks of the given types in a dossier; all of them when no types are given."""
    await _close(work, Taak.dossier_id == dossier_id, soorten)


async def close_tasks_about(work: Work, onderwerp_id: UUID, soorten: Collection[TaskType]) -> None:
    """Close the open tasks of the given types about a subject."""
    await _close(work, Taak.onderwerp_id == onderwerp_id, soorten)


async def _close(work: Work, which: ColumnElement[bool], soorten: Collection[TaskType] | None) -> None:
    closing = update(Taak).where(which, Taak.gesloten_op.is_(None))
    if soorten is not None:
        closing = closing.where(Taak.nummer.in_([soort.nummer for soort in soorten]))
    await work.session.execute(closing.values(gesloten_op=work.now, gesloten_door=work.actor.naam))
