"""Limits before execution, each linear in the size of the query.

The stock depth and alias limiters expand fragments again at every spread, which a chain of doubling fragments turns
into hours. ``ExpandedSelections`` runs first: it counts the fields of the *expanded* document with one memo per
fragment and stops at the limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from strawberry.extensions import (
    DisableIntrospection,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    QueryDepthLimiter,
    SchemaExtension,
)

MAX_FIELDS = 1_000
MAX_TOKENS = 2_000
MAX_ALIASES = 30
MAX_DEPTH = 12


class ExpandedSelections(SchemaExtension):
    """Refuses a document whose fragments expand to more than ``MAX_FIELDS`` fields, or that spread in a circle."""

    def on_parse(self) -> Iterator[None]:
        yield
        document = self.execution_context.graphql_document
        if document is None:
            return
        total = expanded_fields(document)
        if total > MAX_FIELDS:
            self.execution_context.graphql_document = None
            raise GraphQLError("De vraag is te groot.", extensions={"code": "TE_ZWAAR"})


def expanded_fields(document: DocumentNode) -> int:
    """The number of fields of the largest operation after expanding fragments; above the limit, any larger number."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    counter = _Counter(fragments)
    operations = (d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    return max((counter.selections(operation.selection_set) for operation in operations), default=0)


class _Counter:
    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self.fragments = fragments
        self.known: dict[str, int] = {}

    def selections(self, selections: SelectionSetNode | None) -> int:
        total = 0
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                total += 1 + self.selections(node.selection_set)
            elif isinstance(node, InlineFragmentNode):
                total += self.selections(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                total += self.fragment(node.name.value)
            if total > MAX_FIELDS:
                return total
        return total

    def fragment(self, name: str) -> int:
        if name not in self.known:
            self.known[name] = MAX_FIELDS + 1  # met again before it is known: a circle
            if name not in self.fragments:  # the limiters behind this one do not expect that
                raise GraphQLError(f"Het fragment '{name}' bestaat niet.", extensions={"code": "ONGELDIG"})
            self.known[name] = self.selections(self.fragments[name].selection_set)
        return self.known[name]


def extensions(*, introspection: bool) -> list[type[SchemaExtension] | Callable[[], Any]]:
    """The limits in order: the linear one first."""
    chosen: list[Any] = [
        ExpandedSelections,
        lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
        lambda: MaxAliasesLimiter(max_alias_count=MAX_ALIASES),
        lambda: QueryDepthLimiter(max_depth=MAX_DEPTH),
    ]
    return chosen if introspection else [DisableIntrospection, *chosen]
