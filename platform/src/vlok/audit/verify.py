"""Checking the chains from the outside: every hash is computed again here, from the rows as they stand.

Nothing of the trigger that makes the links is used, and no link is believed because it is stored. What a chain alone
cannot show (that its end was cut off, or that all of it was written again) shows against an anchor.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

from vlok.api.wijzers import DEEL, STAP
from vlok.db.roles import connected

TABLE = "auditregel"
VERSION = "2:v1"
NOTHING = "00" * 32
"""What stands before the first line."""
FIELDS = (
    "volgnummer::text",
    "encode(vorige, 'hex')",
    "id::text",
    "(extract(epoch from tijdstip) * 1000000)::bigint::text",
    "domein",
    "gebruiker_id::text",
    "gebruiker",
    "organisatie",
    "namens",
    "rollen::text",
    "soort",
    "wat",
    "doel",
    "subject_type",
    "subject_id::text",
    "getoond::text",
    "verzoek_id",
    "gegevens::text",
)
"""What the hash of a line covers, in this order, each as text preceded by its length in bytes; ``-`` for nothing."""
SERIALISED = f"'{VERSION}' || " + " || ".join(f"coalesce(octet_length({one}) || ':' || {one}, '-')" for one in FIELDS)
"""The same in SQL, the verifier's own: PostgreSQL puts a line together, and what it makes of it is hashed here."""
NULL = "\\N"
ESCAPED = re.compile(r"\\(.)", re.DOTALL)
SIGNS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}

Heads = Mapping[str, tuple[int, str]]
"""Domain → number and hash of a line."""


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong with a chain, in one Dutch sentence."""

    plaats: str
    domein: str
    nummer: int
    tekst: str

    def __str__(self) -> str:
        return f"{self.plaats}, domein {self.domein}, regel {self.nummer}: {self.tekst}"


@dataclass(frozen=True)
class Checked:
    """What a chain turned out to be: how many lines are sound, and the first fault, if any."""

    plaats: str
    domein: str
    regels: int
    fault: Fault | None


def check(
    url: str, domein: str | None = None, anchored: Mapping[str, Mapping[str, Heads]] | None = None
) -> list[Checked]:
    """Check every chain of every place (or only those of ``domein``), as an owner, who sees all lines.

    ``anchored``: per anchor (as users read of it) the heads of one place, by place; each must still be in the chain.
    """
    with connected(url) as connection:
        connection.execute("set enable_sort to off")  # the index holds every chain in its order
        return [
            check_chain(connection, place, own, (anchored or {}).get(place, {}))
            for place in places(connection)
            for own in sorted({*domains(connection, place), *_known(place, anchored)})
            if domein in (None, own)
        ]


def places(connection: psycopg.Connection[Any]) -> list[str]:
    """The schemas that hold an audit trail."""
    found = connection.execute(
        "select relnamespace::regnamespace::text from pg_class where relname = %s and relkind = 'r' order by 1", [TABLE]
    )
    return [row[0] for row in found]


def domains(connection: psycopg.Connection[Any], place: str) -> list[str]:
    """The domains that have a chain in a place."""
    found = connection.execute(SQL("select distinct domein from {}").format(Identifier(place, TABLE)))
    return [row[0] for row in found]


def _known(place: str, anchored: Mapping[str, Mapping[str, Heads]] | None) -> set[str]:
    return {domein for heads in (anchored or {}).get(place, {}).values() for domein in heads}


def check_chain(connection: psycopg.Connection[Any], place: str, domein: str, anchors: Mapping[str, Heads]) -> Checked:
    """Compute one chain again, from its first line to its last."""
    wanted: dict[int, list[tuple[str, str]]] = {}
    for name, heads in anchors.items():
        if domein in heads:
            wanted.setdefault(heads[domein][0], []).append((heads[domein][1], name))
    number, previous = 0, NOTHING
    for stored, *link, text in links(connection, place, domein):
        digest = hashlib.sha256(text).hexdigest()
        fault = _fault(number, previous, digest, link, stored) or _foreign(digest, wanted.get(number + 1, []))
        if fault:
            return Checked(place, domein, number, Fault(place, domein, number + 1, fault))
        number, previous = number + 1, digest
    last = max(wanted, default=0)
    if last > number:
        text = f"ontbreekt; {wanted[last][-1][1]} telt {last} regels: het einde van het logboek is verwijderd."
        return Checked(place, domein, number, Fault(place, domein, number + 1, text))
    return Checked(place, domein, number, _misled(connection, place, domein))


def links(connection: psycopg.Connection[Any], place: str, domein: str) -> Iterator[tuple[Any, ...]]:
    """The stored hash, the number, the hash before it and the serialised fields of every line, as they stream out."""
    rows = SQL("select encode(hash, 'hex'), volgnummer::text, encode(vorige, 'hex'), {} from {} {}").format(
        SQL(SERIALISED), Identifier(place, TABLE), _chain(domein)
    )
    connection.execute("set client_encoding to 'sql_ascii'")  # as bytes: nothing is decoded a million times
    try:
        with connection.cursor() as cursor, cursor.copy(SQL("copy ({}) to stdout").format(rows)) as copy:
            for stored, number, previous, text in copy.rows():
                yield _word(stored), _word(number), _word(previous), text
    finally:
        connection.execute("reset client_encoding")


def lines(connection: psycopg.Connection[Any], place: str, domein: str) -> Iterator[list[str]]:
    """The stored hash and the fields of every line of a chain, in order, as they stream out of the database.

    Each byte is one character (latin-1): lengths count bytes, and nothing is decoded a million times. A value stands as
    ``copy`` writes it; ``plain`` makes it readable.
    """
    rows = SQL("select encode(hash, 'hex'), {} from {} {}").format(
        SQL(", ").join(SQL(field) for field in FIELDS), Identifier(place, TABLE), _chain(domein)
    )
    with connection.cursor() as cursor, cursor.copy(SQL("copy ({}) to stdout").format(rows)) as copy:
        for row in copy:
            yield bytes(row)[:-1].decode("latin-1").split("\t")


def _chain(domein: str) -> Composed:
    return SQL("where domein = {} order by -volgnummer desc").format(Literal(domein))


POINTERS = """
select wijst.volgnummer from {0} wijst where wijst.domein = {1} and wijst.wijzer is not null and wijst.wijzer <> array(
    select uuid_hash(sleutel) from {0} regel
    cross join lateral (select unnest(regel.getoond) union all select regel.subject_id) deel(sleutel)
    where regel.domein = {1} and regel.volgnummer <= wijst.volgnummer
    and regel.volgnummer > wijst.volgnummer - case wijst.volgnummer % {2} when 0 then {2} else {3} end
    and sleutel is not null group by 1 order by 1)
order by 1 limit 1
"""


def _misled(connection: psycopg.Connection[Any], place: str, domein: str) -> Fault | None:
    """No link covers a pointer, for it follows from the lines: one that does not would keep lines from who asks."""
    asked = SQL(POINTERS).format(Identifier(place, TABLE), Literal(domein), Literal(DEEL), Literal(STAP))
    found = connection.execute(asked).fetchone()
    text = "heeft een wijzer die niet past bij de regels ervoor: wie naar een dossier vraagt, kan er missen."
    return Fault(place, domein, found[0], text) if found else None


def _word(found: bytes | None) -> str:
    return "" if found is None else found.decode()


def plain(value: str) -> str | None:
    """A value without the signs by which ``copy`` keeps it on its line; None for nothing."""
    return None if value == NULL else ESCAPED.sub(lambda found: SIGNS.get(found[1], found[1]), value)


def _fault(number: int, previous: str, digest: str, link: list[str], stored: str) -> str | None:
    if link[0] != str(number + 1):
        return f"ontbreekt; na regel {number} komt regel {link[0]}."
    if link[1] != previous:
        return "sluit niet aan op de vorige regel."
    return None if digest == stored else "is gewijzigd: de inhoud past niet bij haar hash."


def _foreign(digest: str, wanted: list[tuple[str, str]]) -> str | None:
    other = next((name for expected, name in wanted if expected != digest), None)
    return None if other is None else f"is een andere dan die van {other}: de ketting is herschreven."
