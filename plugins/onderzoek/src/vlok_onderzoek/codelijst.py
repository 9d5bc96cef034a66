"""Code lists as dated data: what could be chosen on this day, and by whom?"""

import tomllib
from datetime import date
from importlib.resources.abc import Traversable

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vlok.api.errors import ContractError


class Code(BaseModel):
    """One value of a list, valid from ``geldig_van`` to ``geldig_tot`` (both included).

    ``voor`` names the kinds of organisation (``lokaal_bestuur``, ``wvl``…) that may choose it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[a-z][a-z-]*$")
    naam: str = Field(min_length=2)
    voor: frozenset[str] = Field(min_length=1)
    geldig_van: date
    geldig_tot: date = date.max
    bron: str = Field(min_length=3)

    def geldt_op(self, dag: date) -> bool:
        """Whether it could be chosen on ``dag``."""
        return self.geldig_van <= dag <= self.geldig_tot


def codelijst(bestand: Traversable, lijst: str) -> tuple[Code, ...]:
    """The ``[[lijst]]`` blocks of a TOML file; ContractError with file, key and reason when one is wrong or double."""
    try:
        blocks = tomllib.loads(bestand.read_text(encoding="utf-8")).get(lijst, [])
    except tomllib.TOMLDecodeError as fout:
        raise ContractError(f"{bestand.name}: {fout}") from fout
    found: dict[str, Code] = {}
    for number, block in enumerate(blocks, start=1):
        key = str(block.get("code", f"blok {number}"))
        if key in found:
            raise ContractError(f"{bestand.name}: {key}: staat tweemaal in de lijst")
        try:
            found[key] = Code.model_validate(block)
        except ValidationError as fout:
            raise ContractError(f"{bestand.name}: {key}: {fout}") from fout
    return tuple(found.values())
