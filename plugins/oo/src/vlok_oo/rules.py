"""What VLOK checks before a beslissing burgemeester is made: what blocks, and what a person may knowingly pass."""

from datetime import date

from vlok.api.rules import Melding, Rulebook
from vlok_oo.extra_controles import waarschuwingen
from vlok_oo.validaties import fouten, keuze
from vlok_oo.voorstel import Voorstel, Voorstellen

__all__ = ["controleer", "fouten", "keuze", "waarschuwingen"]


def controleer(voorstellen: Voorstellen, day: date) -> list[Melding]:
    """All there is to say about a run of the wizard under the rules in force on ``day``.

    Without entiteiten only that is said. Else first what blocks, per entiteit in the order given; then the signing
    flow (rule 23); then the warnings, per entiteit. Within an entiteit the order is that of the numbers.
    """
    if not voorstellen.per_entiteit:
        return list(keuze.meldingen(voorstellen, day, about={}))
    return [
        *_per_entiteit(fouten, voorstellen, day),
        *keuze.meldingen(voorstellen, day, about={}),
        *_per_entiteit(waarschuwingen, voorstellen, day),
    ]


def _per_entiteit(book: Rulebook[Voorstel], voorstellen: Voorstellen, day: date) -> list[Melding]:
    return [
        melding
        for v in voorstellen.per_entiteit
        for melding in book.meldingen(v, day, about={"referte": v.referte}, entiteit=v.referte)
    ]
