"""How much there is of what, and how it is spread: the published load, scaled to a number of tasks.

The published figures (infosessie VLOK 11/03/2020) stand in ``data/load_model.csv``: how many documents of which type,
and how they fall over the municipalities. At factor 1 there are 1,000,000 tasks (a fifth of them open), 300,000
dossiers, 200,000 properties and the 267,557 published documents, two of them on each active dossier.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path
from uuid import UUID

DATA = Path(__file__).parent / "data" / "load_model.csv"
TODAY = date(2026, 11, 23)
MUNICIPALITIES = 300
TASKS = 1_000_000
DOSSIERS = 300_000
PROPERTIES = 200_000
UNITS = 260_000
DOCUMENTS = 267_557
REGISTRATIONS = 20_000
OPEN_SHARE = 5
"""One task in so many is open."""
BIG_UNITS = 300
"""Units of the one property that shows the largest dossier."""
LB_ROLES = ("lb.dossierbeheerder", "lb.woningcontroleur", "lb.burgemeester", "lb.algemeen-directeur")
WVL_ROLES = ("wvl.dossierbeheerder", "wvl.woningcontroleur", "wvl.gewestelijk-ambtenaar", "wvl.inventarisbeheerder")
STREETS = ("Kerkstraat", "Molenstraat", "Stationsstraat", "Nieuwstraat", "Dorpsstraat", "Veldstraat", "Schoolstraat")
"""Names that every municipality has: one property in twelve lies there."""
BEGIN = (
    "Aard Berk Dorn Eik Geel Heide Hoog Kapel Klooster Kouter Leeuw Linde Meers Mispel Oever Peer Rode Steen Vaart Wilg"
)
MIDDLE = "bos berg beek broek del donk gem hof horst kens ker lands poel rij ser tiens veld winkel zand zels"
ENDING = "straat laan weg dreef plein steenweg lei"


def street(n: int) -> str:
    """The street of a property: nearly three thousand names, some of them everywhere."""
    if n % 12 == 0:
        return STREETS[n // 12 % len(STREETS)]
    begin, middle, ending = BEGIN.split(), MIDDLE.split(), ENDING.split()
    return begin[n * 7 % len(begin)] + middle[n // len(begin) % len(middle)] + ending[n * 5 % len(ending)]


@dataclass(frozen=True)
class Load:
    """The published figures that shape the data."""

    per_municipality: tuple[float, ...]
    """Cumulative share of the documents, the biggest municipality first."""
    document_types: tuple[tuple[str, str, bool], ...]
    """Number, name, whether it is signed in VLOK (else uploaded)."""
    cumulative_types: tuple[int, ...]


def published() -> Load:
    """The figures of the file; the municipalities it does not name share the rest evenly."""
    with DATA.open(encoding="utf-8", newline="") as text:
        rows = [(row["groep"], row["sleutel"], int(row["aantal"])) for row in csv.DictReader(text, delimiter=";")]
    named = sorted((n for group, _, n in rows if group == "documenten_per_gemeente"), reverse=True)
    rest = max(78_665 * 0.35 / (MUNICIPALITIES - len(named)), 50)
    shares = [*named, *[rest] * (MUNICIPALITIES - len(named))]
    total = sum(shares)
    types = [(key, n, group) for group, key, n in rows if group in ("ondertekend_in_vlok", "opgeladen")]
    return Load(
        tuple(accumulate(share / total for share in shares)),
        tuple(
            (key.partition(" ")[0], key.partition(" ")[2], group == "ondertekend_in_vlok") for key, _, group in types
        ),
        tuple(accumulate(n for _, n, _ in types)),
    )


@dataclass(frozen=True)
class Sizes:
    """How many rows of what."""

    tasks: int

    def of(self, at_factor_one: int) -> int:
        """So many for this number of tasks."""
        return max(1, round(at_factor_one * self.tasks / TASKS))


def nis(municipality: int) -> str:
    """A NIS code that no municipality has."""
    return f"9{municipality:04d}"


def key(kind: int, number: int) -> UUID:
    """The random-looking but repeatable key of a row."""
    return UUID(bytes=hashlib.blake2b(f"{kind}:{number}".encode(), digest_size=16).digest(), version=4)


ORGANISATION, SUBJECT, DOSSIER, TASK, DOCUMENT, UNIT, PART, REGISTRATION, PERSON, GRANT, FILE = range(11)
WVL = key(ORGANISATION, 10_000)
"""The agency's own row is the product's; its key is looked up when loading."""
