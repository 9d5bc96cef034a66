"""The documents of the judicial procedure: which document type speaks about what, in which template."""

from collections.abc import Collection
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from vlok.api.catalogue import Dated, blocks
from vlok.api.documents import DocumentType, Letter, document_types
from vlok_wi import voorbeelden
from vlok_wi.inhoud import PvInhoud, UitvoeringInhoud, VorderingInhoud
from vlok_wi.tables import Pvsoort

TEMPLATES = {"wi": "vlok_wi"}
"""Prefix and package of the templates, for ``vlok.documents.stationery``."""

AANVANKELIJK = Letter(
    key="wi.DT961",
    soort="DT961",
    title="Aanvankelijk proces-verbaal",
    template="wi/pv.html",
    content=PvInhoud,
    sample=voorbeelden.PV,
)
NAVOLGEND = Letter(
    key="wi.DT962",
    soort="DT962",
    title="Navolgend proces-verbaal",
    template="wi/pv.html",
    content=PvInhoud,
    sample=voorbeelden.PV,
)
UITVOERING = Letter(
    key="wi.DT963",
    soort="DT963",
    title="Proces-verbaal van uitvoering",
    template="wi/uitvoering.html",
    content=UitvoeringInhoud,
    sample=voorbeelden.UITVOERING,
)
VORDERING = Letter(
    key="wi.DT964",
    soort="DT964",
    title="Herstelvordering",
    template="wi/herstelvordering.html",
    content=VorderingInhoud,
    sample=voorbeelden.VORDERING,
)
LETTERS: tuple[Letter[Any], ...] = (AANVANKELIJK, NAVOLGEND, UITVOERING, VORDERING)
PER_PV = {Pvsoort.AANVANKELIJK: AANVANKELIJK, Pvsoort.NAVOLGEND: NAVOLGEND}
PROCESSEN_VERBAAL = (AANVANKELIJK.soort, NAVOLGEND.soort, UITVOERING.soort)
UITSPRAAK = "DT965"
VERSLAG = "DT966"

DOCUMENT_TYPES: tuple[DocumentType, ...] = document_types(files("vlok_wi") / "data" / "documenttypes.toml")


class Rechtsgrond(Dated):
    """A text of law, and the acts (``bij``) that call for it."""

    code: str
    tekst: str = Field(min_length=3)
    bij: frozenset[str] = Field(min_length=1)


@cache
def _gronden() -> tuple[Rechtsgrond, ...]:
    return blocks(files("vlok_wi") / "data" / "rechtsgronden.toml", "rechtsgrond", Rechtsgrond)


def rechtsgronden(onderwerpen: Collection[str], dag: date) -> tuple[str, ...]:
    """The law to name on ``dag`` for these acts (``PV``, ``UITVOERING``, ``HERSTELVORDERING``)."""
    wanted = frozenset(onderwerpen)
    return tuple(grond.tekst for grond in _gronden() if grond.geldt_op(dag) and grond.bij & wanted)
