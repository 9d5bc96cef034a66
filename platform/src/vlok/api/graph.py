"""GraphQL types, declared on their SQL meaning.

A plugin says once what a field *is*: a column, an SQL expression, one related row, many related rows, or a value that
Python derives from named columns. From this declaration come the schema, and the one statement that answers a whole
selection (``vlok.graph.plan``); a plugin author writes no resolver, no join and no visibility filter. A hand-written
resolver is the exception (``Computed`` root fields).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.api.orm import Base
from vlok.api.work import Work

On = Callable[[Any, Any], ColumnElement[bool]]
Order = Callable[[Any], tuple[ColumnElement[Any], ...]]
DEFAULT_PAGE = 50


@dataclass(frozen=True)
class Source:
    """What a field is; ``description`` is its text in the schema."""

    description: str = ""


@dataclass(frozen=True)
class Column(Source):
    """A column of the type's table; Python type and nullability follow from the mapping. ``attr``: its other name."""

    attr: str | None = None


@dataclass(frozen=True)
class Expression(Source):
    """An SQL expression over the row: ``build(row)``, of Python type ``type``.

    ``toont``: the type whose rows it tells of in its text, such as names of people, and the array of their keys.
    """

    type: Any = str
    build: Callable[[Any], ColumnElement[Any]] | None = None
    nullable: bool = False
    toont: tuple[str, Callable[[Any], Any]] | None = None


@dataclass(frozen=True)
class Derived(Source):
    """A value that ``compute`` makes from the named columns, in Python."""

    type: Any = str
    needs: tuple[str, ...] = ()
    compute: Callable[..., Any] | None = None
    nullable: bool = False


@dataclass(frozen=True)
class One(Source):
    """The related row of type ``to`` where ``on(row, other)``; null when there is none or it may not be seen."""

    to: str = ""
    on: On | None = None
    required: bool = False


@dataclass(frozen=True)
class Many(Source):
    """The related rows of type ``to`` where ``on(row, other)``, in ``order``, at most ``first`` of them."""

    to: str = ""
    on: On | None = None
    order: Order | None = None
    first: int = DEFAULT_PAGE


def column(description: str = "", attr: str | None = None) -> Any:
    """A column (see ``Column``)."""
    return Column(description, attr)


def expression(
    type_: Any,
    build: Callable[[Any], Any],
    description: str = "",
    *,
    nullable: bool = False,
    toont: tuple[str, Callable[[Any], Any]] | None = None,
) -> Any:
    """An SQL expression (see ``Expression``)."""
    return Expression(description, type_, build, nullable, toont)


def derived(type_: Any, needs: tuple[str, ...], compute: Callable[..., Any], description: str = "") -> Any:
    """A value derived from columns (see ``Derived``); ``type_`` may be ``X | None``."""
    return Derived(description, type_, needs, compute)


def one(to: str, on: On, description: str = "", *, required: bool = False) -> Any:
    """A related row (see ``One``). ``required``: whoever sees this row always sees that one."""
    return One(description, to, on, required)


def many(to: str, on: On, order: Order, description: str = "", *, first: int = DEFAULT_PAGE) -> Any:
    """Related rows (see ``Many``)."""
    return Many(description, to, on, order, first)


ToonAanAnder = Callable[[AsyncSession, Actor, datetime, Sequence[UUID]], Awaitable[None]]
"""``(session, actor, moment, keys)``: these rows were shown to the actor; in the transaction that keeps the answer."""


class ObjectType:
    """Subclass it to publish a table: ``key`` is also the policy object for reading, ``name`` the type's name.

    ``gelogd`` names what a row is in the audit trail (``persoon``, ``dossier``, …): each answer that shows one leaves a
    line with its key. For what is only part of such a thing ``gelogd_als`` is the column that holds the whole's key.
    ``toon_aan_ander`` is called with the keys of the rows that an answer showed (rows of the reader's own domain among
    them), but never for a reader of a compartment, who leaves no trace outside it.
    """

    key: ClassVar[str]
    name: ClassVar[str]
    model: ClassVar[type[Base]]
    fields: ClassVar[dict[str, Source]] = {}
    gelogd: ClassVar[str | None] = None
    gelogd_als: ClassVar[str] = "id"
    toon_aan_ander: ClassVar[ToonAanAnder | None] = None

    def __init_subclass__(cls) -> None:
        own = {name: source for name, source in vars(cls).items() if isinstance(source, Source)}
        cls.fields = {**cls.fields, **own}


@dataclass(frozen=True)
class Extension:
    """Fields a plugin adds to the type called ``type``; their names begin with the plugin's key or are listed there."""

    key: str
    type: str
    fields: Mapping[str, Source]


@dataclass(frozen=True)
class Arg:
    """An argument of a query: its Python type (or a ``Form``), default and text.

    Of a ``geheim`` argument the audit trail keeps that it was given, not what.
    """

    type: Any
    default: Any = None
    description: str = ""
    geheim: bool = False


@dataclass(frozen=True)
class RootField:
    """A query. ``key`` is ``<plugin>.<name in snake case>``."""

    key: str
    description: str

    @property
    def name(self) -> str:
        """The field's name in snake case."""
        return self.key.partition(".")[2]


@dataclass(frozen=True)
class RootOne(RootField):
    """``name(referte:)``: the visible row of type ``to`` that ``where(row, referte)`` finds, or null."""

    to: str
    where: Callable[[Any, str], ColumnElement[bool]] = lambda row, referte: row.referte == referte


Before = Callable[[Work, Mapping[str, Any]], Awaitable[Mapping[str, Any]]]
DOEL = "doel"
"""The argument by which ``Before`` gives the purpose of a search: it is kept with the line of what was shown."""


@dataclass(frozen=True)
class RootList(RootField):
    """``name(first:, after:, …)``: a keyset connection over the visible rows of type ``to``.

    ``where(actor, row, args)`` narrows, ``order(row)`` gives ascending non-null expressions that end in the key.
    """

    to: str
    order: Order
    where: Callable[[Actor, Any, Mapping[str, Any]], ColumnElement[bool]]
    args: Mapping[str, Arg]
    object: str | None = None
    """A second policy object that must open the row too: a worklist is narrower than all readable tasks."""
    menu: bool = False
    """Whether the list is a screen of its own in the main menu of whoever may read it."""
    before: Before | None = None
    """Runs first, and is kept before anything is read: may refuse; what it returns is added to the arguments."""
    most: int | None = None
    """The most rows of one page, when fewer than for any list."""


@dataclass(frozen=True)
class Computed(RootField):
    """A query with a hand-written resolver ``resolve(info, **args)``, of Strawberry type ``type``."""

    type: Any
    resolve: Callable[..., Awaitable[Any]]
    args: Mapping[str, Arg]
