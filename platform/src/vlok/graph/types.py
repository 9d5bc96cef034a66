"""The declared types together: look-up by name, checks, and the facts about their columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from types import NoneType
from typing import Any, get_args

from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import Mapper

from vlok.api.errors import ContractError
from vlok.api.graph import Column, Derived, Expression, Extension, Many, ObjectType, One, Source, ToonAanAnder


@dataclass(frozen=True)
class Declared:
    """One published type: its declaration with all extensions merged in."""

    name: str
    key: str
    model: type[Any]
    description: str
    fields: dict[str, Source]
    gelogd: str | None = None
    gelogd_als: str = "id"
    toon_aan_ander: ToonAanAnder | None = None

    def python_type(self, field: str) -> Any:
        """The Python type of a field that is no relation, ``X | None`` when it may be null."""
        source = self.fields[field]
        if isinstance(source, Column):
            return column_type(self.model, source.attr or field)
        if isinstance(source, Expression):
            return source.type | None if source.nullable else source.type
        assert isinstance(source, Derived)
        return source.type


class Types:
    """All published types. Refuses names twice, relations to nowhere and extensions of nothing."""

    def __init__(self, declared: Iterable[type[ObjectType]], extensions: Iterable[Extension]) -> None:
        self.by_name: dict[str, Declared] = {}
        for type_ in declared:
            if type_.name in self.by_name:
                raise ContractError(f"{type_.key}: type {type_.name} is published twice")
            self.by_name[type_.name] = Declared(
                type_.name,
                type_.key,
                type_.model,
                (type_.__doc__ or "").strip(),
                dict(type_.fields),
                type_.gelogd,
                type_.gelogd_als,
                type_.toon_aan_ander,
            )
        for extension in extensions:
            self._extend(extension)
        for fault in self._faults():
            raise ContractError(fault)

    def __getitem__(self, name: str) -> Declared:
        return self.by_name[name]

    def __iter__(self) -> Iterator[Declared]:
        return iter(self.by_name.values())

    def of_model(self, model: type[Any]) -> Declared:
        """The type that publishes a table."""
        return next(declared for declared in self if declared.model is model)

    def publishing(self, model: type[Any]) -> Declared | None:
        """The type that publishes a table, if any does."""
        return next((declared for declared in self if declared.model is model), None)

    def of_row(self, row: object) -> Declared:
        """The type that publishes a loaded row."""
        return self.of_model(type(row))

    def _extend(self, extension: Extension) -> None:
        if extension.type not in self.by_name:
            raise ContractError(f"{extension.key}: there is no type {extension.type} to extend")
        fields = self.by_name[extension.type].fields
        for name, source in extension.fields.items():
            if name in fields:
                raise ContractError(f"{extension.key}: {extension.type}.{name} exists already")
            fields[name] = source

    def _faults(self) -> Iterator[str]:
        for declared in self:
            if declared.gelogd and not hasattr(declared.model, declared.gelogd_als):
                yield f"{declared.key}: {declared.gelogd_als} is no column of {declared.model.__name__}"
            for name, source in declared.fields.items():
                if isinstance(source, One | Many) and source.to not in self.by_name:
                    yield f"{declared.key}: {name} points at {source.to}, which nobody publishes"
                if isinstance(source, Expression) and source.toont and source.toont[0] not in self.by_name:
                    yield f"{declared.key}: {name} tells of {source.toont[0]}, which nobody publishes"
                if isinstance(source, Column) and not hasattr(declared.model, source.attr or name):
                    yield f"{declared.key}: {name} is no column of {declared.model.__name__}"


def column_type(model: type[Any], attr: str) -> Any:
    """The Python type of a mapped column, ``X | None`` when the column may be null."""
    mapper: Mapper[Any] = sa_inspect(model)
    column = mapper.columns[attr]
    python = list[str] if column.type.python_type is list else column.type.python_type
    return python | None if column.nullable else python


def decoder(type_: Any) -> Any:
    """How a value of that Python type comes back out of JSON; ``None`` when it comes back as itself."""
    bare = next((a for a in get_args(type_) if a is not NoneType), type_) if NoneType in get_args(type_) else type_
    return {date: date.fromisoformat, datetime: datetime.fromisoformat}.get(bare)
