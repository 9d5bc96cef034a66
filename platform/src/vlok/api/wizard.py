"""A wizard is a sequence of typed questions; which of them are asked follows from the answers, and is never stored.

A ``Form`` is one page: a pydantic model whose fields are made with ``vraag``. A ``Step`` puts it in a wizard, asked or
not depending on the answers so far, once or once per item. The same declaration gives the GraphQL input type, the
descriptor that clients render, and the parsing of what they send.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

A = TypeVar("A", bound="Form")

BestandId = UUID
"""The id of an uploaded file (``POST /bestanden``) as answer to a question."""


class Form(BaseModel):
    """One page of questions. Answers arrive under their camelCase names; an unknown name is an error."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", str_strip_whitespace=True
    )


@dataclass(frozen=True)
class Vraag:
    """How a question is shown. ``verplicht`` is checked by the kernel; rules say everything finer."""

    label: str
    hulp: str | None = None
    verplicht: bool = False
    lang: bool = False
    bestand: bool = False
    keuze: bool = False
    vrij: bool = False
    """With ``keuze``: the action's own rules judge a value that is not among the choices."""
    toon_als: tuple[str, tuple[str, ...]] | None = None
    """Shown only while the sibling field (Python name) has one of these values; ``"true"``/``"false"`` for a tick."""
    minimum: int | None = None
    maximum: int | None = None


def vraag(label: str, default: Any = None, **how: Any) -> Any:
    """A question on a form: its Dutch label, its default answer, and how it is shown (see ``Vraag``)."""
    return Field(default=default, json_schema_extra={"vraag": Vraag(label, **how)})  # type: ignore[dict-item]


@dataclass(frozen=True)
class Keuze:
    """One value that may be chosen, with what the user must know to choose."""

    waarde: str
    label: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Item:
    """One thing a repeated step is filled in for."""

    sleutel: str
    titel: str
    details: tuple[tuple[str, str], ...] = ()


def _always(facts: Any, answers: Answers) -> bool:
    return True


@dataclass(frozen=True)
class Step(Generic[A]):
    """One page of a wizard.

    ``asked(facts, answers)`` says whether it is shown. For a repeated step ``per`` names the form's list field and
    ``item_key`` the field of its rows that names the item.
    """

    key: str
    title: str
    form: type[A]
    help: str | None = None
    asked: Callable[[Any, Answers], bool] = _always
    per: str | None = None
    item_key: str | None = None


@dataclass(frozen=True)
class Answers:
    """What has been answered, by step. No step reads a clock: today is part of the answers."""

    today: date
    given: Mapping[str, Any] = field(default_factory=dict)

    def __contains__(self, step: Step[Any]) -> bool:
        return step.key in self.given

    def __getitem__(self, step: Step[A]) -> A:
        """The page's answers; an unanswered page reads as its defaults, so rules need no special case."""
        answer = self.given.get(step.key)
        return answer if answer is not None else step.form()


Choices = Mapping[str, Sequence[Keuze]]
"""Choices of fields by ``step.field`` (Python names; for a repeated step the field of its rows)."""
