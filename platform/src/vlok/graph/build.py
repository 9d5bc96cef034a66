"""Strawberry types made from the declarations. The values are the JSON rows that ``vlok.graph.plan`` read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any

import strawberry
from strawberry.types.base import StrawberryType
from strawberry.types.fields.resolver import StrawberryResolver

from vlok.api.graph import Derived, Many, One, Source
from vlok.graph.names import global_id
from vlok.graph.plan import HIDDEN
from vlok.graph.types import Declared, Types, decoder

Info = strawberry.Info[Any, Any]


@strawberry.interface(description="Alles wat een eigen sleutel heeft.")
class Node:
    """The Relay interface."""

    id: strawberry.ID

    @classmethod
    def resolve_type(cls, value: Any, info: Any, type_: Any) -> str:
        """The type of a row stands in the row."""
        name: str = value[HIDDEN]
        return name


class Built:
    """All object types by name; made together because they refer to each other."""

    def __init__(self, types: Types) -> None:
        self.types = types
        self.classes: dict[str, Any] = {declared.name: type(declared.name, (Node,), {}) for declared in types}
        for declared in types:
            self._fill(declared)
        for declared in types:
            cls = self.classes[declared.name]
            self.classes[declared.name] = strawberry.type(cls, name=declared.name, description=declared.description)

    def __getitem__(self, name: str) -> Any:
        return self.classes[name]

    def _fill(self, declared: Declared) -> None:
        cls = self.classes[declared.name]
        cls.__annotations__ = {}
        cls.is_type_of = classmethod(lambda cls, value, info: True)
        cls.id = strawberry.field(resolver=_key(declared.name), graphql_type=strawberry.ID)
        for name, source in declared.fields.items():
            setattr(cls, name, self._field(declared, name, source))

    def _field(self, declared: Declared, name: str, source: Source) -> Any:
        text = source.description or None
        if isinstance(source, One):
            to = self.classes[source.to]
            return strawberry.field(_value(None), graphql_type=to if source.required else to | None, description=text)
        if isinstance(source, Many):
            to = self.classes[source.to]
            return strawberry.field(_rows(source.first), graphql_type=list[to], description=text)  # type: ignore[valid-type]
        python: StrawberryType | Any = declared.python_type(name)
        resolver = _derived(source) if isinstance(source, Derived) else _value(decoder(python))
        return strawberry.field(resolver, graphql_type=python, description=text)


def shared(resolver: Callable[..., Any]) -> StrawberryResolver[Any]:
    """A resolver that many fields have: Strawberry reads its signature once, and not for each of them (a quarter of
    the work of making a schema)."""
    return StrawberryResolver(resolver)


@cache
def _key(type_name: str) -> StrawberryResolver[Any]:
    @shared
    def resolve(self: Any) -> Any:
        return global_id(type_name, self[HIDDEN + "id"])

    return resolve


@cache
def _value(decode: Callable[[str], Any] | None) -> StrawberryResolver[Any]:
    @shared
    def resolve(self: Any, info: Info) -> Any:
        value = self[info.path.key]
        return decode(value) if decode and value is not None else value

    return resolve


@cache
def _rows(default: int) -> StrawberryResolver[Any]:
    @shared
    def resolve(
        self: Any,
        info: Info,
        first: Annotated[int, strawberry.argument(description="Ten hoogste zoveel")] = default,
    ) -> Any:
        return self[info.path.key]

    return resolve


def _derived(source: Derived) -> Callable[..., Any]:
    assert source.compute
    compute = source.compute

    def resolve(self: Any) -> Any:
        return compute(*(self[HIDDEN + need] for need in source.needs))

    return resolve
