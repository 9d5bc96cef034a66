"""A database with nothing in it but an audit trail, and what somebody does to that who has the whole database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from psycopg.types.json import Jsonb

from vlok.audit.anchors import Anchors, by_place
from vlok.audit.places import heads
from vlok.audit.verify import check
from vlok.db.roles import connected
from vlok.testing.practice_world import TEMPLATE, build_template

AALST, GENT = "lb:41002", "lb:44021"
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
AWKWARD = {
    "naam": "Ni\u00ebl d'Hondt \U0001f3e0",
    "lijst": [1.50, None, {"a": "b:3"}],
    "leeg": "",
    "pad": "C:\\map\t\r\n\\N",
}
INSERT = """
insert into auditregel (id, tijdstip, domein, gebruiker_id, gebruiker, organisatie, namens, rollen, soort, wat, doel,
    subject_type, subject_id, getoond, verzoek_id, gegevens)
values (%s, %s, %s, %s, 'Jan', 'Stad', %s, %s, 'openen', %s, null, 'Dossier', %s, %s, '', %s)
"""


@pytest.fixture(scope="module")
def kept(cluster) -> Iterator:
    """The kernel's tables."""
    cluster.template(TEMPLATE, build_template)
    made = cluster.clone(TEMPLATE)
    yield made
    cluster.drop(made)


@pytest.fixture
def database(kept):
    """The same, with an empty log."""
    tamper(kept, "truncate auditregel")
    return kept


@contextmanager
def as_app(database, domein: str) -> Iterator[psycopg.Connection]:
    with connected(database.app_url) as app:
        app.execute("select set_config('app.domein', %s, false)", [domein])
        yield app


def add(app: psycopg.Connection, domein: str, wat: str = "dossier") -> None:
    given = [uuid4(), NOW, domein, uuid4(), "vervangt Els", ["lb.lezer", 'a"b,{c}'], wat, uuid4(), [uuid4(), uuid4()]]
    app.execute(INSERT, [*given, Jsonb(AWKWARD)])


def fill(database, **counts: int) -> None:
    """Some lines of Aalst and of Gent, in turn."""
    for domein, count in zip((AALST, GENT), counts.values(), strict=True):
        with as_app(database, domein) as app:
            for number in range(count):
                add(app, domein, f"vraag {number}")


def tamper(database, *statements: str) -> None:
    """What somebody can do who has the whole database."""
    with connected(database.admin_url) as admin, admin.transaction():
        admin.execute("set local session_replication_role = replica")
        for statement in statements:
            admin.execute(statement)


def faults(database, anchors: Anchors | None = None) -> list[str]:
    anchored = by_place(anchors.all()) if anchors else None
    return [str(one.fault) for one in check(database.owner_url, anchored=anchored) if one.fault]


@pytest.fixture
def anchors(tmp_path) -> Anchors:
    return Anchors(tmp_path / "anker" / "logboek.jsonl", tmp_path / "anker.sleutel")


def anchor(database, anchors: Anchors, now: datetime = NOW) -> None:
    for place, found in heads(database.owner_url).items():
        anchors.add(place, found, now)
