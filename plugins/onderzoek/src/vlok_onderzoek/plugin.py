"""What the plugin ``onderzoek`` contributes; reads like a table of contents."""

from collections.abc import Iterable
from pathlib import Path

from vlok.api.actions import AnyAction
from vlok.api.graph import Extension, ObjectType
from vlok.api.hooks import hookimpl
from vlok_onderzoek import graph
from vlok_onderzoek.afschermen import OnderzoekAfschermen, OnderzoekAfschermingOpheffen
from vlok_onderzoek.ondertekenen import Ondertekenen, Verwijderen
from vlok_onderzoek.vastleggen import Vastleggen


@hookimpl
def actions() -> Iterable[AnyAction]:
    """Record, sign, remove; shield and share again."""
    return (Vastleggen(), Ondertekenen(), Verwijderen(), OnderzoekAfschermen(), OnderzoekAfschermingOpheffen())


@hookimpl
def object_types() -> Iterable[type[ObjectType]]:
    """Examinations and their results."""
    return graph.OBJECT_TYPES


@hookimpl
def extensions() -> Iterable[Extension]:
    """The examinations of a pand."""
    return (graph.PAND,)


@hookimpl
def migrations() -> Path:
    """The tables ``onderzoek_…``."""
    return Path(__file__).parent / "migrations"
