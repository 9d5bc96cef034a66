"""A million lines of the log are checked in half a minute, and a change in the last of them is seen."""

from __future__ import annotations

import os
import time
from hashlib import sha256
from uuid import UUID

import pytest
from tests.kernel.trail import AALST, NOW, database, faults, kept, tamper

from vlok.audit.verify import NOTHING, VERSION, check
from vlok.db.roles import connected

__all__ = ["database", "kept"]

LINES = 1_000_000
SECONDS = 30
COLUMNS = (
    "volgnummer", "vorige", "id", "tijdstip", "domein", "gebruiker_id", "gebruiker", "organisatie", "namens", "rollen",
    "soort", "wat", "doel", "subject_type", "subject_id", "getoond", "verzoek_id", "gegevens",
)  # fmt: skip
MOMENT = int(NOW.timestamp()) * 1_000_000


def a_line(number: int, previous: str) -> tuple[str, list[str | None]]:
    """The hash of a line and its fields; the hash is worked out here, from the description of the chain alone."""
    key, other = str(UUID(int=number)), str(UUID(int=number % 1200, version=4))
    fields = [
        str(number), previous, key, str(MOMENT), AALST, other, "Jan Janssens", "Stad Aalst",
        "vervangt Els" if number % 50 == 0 else None, "{lb.lezer,lb.woningcontroleur}", "openen", f"dossier {number}",
        None, "Dossier", key, f"{{{key},{other}}}", key[:18], f'{{"zoek": "Kanaalstraat {number} \\\\ é"}}',
    ]  # fmt: skip
    parts = ["-" if one is None else f"{len(one.encode())}:{one}" for one in fields]
    return sha256((VERSION + "".join(parts)).encode()).hexdigest(), fields


def generate(database, lines: int) -> None:
    """A sound chain, put in around the trigger that would have made it."""
    previous = NOTHING
    words = f"copy auditregel ({', '.join(COLUMNS)}, hash) from stdin"
    with connected(database.admin_url) as admin, admin.cursor() as cursor:
        admin.execute("set session_replication_role = replica")
        with cursor.copy(words) as copy:
            for number in range(1, lines + 1):
                digest, fields = a_line(number, previous)
                row = [*fields, f"\\x{digest}"]
                row[1], row[3] = f"\\x{previous}", NOW.isoformat()
                copy.write_row(row)
                previous = digest


@pytest.mark.lang
def test_a_million_lines_are_checked_in_half_a_minute_and_the_last_one_too(database):
    generate(database, LINES)
    began, own = time.perf_counter(), time.process_time()
    checked = [(one.regels, one.fault) for one in check(database.owner_url)]
    took, own = time.perf_counter() - began, time.process_time() - own
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    print(f"\n{LINES} regels nagerekend in {took:.1f} s, waarvan {own:.1f} s rekenen; {busy:.1f} taken per kern")
    assert checked == [(LINES, None)]
    tamper(database, f"update auditregel set gebruiker = 'Piet' where volgnummer = {LINES}")
    [found] = faults(database)
    assert f"regel {LINES}: is gewijzigd" in found
    assert took / busy < SECONDS


def test_a_chain_made_by_its_description_alone_is_sound(database):
    """So that what is measured above is a chain as the product makes it."""
    generate(database, 100)
    assert [(one.regels, one.fault) for one in check(database.owner_url)] == [(100, None)]
