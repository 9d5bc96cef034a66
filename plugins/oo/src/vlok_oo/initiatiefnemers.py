"""Who may ask for the procedure, as dated data (``data/initiatiefnemers.toml``)."""

import tomllib
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vlok.api.errors import ContractError

BURGEMEESTER = "burgemeester"
"""The one who asks nobody: a procedure on the burgemeester's own initiative has no verzoek."""


class Initiatiefnemer(BaseModel):
    """One who may ask, from ``geldig_van`` to ``geldig_tot`` (both included)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^[a-z][a-z-]*$")
    naam: str = Field(min_length=2)
    geldig_van: date
    geldig_tot: date = date.max
    bron: str = Field(min_length=3)

    def geldt_op(self, dag: date) -> bool:
        """Whether this could be chosen on ``dag``."""
        return self.geldig_van <= dag <= self.geldig_tot


def laad_initiatiefnemers(bestand: Traversable) -> dict[str, Initiatiefnemer]:
    """The list by code. Raises ContractError with file, key and reason when a block is wrong or double."""
    try:
        blocks = tomllib.loads(bestand.read_text(encoding="utf-8")).get("initiatiefnemer", [])
    except tomllib.TOMLDecodeError as fout:
        raise ContractError(f"{bestand.name}: {fout}") from fout
    found: dict[str, Initiatiefnemer] = {}
    for number, block in enumerate(blocks, start=1):
        key = str(block.get("code", f"blok {number}"))
        if key in found:
            raise ContractError(f"{bestand.name}: {key}: staat tweemaal in de lijst")
        try:
            found[key] = Initiatiefnemer.model_validate(block)
        except ValidationError as fout:
            raise ContractError(f"{bestand.name}: {key}: {fout}") from fout
    return found


INITIATIEFNEMERS = laad_initiatiefnemers(files("vlok_oo") / "data" / "initiatiefnemers.toml")


def naam_van(code: str) -> str:
    """The Dutch name; the code itself when it is no longer in the list."""
    return INITIATIEFNEMERS[code].naam if code in INITIATIEFNEMERS else code
