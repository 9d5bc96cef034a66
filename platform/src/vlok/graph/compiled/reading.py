"""One operation, answered by its plan."""

from __future__ import annotations

from dataclasses import dataclass
from traceback import extract_tb
from typing import Any

import orjson
import psycopg
import structlog
from graphql import DocumentNode, ExecutionResult, GraphQLError

from vlok.api.errors import Refusal
from vlok.audit.within import parameters
from vlok.graph.compiled.asking import Asked
from vlok.graph.compiled.lowering import Unplannable
from vlok.graph.compiled.marks import Marks, Surprise
from vlok.graph.compiled.planner import Planner, Ready
from vlok.graph.context import Context
from vlok.graph.cursors import Cursors
from vlok.identity.seat import STILL

log = structlog.get_logger(__name__)
SHORT = 2_000
"""Bytes of an answer that is read and written again. PostgreSQL spaces its JSON otherwise than we do, and "nothing" is
the same bytes whoever says so, and why."""


class Unproven(Exception):
    """Somebody else asks than was expected, or nobody."""


@dataclass(frozen=True, slots=True)
class Question:
    """A valid operation, with its document and who asks; ``schema`` is a ``vlok.graph.faults.Schema``."""

    schema: Any
    context: Context
    query: str
    variables: dict[str, Any]
    operation_name: str | None
    document: DocumentNode


class Reading:
    """The request's side of a plan: variables, arguments, actor."""

    def __init__(self, planner: Planner, asked: Question) -> None:
        self.planner = planner
        self.asked = asked
        self.context = asked.context

    async def result(self) -> ExecutionResult:
        """The answer; Unplannable or Surprise when graphql-core must give it."""
        text = await self.text()
        return ExecutionResult(orjson.Fragment(text) if self.context.raw else orjson.loads(text), None)  # type: ignore[arg-type]

    async def text(self) -> bytes:
        """The answer as JSON; Unplannable or Surprise when graphql-core must give it, Unproven when the one who asks is
        not who was expected."""
        try:
            text = await self._answered(self._planned())
        except (Refusal, GraphQLError, psycopg.Error) as fout:
            raise Surprise(f"{type(fout).__name__}: graphql-core zegt waarom") from fout
        return text if len(text) > SHORT else orjson.dumps(orjson.loads(text))

    def _planned(self) -> Ready:
        """The plan, the statement and what each root field asks; nothing was read yet."""
        asked, actor = self.asked, self.context.actor
        document = self.planner.document(asked.query, asked.document, asked.operation_name)
        try:
            return self.planner.ready(asked.schema, document, asked.variables, actor)
        except (Refusal, GraphQLError, Unplannable, Surprise):
            raise
        except Exception as fout:  # a defect here costs the fast way, not the answer
            place = extract_tb(fout.__traceback__)[-1]  # no more of the trace: its variables hold people
            log.error("a question could not be planned", fout=repr(fout), plaats=f"{place.filename}:{place.lineno}")
            raise Unplannable(f"defect in het plannen: {type(fout).__name__}") from fout

    async def _answered(self, ready: Ready) -> bytes:
        context, plan, statement = self.context, ready.plan, ready.statement
        values = statement.values(context.actor, {**self._values(ready), **(context.proof or {})})
        if context.proof is None:
            row = await context.row(*statement.plain.given(values), guessed=statement.guessed)
        elif statement.guessed:
            row = await context.row(*statement.proven.given(values))
        else:  # to plan the proof too, for each word that is sought, would take longer than a message
            row = await context.row(*statement.plain.given(values), guessed=False, only_if=STILL.given(values))
        if row is None:
            raise Unproven
        answer, *told = row
        assert answer is not None
        for name, keys in zip(plan.told, told, strict=True):
            if keys:
                context.shown.tell(name, keys[:-1].decode().split(","))
        return Marks(plan.derived, lambda root, keys: self._cursors(ready.asked[root]).encode(keys)).replaced(answer)

    def _values(self, ready: Ready) -> dict[str, Any]:
        """The arguments, and what the audit trail says of them."""
        values: dict[str, Any] = {}
        for one in ready.asked:
            values.update(one.values)
            if one.after is not None:
                keys = self._cursors(one).decode(one.after)
                values.update((one.root.param(f"after{at}"), key) for at, key in enumerate(keys))
        lines = [(seen, ready.asked[seen.number].line) for seen in ready.plan.seen if seen.kinds]
        return {**values, **(parameters(self.context.actor, self.context.kernel.clock.now(), lines) if lines else {})}

    def _cursors(self, one: Asked) -> Cursors:
        """The cursors of a root field for who asks."""
        assert one.root.source
        return Cursors.of(self.context.kernel.settings, self.context.actor, one.root.source.key)
