"""Who asks, as parameters: a plan is built for a stand-in of the actor and then serves everybody of the same shape.

A scope is Python that looks at the actor and gives SQL. It is run with an actor whose texts and keys are marks; where a
mark comes out as a bind value, that value is a parameter. Run for two different marks, the two statements must agree in
everything else: a scope that takes a text apart (``domein.partition(":")``) does not. A mark also notes that it was
compared with something: a scope that decides on a text would decide otherwise for the stand-in than for the actor. What
such a scope stands in is left to graphql-core.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, replace
from typing import Any
from uuid import UUID, uuid5

from vlok.api.actor import Actor

ROOM = UUID("6f1c1f0e-0d0b-4d7a-9a0e-5b1f6f2a7c11")
SALTS = ("a", "b")
MEANINGFUL = ("", "*")
"""Texts that scopes compare with, instead of passing them on: no territory, all of Flanders."""
NAMES = tuple(field.name for field in fields(Actor) if field.name != "verzoek_id")
DECIDING = ("__hash__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")
DECIDING_TEXT = (*DECIDING, "__contains__", "startswith", "endswith", "find", "index", "count", "isdigit")


def _noting(kind: type[Any], method: str) -> Callable[..., Any]:
    usual = getattr(kind, method)

    def noted(self: Any, *others: Any) -> Any:
        answer = usual(self, *others)
        meaningful = bool(others) and type(others[0]) is str and others[0] in MEANINGFUL
        if answer is not NotImplemented and not meaningful:
            self.decided.add(self.name)
        return answer

    return noted


def _marked(kind: type[Any], methods: tuple[str, ...]) -> type[Any]:
    noting: dict[str, Any] = {method: _noting(kind, method) for method in methods}
    return type(f"Marked{kind.__name__}", (kind,), {**noting, "__setattr__": object.__setattr__})


TEXT, KEY = _marked(str, DECIDING_TEXT), _marked(UUID, DECIDING)


def shape(actor: Actor) -> Hashable:
    """What a plan depends on: roles, kind of organisation, and the texts that say something by themselves."""
    return tuple((name, value) for name, value in _parts(actor) if not _replaceable(value))


def stand_in(actor: Actor, salt: str, decided: set[str]) -> Actor:
    """The actor with a mark in place of every text and key; ``decided`` collects the names of what was compared."""
    made: dict[str, Any] = {}
    for name, value in _parts(actor):
        if _replaceable(value):
            plain = mark(name, value, salt)
            made[name] = one = KEY(int=plain.int) if type(value) is UUID else TEXT(plain)
            one.name, one.decided = name, decided
    return replace(actor, **made)


def marks(actor: Actor, salt: str) -> Mapping[Any, str]:
    """Mark → name of the attribute it stands for."""
    return {mark(name, value, salt): name for name, value in _parts(actor) if _replaceable(value)}


def mark(name: str, value: Any, salt: str) -> Any:
    """A value of the same type that occurs nowhere else."""
    return uuid5(ROOM, name + salt) if isinstance(value, UUID) else f"\x01{name}.{salt}\x01"


def _parts(actor: Actor) -> list[tuple[str, Any]]:
    return [(name, getattr(actor, name)) for name in NAMES]


def _replaceable(value: Any) -> bool:
    return type(value) in (UUID, KEY, TEXT) or (type(value) is str and value not in MEANINGFUL)
