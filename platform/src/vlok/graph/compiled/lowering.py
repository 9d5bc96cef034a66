"""From a selection to the very JSON of the answer, in SQL.

``Plan`` gives rows with hidden keys for Strawberry's resolvers; ``Lowering`` gives what those resolvers would make of
them, and beside it the keys that the audit trail keeps. What only Python can say (a derived value, a cursor) stands in
the text as a mark that ``vlok.graph.compiled.marks`` replaces.
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
    Select,
    String,
    Time,
    Uuid,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    outerjoin,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import BYTEA, JSON
from sqlalchemy.orm import aliased

from vlok.api.graph import Column, Derived, Expression, Many, One
from vlok.graph.plan import MAX_PAIRS, Plan, as_json, belongs, bounded, tables_of
from vlok.graph.selection import Selected, Selection
from vlok.graph.types import Declared, column_type

TYPENAME = "__typename"
SURPRISE_MARK = '{".!" : 1}'
SURPRISE: ColumnElement[Any] = literal_column(f"'{SURPRISE_MARK}'::json")
"""A null where the schema has none: who reads it answers by graphql-core instead."""
EMPTY: ColumnElement[Any] = literal_column("'[]'::json")
COMMA: ColumnElement[str] = literal_column("','", String())
JSON_LABEL = "j"
KEPT_AS, TOLD_OF = "k_", "t_"
"""Before the labels of keys: by kind of what is kept, and by type of whose rows somebody wants to know."""
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
class Made:
    """What stands for one row, or for a list of them: the JSON that the client reads, the keys under which its
    consultation is kept (by label, as text: keys that each end with a comma), and the look-ups that both read from."""

    json: Any = None
    keys: dict[str, list[Any]] = field(default_factory=dict)
    joins: list[Any] = field(default_factory=list)

    def keep(self, label: str, *keys: ColumnElement[str]) -> None:
        """More keys under a label."""
        self.keys.setdefault(label, []).extend(keys)

    def hold(self, part: Made) -> ColumnElement[Any]:
        """The JSON of what stands for a part of the same row; its keys and look-ups are this one's too."""
        self.joins.extend(part.joins)
        for label, keys in part.keys.items():
            self.keep(label, *keys)
        return part.json  # type: ignore[no-any-return]

    def look_up(self, joined: Any) -> ColumnElement[Any]:
        """The JSON of a look-up."""
        self.joins.append(joined)
        return joined.c[JSON_LABEL]  # type: ignore[no-any-return]

    def take(self, joined: Any) -> ColumnElement[Any]:
        """The same; its keys are kept with the others."""
        for label in labels(joined):
            self.keep(label, joined.c[label])
        return self.look_up(joined)

    def columns(self) -> list[Any]:
        """JSON and keys, labelled."""
        together = {label: some[0] if len(some) == 1 else func.concat(*some) for label, some in self.keys.items()}
        return [self.json.label(JSON_LABEL), *(keys.label(label) for label, keys in together.items())]

    def source(self, start: Any) -> Any:
        """What to select ``columns`` from: ``start``, and for each of its rows the look-ups."""
        whole = start
        for joined in self.joins:
            whole = outerjoin(whole, joined, true())
        return whole

    def select(self, row: Any) -> Select[Any]:
        """The columns of each ``row``."""
        return select(*self.columns()).select_from(self.source(row))


@dataclass
class Lowering(Plan):
    """Builds the expressions of one operation; collects the derived fields in the order of their numbers."""

    types: Any
    policy: Any
    actor: Any
    selection: Any
    derived: list[Derived] = field(default_factory=list)

    def made(self, declared: Declared, row: Any, selected: Mapping[str, Selected]) -> Made:
        """One row as the client reads it, and what must be kept of its consultation."""
        made = Made()
        self._consulted(made, declared, row, selected)
        made.json = json_text([(key, self._value(made, declared, row, one)) for key, one in selected.items()])
        return made

    def _consulted(self, made: Made, declared: Declared, row: Any, selected: Mapping[str, Selected]) -> None:
        if declared.gelogd:
            made.keep(KEPT_AS + declared.gelogd, cast(getattr(row, declared.gelogd_als), String) + COMMA)
        if declared.toon_aan_ander:
            made.keep(TOLD_OF + declared.name, cast(row.id, String) + COMMA)
        for one in own_fields(selected):
            source = self.source(declared, one.name)[1]
            if isinstance(source, Expression) and source.toont:
                other = self.types[source.toont[0]]
                keys = func.nullif(func.array_to_string(source.toont[1](row), COMMA), "")
                made.keep(KEPT_AS + (other.gelogd or other.name), keys + COMMA)

    def _value(self, made: Made, declared: Declared, row: Any, selected: Selected) -> Any:
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
        return self._looked_up(made, row, source, selected)

    def _derived(self, source: Derived, row: Any) -> ColumnElement[Any]:
        if bare(source.type) not in (*PLAIN, datetime, list[str]):
            raise Unplannable("afgeleid veld van een samengesteld type")
        needs = [as_json(getattr(row, need)) for need in source.needs]
        if any(isinstance(need.type, JSON) or need.type.python_type is list for need in needs):
            raise Unplannable("afgeleid veld uit een lijst")
        self.derived.append(source)
        number: ColumnElement[int] = literal_column(str(len(self.derived) - 1))
        return func.json_build_object(".d", number, "a", func.json_build_array(*needs), type_=JSON)

    def _looked_up(self, made: Made, row: Any, source: One | Many, selected: Selected) -> ColumnElement[Any]:
        declared = self.types[source.to]
        other = self.entity(declared)
        inside = (belongs(source, row, other), self.readable(declared, other))
        if isinstance(source, One):
            one = self.made(declared, other, self.selection.below(declared.name, selected.nodes))
            found = one.select(other).where(*inside).limit(1).correlate_except(*own_tables(one, other))
            value = made.take(found.lateral())
            return func.coalesce(value, SURPRISE) if source.required else value
        return made.take(gathered(self._list(declared, other, source, selected, inside)).lateral())

    def _list(self, declared: Declared, other: Any, source: Many, selected: Selected, inside: Any) -> Select[Any]:
        """The rows of a list. Where each looks up more, the first rows are chosen before that."""
        assert source.order
        fields = self.selection.below(declared.name, selected.nodes)
        most = bounded(selected.arguments["first"])
        if not any(isinstance(self.source(declared, one.name)[1], One | Many) for one in own_fields(fields)):
            shown = self.made(declared, other, fields).select(other).where(*inside).order_by(*source.order(other))
            return shown.limit(most).correlate_except(*tables_of(other))
        first = select(other).where(*inside).order_by(*source.order(other)).limit(most)
        page: Any = aliased(declared.model, first.correlate_except(*tables_of(other)).subquery(), adapt_on_names=True)
        return self.made(declared, page, fields).select(page).order_by(*source.order(page))


def own_fields(selected: Mapping[str, Selected]) -> list[Selected]:
    """What is declared as a field of the type."""
    return [one for one in selected.values() if one.name not in ("id", TYPENAME)]


def own_tables(made: Made, row: Any) -> list[Any]:
    """What a look-up reads itself; the rest stands around it."""
    return [*tables_of(row), *made.joins]


def labels(found: Any) -> list[str]:
    """The labels of the keys that a look-up gives beside its JSON."""
    return [column.key for column in found.c if column.key != JSON_LABEL]


def gathered(rows: Select[Any]) -> Select[Any]:
    """The rows of one list as one JSON array, and their keys together."""
    each = rows.subquery()
    keys = [func.string_agg(each.c[label], "").label(label) for label in labels(each)]
    return select(func.coalesce(func.json_agg(each.c[JSON_LABEL]), EMPTY).label(JSON_LABEL), *keys)


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
