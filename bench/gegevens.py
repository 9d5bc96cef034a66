"""Generated data at the published load, loaded by COPY into the product's own tables.

The published figures (infosessie VLOK 11/03/2020) stand in ``data/load_model.csv``: how many documents of which type,
and how they fall over the municipalities. At factor 1 there are 1,000,000 tasks (a fifth of them open), 300,000
dossiers, 200,000 properties and the 267,557 published documents, two of them on each active dossier.
"""

from __future__ import annotations

import csv
import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
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
REGISTRATIONS = 20_000
OPEN_SHARE = 5
"""One task in so many is open."""
BIG_UNITS = 300
"""Units of the one property that shows the largest dossier."""
LB_ROLES = ("lb.dossierbeheerder", "lb.woningcontroleur", "lb.burgemeester", "lb.algemeen-directeur")
WVL_ROLES = ("wvl.dossierbeheerder", "wvl.woningcontroleur", "wvl.gewestelijk-ambtenaar", "wvl.inventarisbeheerder")
STREETS = ("Kerkstraat", "Molenstraat", "Stationsstraat", "Nieuwstraat", "Dorpsstraat", "Veldstraat", "Schoolstraat")


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


class Generator:
    """All rows, table by table, from one seed."""

    def __init__(self, tasks: int, seed: int = 1) -> None:
        self.load = published()
        self.sizes = Sizes(tasks)
        self.random = random.Random(seed)  # noqa: S311  generated data, no secret
        self.properties = self.sizes.of(PROPERTIES)
        self.dossiers = self.sizes.of(DOSSIERS)
        self.active = self.sizes.of(DOSSIERS) // 3
        self.where = self.random.choices(
            range(MUNICIPALITIES), cum_weights=self.load.per_municipality, k=self.properties
        )

    def tables(self) -> Iterator[tuple[str, tuple[str, ...], int, Iterable[tuple[object, ...]]]]:
        """(table, columns, number of rows, rows) in the order of their references."""
        units, documents = self.sizes.of(UNITS), self.sizes.of(267_557)
        owned = ("domein", "gebied")
        yield (
            "organisatie",
            ("id", "code", "ovo", "naam", "soort", *owned, "versie"),
            MUNICIPALITIES,
            self._organisations(),
        )
        yield "gebruiker", ("id", "iss", "sub", "voornaam", "naam"), self._people_count, self._people()
        yield "roltoekenning", ("id", "gebruiker_id", "organisatie_id", "rol", "van"), -1, self._grants()
        subject = ("id", "soort", "referte", "titel", *owned)
        yield "onderwerp", subject, self.properties + units + BIG_UNITS, self._subjects(units)
        pand = (
            "id",
            "referte",
            "titel",
            "straat",
            "huisnummer",
            "postcode",
            "gemeente",
            "provincie",
            "capakeys",
            "actief",
        )
        yield "pand", (*pand, "zoek", "sorteer", "versie", *owned), self.properties, self._panden()
        unit = ("id", "referte", "titel", "pand_id", "soort", "busnummer", "capakeys", "sorteer", "versie", *owned)
        yield "entiteit", unit, units + BIG_UNITS, self._units(units)
        dossier = ("id", "referte", "soort", "onderwerp_id", "status", "gestart_op", "gewijzigd_op", "gewijzigd_door")
        yield "dossier", (*dossier, "versie", *owned), self.dossiers, self._dossiers()
        part = ("id", "referte", "dossier_id", "entiteit_id", "status", "gestart_op", "versie", *owned)
        yield "deelprocedure", part, BIG_UNITS, self._parts(units)
        document = (
            "id",
            "referte",
            "soort",
            "titel",
            "status",
            "dossier_id",
            "onderwerp_id",
            "concept",
            "aangemaakt_op",
        )
        signed = ("ondertekend_op", "gedeeld_op", "versie", *owned)
        yield "document", (*document, *signed), documents, self._documents(documents)
        task = ("id", "referte", "nummer", "naam", "rol", "onderwerp_id", "dossier_id", "deadline", "sorteerdatum")
        closed = ("aangemaakt_op", "gesloten_op", *owned)
        yield "taak", (*task, *closed), self.sizes.tasks, self._tasks()
        listed = (
            "id",
            "referte",
            "entiteit_id",
            "pand_id",
            "entiteit_referte",
            "adres",
            "gemeente",
            "provincie",
            "lijst",
        )
        dates = ("datum_opname", "datum_schrapping", "capakeys", "herkomst", "zoek", "sorteer", "versie", *owned)
        yield (
            "vivoo_registratie",
            (*listed, *dates),
            min(self.sizes.of(REGISTRATIONS), units),
            self._registrations(units),
        )

    @property
    def _people_count(self) -> int:
        return MUNICIPALITIES * 3 + 140

    def _organisations(self) -> Iterator[tuple[object, ...]]:
        for n in range(MUNICIPALITIES):
            code = nis(n)
            yield (
                key(ORGANISATION, n),
                f"bench-{code}",
                f"OVOB{n:05d}",
                f"Gemeente {code}",
                "lokaal_bestuur",
                f"lb:{code}",
                code,
                1,
            )

    def _people(self) -> Iterator[tuple[object, ...]]:
        for n in range(self._people_count):
            yield key(PERSON, n), "bench", f"p{n}", "Persoon", f"{n:05d}"

    def _grants(self) -> Iterator[tuple[object, ...]]:
        """Two to four roles each: three people per municipality, 140 at the agency."""
        number = 0
        for n in range(self._people_count):
            municipal = n < MUNICIPALITIES * 3
            roles = LB_ROLES if municipal else WVL_ROLES
            for role in self.random.sample(roles, self.random.randint(2, 4)):
                yield (
                    key(GRANT, number),
                    key(PERSON, n),
                    key(ORGANISATION, n // 3) if municipal else WVL,
                    role,
                    "2020-01-01",
                )
                number += 1

    def _address(self, n: int) -> tuple[str, str, str]:
        return STREETS[n % len(STREETS)], str(n // len(STREETS) % 400 + 1), nis(self.where[n])

    def _subjects(self, units: int) -> Iterator[tuple[object, ...]]:
        for n in range(self.properties):
            street, number, code = self._address(n)
            yield key(SUBJECT, n), "pand", f"PA18-{n:07d}", f"{street} {number}, Gemeente {code}", f"lb:{code}", code
        for n in range(units + BIG_UNITS):
            street, number, code = self._address(self._of(n, units))
            yield key(UNIT, n), "entiteit", f"EN18-{n:07d}", f"{street} {number} bus {n}", f"lb:{code}", code

    def _of(self, unit: int, units: int) -> int:
        """The property of a unit; the last ones are all in property 0."""
        return unit % self.properties if unit < units else 0

    def _panden(self) -> Iterator[tuple[object, ...]]:
        for n in range(self.properties):
            street, number, code = self._address(n)
            title, low = f"{street} {number}, Gemeente {code}", f"{street} {number} gemeente {code}".lower()
            sort = f"gemeente {code}\t{street.lower()}\t{number.zfill(8)}"
            parts = (street, number, "9000", f"Gemeente {code}", "Oost-Vlaanderen", "{}", "t")
            yield key(SUBJECT, n), f"PA18-{n:07d}", title, *parts, f"{low} pa18-{n:07d}", sort, 1, f"lb:{code}", code

    def _units(self, units: int) -> Iterator[tuple[object, ...]]:
        for n in range(units + BIG_UNITS):
            at = self._of(n, units)
            street, number, code = self._address(at)
            title, sort = f"{street} {number} bus {n}", f"{n:08d}\t"
            own = (key(SUBJECT, at), "ZW", str(n), "{}", sort, 1, f"lb:{code}", code)
            yield key(UNIT, n), f"EN18-{n:07d}", title, *own

    def _dossiers(self) -> Iterator[tuple[object, ...]]:
        for n in range(self.dossiers):
            at = n % self.properties
            code = nis(self.where[at])
            status = "Gestart" if n < self.active else "Afgesloten"
            begun = TODAY - timedelta(days=n % 2000)
            changed = (datetime.combine(begun, datetime.min.time(), UTC), "Persoon", 1, f"lb:{code}", code)
            yield key(DOSSIER, n), f"OO20-{n:07d}", "oo", key(SUBJECT, at), status, begun, *changed

    def _parts(self, units: int) -> Iterator[tuple[object, ...]]:
        """Every unit of property 0 is in dossier 0."""
        code = nis(self.where[0])
        for n in range(BIG_UNITS):
            about = (key(DOSSIER, 0), key(UNIT, units + n), "Gestart", TODAY, 1, f"lb:{code}", code)
            yield key(PART, n), f"DP26-{n:06d}", *about

    def _documents(self, documents: int) -> Iterator[tuple[object, ...]]:
        chosen = self.random.choices(self.load.document_types, cum_weights=self.load.cumulative_types, k=documents)
        for n, (number, name, in_vlok) in enumerate(chosen):
            at = n % self.active if n < 2 * self.active else self.active + n % (self.dossiers - self.active)
            about = at % self.properties
            code = nis(self.where[about])
            moment = datetime.combine(TODAY - timedelta(days=n % 900), datetime.min.time(), UTC)
            shared = moment if n % 10 else None
            status = ("Ondertekend" if in_vlok else "Opgeladen") if shared else "In opmaak"
            owner = f"lb:{code}" if n % 3 else "wvl"
            row = (number, name, status, key(DOSSIER, at), key(SUBJECT, about), shared is None, moment, shared, shared)
            yield key(DOCUMENT, n), f"DO20-{n:07d}", *row, 1, owner, code

    def _tasks(self) -> Iterator[tuple[object, ...]]:
        for n in range(self.sizes.tasks):
            is_open = n % OPEN_SHARE == 0
            at = (n // OPEN_SHARE) % self.active if is_open else n % self.dossiers
            about = at % self.properties
            code = nis(self.where[about])
            municipal = n // OPEN_SHARE % 3 > 0
            role = self.random.choice(LB_ROLES if municipal else WVL_ROLES)
            deadline = TODAY + timedelta(days=n * 7919 % 400 - 60)
            made = datetime.combine(TODAY - timedelta(days=30), datetime.min.time(), UTC)
            row = (
                n % 90 + 1,
                f"taak {n % 90 + 1}",
                role,
                key(SUBJECT, about),
                key(DOSSIER, at),
                deadline,
                deadline,
                made,
            )
            closed = None if is_open else made
            yield key(TASK, n), f"TK20-{n:08d}", *row, closed, f"lb:{code}" if municipal else "wvl", code

    def _registrations(self, units: int) -> Iterator[tuple[object, ...]]:
        for n in range(min(self.sizes.of(REGISTRATIONS), units)):
            at = self._of(n, units)
            street, number, code = self._address(at)
            words, sort = f"{street} {number} {code}".lower(), f"{street.lower()}\t{number.zfill(8)}\t{n:08d}"
            place = (f"EN18-{n:07d}", f"{street} {number} bus {n}", f"Gemeente {code}", "Oost-Vlaanderen", "OO")
            rest = (TODAY - timedelta(days=n % 3000), None, "{}", "import", words, sort, 1, "wvl", code)
            yield key(REGISTRATION, n), f"VI20-{n:06d}", key(UNIT, n), key(SUBJECT, at), *place, *rest


WVL = key(ORGANISATION, 10_000)
"""The agency's own row is the product's; its key is looked up when loading."""
