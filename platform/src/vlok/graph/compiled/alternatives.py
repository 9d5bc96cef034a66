"""A criterion as alternatives: what an index reads in list order for each of them, it cannot read for all together.

"My roles or myself" is such a criterion. Taken whole, PostgreSQL fetches every open task of the organisation and sorts
them to show fifty; taken apart, each role's first fifty stand ready in an index and are merged.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList, Grouping

MOST = 16
"""More alternatives than a person has roles are not worth a look in the index each."""


def alternatives(criterion: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Criteria of which at least one holds exactly where the given one does; itself alone when there are too many."""
    found = _parts(criterion)
    return found if len(found) <= MOST else [criterion]


def _parts(one: Any) -> list[Any]:
    if isinstance(one, Grouping):
        return _parts(one.element)
    if isinstance(one, BooleanClauseList) and one.operator is operators.or_:
        return [part for clause in one.clauses for part in _parts(clause)]
    if isinstance(one, BooleanClauseList) and one.operator is operators.and_:
        return _distributed(list(one.clauses))
    if isinstance(one, BinaryExpression) and one.operator is operators.in_op and isinstance(one.right, BindParameter):
        values: Any = one.right.value
        return [one.left == value for value in values]
    return [one]


def _distributed(clauses: list[Any]) -> list[Any]:
    """``a and (b or c)`` as ``a and b``, ``a and c``: over the first clause that has alternatives."""
    for at, clause in enumerate(clauses):
        parts = _parts(clause)
        if len(parts) > 1:
            return [and_(*clauses[:at], part, *clauses[at + 1 :]) for part in parts]
    return [and_(*clauses)]
