"""Documents → plans → answers, with everything that does not change kept: per document, per shape of the actor."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import orjson
from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)
from sqlalchemy import Text, cast, select

from vlok.api.actor import Actor
from vlok.api.graph import Derived, RootList
from vlok.db.direct import who_acts
from vlok.graph.compiled import roots
from vlok.graph.compiled.fallbacks import Fallbacks
from vlok.graph.compiled.lowering import FullSelection, Lowering, Unplannable, json_text
from vlok.graph.compiled.roots import Form, Root
from vlok.graph.compiled.standin import shape
from vlok.graph.compiled.statement import Sql, Statement, compiled
from vlok.graph.names import camel

MAX_DOCUMENTS = 500
MAX_SHAPES = 200
MAX_CONDITIONS = 2_000
T = TypeVar("T")


class Kept(OrderedDict[Hashable, Any]):
    """The most recently used results of a computation, at most ``limit`` of them; that there is none is kept too."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def get_or(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept result, else a new one; Unplannable when there is none."""
        if key in self:
            self.move_to_end(key)
        else:
            try:
                self[key] = make()
            except Unplannable as reason:
                self[key] = reason
            if len(self) > self.limit:
                self.popitem(last=False)
        if isinstance(self[key], Unplannable):
            raise Unplannable(str(self[key]))
        found: T = self[key]
        return found


@dataclass(frozen=True)
class Variables:
    """Coerced values as graphql-core keeps them, and what ``Selection`` asks of a resolver's info."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variable_values: Any


@dataclass(frozen=True, eq=False)
class Compiled:
    """The statement of an operation for one shape, and the derived fields that its marks number.

    ``statements``: the same with the conditions of its root fields, by what these asked.
    """

    sql: Sql
    derived: tuple[Derived, ...]
    statements: Kept


class Document:
    """One operation of one document: its root fields and plans, by what they depend on."""

    def __init__(self, document: DocumentNode, operation: OperationDefinitionNode) -> None:
        self.operation = operation
        self.fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self.structural = structural(operation, self.fragments)
        self.roots = Kept(MAX_SHAPES)
        self.plans = Kept(MAX_SHAPES)


class Planner:
    """Plans for one schema; ``sources`` are the declared root fields by their GraphQL name."""

    def __init__(self, schema: GraphQLSchema, types: Any, policy: Any, declared: Mapping[str, Any]) -> None:
        self.schema = schema
        assert schema.query_type
        self.query_fields = schema.query_type.fields
        self.types = types
        self.policy = policy
        self.sources = {camel(root.name): root for root in declared.values()}
        self.documents = Kept(MAX_DOCUMENTS)
        self.fallbacks = Fallbacks()

    def document(self, text: str, document: DocumentNode, operation: OperationDefinitionNode) -> Document:
        """The kept document; ``text`` and the operation's name are its key."""
        name = operation.name.value if operation.name else None
        return self.documents.get_or((text, name), lambda: Document(document, operation))

    def roots(self, document: Document, given: Variables) -> list[Root]:
        """The root fields, with @skip and @include decided."""
        key = chosen(document, given)
        return document.roots.get_or(
            key,
            lambda: roots.roots_of(self.sources, FullSelection(given), document.operation),  # type: ignore[arg-type]
        )

    def plan(
        self, document: Document, given: Variables, actor: Actor, wanted: list[Root], forms: list[Form]
    ) -> Compiled:
        """The statement of the operation; Unplannable when graphql-core must answer it."""
        key = (shape(actor), chosen(document, given), tuple(forms))
        return document.plans.get_or(key, lambda: self._compile(given, actor, wanted, forms))

    def statement(self, plan: Compiled, actor: Actor, asked: Iterable[Any]) -> Statement:
        """The plan with the conditions that the arguments of its root fields ask (see ``reading.Asked``)."""
        key = tuple(one.key for one in asked)
        return plan.statements.get_or(key, lambda: self._with_conditions(plan, actor, asked))

    def _with_conditions(self, plan: Compiled, actor: Actor, asked: Iterable[Any]) -> Statement:
        sql, guessed = plan.sql, True
        for one in asked:
            if one.root.source is not None:
                condition = self._condition(one.root, actor, one.args)
                guessed = guessed and " LIKE " not in condition.text and " ILIKE " not in condition.text
                sql = sql.with_(one.root.hole, condition)
        return sql.statement(guessed=guessed)

    def _compile(self, given: Variables, actor: Actor, wanted: list[Root], forms: list[Form]) -> Compiled:
        derived: list[Derived] = []

        def build(stand_in: Actor) -> Any:
            derived.clear()
            lowering = Lowering(self.types, self.policy, stand_in, FullSelection(given), derived)  # type: ignore[arg-type]
            parts = [(root.key, lowered(lowering, root, form)) for root, form in zip(wanted, forms, strict=True)]
            return select(cast(json_text(parts), Text)).select_from(who_acts())

        sql = compiled(build, actor)
        refuse_moments(sql, {})
        return Compiled(sql.spelled(), tuple(derived), Kept(MAX_CONDITIONS))

    def _condition(self, root: Root, actor: Actor, args: Mapping[str, Any]) -> Sql:
        made = compiled(lambda stand_in: roots.condition(root, stand_in, self.types, args), actor)
        refuse_moments(made, args)
        text = made.text.partition("\nWHERE ")[2]
        return Sql(text, made.constants, made.of_actor).prefixed(root.param("w") + "_")


def refuse_moments(sql: Sql, args: Mapping[str, Any]) -> None:
    """Unplannable when a statement that is kept would hold a moment that no argument gave: the day it was built."""
    given = list(args.values()) + [value for arg in args.values() for value in getattr(arg, "__dict__", {}).values()]
    if any(isinstance(value, date) and value not in given for value in sql.constants.values()):
        raise Unplannable("een moment dat in het plan zou vastliggen")


def lowered(lowering: Lowering, root: Root, form: Form) -> Any:
    """A root field in SQL."""
    lowering.number = root.number
    return (roots.page if isinstance(root.source, RootList) else roots.one)(lowering, root, form)


def structural(operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]) -> tuple[str, ...]:
    """The variables that shape the statement: in a directive, or in an argument below the root fields."""
    found: set[str] = set()
    for part in (operation, *fragments.values()):
        finder = _Structural(isinstance(part, OperationDefinitionNode))
        visit(part.selection_set if isinstance(part, OperationDefinitionNode) else part, finder)
        found |= finder.found
    return tuple(sorted(found))


class _Structural(Visitor):
    """Walks one definition; in a fragment every argument counts, for it may stand anywhere."""

    def __init__(self, operation: bool) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.depth = 0 if operation else 1
        self.directives = 0

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.depth += 1

    def leave_field(self, node: FieldNode, *_: Any) -> None:
        self.depth -= 1

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.directives += 1

    def leave_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.directives -= 1

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        if self.directives or self.depth > 1:
            self.found.add(node.name.value)


def chosen(document: Document, given: Variables) -> bytes:
    """The values of the structural variables."""
    if not document.structural:
        return b""
    coerced = given.variable_values.coerced
    return orjson.dumps([coerced.get(name) for name in document.structural], default=str)
