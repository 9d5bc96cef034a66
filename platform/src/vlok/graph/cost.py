"""How much an operation may ask for: rows and values, counted before anything is read.

A list says with ``first`` how long it may become. Lists within lists multiply: the cost of an operation is the largest
answer it could get. The shape is read off the document once; the values of ``first`` come with each request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)

from vlok.graph.limits import too_heavy
from vlok.graph.plan import MAX_PAGE, bounded

MAX_ROWS = 20_000
MAX_VALUES = 200_000
SIZE = "first"
"""The argument that says how long a list may become."""


@dataclass
class Rows:
    """A list in the answer: ``size`` (a number, or the name of a variable), values per row, lists per row."""

    size: int | str = 1
    default: int = MAX_PAGE
    values: int = 0
    lists: list[Rows] = field(default_factory=list)

    def most(self, variables: Mapping[str, Any]) -> tuple[int, int]:
        """The largest number of rows and of values this list and all below it can come to."""
        size = self.number(variables)
        below = [one.most(variables) for one in self.lists]
        return size * (1 + sum(rows for rows, _ in below)), size * (self.values + sum(values for _, values in below))

    def number(self, variables: Mapping[str, Any]) -> int:
        """Its size; a variable of another type is the executor's to refuse and counts as the default."""
        given = variables.get(self.size, self.default) if isinstance(self.size, str) else self.size
        return bounded(given) if isinstance(given, int) else self.default


class Costs:
    """Reads the shape of an operation against the schema; the operation is valid."""

    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self.schema = schema
        self.fragments = fragments
        self.defaults: dict[str, int] = {}

    def of(self, operation: OperationDefinitionNode) -> Rows:
        """The whole operation as one row."""
        for variable in operation.variable_definitions or ():
            if isinstance(variable.default_value, IntValueNode):
                self.defaults[variable.variable.name.value] = int(variable.default_value.value)
        root = self.schema.get_root_type(operation.operation)
        assert root
        whole = Rows()
        self._selections(root, operation.selection_set, whole)
        return whole

    def _selections(self, type_: GraphQLNamedType, selections: SelectionSetNode, into: Rows) -> None:
        for node in selections.selections:
            if isinstance(node, FieldNode):
                self._field(type_, node, into)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                self._selections(self._type(condition.name.value) if condition else type_, node.selection_set, into)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.fragments[node.name.value]
                self._selections(self._type(fragment.type_condition.name.value), fragment.selection_set, into)

    def _field(self, type_: GraphQLNamedType, node: FieldNode, into: Rows) -> None:
        into.values += 1
        definition: GraphQLField | None = getattr(type_, "fields", {}).get(node.name.value)
        if definition is None or node.selection_set is None:  # __typename and the like; a plain value
            return
        below = into
        if SIZE in definition.args:
            below = self._sized(definition, node)
            into.lists.append(below)
        self._selections(get_named_type(definition.type), node.selection_set, below)

    def _sized(self, definition: GraphQLField, node: FieldNode) -> Rows:
        given = next((argument.value for argument in node.arguments or () if argument.name.value == SIZE), None)
        if isinstance(given, VariableNode):
            name = given.name.value
            return Rows(name, bounded(self.defaults.get(name, MAX_PAGE)))
        if isinstance(given, IntValueNode):
            return Rows(bounded(int(given.value)))
        default = definition.args[SIZE].default_value
        return Rows(bounded(default) if isinstance(default, int) else MAX_PAGE)

    def _type(self, name: str) -> GraphQLNamedType:
        found = self.schema.get_type(name)
        assert found
        return found


def refuse_costly(rows: Rows, variables: Mapping[str, Any]) -> None:
    """Raise ``TE_ZWAAR`` for an operation whose largest answer is over the limits."""
    most_rows, most_values = rows.most(variables)
    if most_rows > MAX_ROWS + 1:  # the answer itself counts as one
        raise too_heavy(f"De vraag kan meer dan {MAX_ROWS} rijen opleveren: vraag kortere lijsten (first).")
    if most_values > MAX_VALUES:
        raise too_heavy(f"De vraag kan meer dan {MAX_VALUES} waarden opleveren: vraag minder velden of rijen.")
