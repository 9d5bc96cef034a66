"""One operation, answered by its plan."""

from __future__ import annotations

from traceback import extract_tb
from typing import Any
from uuid import UUID

import orjson
import psycopg
import structlog
from graphql import ExecutionResult, GraphQLError, OperationType
from graphql.execution.values import VariableValues, get_argument_values, get_variable_values
from graphql.utilities import get_operation_ast
from strawberry.types.arguments import convert_arguments

from vlok.api.errors import Refusal
from vlok.api.graph import DOEL, RootList, RootOne
from vlok.audit.lines import Subject
from vlok.audit.shown import kept
from vlok.audit.tables import Soort
from vlok.graph.compiled.lowering import Unplannable
from vlok.graph.compiled.marks import Consulted, Marks, Surprise
from vlok.graph.compiled.planner import Compiled, Document, Planner, Variables
from vlok.graph.compiled.roots import Form, Root
from vlok.graph.compiled.statement import Statement
from vlok.graph.cursors import Cursors
from vlok.graph.inputs import forms
from vlok.graph.names import camel, parse_global_id
from vlok.graph.plan import MAX_PAGE, bounded

log = structlog.get_logger(__name__)
SHORT = 2_000
"""Bytes of an answer that is read and written again. PostgreSQL spaces its JSON otherwise than we do, and "nothing" is
the same bytes whoever says so, and why."""


class Reading:
    """The request's side of a plan: variables, arguments, actor."""

    def __init__(self, planner: Planner, asked: Any) -> None:
        self.planner = planner
        self.asked = asked
        self.context = asked.context

    async def result(self) -> ExecutionResult:
        """The answer; Unplannable or Surprise when graphql-core must give it."""
        try:
            text = await self._answered(*self._planned())
        except (Refusal, GraphQLError, psycopg.Error) as fout:
            raise Surprise(f"{type(fout).__name__}: graphql-core zegt waarom") from fout
        unread = self.context.raw and len(text) > SHORT
        data: Any = orjson.Fragment(text) if unread else orjson.loads(text)
        return ExecutionResult(data, None)

    def _planned(self) -> tuple[Compiled, Statement, list[Asked]]:
        """The plan, the statement and what each root field asks; nothing was read yet."""
        operation = get_operation_ast(self.asked.graphql_document, self.asked.operation_name)
        if operation is None or operation.operation != OperationType.QUERY:
            raise Unplannable("geen vraag")
        actor = self.context.actor
        document = self.planner.document(self.asked.query, self.asked.graphql_document, operation)
        given = self._variables(document)
        try:
            wanted = self.planner.roots(document, given)
            asked = [Asked(self, root, given) for root in wanted]
            plan = self.planner.plan(document, given, actor, wanted, [one.form for one in asked])
            return plan, self.planner.statement(plan, actor, asked), asked
        except (Refusal, GraphQLError, Unplannable):
            raise
        except Exception as fout:  # a defect here costs the fast way, not the answer
            place = extract_tb(fout.__traceback__)[-1]  # no more of the trace: its variables hold people
            log.error("a question could not be planned", fout=repr(fout), plaats=f"{place.filename}:{place.lineno}")
            raise Unplannable(f"defect in het plannen: {type(fout).__name__}") from fout

    def _variables(self, document: Document) -> Variables:
        definitions = document.operation.variable_definitions or ()
        values = get_variable_values(self.planner.schema, definitions, self.asked.variables or {})
        if not isinstance(values, VariableValues):
            raise Surprise("variabelen die niet kloppen")
        return Variables(self.planner.schema, document.fragments, values)

    async def _answered(self, plan: Compiled, statement: Statement, asked: list[Asked]) -> bytes:
        values = {name: value for one in asked for name, value in one.values.items()}
        given = statement.values(self.context.actor, values)
        answer = await self.context.text(statement.numbered.text, given, guessed=statement.guessed)
        marks = Marks(plan.derived, lambda root, keys: asked[root].cursors.encode(keys))
        replaced = marks.replaced(answer.encode())
        for one in asked:
            one.on_record(marks.consulted[one.root.number])
        return replaced


class Asked:
    """The arguments of one root field, and what is kept of its consultation."""

    def __init__(self, reading: Reading, root: Root, given: Variables) -> None:
        self.root = root
        self.context = reading.context
        self.form = Form()
        self.values: dict[str, Any] = {}
        self.key = b""
        definition = reading.planner.query_fields[root.nodes[0].name.value]
        raw = get_argument_values(definition, root.nodes[0], given.variable_values)
        if root.source is None:
            self._by_id(raw["id"], reading.planner)
            return
        self.key = orjson.dumps({name: v for name, v in raw.items() if name not in ("first", "after")}, default=str)
        self.args = self._converted(reading.asked.schema, definition, raw)
        if isinstance(root.source, RootList):
            self._page(root.source)

    def _converted(self, schema: Any, definition: Any, raw: dict[str, Any]) -> dict[str, Any]:
        """The arguments as the resolver would get them."""
        field = definition.extensions["strawberry-definition"]
        scalars = schema.schema_converter.scalar_registry
        args = convert_arguments(raw, field.arguments, scalar_registry=scalars, config=schema.config)
        return forms(self.root.source.args, args) if isinstance(self.root.source, RootList) else args

    def _by_id(self, given: str, planner: Planner) -> None:
        parsed = parse_global_id(given)
        if parsed is None or parsed[0] not in planner.types.by_name:
            raise Unplannable("een sleutel die er geen is")
        self.form = Form(type_name=parsed[0])
        self.values = {self.root.param("id"): parsed[1]}

    def _page(self, source: RootList) -> None:
        self.cursors = Cursors.of(self.context.kernel.settings, self.context.actor, source.key)
        self.values = {self.root.param("first"): min(bounded(self.args["first"]), source.most or MAX_PAGE)}
        if self.args["after"]:
            self.form = Form(after=True)
            keys = self.cursors.decode(self.args["after"])
            self.values |= {self.root.param(f"after{at}"): key for at, key in enumerate(keys)}

    def on_record(self, seen: Consulted) -> None:
        """Hand what was shown to the audit trail, as the resolvers do."""
        shown, source = self.context.shown, self.root.source
        for name, keys in seen.told.items():
            shown.tell(name, keys)
        if isinstance(source, RootList):
            asked, doel = kept(source, self.args), self.args.get(DOEL)
            shown.line(Soort.LIJST, camel(source.name), seen.keys, asked, None, doel)
            return
        wat, vraag = (camel(source.name), self.args) if isinstance(source, RootOne) else ("node", None)
        shown.line(Soort.OPENEN, wat, seen.keys, vraag, self._subject(seen))

    def _subject(self, seen: Consulted) -> Subject | None:
        """The root row, when its consultation is kept."""
        wanted = self.root.source.to if isinstance(self.root.source, RootOne) else self.form.type_name
        name, key = seen.first or (None, None)
        return (name, UUID(key)) if name == wanted and key is not None else None
