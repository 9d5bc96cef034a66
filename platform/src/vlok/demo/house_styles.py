"""The house styles of the demo organisations, as values of the organisation parameter."""

import tomllib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from vlok.api.documents import HouseStyle, Signatory
from vlok.identity.personas import personas

SIGNATORIES = ("burgemeester", "algemeen-directeur", "gewestelijk-ambtenaar")
"""The roles that sign, in order; of each organisation those that exist there."""


def house_styles() -> Mapping[str, dict[str, Any]]:
    """By organisation code, as JSON values."""
    blocks = tomllib.loads((files("vlok.demo") / "huisstijl.toml").read_text(encoding="utf-8"))
    return {code: asdict(_style(code, block)) for code, block in blocks.items()}


def _style(code: str, block: dict[str, Any]) -> HouseStyle:
    signing = [(role, personas().get(f"{role}@{code}")) for role in SIGNATORIES]
    signed_by = [
        Signatory(role.replace("-", " ").capitalize(), f"{persona.voornaam} {persona.familienaam}")
        for role, persona in signing
        if persona
    ]
    return HouseStyle(
        organisatie="Wonen in Vlaanderen" if code == "wvl" else f"{_kind(code)} {code.capitalize()}",
        adres=tuple(block["adres"]),
        telefoon=block["telefoon"],
        email=block["email"],
        website=block["website"],
        afzender=block["afzender"],
        ondertekenaars=tuple(signed_by),
        logo=_logo(block["letter"], block["kleur_hoofd"], block["kleur_accent"]),
        kleur_hoofd=block["kleur_hoofd"],
        kleur_accent=block["kleur_accent"],
    )


def _kind(code: str) -> str:
    return "Gemeente" if code == "aartselaar" else "Stad"


def _logo(letter: str, ground: str, accent: str) -> str:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="120" viewBox="0 0 120 120">'
        f'<path d="M10 6h100v60c0 28-24 42-50 50C34 108 10 94 10 66z" fill="{ground}"/>'
        f'<path d="M10 66h100v6c-3 24-26 36-50 44C36 108 13 96 10 72z" fill="{accent}"/>'
        f'<text x="60" y="58" font-family="Source Sans 3" font-size="48" font-weight="700" fill="#fff"'
        f' text-anchor="middle">{letter}</text></svg>'
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
