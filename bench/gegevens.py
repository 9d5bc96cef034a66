"""Generated rows at the published load (``bench.belastingmodel``), table by table, for the product's own tables.

Rows are made one at a time while they are loaded: memory holds the municipality of each property and nothing else.
"""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from bench.belastingmodel import (
    BIG_UNITS,
    DOCUMENT,
    DOCUMENTS,
    DOSSIER,
    DOSSIERS,
    GRANT,
    LB_ROLES,
    MUNICIPALITIES,
    OPEN_SHARE,
    ORGANISATION,
    PART,
    PERSON,
    PROPERTIES,
    REGISTRATION,
    REGISTRATIONS,
    SUBJECT,
    TASK,
    TODAY,
    UNIT,
    UNITS,
    WVL,
    WVL_ROLES,
    Sizes,
    key,
    nis,
    published,
    street,
)

AT_ONCE = 10_000
"""So many choices are drawn at a time."""


OWNED = ("domein", "gebied")
COLUMNS = {
    "organisatie": ("id", "code", "ovo", "naam", "soort", *OWNED, "versie"),
    "gebruiker": ("id", "iss", "sub", "voornaam", "naam"),
    "roltoekenning": ("id", "gebruiker_id", "organisatie_id", "rol", "van"),
    "onderwerp": ("id", "soort", "referte", "titel", *OWNED),
    "pand": (
        *("id", "referte", "titel", "straat", "huisnummer", "postcode", "gemeente", "provincie", "capakeys"),
        *("actief", "zoek", "sorteer", "versie", *OWNED),
    ),
    "entiteit": ("id", "referte", "titel", "pand_id", "soort", "busnummer", "capakeys", "sorteer", "versie", *OWNED),
    "dossier": (
        *("id", "referte", "soort", "onderwerp_id", "status", "gestart_op", "gewijzigd_op", "gewijzigd_door"),
        *("versie", *OWNED),
    ),
    "deelprocedure": ("id", "referte", "dossier_id", "entiteit_id", "status", "gestart_op", "versie", *OWNED),
    "document": (
        *("id", "referte", "soort", "titel", "status", "dossier_id", "onderwerp_id", "concept", "aangemaakt_op"),
        *("ondertekend_op", "gedeeld_op", "versie", *OWNED),
    ),
    "taak": (
        *("id", "referte", "nummer", "naam", "rol", "onderwerp_id", "dossier_id", "deadline", "sorteerdatum"),
        *("aangemaakt_op", "gesloten_op", *OWNED),
    ),
    "vivoo_registratie": (
        *("id", "referte", "entiteit_id", "pand_id", "entiteit_referte", "adres", "gemeente", "provincie", "lijst"),
        *("datum_opname", "datum_schrapping", "capakeys", "herkomst", "zoek", "sorteer", "versie", *OWNED),
    ),
}
"""In the order of their references."""


class Generator:
    """All rows, table by table, from one seed."""

    def __init__(self, tasks: int, seed: int = 1) -> None:
        self.load = published()
        self.sizes = Sizes(tasks)
        self.random = random.Random(seed)  # noqa: S311  generated data, no secret
        self.properties = self.sizes.of(PROPERTIES)
        self.dossiers = self.sizes.of(DOSSIERS)
        self.active = self.sizes.of(DOSSIERS) // 3
        drawn = self.random.choices(range(MUNICIPALITIES), cum_weights=self.load.per_municipality, k=self.properties)
        self.where = array("H", drawn)

    def tables(self) -> Iterator[tuple[str, tuple[str, ...], int, Iterable[tuple[object, ...]]]]:
        """(table, columns, number of rows, rows) in the order of their references."""
        units, documents = self.sizes.of(UNITS), self.sizes.of(DOCUMENTS)
        registered = min(self.sizes.of(REGISTRATIONS), units)
        rows: dict[str, tuple[int, Iterable[tuple[object, ...]]]] = {
            "organisatie": (MUNICIPALITIES, self._organisations()),
            "gebruiker": (self._people_count, self._people()),
            "roltoekenning": (-1, self._grants()),
            "onderwerp": (self.properties + units + BIG_UNITS, self._subjects(units)),
            "pand": (self.properties, self._panden()),
            "entiteit": (units + BIG_UNITS, self._units(units)),
            "dossier": (self.dossiers, self._dossiers()),
            "deelprocedure": (BIG_UNITS, self._parts(units)),
            "document": (documents, self._documents(documents)),
            "taak": (self.sizes.tasks, self._tasks()),
            "vivoo_registratie": (registered, self._registrations(units)),
        }
        for table, columns in COLUMNS.items():
            yield table, columns, *rows[table]

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
        return street(n), str(n // 100 % 400 + 1), nis(self.where[n])

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
            title, low = f"{street} {number}, Gemeente {code}", f" {street} {number} gemeente {code}".lower()
            sort = f"gemeente {code}\t{street.lower()}\t{number.zfill(8)}"
            parts = (street, number, "9000", f"Gemeente {code}", "Oost-Vlaanderen", "{}", "t")
            yield key(SUBJECT, n), f"PA18-{n:07d}", title, *parts, f"{low} pa18 {n:07d}", sort, 1, f"lb:{code}", code

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
        for n, (number, name, in_vlok) in enumerate(self._types(documents)):
            at = n % self.active if n < 2 * self.active else self.active + n % (self.dossiers - self.active)
            about = at % self.properties
            code = nis(self.where[about])
            moment = datetime.combine(TODAY - timedelta(days=n % 900), datetime.min.time(), UTC)
            shared = moment if n % 10 else None
            status = ("Ondertekend" if in_vlok else "Opgeladen") if shared else "In opmaak"
            owner = f"lb:{code}" if n % 3 else "wvl"
            row = (number, name, status, key(DOSSIER, at), key(SUBJECT, about), shared is None, moment, shared, shared)
            yield key(DOCUMENT, n), f"DO20-{n:07d}", *row, 1, owner, code

    def _types(self, count: int) -> Iterator[tuple[str, str, bool]]:
        """The type of each document, by the published shares."""
        types, shares = self.load.document_types, self.load.cumulative_types
        for done in range(0, count, AT_ONCE):
            yield from self.random.choices(types, cum_weights=shares, k=min(AT_ONCE, count - done))

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
            words, sort = f" {street} {number} {code}".lower(), f"{street.lower()}\t{number.zfill(8)}\t{n:08d}"
            place = (f"EN18-{n:07d}", f"{street} {number} bus {n}", f"Gemeente {code}", "Oost-Vlaanderen", "OO")
            rest = (TODAY - timedelta(days=n % 3000), None, "{}", "import", words, sort, 1, "wvl", code)
            yield key(REGISTRATION, n), f"VI20-{n:06d}", key(UNIT, n), key(SUBJECT, at), *place, *rest
