"""The root fields that become SQL: one row, a row by its global id, a keyset page.

Every root row stands under a fixed alias (``r0``, ``r1`` …), so that the part of its condition that depends on the
arguments can be compiled apart and put in the place kept for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy import Uuid as UuidType
from sqlalchemy.dialects.postgresql import JSON, distinct_on
from sqlalchemy.orm import aliased

from vlok.api.actor import Actor
from vlok.api.graph import RootList, RootOne
from vlok.graph.compiled.alternatives import alternatives
from vlok.graph.compiled.lowering import (
    TYPENAME,
    FullSelection,
    Lowering,
    Made,
    Unplannable,
    gathered,
    json_text,
    own_tables,
)
from vlok.graph.connection import COUNT_LIMIT
from vlok.graph.plan import READ
from vlok.graph.selection import Selected
from vlok.graph.types import Declared

AS_IF = "200"
"""Words are sought as if so many rows were wanted. For the first fifty PostgreSQL would walk through the list in its
order, for it supposes that what is sought stands spread over it; but the houses of a street stand together, and far.
What is in many rows it walks for all the same, and stops when the page is full."""
SUBJECT = "s_"
"""Before the name of a type: label of the key of the one row that was opened."""


@dataclass(frozen=True)
class Root:
    """One root field of an operation: ``key`` in the answer, declared as ``source`` (None: ``node``)."""

    number: int
    key: str
    source: RootOne | RootList | None
    nodes: tuple[FieldNode, ...]

    def param(self, name: str) -> str:
        """The name of a parameter of this root field."""
        return f"{name}_{self.number}"

    def alias(self, declared: Declared) -> Any:
        """The row."""
        return aliased(declared.model, name=f"r{self.number}", flat=True)

    @property
    def hole(self) -> str:
        """Where the condition of the arguments is put."""
        return f"(/*r{self.number}*/ true)"


@dataclass(frozen=True)
class Form:
    """What of the arguments changes the statement: the type behind an id, whether a page begins after a cursor, and
    whether words are sought."""

    type_name: str | None = None
    after: bool = False
    words: bool = False


def one(lowering: Lowering, root: Root, form: Form) -> Select[Any]:
    """The visible row that the arguments name; its own key apart, when its consultation is kept."""
    name = root.source.to if root.source else form.type_name
    assert name
    declared = lowering.types[name]
    row = root.alias(declared)
    made = lowering.made(declared, row, lowering.selection.below(declared.name, root.nodes))
    by_key = row.id == bindparam(root.param("id"), None, type_=UuidType()) if root.source is None else hole(root)
    own = [cast(getattr(row, declared.gelogd_als), String).label(SUBJECT + name)] if declared.gelogd else []
    found = made.select(row).add_columns(*own).where(by_key, lowering.readable(declared, row)).limit(1)
    return found.correlate_except(*own_tables(made, row))


def hole(root: Root) -> ColumnElement[bool]:
    """The place of the condition."""
    return literal_column(root.hole, Boolean())


def condition(root: Root, actor: Actor, types: Any, args: Mapping[str, Any]) -> Select[Any]:
    """A statement whose WHERE is what the arguments ask."""
    assert root.source
    row = root.alias(types[root.source.to])
    if isinstance(root.source, RootOne):
        asked = root.source.where(row, args["referte"])
    else:
        asked = root.source.where(actor, row, args)
    return select(literal_column("1")).select_from(row).where(asked)


def page(lowering: Lowering, root: Root, form: Form) -> Select[Any]:
    """A connection: the page once, materialised; edges, page information and count read from it."""
    source = root.source
    assert isinstance(source, RootList)
    declared = lowering.types[source.to]
    row = root.alias(declared)
    inside = [lowering.readable(declared, row), hole(root)]
    mine = lowering.policy.visible(lowering.actor, source.object, READ, row) if source.object else true()
    first = bindparam(root.param("first"), None, type_=Integer())
    most = first + literal_column("1")
    order = source.order(row)
    wanted = select(row).order_by(*order).limit(func.greatest(most, literal_column(AS_IF)) if form.words else most)
    if form.after:
        after = [bindparam(root.param(f"after{at}"), None, type_=String()) for at in range(len(order))]
        wanted = wanted.where(tuple_(*order) > tuple_(*map(_limit, after, order)))
    pages = [wanted.where(*inside, one) for one in alternatives(mine)]
    page = pages[0] if len(pages) == 1 else merged(declared, pages, source, most)
    if form.words:
        found = aliased(declared.model, materialised(page, f"w{root.number}"), adapt_on_names=True)
        page = select(found).order_by(*source.order(found)).limit(most)
    rows = materialised(page, f"p{root.number}")
    connection = Connection(lowering, root, declared, rows, first)
    counted = select(row.id).select_from(row).where(*inside, mine).limit(COUNT_LIMIT).subquery()
    total = select(func.count()).select_from(counted).scalar_subquery()
    return connection.made(total)


def materialised(rows: Select[Any], name: str) -> Any:
    """Rows that are found once, by a plan of their own."""
    return rows.cte(name).prefix_with("MATERIALIZED", dialect="postgresql")


def merged(declared: Declared, pages: list[Any], source: RootList, most: ColumnElement[int]) -> Any:
    """The first rows of all pages together, each once: a row may stand in several."""
    row: Any = aliased(declared.model, union_all(*pages).subquery("m"), adapt_on_names=True)
    order = source.order(row)
    return select(row).ext(distinct_on(*order)).order_by(*order).limit(most)


def _limit(text: ColumnElement[str], part: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(text, part.type)


@dataclass
class Connection:
    """The parts of a connection as selected."""

    lowering: Lowering
    root: Root
    declared: Declared
    rows: Any
    first: ColumnElement[int]

    def made(self, total: ColumnElement[int]) -> Select[Any]:
        """The connection object, and the keys of what its edges show."""
        name = f"{self.declared.name}Connection"
        whole = Made()
        parts: list[tuple[str, Any]] = []
        for key, field in self._below(name, self.root.nodes).items():
            if field.name == "edges":
                parts.append((key, whole.take(gathered(self._edges(field)).lateral())))
            elif field.name == "pageInfo":
                parts.append((key, self._page_info(field)))
            else:
                parts.append((key, total if field.name == "totalCount" else _name(name)))
        whole.json = json_text(parts)
        start = select(literal_column("1").label("een")).subquery()
        return whole.select(start)

    def _below(self, type_name: str, nodes: Any) -> dict[str, Selected]:
        below: dict[str, Selected] = self.lowering.selection.below(type_name, nodes)
        return below

    def _row(self) -> Any:
        return aliased(self.declared.model, self.rows, adapt_on_names=True)

    def _order(self, row: Any) -> tuple[ColumnElement[Any], ...]:
        assert isinstance(self.root.source, RootList)
        return self.root.source.order(row)

    def _edges(self, field: Selected) -> Select[Any]:
        row = self._row()
        edge = Made()
        pairs: list[tuple[str, Any]] = []
        for key, below in self._below(f"{self.declared.name}Edge", field.nodes).items():
            if below.name == "node":
                selected = self._below(self.declared.name, below.nodes)
                pairs.append((key, edge.hold(self.lowering.made(self.declared, row, selected))))
            elif below.name == TYPENAME:
                pairs.append((key, _name(f"{self.declared.name}Edge")))
            else:
                pairs.append((key, cursor(self.root.number, self._order(row))))
        edge.json = json_text(pairs)
        return edge.select(row).order_by(*self._order(row)).limit(self.first)

    def _page_info(self, field: Selected) -> ColumnElement[Any]:
        row = self._row()
        count = select(func.count()).select_from(self.rows).scalar_subquery()
        backwards = [part.desc() for part in self._order(row)]
        beyond_page = func.greatest(count - self.first, 0)
        last = (
            select(cursor(self.root.number, self._order(row)))
            .select_from(row)
            .order_by(*backwards)
            .offset(beyond_page)
            .limit(1)
        )
        parts = {"hasNextPage": count > self.first, "endCursor": last.scalar_subquery(), TYPENAME: _name("PageInfo")}
        return json_text([(key, parts[one.name]) for key, one in self._below("PageInfo", field.nodes).items()])


def cursor(number: int, order: tuple[ColumnElement[Any], ...]) -> ColumnElement[Any]:
    """The mark of a cursor: the order values of a row of that root field."""
    keys = func.json_build_array(*(cast(part, String) for part in order))
    return func.json_build_object(".c", literal_column(str(number)), "k", keys, type_=JSON)


def _name(type_name: str) -> ColumnElement[str]:
    return literal_column(f"'{type_name}'", String())


def root_of(sources: Mapping[str, Any], number: int, selected: Selected) -> Root:
    """The root field behind a selected one; Unplannable when Python answers it."""
    if selected.name == TYPENAME:
        raise Unplannable("__typename van de vraag zelf")
    if getattr(sources.get(selected.name), "before", None):
        raise Unplannable("een lijst waarvoor eerst iets bewaard wordt")
    if selected.name != "node" and not isinstance(sources.get(selected.name), RootOne | RootList):
        raise Unplannable(f"{selected.name} wordt door Python beantwoord")
    return Root(number, selected.key, sources.get(selected.name), tuple(selected.nodes))


def roots_of(sources: Mapping[str, Any], selection: FullSelection, operation: Any) -> list[Root]:
    """The root fields of an operation, in order."""
    found: dict[str, Selected] = {}
    query = selection.info.schema.query_type
    assert query
    selection._collect(query, operation.selection_set.selections, found)
    return [root_of(sources, number, one) for number, one in enumerate(found.values())]
