"""The one way data of law and product is read: TOML with validity dates and a source, refused whole when it is wrong.

A change is a new block with its own period, not an edit. A wrong file stops the start and says file, key and reason.
"""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from vlok.api.errors import ContractError


class Entry(BaseModel):
    """A frozen entry that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Dated(Entry):
    """What holds from ``geldig_van`` to ``geldig_tot`` (both included, without end by default); ``bron`` says so."""

    geldig_van: date
    geldig_tot: date = date.max
    bron: str = Field(min_length=3)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.geldig_tot < self.geldig_van:
            raise ValueError(f"geldig_tot {self.geldig_tot} is before geldig_van {self.geldig_van}")
        return self

    def geldt_op(self, dag: date) -> bool:
        """Whether it holds on ``dag``."""
        return self.geldig_van <= dag <= self.geldig_tot


class Code(Dated):
    """One value of a code list."""

    code: str = Field(pattern=r"^[a-z][a-z-]*$")
    naam: str = Field(min_length=2)


T = TypeVar("T")
D = TypeVar("D", bound=Dated)
C = TypeVar("C", bound=Code)


def load(file: Traversable, model: type[T]) -> T:
    """The whole file as ``model``: a pydantic model, or a type such as ``dict[str, Rol]``.

    Raises ContractError with the file, the path of every wrong key, and the reason.
    """
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise ContractError(f"{file.name}: {wrong}") from wrong
    return checked(file, model, content)


def checked(file: Traversable, model: type[T], content: Any, *key: str) -> T:
    """What stands in ``file`` under ``key``, as ``model``; ContractError as in ``load``."""
    try:
        return TypeAdapter(model).validate_python(content)
    except ValidationError as wrong:
        reasons = [
            f"{'.'.join(map(str, (*key, *one['loc']))) or '(file)'}: {one['msg'].removeprefix('Value error, ')}"
            for one in wrong.errors()
        ]
        raise ContractError(f"{file.name}: {'; '.join(reasons)}") from wrong


def blocks(file: Traversable, lijst: str, model: type[D], key: str = "code") -> tuple[D, ...]:
    """The ``[[lijst]]`` blocks of a file with that one list, in order; errors name a block by its ``key``.

    Raises ContractError as ``load`` does, and when two blocks with one key hold on the same day.
    """
    content = load(file, dict[str, list[dict[str, Any]]])
    if strangers := content.keys() ^ {lijst}:
        raise ContractError(f"{file.name}: {min(strangers)}: the file must hold [[{lijst}]] and nothing else")
    found = tuple(
        checked(file, model, block, str(block.get(key, f"{lijst}.{number}")))
        for number, block in enumerate(content[lijst])
    )
    if (twice := doubled(found, key)) is not None:
        raise ContractError(f"{file.name}: {twice}: two blocks hold on the same day")
    return found


def codes(file: Traversable, lijst: str, model: type[C]) -> Mapping[str, C]:
    """The ``[[lijst]]`` blocks by code, for the names of what is kept; of a code with more periods the last.

    What may be chosen on a day is in ``blocks``. Raises ContractError as ``blocks`` does.
    """
    return {block.code: block for block in sorted(blocks(file, lijst, model), key=lambda block: block.geldig_van)}


def doubled(found: Iterable[Dated], key: str) -> str | None:
    """The first value of attribute ``key`` that two blocks carry on one day, or ``None``."""
    in_order = sorted((str(getattr(block, key)), block.geldig_van, block.geldig_tot) for block in found)
    return next((one[0] for one, next_ in pairwise(in_order) if one[0] == next_[0] and next_[1] <= one[2]), None)
