"""A wizard as data for any client: its steps, questions, choices, items and default answers. No code per action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from vlok.api.actions import AnyAction
from vlok.api.wizard import Answers, Choices, Form, Item, Keuze, Step, Vraag
from vlok.procedures.answers import Filled, alias, row_form_of, vraag_of

KINDS = {date: "DATUM", bool: "VINKJE", int: "GETAL", Decimal: "BEDRAG"}


@dataclass(frozen=True)
class Veld:
    """One question as shown. ``soort`` tells the client which control; ``toon_als`` when to show it."""

    naam: str
    label: str
    soort: str
    verplicht: bool
    hulp: str | None
    opties: Sequence[Keuze]
    toon_als: tuple[str, tuple[str, ...]] | None
    minimum: int | None
    maximum: int | None


@dataclass(frozen=True)
class Stap:
    """One page as shown; repeated per item when ``lijst`` is set."""

    sleutel: str
    titel: str
    uitleg: str | None
    velden: Sequence[Veld]
    lijst: str | None = None
    item_sleutel: str | None = None
    items: Sequence[Item] = ()


@dataclass(frozen=True)
class Descriptor:
    """The whole wizard for one subject, given the answers so far."""

    action: AnyAction
    stappen: Sequence[Stap]
    waarden: Mapping[str, Any] = field(default_factory=dict)
    zicht_nadien: Sequence[str] = ()
    """Per organisation which roles see it after the execution; empty when it shares nothing."""


def describe(action: AnyAction, facts: Any, filled: Filled, zicht_nadien: Sequence[str] = ()) -> Descriptor:
    """The steps that are asked now, with their choices and effective values."""
    choices = action.choices(facts, filled.answers)
    steps = [_step(action, facts, filled.answers, step, choices) for step in filled.asked]
    values = {key: _complete(filled, key, raw) for key, raw in filled.values.items()}
    return Descriptor(action, steps, values, zicht_nadien)


def _complete(filled: Filled, key: str, raw: Mapping[str, Any]) -> Any:
    """The parsed page (so that every field has its value) or, when malformed, what was sent."""
    page = filled.answers.given.get(key)
    return page.model_dump(mode="json", by_alias=True) if page is not None else raw


def _step(action: AnyAction, facts: Any, answers: Answers, step: Step[Any], choices: Choices) -> Stap:
    form = row_form_of(step) if step.per else step.form
    fields = [
        _veld(form, name, info, choices.get(f"{step.key}.{name}"))
        for name, info in form.model_fields.items()
        if name != step.item_key
    ]
    if step.per is None:
        return Stap(step.key, step.title, step.help, fields)
    items = action.items(facts, answers, step)
    lijst, item_key = alias(step.form, step.per), alias(form, step.item_key or "")
    return Stap(step.key, step.title, step.help, fields, lijst, item_key, items)


def _veld(form: type[Form], name: str, info: FieldInfo, offered: Sequence[Keuze] | None) -> Veld:
    vraag = vraag_of(info)
    python, many = _bare(info.annotation)
    toon = (alias(form, vraag.toon_als[0]), vraag.toon_als[1]) if vraag.toon_als else None
    return Veld(
        naam=info.alias or name,
        label=vraag.label,
        soort=_kind(vraag, python, many, offered),
        verplicht=vraag.verplicht,
        hulp=vraag.hulp,
        opties=offered if offered is not None else _enum_choices(python),
        toon_als=toon,
        minimum=vraag.minimum,
        maximum=vraag.maximum,
    )


def _bare(annotation: Any) -> tuple[Any, bool]:
    """The type without ``| None`` and ``list[…]``, and whether it was a list."""
    if get_origin(annotation) in (Union, UnionType):
        [annotation] = [arg for arg in get_args(annotation) if arg is not NoneType]
    if get_origin(annotation) is list:
        return get_args(annotation)[0], True
    return annotation, False


def _kind(vraag: Vraag, python: Any, many: bool, offered: Sequence[Keuze] | None) -> str:
    if vraag.bestand:
        return "BESTAND"
    if many:
        return "MEERKEUZE"
    if offered is not None or _is_enum(python):
        return "KEUZE"
    return KINDS.get(python, "TEKSTVAK" if vraag.lang else "TEKST")


def _is_enum(python: Any) -> bool:
    return isinstance(python, type) and issubclass(python, StrEnum)


def _enum_choices(python: Any) -> Sequence[Keuze]:
    return [Keuze(str(one), getattr(one, "label", str(one))) for one in python] if _is_enum(python) else ()
