"""What only Python can say, put in the text that PostgreSQL wrote.

A mark cannot be forged by a value: inside a JSON string every quotation mark is escaped. A mark begins with one that is
not, and stands where a key or an object stands.
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
from vlok.audit.shown import Keys
from vlok.graph.compiled.lowering import bare

_STRING = rb'"(?:[^"\\]|\\.)*"'
_LIST = rb'\[(?:[^\[\]"]|' + _STRING + rb")*\]"
_MADE = re.compile(
    rb'\{"\.(?:(?P<surprise>!" : 1)|(?:d" : (?P<derived>\d+), "a"|c" : (?P<list>\d+), "k") : (?P<of>' + _LIST + rb"))\}"
)
_ROW = re.compile(rb'"\.(\d+)([:!@])(\w+)" : (null|"[^"]*"|\[[^\]]*\])(?:, )?')
_PARTS = _ROW.groups + 1
LOGGED, TOLD, OTHERS = b":", b"!", b"@"
"""What is kept of a row of a type: its key, that it was shown, the keys of others that its text tells of."""
NULL = b"null"


class Surprise(Exception):
    """A value that the schema does not promise: the operation is answered by graphql-core."""


@dataclass
class Consulted:
    """What the audit trail wants to know of one root field's rows: the first of them, and keys by type."""

    first: tuple[str, str | None] | None = None
    """Type and key of the first logged row: the root row itself, if such a row is logged at all."""
    keys: Keys = field(default_factory=dict)
    told: Keys = field(default_factory=dict)

    def note(self, kind: bytes, name: str, values: list[bytes]) -> None:
        """All marks of one kind about one type."""
        if kind == OTHERS:
            found = [key for value in values for key in orjson.loads(value) or ()]
        else:
            keys = b",".join(values if NULL not in values else [value for value in values if value != NULL])
            found = keys.decode()[1:-1].split('","') if keys else []
        if kind == LOGGED and self.first is None:
            self.first = (name, None if values[0] == NULL else found[0])
        if found:
            (self.told if kind == TOLD else self.keys).setdefault(name, {}).update(dict.fromkeys(found))


@dataclass
class Marks:
    """Replaces the marks of one answer; ``consulted`` collects, by root field, what must be kept.

    ``cursor(root, keys)`` seals the order values of a row of that root field.
    """

    derived: Sequence[Derived]
    cursor: Callable[[int, list[str]], str]
    consulted: defaultdict[int, Consulted] = field(default_factory=lambda: defaultdict(Consulted))
    _made: dict[bytes, bytes] = field(default_factory=dict)

    def replaced(self, text: bytes) -> bytes:
        """The answer without marks; Surprise when graphql-core must give it."""
        parts = _ROW.split(text)
        alike: dict[tuple[bytes, bytes, bytes], list[bytes]] = {}
        marks = (parts[at::_PARTS] for at in range(1, _PARTS))
        for root, kind, name, value in zip(*marks, strict=True):
            alike.setdefault((root, kind, name), []).append(value)
        for (root, kind, name), values in alike.items():  # in the order of their first rows
            self.consulted[int(root)].note(kind, name.decode(), values)
        return _MADE.sub(self._value, b"".join(parts[::_PARTS]))

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
