"""Many rows in one statement.

What a transaction adds to a table or changes in it, SQLAlchemy gathers in one list of values; the driver would send one
statement for each row of that list. Here the list travels as one JSON value, and PostgreSQL reads the rows out of it.
"""

import re
from collections.abc import Sequence
from typing import Any

import orjson
from psycopg.types.json import Json, Jsonb
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

VALUE = re.compile(r"%\((\w+)\)s")
ROWS = "rijen"
NAMED = orjson.OPT_NON_STR_KEYS
"""SQLAlchemy names parameters with a kind of text of its own."""


def batched(engine: AsyncEngine) -> None:
    """Let no list of rows be sent row by row, over any connection of an engine."""
    event.listen(engine.sync_engine, "do_executemany", _at_once)


def _at_once(cursor: Any, statement: str, values: Sequence[dict[str, Any]], context: Any) -> bool:
    """Send the list in one statement; ``False`` leaves it to the driver."""
    sql = _over_rows(statement, context.compiled)
    if sql is None:
        return False
    try:
        rows = orjson.dumps(list(values), default=_plain, option=NAMED)
    except TypeError:
        return False
    cursor.execute(sql, {ROWS: rows.decode()})
    return True


def _over_rows(statement: str, compiled: Any) -> str | None:
    """The statement about one row as one about a list of them; ``None`` when it is another than a flush makes."""
    if compiled is None or compiled.effective_returning:
        return None
    types = {name: bind.type.compile(compiled.dialect) for name, bind in compiled.binds.items()}
    names = dict.fromkeys(VALUE.findall(statement))
    columns = ", ".join(f'"{name}" {types[name]}' for name in names)
    source = f" FROM jsonb_to_recordset(%({ROWS})s::jsonb) AS rij({columns})"
    body = VALUE.sub(r'rij."\1"', statement)
    if compiled.isinsert and compiled.statement._post_values_clause is None and body.count(" VALUES (") == 1:
        return body.replace(" VALUES (", " SELECT ").removesuffix(")") + source
    if compiled.isupdate and body.count(" WHERE ") == 1:
        return body.replace(" WHERE ", f"{source} WHERE ")
    return None


def _plain(value: object) -> Any:
    """A value that JSON does not know; TypeError for what would not come out of it as it went in."""
    if isinstance(value, Json | Jsonb) and value.obj is not None:
        return value.obj
    raise TypeError(type(value).__name__)
