"""Which lines of the audit trail may tell of something, without reading them all.

An index on the keys that lines show is the greatest cost of a line, and under row security nobody's question could use
it. So every ``DEEL``-th line of a chain points: it holds, shortened, the keys of its own part of so many lines (a list
that is looked at all day counts once), put together from what every ``STAP``-th line keeps of its own few. A question
reads the pointers, then the parts they point at, and the end of the chain that has no pointer yet. A part without
pointer, of before there were any or whose first steps are missing, is read.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, any_, func, inspect, or_, select, union_all
from sqlalchemy.orm import aliased

DEEL = 128
"""Lines from pointer to pointer; the trigger that makes them says the same."""
STAP = 16
"""Lines after which the keys so far are put together, so that no line waits for those of a whole part."""


def perhaps(regel: Any, keys: ColumnElement[Any]) -> ColumnElement[bool]:
    """Of the lines of the acting domain at least those that hold one of these keys; which do, is still to be asked."""
    line = inspect(regel).mapper.class_
    newest, pointer = aliased(line), aliased(line)
    end = select(newest.volgnummer).order_by(-newest.volgnummer).limit(1).scalar_subquery()
    pointing = pointer.volgnummer == any_(_array(select(func.generate_series(DEEL, end, DEEL))))
    key = func.unnest(keys).column_valued("sleutel")
    short: ColumnElement[Any] = func.array(select(func.uuid_hash(key)).scalar_subquery(), type_=ARRAY(Integer))
    parts = select(func.generate_series(pointer.volgnummer - (DEEL - 1), pointer.volgnummer)).where(
        pointing, or_(pointer.wijzer.is_(None), pointer.wijzer.overlap(short))
    )
    rest = select(func.generate_series(end - end % DEEL + 1, end))
    within: ColumnElement[bool] = regel.volgnummer == any_(_array(union_all(parts, rest)))
    return within


def _array(rows: Any) -> ColumnElement[Any]:
    return func.array(rows.scalar_subquery())
