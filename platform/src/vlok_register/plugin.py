"""What the register contributes, by the same hooks as a plugin."""

from collections.abc import Iterable
from pathlib import Path

from vlok.api.actions import AnyAction
from vlok.api.facts import AnyReaction
from vlok.api.graph import Extension, ObjectType, RootField
from vlok.api.hooks import hookimpl
from vlok.api.parameters import AnyParameter
from vlok_register import acties, graph, personen, vorderingen
from vlok_register.opmerkingen import PandOpmerkingSchrijven


@hookimpl
def actions() -> Iterable[AnyAction]:
    """Adding properties, units and those concerned; remarks on a property."""
    return (*acties.ACTIONS, PandOpmerkingSchrijven())


@hookimpl
def object_types() -> Iterable[type[ObjectType]]:
    """Pand, Entiteit, Betrokkene, Deelprocedure, Herstelvordering."""
    return graph.OBJECT_TYPES


@hookimpl
def extensions() -> Iterable[Extension]:
    """The deelprocedures and the property of a dossier."""
    return graph.EXTENSIONS


@hookimpl
def root_fields() -> Iterable[RootField]:
    """``pand``, ``entiteit``, ``panden``, ``personenZoeken``, ``leesregister``."""
    return (*graph.ROOT_FIELDS, *personen.ROOT_FIELDS)


@hookimpl
def parameters() -> Iterable[AnyParameter]:
    """How often one user may search for people."""
    return personen.PARAMETERS


@hookimpl
def reactions() -> Iterable[AnyReaction]:
    """Entries of the public register of herstelvorderingen."""
    return vorderingen.REACTIONS


@hookimpl
def migrations() -> Path:
    """The register's tables."""
    return Path(__file__).parent / "migrations"
