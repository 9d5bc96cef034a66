"""Reads the TOML catalogues of this package; a wrong file stops the start and says which key and why."""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from vlok.api.errors import ContractError

DATA = files("vlok.identity") / "data"


class Entry(BaseModel):
    """A frozen catalogue entry that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


E = TypeVar("E", bound=Entry)


def read(file: Traversable, entry: type[E]) -> E:
    """The validated content of a TOML file; raises ContractError with file, key and reason."""
    try:
        return entry.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, OSError) as wrong:
        raise ContractError(f"{file.name}: {wrong}") from wrong
    except ValidationError as wrong:
        first = wrong.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "(file)"
        raise ContractError(f"{file.name}: {key}: {first['msg']}") from wrong
