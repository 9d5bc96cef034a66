"""An operation that was drawn, and what its arguments are drawn from."""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableSequence, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Pool:
    """What arguments are drawn from: four out of five times something that exists, whoever it belongs to.

    ``ids``: type name → global ids. ``words``: argument name → values; ``""`` serves the arguments nobody names.
    """

    ids: Mapping[str, Sequence[str]]
    words: Mapping[str, MutableSequence[str]]
    strange: float = 0.2


@dataclass(frozen=True)
class Ask:
    """What a variable is drawn for: an argument, its type, and the type of the row that it points at."""

    argument: str
    type: Any
    hint: str | None


@dataclass(frozen=True)
class Operation:
    """One operation. ``roots``: response key → name of the root field; ``asks``: what each variable is for."""

    text: str
    roots: Mapping[str, str]
    variables: Mapping[str, Any] = field(default_factory=dict)
    asks: Mapping[str, Ask] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.text}\n{json.dumps(self.variables)}" if self.variables else self.text
