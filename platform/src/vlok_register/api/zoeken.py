"""Searching in the words that a row keeps for it (see ``zoektekst``)."""

from typing import Any

from sqlalchemy import ColumnElement, and_, true

from vlok.api.referte import REFERTE
from vlok_register.adres import zoekwoorden


def zonder_refertes(tekst: str) -> tuple[str, list[str]]:
    """What is sought besides whole references, and these: a key finds them, where the words of an index, which stand in
    nearly every other reference too, must be laid side by side."""
    words = tekst.split()
    refertes = [word.upper() for word in words if REFERTE.match(word.upper())]
    return " ".join(word for word in words if word.upper() not in refertes), refertes


def bevat_woorden(zoek: Any, tekst: str | None) -> ColumnElement[bool]:
    """Whether the column ``zoek`` holds every word of ``tekst``; all rows when there is none.

    A word may stand anywhere, but a bare number begins one: ``Kerkstraat 1`` finds 1, 1A and 12, and not every house in
    the street whose capakey happens to hold a 1. The trigram index serves both: of a street it gives the houses with
    that number, and not the whole street in every municipality.
    """
    return and_(true(), *(_bevat(zoek, word) for word in zoekwoorden(tekst or "")))


def _bevat(zoek: Any, word: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = zoek.contains(f" {word}" if word.isdecimal() else word, autoescape=True)
    return found
