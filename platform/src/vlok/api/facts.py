"""What happened, told inside the transaction in which it happened, to whoever listens.

A plugin never calls another plugin. It tells a fact; plugins that react contribute a ``Reaction``. A reaction runs in
the same transaction: the fact and its consequences are kept together or not at all. The kernel's own facts stand here,
those about dwellings in ``vlok_register.api.facts``. A fact is never changed, only superseded by another name.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

if TYPE_CHECKING:
    from vlok.api.work import Work

F = TypeVar("F")


@dataclass(frozen=True)
class DocumentOndertekend:
    """A document got its signed file; unless it is shielded, both sides see it from now on."""

    document_id: UUID
    soort: str
    dossier_id: UUID | None
    stap_id: UUID | None


@dataclass(frozen=True)
class Afgeschermd:
    """A row was kept from the other side: what tells of it elsewhere goes with it."""

    object_id: UUID


@dataclass(frozen=True)
class AfschermingOpgeheven:
    """The shield of a row was lifted."""

    object_id: UUID


@dataclass(frozen=True)
class Reaction(Generic[F]):
    """What a plugin does when a fact is told. ``key`` begins with the plugin's key."""

    key: str
    to: type[F]
    run: "Callable[[Work, F], Awaitable[None]]"


AnyReaction = Reaction[Any]
