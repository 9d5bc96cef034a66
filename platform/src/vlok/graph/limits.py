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
    MaskErrors,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    QueryDepthLimiter,
    SchemaExtension,
)

from vlok.api.errors import Refusal

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
            fragment = self.fragments.get(name)
            self.known[name] = self.selections(fragment.selection_set) if fragment else 0
        return self.known[name]


class Codes(SchemaExtension):
    """Every error gets a code; a Refusal keeps its own, anything unexpected becomes INTERN without any detail."""

    def on_operation(self) -> Iterator[None]:
        yield
        result = self.execution_context.result
        for error in getattr(result, "errors", None) or ():
            error.extensions = {**(error.extensions or {}), "code": code_of(error)}


def code_of(error: GraphQLError) -> str:
    """The code from the closed list."""
    if isinstance(error.original_error, Refusal):
        return error.original_error.code
    if error.original_error is not None:
        return "INTERN"
    return str((error.extensions or {}).get("code", "ONGELDIG"))


def unexpected(error: GraphQLError) -> bool:
    """Whether an error is a defect whose text may not leave the server."""
    original = error.original_error
    return original is not None and not isinstance(original, Refusal | GraphQLError)


def extensions(*, introspection: bool) -> list[type[SchemaExtension] | Callable[[], Any]]:
    """The limits in order: the linear one first."""
    chosen: list[Any] = [
        ExpandedSelections,
        lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
        lambda: MaxAliasesLimiter(max_alias_count=MAX_ALIASES),
        lambda: QueryDepthLimiter(max_depth=MAX_DEPTH),
        Codes,
        lambda: MaskErrors(should_mask_error=unexpected, error_message="Er ging iets mis. Het is gemeld."),
    ]
    return chosen if introspection else [DisableIntrospection, *chosen]
