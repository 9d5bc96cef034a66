"""What a document may weigh, counted in one pass that is linear in its size.

Fragments make a small text stand for a large question: twenty that each spread the next one twice are a million
fields. Whoever expands them to measure them (as stock limiters do) has already lost. Here every fragment is measured
once, and its measure is added wherever it is spread. Only what came out small is looked at expanded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
)

MAX_LENGTH = 64 * 1024
"""Characters of a document, comments and white space included."""
MAX_TOKENS = 2_000
MAX_COMMENTS = 100
MAX_DEFINITIONS = 50
MAX_SELECTIONS = 1_000
"""Fields and spreads of all operations and fragments, each fragment expanded where it is spread."""
MAX_ALIASES = 30
MAX_DEPTH = 12
MAX_NESTING = 40
"""Fields, inline fragments and spreads within each other."""
MAX_DIRECTIVES = 50
MAX_REPEATS = 200
"""Fields that say again what stands there already: validation compares every pair of them."""

PARSING = {"max_source_length": MAX_LENGTH, "max_lexical_tokens": MAX_TOKENS, "max_comments": MAX_COMMENTS}
"""The limits that the parser itself keeps, while it reads."""


def too_heavy(text: str) -> GraphQLError:
    """A refusal with the code ``TE_ZWAAR``."""
    return GraphQLError(text, extensions={"code": "TE_ZWAAR"})


@dataclass(frozen=True)
class Weight:
    """What a part of a document comes to when its fragments are expanded."""

    selections: int = 0
    aliases: int = 0
    directives: int = 0
    depth: int = 0
    nesting: int = 0

    def beside(self, other: Weight) -> Weight:
        """Both, one after the other."""
        return Weight(
            self.selections + other.selections,
            self.aliases + other.aliases,
            self.directives + other.directives,
            max(self.depth, other.depth),
            max(self.nesting, other.nesting),
        )

    def below(self, *, field: bool, alias: bool) -> Weight:
        """The same one level lower: as what is selected under a field or in a fragment."""
        return replace(self, aliases=self.aliases + alias, depth=self.depth + field, nesting=self.nesting + 1)

    def refuse(self) -> None:
        """Raise ``TE_ZWAAR`` when it is over a limit."""
        if self.selections > MAX_SELECTIONS:
            raise too_heavy("De vraag is te groot.")
        if self.aliases > MAX_ALIASES:
            raise too_heavy(f"De vraag gebruikt meer dan {MAX_ALIASES} aliassen.")
        if self.directives > MAX_DIRECTIVES:
            raise too_heavy(f"De vraag gebruikt meer dan {MAX_DIRECTIVES} richtlijnen (@).")
        if self.depth > MAX_DEPTH:
            raise too_heavy(f"De vraag is dieper dan {MAX_DEPTH} niveaus.")
        if self.nesting > MAX_NESTING:
            raise too_heavy("De vraag is te diep genest.")


def weigh(document: DocumentNode) -> None:
    """Refuse a document that is too heavy to validate or to answer.

    Raises GraphQLError with the code ``TE_ZWAAR``; ``ONGELDIG`` when it spreads a fragment that is not there.
    """
    if len(document.definitions) > MAX_DEFINITIONS:
        raise too_heavy(f"De vraag bestaat uit meer dan {MAX_DEFINITIONS} delen.")
    parts = [d for d in document.definitions if isinstance(d, OperationDefinitionNode | FragmentDefinitionNode)]
    scale = _Scale({part.name.value: part for part in parts if isinstance(part, FragmentDefinitionNode)})
    selections = 0
    for part in parts:  # a fragment that nobody spreads is validated as well
        weight = scale.part(part)
        weight.refuse()
        selections += weight.selections
    if selections > MAX_SELECTIONS:
        raise too_heavy("De vraag is te groot.")
    if any(scale.repeats([part.selection_set]) > MAX_REPEATS for part in parts):
        raise too_heavy("De vraag herhaalt te veel velden.")


class _Scale:
    """Weighs selections; knows the weight of a fragment after the first time."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self.fragments = fragments
        self.known: dict[str, Weight | None] = {}

    def part(self, node: OperationDefinitionNode | FragmentDefinitionNode) -> Weight:
        own = _directives(node) + sum(_directives(variable) for variable in node.variable_definitions or ())
        if isinstance(node, FragmentDefinitionNode):
            return self.fragment(node.name.value, 0).beside(Weight(directives=own))
        return self.selections(node.selection_set, 0).beside(Weight(directives=own))

    def selections(self, selections: SelectionSetNode, nesting: int) -> Weight:
        if nesting > MAX_NESTING:  # before Python itself gives up
            raise too_heavy("De vraag is te diep genest.")
        total = Weight()
        for node in selections.selections:
            total = total.beside(self.selection(node, nesting))
        return total

    def selection(self, node: SelectionNode, nesting: int) -> Weight:
        own = Weight(selections=1, directives=_directives(node))
        if isinstance(node, FragmentSpreadNode):
            return own.beside(self.fragment(node.name.value, nesting + 1).below(field=False, alias=False))
        assert isinstance(node, FieldNode | InlineFragmentNode)
        below = self.selections(node.selection_set, nesting + 1) if node.selection_set else Weight()
        alias = node.alias if isinstance(node, FieldNode) else None
        return own.beside(below.below(field=isinstance(node, FieldNode), alias=alias is not None))

    def fragment(self, name: str, nesting: int) -> Weight:
        if name not in self.known:
            if name not in self.fragments:
                raise GraphQLError("De vraag noemt een fragment dat er niet in staat.", extensions={"code": "ONGELDIG"})
            self.known[name] = None
            self.known[name] = self.selections(self.fragments[name].selection_set, nesting)
        weight = self.known[name]
        if weight is None:  # met again before it is known
            raise too_heavy("De vraag bevat een fragment dat zichzelf bevat.")
        return weight

    def repeats(self, sets: list[SelectionSetNode]) -> int:
        """How many fields stand under a response key that was taken already, here and below."""
        groups: dict[str, list[SelectionSetNode]] = {}
        repeated = 0
        for selections in sets:
            for field in self.fields(selections):
                key = field.alias.value if field.alias else field.name.value
                repeated += key in groups
                groups.setdefault(key, []).extend([field.selection_set] if field.selection_set else [])
        return repeated + sum(self.repeats(below) for below in groups.values() if below)

    def fields(self, selections: SelectionSetNode) -> Iterator[FieldNode]:
        """The fields of a selection with its fragments expanded; their number is known to be small."""
        for node in selections.selections:
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                yield from self.fields(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                yield from self.fields(self.fragments[node.name.value].selection_set)


def _directives(node: OperationDefinitionNode | FragmentDefinitionNode | VariableDefinitionNode | SelectionNode) -> int:
    return len(node.directives or ())
