"""Dossiers that are ready for the decision of the burgemeester: each is decided about once, so there are many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain, cycle, islice
from time import time_ns
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.sql import SQL, Identifier

from bench.omgeving import Environment, Person
from vlok.db.roles import connected

ROLE = "lb.dossierbeheerder"
"""Whose action the decision is."""
OWNED = ("domein", "gebied")
COLUMNS = {
    "onderwerp": ("id", "soort", "referte", "titel", *OWNED),
    "pand": (
        *("id", "referte", "titel", "straat", "huisnummer", "postcode", "gemeente", "provincie", "capakeys"),
        *("actief", "zoek", "sorteer", "versie", *OWNED),
    ),
    "entiteit": ("id", "referte", "titel", "pand_id", "soort", "busnummer", "capakeys", "sorteer", "versie", *OWNED),
    "dossier": (
        *("id", "referte", "soort", "onderwerp_id", "status", "info", "gestart_op", "gewijzigd_op"),
        *("gewijzigd_door", "versie", *OWNED),
    ),
    "deelprocedure": ("id", "referte", "dossier_id", "entiteit_id", "status", "gestart_op", "versie", *OWNED),
    "oo_procedure": ("dossier_id", "datum_verzoek", "initiatiefnemer", "verzoeker_ids", "omschrijving", *OWNED),
    "oo_adviesvraag": ("id", "referte", "dossier_id", "datum", "type_woning", "entiteit_ids", *OWNED),
    "oo_bevinding": (
        *("id", "dossier_id", "pand_id", "entiteit_id", "onderzoek_id", "onderzoek_referte", "datum", "uitslag"),
        *OWNED,
    ),
    "taak": (
        *("id", "referte", "nummer", "naam", "rol", "onderwerp_id", "dossier_id", "deadline", "sorteerdatum"),
        *("aangemaakt_op", *OWNED),
    ),
}
"""In the order of their references."""
LEFT_BEHIND = (
    "document",
    "oo_beslissing",
    "uitvoering",
    "taak",
    "oo_adviesvraag",
    "oo_bevinding",
    "oo_procedure",
    "deelprocedure",
)
"""What a run leaves in a dossier."""


@dataclass(frozen=True)
class Zaak:
    """One ready dossier, and who decides about it."""

    person: Person
    key: UUID
    pand: UUID
    referte: str
    entiteiten: tuple[str, ...]

    def body(self) -> dict[str, Any]:
        """The answers of the wizard: the same decision about every unit, to be taken next week."""
        day = (datetime.now(UTC).date() + timedelta(days=7)).isoformat()
        return {
            "entiteiten": {"entiteiten": list(self.entiteiten)},
            "standaard": {"datum": day, "beslissing": "OG"},
            "ondertekening": {"flow": "MANUEEL"},
        }


def deciders(people: Iterable[Person]) -> list[Person]:
    """Those among the users who may decide, one per municipality."""
    found = {person.domein: person for person in people if person.gebied != "*" and ROLE in person.rollen}
    return list(found.values())


def prepare(environment: Environment, people: Sequence[Person], units: int, count: int) -> list[Zaak]:
    """So many new dossiers with so many units each, by COPY."""
    run = f"{time_ns() // 1000 % 10**10:010}"
    made = [_made(person, f"{run}{n:04}", units) for n, person in enumerate(islice(cycle(people), count))]
    with connected(environment.admin_url) as connection:
        connection.execute("set session_replication_role = replica")  # the rows are sound by construction
        for table, columns in COLUMNS.items():
            words = SQL("copy {} ({}) from stdin").format(Identifier(table), SQL(", ").join(map(Identifier, columns)))
            with connection.cursor() as cursor, cursor.copy(words) as copy:
                for row in chain.from_iterable(rows[table] for _, rows in made):
                    copy.write_row(row)
        connection.execute("set session_replication_role = origin")
    return [zaak for zaak, _ in made]


def _made(person: Person, number: str, units: int) -> tuple[Zaak, dict[str, list[tuple[Any, ...]]]]:
    own = (person.domein, person.gebied)
    pand, dossier, today = uuid4(), uuid4(), datetime.now(UTC).date()
    gemeente, titel = f"Gemeente {person.gebied}", f"Benchstraat {number}"
    street = ("Benchstraat", number, "9000", gemeente, "Oost-Vlaanderen", [])
    begun, moment = today - timedelta(days=90), datetime.now(UTC)
    deadline = today + timedelta(days=30)
    status = ("Gestart", "Procedure OO", begun, moment, "Persoon", 1)
    task = ("termijn reacties", ROLE, pand, dossier, deadline, deadline, moment)
    keys = [uuid4() for _ in range(units)]
    names = tuple(f"EN99-{number}{n:03}" for n in range(units))
    rows: dict[str, list[tuple[Any, ...]]] = {
        "onderwerp": [(pand, "pand", f"PA99-{number}", titel, *own)],
        "pand": [(pand, f"PA99-{number}", titel, *street, True, f" {titel.lower()}", f"{gemeente}\t{number}", 1, *own)],
        "dossier": [(dossier, f"OO99-{number}", "oo", pand, *status, *own)],
        "oo_procedure": [(dossier, begun, "belanghebbende", [], "", *own)],
        "oo_adviesvraag": [(uuid4(), f"AV99-{number}", dossier, begun, "ZW", keys, *own)],
        "taak": [(uuid4(), f"TK99-{number}", 13, *task, *own)],
        "entiteit": [],
        "deelprocedure": [],
        "oo_bevinding": [],
    }
    for n, (key, name) in enumerate(zip(keys, names, strict=True)):
        _unit(rows, (pand, dossier), (key, name, f"{titel} bus {n}", n), begun, own)
    return Zaak(person, dossier, pand, f"OO99-{number}", names), rows


def _unit(
    rows: dict[str, list[tuple[Any, ...]]],
    where: tuple[UUID, UUID],
    unit: tuple[UUID, str, str, int],
    begun: date,
    own: tuple[str, str],
) -> None:
    """A unit of the pand, in the dossier, examined by the municipality itself."""
    (pand, dossier), (key, name, titel, n) = where, unit
    rows["onderwerp"].append((key, "entiteit", name, titel, *own))
    rows["entiteit"].append((key, name, titel, pand, "ZW", str(n), [], f"{n:08}", 1, *own))
    rows["deelprocedure"].append((uuid4(), f"DP{name[2:]}", dossier, key, "Gestart", begun, 1, *own))
    found = (uuid4(), f"OZ{name[2:]}", begun + timedelta(days=10), "OG")
    rows["oo_bevinding"].append((uuid4(), dossier, pand, key, *found, *own))


def remove(environment: Environment, zaken: Sequence[Zaak]) -> None:
    """Take the dossiers out again with all that was written in them: the next run finds the database as this one."""
    dossiers, panden = [zaak.key for zaak in zaken], [zaak.pand for zaak in zaken]
    with connected(environment.admin_url) as connection:
        connection.execute("set session_replication_role = replica")
        for table in LEFT_BEHIND:
            where = SQL("delete from {} where dossier_id = any(%s)").format(Identifier(table))
            connection.execute(where, [dossiers])
        _without_jobs(connection)
        connection.execute("delete from dossier where id = any(%s)", [dossiers])
        units = "with gone as (delete from entiteit where pand_id = any(%s) returning id)"
        connection.execute(f"{units} delete from onderwerp where id in (select id from gone)", [panden])
        connection.execute("delete from pand where id = any(%s)", [panden])
        connection.execute("delete from onderwerp where id = any(%s)", [panden])
        connection.execute("set session_replication_role = origin")


def _without_jobs(connection: psycopg.Connection[Any]) -> None:
    """Nobody prints the letters here."""
    connection.execute("truncate procrastinate_jobs, procrastinate_events cascade")
