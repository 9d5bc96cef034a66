"""The letters of procedure OO: which document type speaks about what, in which template."""

from importlib.resources import files
from typing import Any

from vlok.api.documents import DocumentType, Letter, document_types
from vlok_oo import voorbeelden
from vlok_oo.inhoud import AdviesInhoud, AndereInhoud, BegeleidendeBriefInhoud, BesluitInhoud, UitstelInhoud

TEMPLATES = {"oo": "vlok_oo"}
"""Prefix and package of the templates, for ``vlok.documents.stationery``."""

BESLUIT = Letter(
    key="oo.DT034",
    soort="DT034",
    title="Beslissing van de burgemeester",
    template="oo/beslissing.html",
    content=BesluitInhoud,
    sample=voorbeelden.ONGESCHIKT_EN_ONBEWOONBAAR,
)
UITSTEL = Letter(
    key="oo.DT044",
    soort="DT044",
    title="Melding van uitstel",
    template="oo/uitstel.html",
    content=UitstelInhoud,
    sample=voorbeelden.UITSTEL,
)
ANDERE = Letter(
    key="oo.DT043",
    soort="DT043",
    title="Melding geen beslissing",
    template="oo/andere.html",
    content=AndereInhoud,
    sample=voorbeelden.ANDERE,
)
ADVIES = Letter(
    key="oo.DT023",
    soort="DT023",
    title="Advies over de kwaliteit van een woning",
    template="oo/advies.html",
    content=AdviesInhoud,
    sample=voorbeelden.GEWESTELIJK_ADVIES,
)
BEGELEIDENDE_BRIEF = Letter(
    key="oo.DT024",
    soort="DT024",
    title="Advies over de kwaliteit van een woning",
    template="oo/begeleidende_brief.html",
    content=BegeleidendeBriefInhoud,
    sample=voorbeelden.BEGELEIDENDE_BRIEF,
)
LETTERS: tuple[Letter[Any], ...] = (ADVIES, BEGELEIDENDE_BRIEF, BESLUIT, ANDERE, UITSTEL)

BESLUIT_VARIANTEN: tuple[BesluitInhoud, ...] = (
    voorbeelden.ONGESCHIKT,
    voorbeelden.ONGESCHIKT_EN_ONBEWOONBAAR,
    voorbeelden.VOLDOET,
    voorbeelden.OVERBEWOOND,
)
"""A sample of each variant of DT034 (modeldocumenten woningkwaliteit: ongeschikt, ongeschikt en onbewoonbaar, niet OO,
overbewoning)."""

DOCUMENT_TYPES: tuple[DocumentType, ...] = document_types(files("vlok_oo") / "data" / "documenttypes.toml")

_BESLUIT_TITELS = {
    "VOL": "Besluit dat de woning voldoet",
    "OG": "Besluit tot ongeschiktverklaring",
    "OG/OB": "Besluit tot ongeschikt- en onbewoonbaarverklaring",
    "OVB": "Besluit tot overbewoondverklaring",
}


def besluit_titel(beslissing: str) -> str:
    """The title of the DT034 for a decision of this type. Raises KeyError for a type that has no DT034."""
    return _BESLUIT_TITELS[beslissing]
