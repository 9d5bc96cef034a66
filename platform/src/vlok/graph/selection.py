"""A GraphQL selection as plain data: response keys, field names, arguments, sub-selections; fragments merged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionNode,
)
from graphql.execution.values import VariableValues, get_argument_values, get_directive_values
from graphql.type import GraphQLIncludeDirective, GraphQLSkipDirective


@dataclass
class Selected:
    """One field of the response: ``key`` is its alias or name, ``children`` what is selected below it."""

    key: str
    name: str
    arguments: Mapping[str, Any]
    nodes: list[FieldNode] = field(default_factory=list)


class Selection:
    """Reads selections of one operation. ``fields(type, nodes)`` merges equal response keys, as execution does."""

    def __init__(self, info: GraphQLResolveInfo[Any]) -> None:
        self.info = info
        given: Any = info.variable_values
        # Strawberry hands resolvers a plain dict; reading arguments asks for GraphQL's own record of it.
        self.variables = given if isinstance(given, VariableValues) else VariableValues({}, given)

    def below(self, type_name: str, nodes: Iterable[FieldNode]) -> dict[str, Selected]:
        """The fields selected under ``nodes`` when the value is of the object type ``type_name``."""
        object_type = self.info.schema.get_type(type_name)
        assert isinstance(object_type, GraphQLObjectType)
        found: dict[str, Selected] = {}
        for node in nodes:
            if node.selection_set:
                self._collect(object_type, node.selection_set.selections, found)
        return found

    def _collect(self, type_: GraphQLObjectType, nodes: Iterable[SelectionNode], found: dict[str, Selected]) -> None:
        for node in nodes:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                self._field(type_, node, found)
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or self._applies(type_, node.type_condition.name.value):
                    self._collect(type_, node.selection_set.selections, found)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self.info.fragments[node.name.value]
                definition = getattr(fragment, "definition", fragment)
                if self._applies(type_, definition.type_condition.name.value):
                    self._collect(type_, definition.selection_set.selections, found)

    def _field(self, type_: GraphQLObjectType, node: FieldNode, found: dict[str, Selected]) -> None:
        name = node.name.value
        if name.startswith("__"):
            return
        key = node.alias.value if node.alias else name
        if key not in found:
            arguments = get_argument_values(type_.fields[name], node, self.variables)
            found[key] = Selected(key, name, arguments)
        found[key].nodes.append(node)

    def _applies(self, type_: GraphQLObjectType, condition: str) -> bool:
        return condition == type_.name or any(interface.name == condition for interface in type_.interfaces)

    def _included(self, node: SelectionNode) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not (skip and skip["if"]) and not (include and not include["if"])
