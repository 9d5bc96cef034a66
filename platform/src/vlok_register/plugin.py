"""What the register contributes, by the same hooks as a plugin."""

from collections.abc import Iterable
from pathlib import Path

from vlok.api.actions import AnyAction
from vlok.api.graph import Extension, ObjectType, RootField
from vlok.api.hooks import hookimpl
from vlok_register import acties, graph


@hookimpl
def actions() -> Iterable[AnyAction]:
    """Adding properties, units and those concerned."""
    return acties.ACTIONS


@hookimpl
def object_types() -> Iterable[type[ObjectType]]:
    """Pand, Entiteit, Betrokkene, Deelprocedure."""
    return graph.OBJECT_TYPES


@hookimpl
def extensions() -> Iterable[Extension]:
    """The deelprocedures and the property of a dossier."""
    return graph.EXTENSIONS


@hookimpl
def root_fields() -> Iterable[RootField]:
    """``pand``, ``entiteit``, ``panden``."""
    return graph.ROOT_FIELDS


@hookimpl
def migrations() -> Path:
    """The register's tables."""
    return Path(__file__).parent / "migrations"
