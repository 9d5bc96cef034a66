"""Searching in the normalised text of a row (see ``zoeksleutel``)."""

from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column, true

from vlok_register.adres import zoekwoorden


def bevat_woorden(zoek: Any, tekst: str | None) -> ColumnElement[bool]:
    """Whether the column ``zoek`` holds every word of ``tekst``; all rows when there is none.

    A word may stand anywhere, but a bare number begins one: ``Kerkstraat 1`` finds 1, 1A and 12, and not every house in
    the street whose capakey happens to hold a 1.
    """
    return and_(true(), *(_bevat(zoek, word) for word in zoekwoorden(tekst or "")))


def _bevat(zoek: Any, word: str) -> ColumnElement[bool]:
    """A word is looked up in the trigram index; a number, which stands in many rows, is read in what that found."""
    anywhere: ColumnElement[bool] = zoek.contains(word, autoescape=True)
    begins: ColumnElement[bool] = (literal_column("' '") + zoek).contains(f" {word}", autoescape=True)
    return begins if word.isdecimal() else anywhere
