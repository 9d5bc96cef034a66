"""The chains as an owner sees them: the last line of each, and all lines of one in a file."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from vlok.audit.export import safe
from vlok.audit.verify import FIELDS, TABLE, Heads, domains, lines, places, plain
from vlok.db.roles import connected

HEAD = "select volgnummer, encode(hash, 'hex') from {} where domein = %s order by -volgnummer limit 1"

TAKEN_OUT = """
insert into {} (id, tijdstip, domein, gebruiker_id, gebruiker, organisatie, rollen, soort, wat, getoond, verzoek_id,
    gegevens)
values (gen_random_uuid(), now(), %s, '00000000-0000-0000-0000-000000000000', 'Beheerder van de databank', 'VLOK',
    '{{}}', 'export', 'vlok audit export', '{{}}', '', '{{}}')
"""


def heads(owner_url: str) -> dict[str, Heads]:
    """Place → domain → its last line."""
    with connected(owner_url) as connection:
        return {place: _heads(connection, place) for place in places(connection)}


def _heads(connection: psycopg.Connection[Any], place: str) -> Heads:
    found: dict[str, tuple[int, str]] = {}
    for domein in domains(connection, place):
        last = connection.execute(SQL(HEAD).format(Identifier(place, TABLE)), [domein]).fetchone()
        assert last
        found[domein] = (last[0], last[1])
    return found


def lines_of(owner_url: str, place: str, domein: str, file: Path) -> int:
    """Write every line of a chain to a new file of its owner alone, with what its hash covers; how many there were.

    The chain says first that this was done.
    """
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    count = 0
    with connected(owner_url) as connection, os.fdopen(handle, "w", newline="", encoding="utf-8") as out:
        connection.execute(SQL(TAKEN_OUT).format(Identifier(place, TABLE)), [domein])
        writer = csv.writer(out, delimiter=";")
        writer.writerow(("hash", *FIELDS))
        for line in lines(connection, place, domein):
            writer.writerow([safe((plain(cell) or "").encode("latin-1").decode()) for cell in line])
            count += 1
    return count
