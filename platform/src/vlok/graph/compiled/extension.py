"""The way in: Strawberry's own ``on_execute`` sets the result, and graphql-core's executor is not needed.

What cannot be planned, and every surprise on the way, is answered by graphql-core: its semantics are the reference.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from strawberry.extensions import SchemaExtension

from vlok.graph.compiled.lowering import Unplannable
from vlok.graph.compiled.marks import Surprise
from vlok.graph.compiled.planner import Planner
from vlok.graph.compiled.reading import Question, Reading


class CompiledRead(SchemaExtension):
    """Answers a query by one statement."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Set the result when the operation can be planned; else leave it to the executor, and count why."""
        asked = self.execution_context
        if asked.context is not None and asked.context.compiled:
            planner = planner_of(asked.schema, asked.context.kernel)
            assert asked.query
            assert asked.graphql_document
            question = Question(
                asked.schema,
                asked.context,
                asked.query,
                asked.variables or {},
                asked.operation_name,
                asked.graphql_document,
            )
            try:
                asked.result = await Reading(planner, question).result()
            except (Unplannable, Surprise) as reason:
                planner.fallbacks.note(str(reason))
        yield


def planner_of(schema: Any, kernel: Any) -> Planner:
    """The planner of a schema, made at its first use: the schema exists before the kernel that it serves."""
    if schema.planner is None:
        schema.planner = Planner(schema._schema, kernel.types, kernel.policy, kernel.contributions.root_fields)
    planner: Planner = schema.planner
    return planner
