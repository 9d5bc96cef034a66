"""What only Python can say, put in the text that PostgreSQL wrote.

A mark cannot be forged by a value: inside a JSON string every quotation mark is escaped. A mark begins with one that is
not, and stands where a key or an object stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import orjson

from vlok.api.graph import Derived
from vlok.graph.compiled.lowering import bare

_STRING = rb'"(?:[^"\\]|\\.)*"'
_LIST = rb'\[(?:[^\[\]"]|' + _STRING + rb")*\]"
_MADE = re.compile(
    rb'\{"\.(?:(?P<surprise>!" : 1)|(?:d" : (?P<derived>\d+), "a"|c" : (?P<list>\d+), "k") : (?P<of>' + _LIST + rb"))\}"
)


class Surprise(Exception):
    """A value that the schema does not promise: the operation is answered by graphql-core."""


@dataclass
class Marks:
    """Replaces the marks of one answer. ``cursor(root, keys)`` seals the order values of a row of that root field."""

    derived: Sequence[Derived]
    cursor: Callable[[int, list[str]], str]
    _made: dict[bytes, bytes] = field(default_factory=dict)

    def replaced(self, text: bytes) -> bytes:
        """The answer without marks; Surprise when graphql-core must give it."""
        return _MADE.sub(self._value, text)

    def _value(self, found: re.Match[bytes]) -> bytes:
        if found["surprise"]:
            raise Surprise("een lege waarde waar het schema er een belooft")
        mark = found[0]
        if mark not in self._made:
            self._made[mark] = self._made_from(found)
        return self._made[mark]

    def _made_from(self, found: re.Match[bytes]) -> bytes:
        of = orjson.loads(found["of"])
        if found["list"]:
            return orjson.dumps(self.cursor(int(found["list"]), of))
        source = self.derived[int(found["derived"])]
        return orjson.dumps(checked(source, compute(source, of)))


def compute(source: Derived, needs: list[Any]) -> Any:
    """The derived value; Surprise when it cannot be made."""
    assert source.compute
    try:
        return source.compute(*needs)
    except Exception as fout:  # graphql-core runs it again and reports what happened
        raise Surprise("een afgeleid veld dat mislukt") from fout


def checked(source: Derived, value: Any) -> Any:
    """The value, if it is of the type that the schema promises."""
    wanted = bare(source.type)
    if value is None and wanted is not source.type:
        return None
    if wanted == list[str]:
        fits = type(value) is list and all(type(one) is str for one in value)
    else:
        fits = type(value) is wanted
    if not fits or (wanted is int and abs(value) > 2**31 - 1) or (wanted is float and not isfinite(value)):
        raise Surprise("een afgeleid veld van een ander type dan beloofd")
    return value
