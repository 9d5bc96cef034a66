"""Documents → plans → answers, with everything that does not change kept: per document, per shape of the actor."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

import orjson
from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution.values import VariableValues, get_variable_values
from graphql.utilities import get_operation_ast
from sqlalchemy import Text, cast, select

from vlok.api.actor import Actor
from vlok.api.graph import Derived, RootList
from vlok.audit.within import Seen, recorded
from vlok.db.direct import told_by, who_acts
from vlok.graph.compiled import roots
from vlok.graph.compiled.asking import Asked, asked
from vlok.graph.compiled.fallbacks import Fallbacks
from vlok.graph.compiled.lowering import (
    JSON_LABEL,
    KEPT_AS,
    SURPRISE_MARK,
    TOLD_OF,
    FullSelection,
    Lowering,
    Made,
    Unplannable,
    json_text,
    labels,
)
from vlok.graph.compiled.marks import Surprise
from vlok.graph.compiled.roots import SUBJECT, Form, Root
from vlok.graph.compiled.standin import shape
from vlok.graph.compiled.statement import Sql, Statement, compiled
from vlok.graph.compiled.structure import structural
from vlok.graph.names import camel

MAX_DOCUMENTS = 500
MAX_SHAPES = 200
MAX_CONDITIONS = 2_000
MAX_QUESTIONS = 5_000
NOTHING = Sql("", {}, {})
T = TypeVar("T")


class Kept(OrderedDict[Hashable, Any]):
    """The most recently used results of a computation, at most ``limit`` of them; that there is none is kept too."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def get_or(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept result, else a new one; Unplannable when there is none."""

        def made_or_why() -> T | Unplannable:
            try:
                return make()
            except Unplannable as reason:
                return reason

        found = self.made_or(key, made_or_why)
        if isinstance(found, Unplannable):
            raise Unplannable(str(found))
        return found

    def made_or(self, key: Hashable, make: Callable[[], T]) -> T:
        """The kept result, else a new one; of a computation that fails nothing is kept."""
        if key in self:
            self.move_to_end(key)
        else:
            self[key] = make()
            if len(self) > self.limit:
                self.popitem(last=False)
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

    ``seen``: by root field, what is kept of its consultation. ``told``: the types of whose rows somebody wants to know,
    as the statement gives their keys after the answer. ``words``: whether PostgreSQL plans it anew for what is sought.
    ``statements``: the same with the conditions of its root fields, by what these asked.
    """

    sql: Sql
    derived: tuple[Derived, ...]
    seen: tuple[Seen, ...]
    told: tuple[str, ...]
    words: bool
    statements: Kept


@dataclass(frozen=True, eq=False)
class Ready:
    """All that an operation with its variables needs to be read, for one shape of the actor."""

    plan: Compiled
    statement: Statement
    asked: tuple[Asked, ...]


class Document:
    """One query of one document: its root fields and plans, by what they depend on."""

    def __init__(self, document: DocumentNode, name: str | None) -> None:
        operation = get_operation_ast(document, name)
        if operation is None or operation.operation != OperationType.QUERY:
            raise Unplannable("geen vraag")
        self.operation = operation
        self.fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self.structural = structural(operation, self.fragments)
        self.roots = Kept(MAX_SHAPES)
        self.plans = Kept(MAX_SHAPES)
        self.conditions = Kept(MAX_CONDITIONS)


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
        self.questions = Kept(MAX_QUESTIONS)
        self.fallbacks = Fallbacks()

    def document(self, text: str, document: DocumentNode, name: str | None) -> Document:
        """The kept query of a document, by its text and, where it is one of several, its name; Unplannable when it is
        something else."""
        operations = sum(isinstance(one, OperationDefinitionNode) for one in document.definitions)
        one_of = name if operations > 1 else None
        return self.documents.get_or((text, one_of), lambda: Document(document, one_of))

    def ready(self, schema: Any, document: Document, variables: Mapping[str, Any], actor: Actor) -> Ready:
        """What was worked out for a question when an actor of the same shape asked it before, or now.

        Only what has a plan is kept by its variables: a search for people has none, and leaves no number behind here.
        Unplannable when graphql-core must answer it, Surprise when the variables are wrong; raises what the resolvers
        would raise of wrong arguments.
        """
        try:
            key = (document, shape(actor), orjson.dumps(variables))
        except TypeError:  # a number of more than 64 bits, for one
            return self._ready(schema, document, variables, actor)
        return self.questions.made_or(key, lambda: self._ready(schema, document, variables, actor))

    def _ready(self, schema: Any, document: Document, variables: Mapping[str, Any], actor: Actor) -> Ready:
        values = get_variable_values(self.schema, document.operation.variable_definitions or (), dict(variables))
        if not isinstance(values, VariableValues):
            raise Surprise("variabelen die niet kloppen")
        given = Variables(self.schema, document.fragments, values)
        wanted = self._roots(document, given)
        questions = tuple(asked(schema, self, root, values) for root in wanted)
        conditions = [self._condition(document, given, one, actor) for one in questions]
        sought = [" LIKE " in one.text or " ILIKE " in one.text for one in conditions]
        forms = [replace(one.form, words=words) for one, words in zip(questions, sought, strict=True)]
        plan = self._plan(document, given, actor, wanted, forms)
        key = tuple(one.key for one in questions)
        statement = plan.statements.get_or(key, lambda: with_conditions(plan, questions, conditions))
        return Ready(plan, statement, questions)

    def _roots(self, document: Document, given: Variables) -> list[Root]:
        """The root fields, with @skip and @include decided."""
        key = chosen(document, given)
        return document.roots.get_or(
            key,
            lambda: roots.roots_of(self.sources, FullSelection(given), document.operation),  # type: ignore[arg-type]
        )

    def _plan(
        self, document: Document, given: Variables, actor: Actor, wanted: list[Root], forms: list[Form]
    ) -> Compiled:
        """The statement of the operation; Unplannable when graphql-core must answer it."""
        key = (shape(actor), chosen(document, given), tuple(forms))
        return document.plans.get_or(key, lambda: self._compile(given, actor, wanted, forms))

    def _compile(self, given: Variables, actor: Actor, wanted: list[Root], forms: list[Form]) -> Compiled:
        derived: list[Derived] = []
        kept: list[tuple[int, str]] = []

        def build(stand_in: Actor) -> Any:
            derived.clear()
            kept.clear()
            lowering = Lowering(self.types, self.policy, stand_in, FullSelection(given), derived)  # type: ignore[arg-type]
            answer, who = Made(), who_acts()
            parts: list[tuple[str, Any]] = []
            keys: list[Any] = []
            for root, form in zip(wanted, forms, strict=True):
                found = lowered(lowering, root, form).where(told_by(who)).lateral(f"a{root.number}")
                parts.append((root.key, answer.look_up(found)))
                keys += [found.c[label].label(numbered(root.number, label)) for label in labels(found)]
                kept.extend((root.number, label) for label in labels(found))
            text = cast(json_text(parts), Text).label(JSON_LABEL)
            return select(text, *keys).select_from(answer.source(who))

        sql = compiled(build, actor)
        refuse_moments(sql, {})
        seen = tuple(seen_of(root.number, [label for at, label in kept if at == root.number]) for root in wanted)
        told = [(at, label) for at, label in kept if label.startswith(TOLD_OF)]
        columns = [JSON_LABEL, *(f'"{numbered(*one)}"' for one in told)]
        whole = replace(sql, text=recorded(sql.text, seen, columns, only_if(sql)))
        names = tuple(label.removeprefix(TOLD_OF) for _, label in told)
        return Compiled(whole.spelled(), tuple(derived), seen, names, any(f.words for f in forms), Kept(MAX_CONDITIONS))

    def _condition(self, document: Document, given: Variables, one: Asked, actor: Actor) -> Sql:
        """What the arguments of a root field ask; kept, for who asks the next page."""
        if one.root.source is None:
            return NOTHING
        key = (shape(actor), chosen(document, given), one.root.number, one.key)
        return document.conditions.get_or(key, lambda: self._compile_condition(one.root, actor, one.args))

    def _compile_condition(self, root: Root, actor: Actor, args: Mapping[str, Any]) -> Sql:
        made = compiled(lambda stand_in: roots.condition(root, stand_in, self.types, args), actor)
        refuse_moments(made, args)
        text = made.text.partition("\nWHERE ")[2]
        return Sql(text, made.constants, made.of_actor).prefixed(root.param("w") + "_")


def with_conditions(plan: Compiled, asked: Iterable[Asked], conditions: Iterable[Sql]) -> Statement:
    """The plan with the conditions that the arguments of its root fields ask."""
    sql = plan.sql
    for one, condition in zip(asked, conditions, strict=True):
        if one.root.source is not None:
            sql = sql.with_(one.root.hole, condition)
    return sql.statement(guessed=not plan.words)


def refuse_moments(sql: Sql, args: Mapping[str, Any]) -> None:
    """Unplannable when a statement that is kept would hold a moment that no argument gave: the day it was built."""
    given = list(args.values()) + [value for arg in args.values() for value in getattr(arg, "__dict__", {}).values()]
    if any(isinstance(value, date) and value not in given for value in sql.constants.values()):
        raise Unplannable("een moment dat in het plan zou vastliggen")


def only_if(sql: Sql) -> str:
    """The condition on which an answer is kept in the audit trail: not where graphql-core gives it after all."""
    return f"strpos({JSON_LABEL}, '{SURPRISE_MARK}') = 0" if SURPRISE_MARK in sql.text else "true"


def numbered(root: int, label: str) -> str:
    """The label of a root field's keys in the whole statement."""
    return f"r{root}_{label}"


def seen_of(root: int, labels: Iterable[str]) -> Seen:
    """Where the whole statement keeps the keys of a root field."""
    quoted = {label: f'"{numbered(root, label)}"' for label in labels}
    kinds = {label.removeprefix(KEPT_AS): column for label, column in quoted.items() if label.startswith(KEPT_AS)}
    opened = [(label.removeprefix(SUBJECT), column) for label, column in quoted.items() if label.startswith(SUBJECT)]
    return Seen(root, kinds, opened[0] if opened else None)


def lowered(lowering: Lowering, root: Root, form: Form) -> Any:
    """A root field in SQL."""
    return (roots.page if isinstance(root.source, RootList) else roots.one)(lowering, root, form)


def chosen(document: Document, given: Variables) -> bytes:
    """The values of the structural variables."""
    if not document.structural:
        return b""
    coerced = given.variable_values.coerced
    return orjson.dumps([coerced.get(name) for name in document.structural], default=str)
