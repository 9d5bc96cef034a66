"""For plugin authors: the text of a letter, without printing it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from vlok.api.documents import HouseStyle, Letter, RenderOrder, Signatory
from vlok.documents.stationery import html, stationery

HUISSTIJL = HouseStyle(
    organisatie="Gemeente Kapelrode",
    adres=("Marktplein 1", "9999 Kapelrode"),
    telefoon="09 000 00 00",
    email="wonen@kapelrode.example",
    website="www.kapelrode.example",
    afzender="Dienst Wonen",
    ondertekenaars=(Signatory("Burgemeester", "Hilde Maes", "#BM#"), Signatory("Algemeen directeur", "Joris Claes")),
)
"""An invented house style with two signatories, of whom the first has a placeholder for an external signing tool."""
DATUM = date(2026, 11, 22)


def letter_html(
    templates: Mapping[str, str], letter: Letter[Any], content: object, *, signature_fields: bool = False
) -> str:
    """``letter`` about ``content`` as HTML, dated ``DATUM`` in the style ``HUISSTIJL``.

    ``templates`` maps the plugin's prefix to its package. A typo in a template raises jinja2's ``UndefinedError``.
    """
    order = RenderOrder(
        template=letter.template,
        content=letter.plain(content),
        house=HUISSTIJL,
        referte="REF26-000001",
        title=letter.title,
        date=DATUM,
        signature_fields=signature_fields,
    )
    return html(stationery(templates), order)
