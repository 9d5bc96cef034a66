"""The law a document names, and the appeal it offers, as they stood on a day (``data/rechtsgronden.toml``)."""

from collections.abc import Collection
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import Field

from vlok.api.catalogue import Dated, Entry, load
from vlok_oo.inhoud import Beroepsmogelijkheid
from vlok_oo.termijnen import Termijnsoort, termijn


class Rechtsgrond(Dated):
    """A text of law, and the decisions and options (``bij``) that call for it."""

    tekst: str = Field(min_length=3)
    bij: frozenset[str] = Field(min_length=1)


class Beroepsinstantie(Dated):
    """Who judges the appeal, and where it is sent."""

    naam: str = Field(min_length=3)
    adres: tuple[str, ...] = Field(min_length=1)


class Rechtsbronnen(Entry):
    """The whole data file."""

    rechtsgrond: tuple[Rechtsgrond, ...] = Field(min_length=1)
    beroepsinstantie: tuple[Beroepsinstantie, ...] = Field(min_length=1)


@cache
def _bronnen() -> Rechtsbronnen:
    return load(files("vlok_oo") / "data" / "rechtsgronden.toml", Rechtsbronnen)


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
