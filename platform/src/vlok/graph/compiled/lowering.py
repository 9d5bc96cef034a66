"""From a selection to the very JSON of the answer, in SQL.

``Plan`` gives rows with hidden keys for Strawberry's resolvers; ``Lowering`` gives what those resolvers would make of
them. What only Python can say (a derived value, a cursor, which rows must be logged as read) stands in the text as a
mark that ``vlok.graph.compiled.marks`` replaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, get_args
from uuid import UUID

from graphql import FieldNode, GraphQLObjectType
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Float,
    Integer,
    Interval,
    Numeric,
    String,
    Time,
    Uuid,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
)
from sqlalchemy.dialects.postgresql import BYTEA, JSON

from vlok.api.graph import Column, Derived, Expression, Many, One
from vlok.graph.plan import MAX_PAIRS, Plan, as_json, belongs, bounded, tables_of
from vlok.graph.selection import Selected, Selection
from vlok.graph.types import Declared, column_type

TYPENAME = "__typename"
SURPRISE: ColumnElement[Any] = literal_column("'{\".!\" : 1}'::json")
"""A null where the schema has none: who reads it answers by graphql-core instead."""
EMPTY: ColumnElement[Any] = literal_column("'[]'::json")
PLAIN = (str, int, float, bool, date, UUID)
SQL_TYPES: Mapping[Any, tuple[type[Any], ...]] = {
    str: (String,),
    int: (Integer,),
    float: (Float, Integer),
    bool: (Boolean,),
    date: (Date,),
    UUID: (Uuid,),
    Decimal: (Numeric,),
}
"""What PostgreSQL writes as the schema's scalar of a Python type would; a big integer does not fit an Int."""


class Unplannable(Exception):
    """This operation is left to graphql-core; the text says why, and is counted."""


class FullSelection(Selection):
    """A selection that keeps ``__typename``: nobody else answers it here."""

    def _field(self, type_: GraphQLObjectType, node: FieldNode, found: dict[str, Selected]) -> None:
        if node.name.value == TYPENAME:
            key = node.alias.value if node.alias else TYPENAME
            found.setdefault(key, Selected(key, TYPENAME, {}))
        elif node.name.value.startswith("__"):
            raise Unplannable("een vraag naar het schema zelf")
        else:
            super()._field(type_, node, found)


@dataclass
class Lowering(Plan):
    """Builds the expressions of one operation; collects the derived fields in the order of their numbers."""

    types: Any
    policy: Any
    actor: Any
    selection: Any
    derived: list[Derived] = field(default_factory=list)
    number: int = 0
    """Of the root field that is being built."""

    def row(self, declared: Declared, row: Any, selected: Mapping[str, Selected]) -> ColumnElement[Any]:
        """One row as the client reads it, after the marks of what must be kept of its consultation."""
        marks = self._consulted(declared, row, selected)
        return json_text([*marks, *((key, self._value(declared, row, one)) for key, one in selected.items())])

    def _consulted(self, declared: Declared, row: Any, selected: Mapping[str, Selected]) -> list[tuple[str, Any]]:
        """What the audit trail wants to know of a row, under keys that ``marks`` takes out again."""
        marks: list[tuple[str, Any]] = []
        if declared.gelogd:
            marks.append((f".{self.number}:{declared.name}", getattr(row, declared.gelogd_als)))
        if declared.toon_aan_ander:
            marks.append((f".{self.number}!{declared.name}", row.id))
        for one in selected.values():
            source = None if one.name in ("id", TYPENAME) else self.source(declared, one.name)[1]
            if isinstance(source, Expression) and source.toont:
                marks.append((f".{self.number}@{source.toont[0]}", source.toont[1](row)))
        return marks

    def _value(self, declared: Declared, row: Any, selected: Selected) -> Any:
        if selected.name == TYPENAME:
            return literal(declared.name, literal_execute=True)
        if selected.name == "id":
            return global_id(declared.name, row.id)
        name, source = self.source(declared, selected.name)
        if isinstance(source, Column):
            return shown(getattr(row, source.attr or name), column_type(declared.model, source.attr or name))
        if isinstance(source, Expression):
            assert source.build
            value = shown(source.build(row), source.type)
            return value if source.nullable else func.coalesce(func.to_json(value), SURPRISE)
        if isinstance(source, Derived):
            return self._derived(source, row)
        assert isinstance(source, One | Many)
        return self._related(row, source, selected)

    def _derived(self, source: Derived, row: Any) -> ColumnElement[Any]:
        if bare(source.type) not in (*PLAIN, datetime, list[str]):
            raise Unplannable("afgeleid veld van een samengesteld type")
        needs = [as_json(getattr(row, need)) for need in source.needs]
        if any(isinstance(need.type, JSON) or need.type.python_type is list for need in needs):
            raise Unplannable("afgeleid veld uit een lijst")
        self.derived.append(source)
        number: ColumnElement[int] = literal_column(str(len(self.derived) - 1))
        return func.json_build_object(".d", number, "a", func.json_build_array(*needs), type_=JSON)

    def _related(self, row: Any, source: One | Many, selected: Selected) -> ColumnElement[Any]:
        declared = self.types[source.to]
        other = self.entity(declared)
        body = self.row(declared, other, self.selection.below(declared.name, selected.nodes))
        rows = (
            select(body.label("j"))
            .select_from(other)
            .where(belongs(source, row, other), self.readable(declared, other))
            .correlate_except(*tables_of(other))
        )
        if isinstance(source, One):
            one = rows.limit(1).scalar_subquery()
            return func.coalesce(one, SURPRISE) if source.required else one
        assert source.order
        page = rows.order_by(*source.order(other)).limit(bounded(selected.arguments["first"])).subquery()
        return select(func.coalesce(func.json_agg(page.c.j), EMPTY)).scalar_subquery()


def bare(type_: Any) -> Any:
    """The type without ``| None``."""
    args = get_args(type_)
    return next((arg for arg in args if arg is not NoneType), type_) if NoneType in args else type_


def shown(value: Any, type_: Any) -> Any:
    """A value as Strawberry's scalars write it; Unplannable when SQL may give another type than the schema promises."""
    python, sql = bare(type_), value.type
    if python is str and not isinstance(sql, String):
        if isinstance(sql, DateTime | Interval | Time):
            raise Unplannable("een tijdstip als tekst")
        return cast(value, String)
    if python == list[str] and isinstance(sql, ARRAY) and isinstance(sql.item_type, String):
        nothing_at = func.array_position(value, null())
        return case((nothing_at.is_(None), func.to_json(value)), else_=SURPRISE)
    if python is datetime and isinstance(sql, DateTime) and sql.timezone:
        return iso(value)
    if isinstance(sql, SQL_TYPES.get(python, ())) and not isinstance(sql, BigInteger):
        return as_json(value)
    raise Unplannable(f"een veld {getattr(python, '__name__', python)} uit {type(sql).__name__} in SQL")


def iso(moment: Any) -> Any:
    """A moment as Python's ``isoformat`` writes it: microseconds in six digits, or not at all."""
    return func.replace(func.to_char(moment, 'YYYY-MM-DD"T"HH24:MI:SS.USTZH:TZM'), ".000000", "")


def global_id(type_name: str, key: Any) -> Any:
    """The Relay id: base64 for urls, without padding."""
    plain = cast(literal(f"{type_name}:", literal_execute=True) + cast(key, String), BYTEA)  # ASCII, no backslash
    return func.translate(func.encode(plain, "base64"), literal_column(r"E'+/=\n'"), "-_")


def json_text(pairs: list[tuple[str, Any]]) -> ColumnElement[Any]:
    """``json_build_object`` in the given order, in as many parts as its limit of arguments asks."""
    parts = [_part(pairs[at : at + MAX_PAIRS]) for at in range(0, len(pairs), MAX_PAIRS)] or [_part([])]
    whole = parts[0]
    for part in parts[1:]:
        joined = func.left(cast(whole, String), -1) + ", " + func.substr(cast(part, String), 2)
        whole = cast(joined, JSON)
    return whole


def _part(pairs: Iterable[tuple[str, Any]]) -> ColumnElement[Any]:
    flat = [cell for key, value in pairs for cell in (literal(key, literal_execute=True), value)]
    return func.json_build_object(*flat, type_=JSON)
