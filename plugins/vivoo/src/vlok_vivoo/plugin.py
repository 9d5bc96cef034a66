"""VIVOO, the inventory of unfit and uninhabitable dwellings; reads like a table of contents."""

from collections.abc import Iterable
from pathlib import Path

from vlok.api.actions import AnyAction
from vlok.api.facts import AnyReaction
from vlok.api.graph import Extension, ObjectType, RootField
from vlok.api.hooks import hookimpl
from vlok.api.imports import Importer
from vlok.api.tasks import TaskType
from vlok_vivoo import graph, importeren, opname, schrapping, tasks


@hookimpl
def actions() -> Iterable[AnyAction]:
    """Taking published rows in, and taking a row off."""
    return (*importeren.ACTIONS, *schrapping.ACTIONS)


@hookimpl
def object_types() -> Iterable[type[ObjectType]]:
    """The registration."""
    return graph.OBJECT_TYPES


@hookimpl
def extensions() -> Iterable[Extension]:
    """The registrations of a property and of a unit."""
    return graph.EXTENSIONS


@hookimpl
def root_fields() -> Iterable[RootField]:
    """``vivoo``, the list."""
    return graph.ROOT_FIELDS


@hookimpl
def reactions() -> Iterable[AnyReaction]:
    """Opname when a decision becomes valid; a task when a dwelling may leave."""
    return (*opname.REACTIONS, *schrapping.REACTIONS)


@hookimpl
def task_types() -> Iterable[TaskType]:
    """Tasks 100 and 911."""
    return tasks.TASK_TYPES


@hookimpl
def imports() -> Iterable[Importer]:
    """The published list."""
    return importeren.IMPORTS


@hookimpl
def migrations() -> Path:
    """The inventory's tables."""
    return Path(__file__).parent / "migrations"
