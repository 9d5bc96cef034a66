"""The whole contract between the kernel and a plugin.

A plugin may implement any of these hooks and nothing else. Every contributed object carries a ``key`` that begins with
the plugin's own key, so a failure says who. The kernel and the register come in by the same hooks.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pluggy import HookimplMarker, HookspecMarker

if TYPE_CHECKING:
    from vlok.api.actions import AnyAction
    from vlok.api.compartments import Compartment
    from vlok.api.documents import AnyLetter, DocumentType
    from vlok.api.facts import AnyReaction
    from vlok.api.graph import Extension, ObjectType, RootField
    from vlok.api.imports import Importer
    from vlok.api.jobs import Job
    from vlok.api.parameters import AnyParameter
    from vlok.api.tasks import TaskType
    from vlok.api.visibility import Scope

PROJECT = "vlok"
hookspec = HookspecMarker(PROJECT)
hookimpl = HookimplMarker(PROJECT)


@hookspec
def actions() -> Iterable[AnyAction]:  # type: ignore[empty-body]
    """What users can do: each becomes a typed mutation, an entry in the action menu and a wizard."""


@hookspec
def object_types() -> Iterable[type[ObjectType]]:  # type: ignore[empty-body]
    """The GraphQL types this plugin publishes, declared on their SQL meaning."""


@hookspec
def extensions() -> Iterable[Extension]:  # type: ignore[empty-body]
    """Fields this plugin adds to a type of the kernel or the register."""


@hookspec
def root_fields() -> Iterable[RootField]:  # type: ignore[empty-body]
    """The queries this plugin adds."""


@hookspec
def scopes() -> Iterable[Scope]:  # type: ignore[empty-body]
    """The SQL meaning of each visibility scope of its own that policies may grant."""


@hookspec
def reactions() -> Iterable[AnyReaction]:  # type: ignore[empty-body]
    """What this plugin does when a fact is told, in the same transaction."""


@hookspec
def jobs() -> Iterable[Job]:  # type: ignore[empty-body]
    """Durable background work this plugin orders."""


@hookspec
def letters() -> Iterable[AnyLetter]:  # type: ignore[empty-body]
    """The letters and decisions this plugin writes."""


@hookspec
def document_types() -> Iterable[DocumentType]:  # type: ignore[empty-body]
    """The document types (DT numbers) this plugin knows."""


@hookspec
def task_types() -> Iterable[TaskType]:  # type: ignore[empty-body]
    """The task types this plugin opens."""


@hookspec
def parameters() -> Iterable[AnyParameter]:  # type: ignore[empty-body]
    """What organisations may set for this plugin."""


@hookspec
def imports() -> Iterable[Importer]:  # type: ignore[empty-body]
    """The kinds of files this plugin brings in."""


@hookspec
def compartments() -> Iterable[Compartment]:  # type: ignore[empty-body]
    """The shielded place in which this plugin lives; it is then no part of the common place at all."""


@hookspec
def migrations() -> Path:  # type: ignore[empty-body]
    """The folder with this plugin's migrations; its tables carry the plugin's key as prefix."""
