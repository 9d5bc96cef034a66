"""The purpose of looking up a person: one of a dated list, and in the user's own words.

Source: AVG art. 5, 1, b (purpose), richtlijn 2016/680 art. 25 (a log of consultation shows the justification).
"""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from types import MappingProxyType

from vlok.api.catalogue import Code, blocks
from vlok.api.errors import Refusal
from vlok.api.graph import Arg

SHORTEST, LONGEST = 10, 500
"""Characters of the user's own words (own choice)."""


class Inzagereden(Code):
    """Why somebody looks a person up."""


REDENEN = blocks(files("vlok.api") / "data" / "inzageredenen.toml", "reden", Inzagereden)

ARGS: Mapping[str, Arg] = MappingProxyType(
    {
        "reden": Arg(str, ..., "Code uit inzageredenen"),
        "toelichting": Arg(str, ..., f"In eigen woorden, minstens {SHORTEST} tekens; komt in het logboek"),
    }
)
"""What a query that asks for a purpose asks."""


def doel(reden: str, toelichting: str, day: date) -> str:
    """The purpose as it is kept; Refusal ``ONGELDIG`` when the reason is not in the list or says too little."""
    chosen = next((one for one in REDENEN if one.code == reden and one.geldt_op(day)), None)
    if chosen is None:
        raise Refusal("ONGELDIG", "Kies een reden uit de lijst.", veld="reden")
    own = " ".join(toelichting.split())
    if not SHORTEST <= len(own) <= LONGEST:
        raise Refusal("ONGELDIG", f"Licht de reden toe in {SHORTEST} tot {LONGEST} tekens.", veld="toelichting")
    return f"{chosen.naam}: {own}"
