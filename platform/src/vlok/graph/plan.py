"""One selection, one statement: the rows as nested JSON, visibility applied at every level.

Each row becomes ``json_build_object(response key, value, …)``; a relation is a correlated scalar sub-select over the
target's visible rows. Nothing is read that was not selected, and there is no second statement per level or per row.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Numeric,
    Select,
    String,
    cast,
    func,
    inspect,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.orm import aliased
from sqlalchemy.sql.visitors import cloned_traverse, iterate

from vlok.api.actor import Actor
from vlok.api.graph import Column, Derived, Expression, Many, One
from vlok.graph.names import camel
from vlok.graph.selection import Selected, Selection
from vlok.graph.types import Declared, Types
from vlok.policy.policy import Policy

READ = "lezen"
HIDDEN = "."
"""Prefix of keys that no response key can have: the type of a row, the columns a derived value needs."""
LOGGED = HIDDEN + "logged"
"""Where a row keeps the key under which its consultation is kept (see ``ObjectType.gelogd``)."""
TOLD = HIDDEN + "told"
"""Where a row keeps its own key, when somebody wants to know that it was shown."""
OTHERS = HIDDEN + "others."
"""Before the name of a type and of a field: where a row keeps the keys of that type's rows that the field tells of."""
MAX_PAGE = 500
"""No list is unbounded: the most rows one field returns."""
MAX_PAIRS = 45
"""PostgreSQL functions take at most 100 arguments."""


class Plan:
    """Builds the expressions for one operation of one actor."""

    def __init__(self, types: Types, policy: Policy, actor: Actor, selection: Selection) -> None:
        self.types = types
        self.policy = policy
        self.actor = actor
        self.selection = selection

    def entity(self, declared: Declared) -> Any:
        """A fresh alias of the type's table."""
        return aliased(declared.model, flat=True)

    def readable(self, declared: Declared, row: Any) -> ColumnElement[bool]:
        """What the actor may read of that type."""
        return self.policy.visible(self.actor, declared.key, READ, row)

    def row(self, declared: Declared, row: Any, selected: Mapping[str, Selected]) -> ColumnElement[Any]:
        """The selected fields of one row as a JSON object."""
        pairs: dict[str, Any] = {HIDDEN: literal(declared.name, literal_execute=True)}
        if declared.gelogd:
            pairs[LOGGED] = getattr(row, declared.gelogd_als)
        if declared.toon_aan_ander:
            pairs[TOLD] = row.id
        for key, field in selected.items():
            pairs.update(self._field(declared, row, key, field))
        return json_object(pairs)

    def _field(self, declared: Declared, row: Any, key: str, field: Selected) -> Mapping[str, Any]:
        if field.name == "id":
            return {HIDDEN + "id": row.id}
        name, source = self.source(declared, field.name)
        if isinstance(source, Column):
            return {key: as_json(getattr(row, source.attr or name))}
        if isinstance(source, Expression):
            assert source.build
            told = {f"{OTHERS}{source.toont[0]}.{key}": source.toont[1](row)} if source.toont else {}
            return {key: as_json(source.build(row)), **told}
        if isinstance(source, Derived):
            return {HIDDEN + need: as_json(getattr(row, need)) for need in source.needs}
        assert isinstance(source, One | Many)
        return {key: self._related(row, source, field)}

    def source(self, declared: Declared, graphql_name: str) -> tuple[str, Any]:
        """The declaration behind a GraphQL field name."""
        return next((name, source) for name, source in declared.fields.items() if camel(name) == graphql_name)

    def _related(self, row: Any, source: One | Many, field: Selected) -> ColumnElement[Any]:
        declared = self.types[source.to]
        other = self.entity(declared)
        body = self.row(declared, other, self.selection.below(declared.name, field.nodes))
        rows = (
            select(body.label("j"))
            .select_from(other)
            .where(belongs(source, row, other), self.readable(declared, other))
            .correlate_except(*tables_of(other))
        )
        if isinstance(source, One):
            return rows.limit(1).scalar_subquery()
        assert source.order
        page = rows.order_by(*source.order(other)).limit(bounded(field.arguments["first"])).subquery()
        return select(func.coalesce(func.json_agg(page.c.j), literal_column("'[]'::json"))).scalar_subquery()

    def one(self, declared: Declared, nodes: Iterable[Any], where: Callable[[Any], ColumnElement[bool]]) -> Select[Any]:
        """The statement for a single visible row."""
        row = self.entity(declared)
        body = self.row(declared, row, self.selection.below(declared.name, nodes))
        return select(body).select_from(row).where(where(row), self.readable(declared, row)).limit(1)


def belongs(source: One | Many, row: Any, other: Any) -> ColumnElement[bool]:
    """The condition of a relation, whose sub-selects mean the two rows themselves.

    SQLAlchemy correlates a sub-select with the statement directly around it only. The row of the other side stands one
    further out: left alone, its table would be read a second time, and every row of it would match.
    """
    assert source.on
    condition = source.on(row, other)
    nested = [one for one in iterate(condition) if isinstance(one, Select)]
    around = {*tables_of(row), *tables_of(other), *(table for one in nested for table in one.columns_clause_froms)}

    def mean_the_rows(one: Any) -> None:
        own = {*one.columns_clause_froms, *one._from_obj}
        one.correlate.non_generative(one, *(around - own))

    meant: ColumnElement[bool] = cloned_traverse(condition, {}, {"select": mean_the_rows})
    return meant


def bounded(first: int) -> int:
    """The number of rows asked, within what one field may return."""
    return max(0, min(first, MAX_PAGE))


def by_id(key: UUID) -> Callable[[Any], ColumnElement[bool]]:
    """The row with that key."""
    return lambda row: row.id == key


def json_object(pairs: Mapping[str, Any]) -> ColumnElement[Any]:
    """``json_build_object`` in as many parts as its limit of arguments asks."""
    items = list(pairs.items())
    parts = [_part(items[at : at + MAX_PAIRS]) for at in range(0, len(items), MAX_PAIRS)]
    if len(parts) == 1:
        return parts[0]
    whole: ColumnElement[Any] = func.to_jsonb(parts[0])
    for part in parts[1:]:
        whole = whole.op("||")(func.to_jsonb(part))
    return cast(whole, JSON)


def _part(items: list[tuple[str, Any]]) -> ColumnElement[Any]:
    flat = [cell for key, value in items for cell in (literal(key, literal_execute=True), value)]
    return func.json_build_object(*flat, type_=JSON)


def as_json(value: Any) -> Any:
    """Decimals travel as text: a JSON number would lose digits."""
    return cast(value, String) if isinstance(value.type, Numeric) and value.type.asdecimal is not False else value


def tables_of(row: Any) -> list[Any]:
    """The FROM elements of an alias, so that a sub-select correlates everything else."""
    return [inspect(row).selectable]
