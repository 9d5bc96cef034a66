"""The law a document names, and the appeal it offers, as they stood on a day (``data/rechtsgronden.toml``)."""

import tomllib
from collections.abc import Collection
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from vlok.api.errors import ContractError
from vlok_oo.inhoud import Beroepsmogelijkheid
from vlok_oo.termijnen import Termijnsoort, termijn


class _Gedateerd(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    geldig_van: date
    geldig_tot: date = date.max
    bron: str = Field(min_length=3)

    def geldt_op(self, dag: date) -> bool:
        return self.geldig_van <= dag <= self.geldig_tot


class Rechtsgrond(_Gedateerd):
    """A text of law, and the decisions and options (``bij``) that call for it."""

    tekst: str = Field(min_length=3)
    bij: frozenset[str] = Field(min_length=1)


class Beroepsinstantie(_Gedateerd):
    """Who judges the appeal, and where it is sent."""

    naam: str = Field(min_length=3)
    adres: tuple[str, ...] = Field(min_length=1)


class Rechtsbronnen(BaseModel):
    """The whole data file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rechtsgrond: tuple[Rechtsgrond, ...] = Field(min_length=1)
    beroepsinstantie: tuple[Beroepsinstantie, ...] = Field(min_length=1)


def laad_rechtsbronnen(bestand: Traversable) -> Rechtsbronnen:
    """Read a data file. Raises ContractError with file, key and reason when it is wrong."""
    try:
        return Rechtsbronnen.model_validate(tomllib.loads(bestand.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise ContractError(f"{bestand.name}: {error}") from error
    except ValidationError as error:
        reasons = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ContractError(f"{bestand.name}: {reasons}") from error


@cache
def _bronnen() -> Rechtsbronnen:
    return laad_rechtsbronnen(files("vlok_oo") / "data" / "rechtsgronden.toml")


def rechtsgronden(onderwerpen: Collection[str], dag: date) -> tuple[str, ...]:
    """The law to name on ``dag`` for these subjects, in the order of the data file.

    A subject is a decision type (``OG/OB``), ``ADVIES``, or an option: ``SNELHERSTEL``, ``HERHUISVESTING``, ``SLOOP``,
    ``HERBESTEMMING``.
    """
    wanted = frozenset(onderwerpen)
    return tuple(grond.tekst for grond in _bronnen().rechtsgrond if grond.geldt_op(dag) and grond.bij & wanted)


def beroepsmogelijkheid(dag: date) -> Beroepsmogelijkheid:
    """The appeal open against a decision taken on ``dag``. Raises LookupError for a day before the first block."""
    instantie = next((body for body in _bronnen().beroepsinstantie if body.geldt_op(dag)), None)
    if instantie is None:
        raise LookupError(f"geen beroepsinstantie bekend op {dag}")
    return Beroepsmogelijkheid(
        termijn_dagen=termijn(Termijnsoort.BEROEP, dag).aantal, instantie=instantie.naam, adres=instantie.adres
    )
