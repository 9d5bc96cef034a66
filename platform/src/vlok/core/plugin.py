"""The kernel's own contributions; reads like a table of contents."""

from collections.abc import Iterable
from pathlib import Path

from vlok.api.actions import AnyAction
from vlok.api.graph import ObjectType, RootField
from vlok.api.hooks import hookimpl
from vlok.api.jobs import Job
from vlok.api.paper import HUISSTIJL
from vlok.api.parameters import AnyParameter
from vlok.core import document_actions, queries, types
from vlok.core import jobs as own_jobs
from vlok.core.parameter_actions import ParameterInstellen


@hookimpl
def actions() -> Iterable[AnyAction]:
    """Making documents ready, replacing them by the signed file, setting parameters."""
    return (*document_actions.ACTIONS, ParameterInstellen())


@hookimpl
def object_types() -> Iterable[type[ObjectType]]:
    """Organisations, subjects, dossiers, tasks, documents."""
    return types.OBJECT_TYPES


@hookimpl
def root_fields() -> Iterable[RootField]:
    """``ik``, ``documenttypes``, ``dossier``, ``werklijst``."""
    return queries.ROOT_FIELDS


@hookimpl
def jobs() -> Iterable[Job]:
    """Printing documents."""
    return own_jobs.JOBS


@hookimpl
def parameters() -> Iterable[AnyParameter]:
    """The house style."""
    return (HUISSTIJL,)


@hookimpl
def migrations() -> Path:
    """The kernel's tables."""
    return Path(__file__).parent.parent / "migrations"
