"""Random valid operations over a schema, for proofs that must ask everything that can be asked.

A walker draws fields, aliases, fragments, inline fragments and arguments; the same seed draws the same operations. What
is done with an operation is its user's business: scan the answer for what the asker may not see, or answer it by two
read paths and compare.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any
from uuid import UUID

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    Undefined,
    get_named_type,
    is_leaf_type,
    parse_value,
    value_from_ast_untyped,
)

from vlok.graph.names import global_id
from vlok.testing.operations import Ask, Operation, Pool

MAX_ALIASES = 25
"""Below what the product allows, with room for what a test adds."""
PAGES = (1, 2, 3, 5, 10, 25, 50, 100)
MAX_ROWS = 1_500
"""The most rows that the sizes of nested lists may multiply to; the product refuses what is heavier."""
STRANGE_NUMBERS = (0, -1, 3, 501, 2_000_000_000)


@dataclass
class _Draft:
    """The operation that is being written."""

    fields_left: int
    aliases: int = 0
    fragments: list[_Fragment] = field(default_factory=list)
    roots: dict[str, str] = field(default_factory=dict)
    asks: dict[str, Ask] | None = None
    """The variables; None where arguments are written out."""


@dataclass(frozen=True)
class _Fragment:
    name: str
    on: str
    body: str
    keys: frozenset[str]
    rows: int


class Walker:
    """Draws operations. ``depth``: how many objects may stand in each other; ``fields``: at most so many fields."""

    def __init__(self, schema: GraphQLSchema, pool: Pool, seed: int, *, depth: int = 5, fields: int = 45) -> None:
        self.schema = schema
        self.pool = pool
        self.depth = depth
        self.fields = fields
        self.random = Random(seed)  # noqa: S311  reproducible is the point
        self._types = sorted(pool.ids)
        self._draft = _Draft(0)

    def queries(self, count: int) -> Iterator[Operation]:
        """So many queries."""
        return (self.query() for _ in range(count))

    def query(self) -> Operation:
        """A query with one to three root fields."""
        assert self.schema.query_type is not None
        return self._operation("query", self.schema.query_type, self.random.choice((1, 1, 2, 3)))

    def again(self, operation: Operation) -> Operation:
        """The same question with other arguments to its root fields, as an application sends it."""
        return replace(operation, variables={name: self._value(one) for name, one in operation.asks.items()})

    def mutation(self) -> Operation:
        """A mutation with one root field."""
        assert self.schema.mutation_type is not None
        return self._operation("mutation", self.schema.mutation_type, 1)

    def _operation(self, kind: str, root: GraphQLObjectType, count: int) -> Operation:
        draft = self._draft = _Draft(self.fields, asks={} if kind == "query" else None)
        keys: set[str] = set()
        body: list[str] = []
        for name in self.random.choices(list(root.fields), k=count):
            written = self._field(name, root.fields[name], keys, self.depth, 1, root=True)
            body += [written] if written else []
        if not body:
            body.append("__typename")
        asks = draft.asks or {}
        given = f"({', '.join(f'${name}: {one.type}' for name, one in asks.items())})" if asks else ""
        texts = [f"{kind}{given and ' q'}{given} {{ {' '.join(body)} }}"]
        texts += [f"fragment {one.name} on {one.on} {{ {one.body} }}" for one in draft.fragments]
        return self.again(Operation("\n".join(texts), draft.roots, asks=asks))

    def _field(
        self, name: str, declared: GraphQLField, keys: set[str], depth: int, rows: int, *, root: bool = False
    ) -> str:
        """A field with arguments and selection, or nothing when there is no room for it."""
        draft, named = self._draft, get_named_type(declared.type)
        leaf = is_leaf_type(named)
        if draft.fields_left <= 0 or (not leaf and depth <= 0):
            return ""
        key = self._key(name, keys, plain=leaf and not declared.args)
        if key is None:
            return ""
        draft.fields_left -= 1
        arguments, hint, size = self._arguments(declared.args, rows, draft.asks if root else None)
        if root:
            draft.roots[key] = name
        written = f"{key}: {name}{arguments}" if key != name else f"{name}{arguments}"
        if leaf:
            return written + self._directive()
        below: set[str] = set()
        return f"{written} {{ {self._selection(named, below, depth - 1, rows * size, hint)} }}"

    def _key(self, name: str, keys: set[str], *, plain: bool) -> str | None:
        """A response key that nothing else in this selection has; ``totalCount`` keeps its name: tests look for it."""
        if name not in keys and (name == "totalCount" or self.random.random() < 0.8):
            keys.add(name)
            return name
        if name == "totalCount" or self._draft.aliases >= MAX_ALIASES or (plain and self.random.random() < 0.5):
            return None
        self._draft.aliases += 1
        key = f"a{self._draft.aliases}"
        keys.add(key)
        return key

    def _directive(self) -> str:
        return self.random.choice((" @include(if: true)", " @skip(if: true)")) if self.random.random() < 0.01 else ""

    def _selection(self, type_: Any, keys: set[str], depth: int, rows: int, hint: str | None) -> str:
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            return self._abstract(type_, keys, depth, rows, hint)
        assert isinstance(type_, GraphQLObjectType)
        parts = [self._fragmented(type_, keys, depth, rows)] if self.random.random() < 0.2 else []
        if "id" in type_.fields and "id" not in keys and self.random.random() < 0.7:
            keys.add("id")
            parts.append("id")
        names = list(type_.fields)
        for name in self.random.sample(names, self.random.randint(1, min(len(names), 8))):
            parts.append(self._field(name, type_.fields[name], keys, depth, rows))
        return " ".join(filter(None, parts)) or "__typename"

    def _abstract(
        self, type_: GraphQLInterfaceType | GraphQLUnionType, keys: set[str], depth: int, rows: int, hint: str | None
    ) -> str:
        """Fields of an interface, and what only some of its types have."""
        possible = [one.name for one in self.schema.get_possible_types(type_)]
        chosen = {hint} if hint in possible else set()
        chosen |= set(self.random.sample(possible, self.random.randint(0, min(2, len(possible)))))
        parts = ["__typename"]
        if isinstance(type_, GraphQLInterfaceType) and self.random.random() < 0.8:
            parts += [name for name in type_.fields if name not in keys]
            keys |= set(type_.fields)
        for name in sorted(filter(None, chosen)):
            found = self.schema.get_type(name)
            parts.append(f"... on {name} {{ {self._selection(found, keys, depth, rows, None)} }}")
        return " ".join(parts)

    def _fragmented(self, type_: GraphQLObjectType, keys: set[str], depth: int, rows: int) -> str:
        """An inline fragment, a fragment of its own, or one written before that fits here."""
        for one in self._draft.fragments:
            if one.on == type_.name and one.rows >= rows and not one.keys & keys:
                keys |= one.keys
                return f"...{one.name}"
        below: set[str] = set(keys)
        names = self.random.sample(list(type_.fields), min(len(type_.fields), 3))
        written = [self._field(name, type_.fields[name], below, depth, rows) for name in names]
        body = " ".join(filter(None, written)) or "__typename"
        fresh = frozenset(below - keys)
        keys |= fresh
        if self.random.random() < 0.5:
            return f"... on {type_.name} {{ {body} }}"
        name = f"F{len(self._draft.fragments)}"
        self._draft.fragments.append(_Fragment(name, type_.name, body, fresh, rows))
        return f"...{name}"

    def _arguments(
        self, declared: Mapping[str, GraphQLArgument], rows: int, asks: dict[str, Ask] | None
    ) -> tuple[str, str | None, int]:
        """The arguments as text, the type of the row they point at, and how many rows they ask.

        ``asks`` takes up those that become variables; without it all are written out.
        """
        given, hint, size = [], None, 1
        for name, argument in declared.items():
            if name == "first":
                size = self._page(rows)
                given.append(f"first: {size if self.random.random() < 0.97 else self.random.choice(STRANGE_NUMBERS)}")
                continue
            needed = isinstance(argument.type, GraphQLNonNull) and argument.default_value is Undefined
            if not needed and self.random.random() < 0.5:
                continue
            if get_named_type(argument.type).name == "ID":
                hint = self.random.choice(self._types)
            if asks is None:
                given.append(f"{name}: {self._literal(name, argument.type, hint, 3)}")
                continue
            variable = f"v{len(asks) + 1}"
            asks[variable] = Ask(name, argument.type, hint)
            given.append(f"{name}: ${variable}")
        return (f"({', '.join(given)})" if given else ""), hint, max(size, 1)

    def _value(self, ask: Ask) -> Any:
        """A value for a variable."""
        return value_from_ast_untyped(parse_value(self._literal(ask.argument, ask.type, ask.hint, 3)))

    def _page(self, rows: int) -> int:
        return self.random.choice([size for size in PAGES if size * rows <= MAX_ROWS] or [1])

    def _literal(self, name: str, type_: Any, hint: str | None, depth: int) -> str:
        """A value of an input type, as GraphQL writes it."""
        if isinstance(type_, GraphQLNonNull):
            return self._literal(name, type_.of_type, hint, depth)
        if isinstance(type_, GraphQLList):
            return f"[{', '.join(self._literal(name, type_.of_type, hint, depth) for _ in range(self._few()))}]"
        if isinstance(type_, GraphQLEnumType):
            return str(self.random.choice(list(type_.values)))
        if isinstance(type_, GraphQLInputObjectType):
            return self._object(type_, depth)
        assert isinstance(type_, GraphQLScalarType)
        return self._scalar(name, type_.name, hint)

    def _object(self, type_: GraphQLInputObjectType, depth: int) -> str:
        chosen = [
            (name, one)
            for name, one in type_.fields.items()
            if (isinstance(one.type, GraphQLNonNull) and one.default_value is Undefined) or self.random.random() < 0.5
        ]
        inside = (f"{name}: {self._literal(name, one.type, None, depth - 1)}" for name, one in chosen if depth > 0)
        return f"{{{', '.join(inside)}}}"

    def _scalar(self, name: str, scalar: str, hint: str | None) -> str:
        if scalar == "ID":
            return json.dumps(self._id(hint))
        if scalar == "Boolean":
            return self.random.choice(("true", "false"))
        if scalar in ("Int", "Float"):
            return str(self.random.choice(STRANGE_NUMBERS))
        if scalar in ("Date", "DateTime"):
            day = f"2026-1{self.random.randint(0, 2)}-{self.random.randint(10, 28)}"
            return json.dumps(day if scalar == "Date" else f"{day}T10:00:00+01:00")
        if scalar == "JSON":
            return self.random.choice(("{}", "null", "{nota: {tekst: 1}}", "[]", '"x"'))
        words = self.pool.words.get(name) or self.pool.words[""]
        return json.dumps(self._nonsense() if self.random.random() < self.pool.strange else self.random.choice(words))

    def _id(self, hint: str | None) -> str:
        """Mostly the id of a row that exists, also under a type that it is not of."""
        if hint is None or not self.pool.ids[hint] or self.random.random() < self.pool.strange:
            made = global_id(self.random.choice(self._types), UUID(int=self.random.getrandbits(128), version=4))
            return self.random.choice((made, made, self._nonsense()))
        return self.random.choice(self.pool.ids[hint])

    def _nonsense(self) -> str:
        return self.random.choice(("", "x", "é%_'\"", "0" * 40, "DO26-999999", "🏠", "null"))

    def _few(self) -> int:
        return self.random.choice((0, 1, 1, 2))
