"""Several selects as one statement: everything that an action looks at, in one way to the database and back."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import FromClause, Select, func, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

AnySelect = Select[*tuple[Any, ...]]


class Together:
    """Selects that are asked at once: named when a module is loaded, put together when first asked, and from then on
    asked each time with other parameters.

    Each is of one mapped class or of columns; what differs per time is a ``bindparam`` in it. In the answer the n-th
    rows of all selects stand beside each other: as many rows as the longest has, and nothing of one depends on another.
    """

    def __init__(self, *selects: AnySelect) -> None:
        self.selects = selects

    @cached_property
    def _made(self) -> tuple[AnySelect, list[Callable[[Any], Any]]]:
        """The statement, and per select what takes its rows from the answer."""
        parts = [_numbered(one) for one in self.selects]
        number, beside = parts[0].c.n, parts[0]
        for part in parts[1:]:
            beside = beside.outerjoin(part, number == part.c.n, full=True)
            number = func.coalesce(number, part.c.n)
        columns: list[Any] = []
        takers: list[Callable[[Any], Any]] = []
        for one, part in zip(self.selects, parts, strict=True):
            wanted = _wanted(one, part)
            takers.append(_taker(len(columns), len(wanted), mapped=_mapped(one) is not None))
            columns += [part.c.n, *wanted]
        return select(*columns).select_from(beside).order_by(number), takers

    async def rows(self, session: AsyncSession, **values: Any) -> list[list[Any]]:
        """Per select its rows, in its own order: mapped rows, or tuples of its columns."""
        statement, takers = self._made
        found: Sequence[Any] = (await session.execute(statement, values)).all()
        return [[row for row in map(taker, found) if row is not None] for taker in takers]


def _numbered(one: AnySelect) -> Any:
    """The rows of a select with their place in it."""
    place = func.row_number().over(order_by=one._order_by_clauses or None)
    return one.order_by(None).add_columns(place.label("n")).subquery()


def _mapped(one: AnySelect) -> Any:
    """The class that a select is of; ``None`` when it is of columns."""
    [first, *others] = one.column_descriptions
    return first["type"] if not others and inspect(first["type"], raiseerr=False) is not None else None


def _wanted(one: AnySelect, part: FromClause) -> list[Any]:
    model = _mapped(one)
    return [column for column in part.c if column.name != "n"] if model is None else [aliased(model, part)]


def _taker(at: int, width: int, *, mapped: bool) -> Callable[[Any], Any]:
    """What reads one select's row from a row of the answer; ``None`` where it has no more rows."""
    first, last = at + 1, at + 1 + width
    if mapped:
        return lambda row: row[first]
    return lambda row: None if row[at] is None else tuple(row[first:last])
