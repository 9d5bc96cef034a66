"""GraphQL input types from the forms of a wizard, and back to the plain answers that ``execute`` reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

import strawberry
from strawberry.types.base import StrawberryType
from strawberry.types.unset import UNSET

from vlok.api.actions import AnyAction
from vlok.api.graph import Arg
from vlok.api.wizard import Form
from vlok.graph.names import camel

SCALARS = (str, int, bool, date, Decimal, UUID)


def pascal(name: str) -> str:
    """``ooAdviesVragen`` → ``OoAdviesVragen``."""
    return name[:1].upper() + name[1:]


# Every form, action and enumeration has one input type, whatever the places that ask it: each is made once. Every field
# is optional, because rules and not GraphQL say what is missing.


@cache
def of_action(action: AnyAction, name: str) -> Any | None:
    """The input of an action's typed mutation: one field per step; ``None`` when nothing is asked."""
    if not action.steps:
        return None
    annotations = {step.key: _type(step.form) | None for step in action.steps}
    return _input(f"{pascal(name)}Invoer", annotations, action.title)


@cache
def of_form(form: type[Form]) -> Any:
    """The input type of a form."""
    annotations = {name: _type(info.annotation) | None for name, info in form.model_fields.items()}
    return _input(form.__name__, annotations, (form.__doc__ or "").strip() or None)


@cache
def _enum(enum: type[StrEnum]) -> Any:
    return strawberry.enum(enum, name=enum.__name__)


def _input(name: str, annotations: dict[str, Any], text: str | None) -> Any:
    body: dict[str, Any] = {"__annotations__": annotations, **dict.fromkeys(annotations, UNSET)}
    return strawberry.input(type(name, (), body), name=name, description=text)


def _type(annotation: Any) -> Any:
    if get_origin(annotation) in (Union, UnionType):
        [annotation] = [arg for arg in get_args(annotation) if arg is not NoneType]
    if get_origin(annotation) is list:
        return list[_type(get_args(annotation)[0])]  # type: ignore[misc]
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return of_form(annotation)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return _enum(annotation)
    assert annotation in SCALARS or isinstance(annotation, StrawberryType), annotation
    return annotation


def to_answers(value: Any) -> Any:
    """An input object as plain JSON-like answers under their camelCase names; what was not given is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {camel(name): to_answers(given) for name, given in pairs if given is not UNSET}
    if isinstance(value, list):
        return [to_answers(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, UUID | Decimal) else value


def forms(args: Mapping[str, Arg], given: Mapping[str, Any]) -> dict[str, Any]:
    """Input objects back to their forms."""
    made = dict(given)
    for name, arg in args.items():
        if isinstance(arg.type, type) and issubclass(arg.type, Form):
            made[name] = arg.type.model_validate(to_answers(given.get(name)) or {})
    return made
