"""Which variables shape a statement, instead of being parameters of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)


def structural(operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]) -> tuple[str, ...]:
    """The variables that shape the statement: in a directive, or in an argument below the root fields."""
    found: set[str] = set()
    for part in (operation, *fragments.values()):
        finder = _Structural(isinstance(part, OperationDefinitionNode))
        visit(part.selection_set if isinstance(part, OperationDefinitionNode) else part, finder)
        found |= finder.found
    return tuple(sorted(found))


class _Structural(Visitor):
    """Walks one definition; in a fragment every argument counts, for it may stand anywhere."""

    def __init__(self, operation: bool) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.depth = 0 if operation else 1
        self.directives = 0

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.depth += 1

    def leave_field(self, node: FieldNode, *_: Any) -> None:
        self.depth -= 1

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.directives += 1

    def leave_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.directives -= 1

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        if self.directives or self.depth > 1:
            self.found.add(node.name.value)
