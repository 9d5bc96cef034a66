"""Documents made ready once: parsed within the limits, validated, their cost read. Then kept for whoever asks the same.

Nothing that was refused is kept: a stream of wrong questions pushes no good one out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from vlok.graph.cost import Costs, Rows, refuse_costly
from vlok.graph.limits import PARSING, too_heavy, weigh

KEPT = 100
"""Documents; each is at most ``MAX_LENGTH`` long."""
MAX_ERRORS = 10
ABORTED = "Parsing aborted"
"""What the parser says when a limit stopped it."""


class Wrong(Exception):
    """A document or a request that is refused before anything is read; ``errors`` say why."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__(errors)
        self.errors = list(errors)


@dataclass(frozen=True)
class Ready:
    """A document that may be executed."""

    document: DocumentNode
    costs: Mapping[str | None, Rows]
    """By the name of the operation."""

    def check(self, operation_name: str | None, variables: Mapping[str, Any]) -> None:
        """Refuse an operation that is not there, or costs too much with these variables; raises Wrong."""
        if operation_name is None and len(self.costs) > 1:
            raise Wrong(_invalid("De vraag bevat meer dan één operatie: zeg met 'operationName' welke."))
        rows = next(iter(self.costs.values())) if operation_name is None else self.costs.get(operation_name)
        if rows is None:
            raise Wrong(_invalid("De operatie van 'operationName' staat niet in de vraag."))
        try:
            refuse_costly(rows, variables)
        except GraphQLError as heavy:
            raise Wrong(heavy) from heavy


class Documents:
    """Makes texts ready for one schema."""

    def __init__(self, schema: GraphQLSchema, *, introspection: bool) -> None:
        self.schema = schema
        own = (MaybeNullValidationRule, OneOfInputValidationRule)
        self.rules = (*specified_rules, *own, *(() if introspection else (NoSchemaIntrospectionCustomRule,)))
        self.ready = lru_cache(maxsize=KEPT)(self._ready)

    def _ready(self, text: str) -> Ready:
        """The document of a text; raises Wrong with every reason why it cannot be executed."""
        try:
            document = parse(text, **PARSING)  # type: ignore[arg-type]
            weigh(document)
        except GraphQLError as fault:
            raise Wrong(too_heavy("De vraag is te groot.") if ABORTED in fault.message else fault) from fault
        errors = validate(self.schema, document, self.rules, max_errors=MAX_ERRORS, hide_suggestions=True)
        if errors:
            raise Wrong(*errors)
        fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        costs = {
            operation.name.value if operation.name else None: Costs(self.schema, fragments).of(operation)
            for operation in document.definitions
            if isinstance(operation, OperationDefinitionNode)
        }
        if not costs:
            raise Wrong(_invalid("De vraag bevat geen operatie."))
        return Ready(document, costs)


def _invalid(text: str) -> GraphQLError:
    return GraphQLError(text, extensions={"code": "ONGELDIG"})
