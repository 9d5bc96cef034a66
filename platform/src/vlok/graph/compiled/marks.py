"""What only Python can say, put in the text that PostgreSQL wrote.

A mark cannot be forged by a value: inside a JSON string every quotation mark is escaped, and a mark begins with one
that is not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import orjson

from vlok.api.graph import Derived
from vlok.graph.compiled.lowering import bare

_STRING = rb'"(?:[^"\\]|\\.)*"'
_LIST = rb'\[(?:[^\[\]"]|' + _STRING + rb")*\]"
_MARK = re.compile(
    rb'\{"\.d" : (?P<derived>\d+), "a" : (?P<needs>' + _LIST + rb")\}"
    rb'|\{"\.c" : (?P<list>\d+), "k" : (?P<cursor>' + _LIST + rb")\}"
    rb'|"\.(?P<root>\d+)" : (?P<row>\{(?:[^{}"]|' + _STRING + rb")*\})(?:, )?"
)
_BEGIN = b'".'


class Surprise(Exception):
    """A value that the schema does not promise: the operation is answered by graphql-core."""


@dataclass
class Marks:
    """Replaces the marks of one answer; ``rows`` collects, by root field, what must be kept of its consultation.

    ``cursor(root, keys)`` seals the order values of a row of that root field.
    """

    derived: Sequence[Derived]
    cursor: Callable[[int, list[str]], str]
    rows: defaultdict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    _made: dict[bytes, bytes] = field(default_factory=dict)

    def replaced(self, text: bytes) -> bytes:
        """The answer without marks; Surprise when graphql-core must give it."""
        at = text.find(_BEGIN)
        if at < 0:
            return text
        out: list[bytes] = []
        done = 0
        while at >= 0:
            start = at - 1 if text[at + 2 : at + 3] in (b"d", b"c", b"!") else at
            found = _MARK.match(text, start)
            if found is None:
                if text.startswith(b'{".!" : 1}', start):
                    raise Surprise("een lege waarde waar het schema er een belooft")
                at = text.find(_BEGIN, at + 2)
                continue
            out += (text[done:start], self._value(found))
            done = found.end()
            at = text.find(_BEGIN, done)
        return b"".join((*out, text[done:]))

    def _value(self, found: re.Match[bytes]) -> bytes:
        if found["row"]:
            self.rows[int(found["root"])].append(orjson.loads(found["row"]))
            return b""
        mark = found[0]
        if mark not in self._made:
            self._made[mark] = self._made_from(found)
        return self._made[mark]

    def _made_from(self, found: re.Match[bytes]) -> bytes:
        if found["cursor"]:
            return orjson.dumps(self.cursor(int(found["list"]), orjson.loads(found["cursor"])))
        source = self.derived[int(found["derived"])]
        return orjson.dumps(checked(source, compute(source, orjson.loads(found["needs"]))))


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
