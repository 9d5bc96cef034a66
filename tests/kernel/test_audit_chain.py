"""The chain of the audit trail: how PostgreSQL links lines, and how the verifier finds a line that was forged."""

import threading
from uuid import uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from psycopg.types.json import Jsonb
from tests.kernel.trail import AALST, GENT, INSERT, NOW, add, as_app, database, faults, fill, kept, tamper

from vlok.audit.verify import check
from vlok.db import migrate
from vlok.db.roles import connected
from vlok.testing.practice import practice_contributions
from vlok.testing.practice_world import TEMPLATE

__all__ = ["database", "kept"]


def test_a_sound_chain_is_found_sound(database):
    fill(database, aalst=6, gent=3)
    checked = {one.domein: (one.regels, one.fault) for one in check(database.owner_url)}
    assert checked == {AALST: (6, None), GENT: (3, None)}


def test_one_domain_can_be_checked_alone(database):
    fill(database, aalst=2, gent=2)
    assert [one.domein for one in check(database.owner_url, domein=GENT)] == [GENT]


ATTACKS = {
    "change": ("update auditregel set gebruiker = 'Piet' where domein = 'lb:41002' and volgnummer = 4", 4, "gewijzigd"),
    "change of what was shown": (
        "update auditregel set getoond = getoond[1:1] where domein = 'lb:41002' and volgnummer = 2", 2, "gewijzigd",
    ),
    "delete": ("delete from auditregel where domein = 'lb:41002' and volgnummer = 3", 3, "ontbreekt"),
    "delete and close the gap": (
        "delete from auditregel where domein = 'lb:41002' and volgnummer = 3;"
        " update auditregel set volgnummer = 3 where domein = 'lb:41002' and volgnummer = 4", 3, "sluit niet aan",
    ),
    "insert": (
        "create temporary table vals on commit drop as"
        " select * from auditregel where domein = 'lb:41002' and volgnummer = 4;"
        "update auditregel set volgnummer = volgnummer + 100 where domein = 'lb:41002' and volgnummer >= 4;"
        "update auditregel set volgnummer = volgnummer - 99 where domein = 'lb:41002' and volgnummer >= 104;"
        "update vals set id = gen_random_uuid(), wat = 'ingevoegd';"
        "insert into auditregel select * from vals", 4, "gewijzigd",
    ),
    "swap": (
        "update auditregel set volgnummer = 99 where domein = 'lb:41002' and volgnummer = 2;"
        " update auditregel set volgnummer = 2 where domein = 'lb:41002' and volgnummer = 5;"
        " update auditregel set volgnummer = 5 where domein = 'lb:41002' and volgnummer = 99", 2, "sluit niet aan",
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_forged_line_is_found_where_it_stands(database, attack):
    statements, number, text = ATTACKS[attack]
    fill(database, aalst=6, gent=3)
    tamper(database, *statements.split(";"))
    [found] = faults(database)
    assert found.startswith(f"public, domein {AALST}, regel {number}: ")
    assert text in found


def test_who_writes_a_line_does_not_choose_its_link(database):
    fill(database, aalst=2, gent=0)
    chosen = INSERT.replace("(id,", "(volgnummer, vorige, hash, id,").replace("(%s,", "(7, '\\x00', '\\x01', %s,", 1)
    given = [uuid4(), NOW, AALST, uuid4(), None, [], "x", None, []]
    with as_app(database, AALST) as app:
        app.execute(chosen, [*given, Jsonb({})])
        assert app.execute("select max(volgnummer), count(*) from auditregel").fetchone() == (3, 3)
    assert faults(database) == []


@pytest.mark.parametrize("change", ["update auditregel set wat = ''", "delete from auditregel", "truncate auditregel"])
def test_nobody_changes_a_line_also_not_its_owner(database, change):
    fill(database, aalst=1, gent=0)
    for url in (database.app_url, database.owner_url, database.admin_url):
        with connected(url) as connection:
            connection.execute("select set_config('app.domein', 'lb:41002', false)")
            with pytest.raises(InsufficientPrivilege):
                connection.execute(change)
    assert [one.regels for one in check(database.owner_url)] == [1]


def test_nobody_writes_a_line_of_another_domain(database):
    with as_app(database, AALST) as app, pytest.raises(InsufficientPrivilege, match="row-level security"):
        add(app, GENT)


def test_the_function_that_links_is_nobodys_to_call(database):
    with as_app(database, AALST) as app, pytest.raises(psycopg.Error):
        app.execute("select auditregel_schakel()")


def test_eight_writers_at_once_make_one_sound_chain(database):
    def write() -> None:
        with as_app(database, AALST) as app:
            for _ in range(25):
                add(app, AALST)

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [(one.regels, one.fault) for one in check(database.owner_url)] == [(200, None)]


def test_a_line_that_is_not_kept_leaves_no_gap(database):
    with as_app(database, AALST) as app:
        with app.transaction(force_rollback=True):
            add(app, AALST)
        add(app, AALST)
    assert [(one.regels, one.fault) for one in check(database.owner_url)] == [(1, None)]


def links(database, domein: str) -> list[tuple]:
    with connected(database.admin_url) as admin:
        return admin.execute(
            "select volgnummer, vorige from auditregel where domein = %s order by 1", [domein]
        ).fetchall()


def test_the_chains_of_two_domains_do_not_touch_each_other(database):
    """The numbers and first link of one are the same whatever the other wrote, and none waits for another's end."""
    fill(database, aalst=5, gent=0)
    with as_app(database, GENT) as gent, gent.transaction():
        add(gent, GENT)
        with as_app(database, AALST) as aalst:
            aalst.execute("set lock_timeout = '1s'")
            add(aalst, AALST)
    assert [number for number, _ in links(database, GENT)] == [1]
    assert links(database, GENT)[0][1] == bytes(32)
    assert [number for number, _ in links(database, AALST)] == [1, 2, 3, 4, 5, 6]
    assert faults(database) == []


def test_lines_of_before_the_chain_are_linked_in_the_order_of_their_moments(cluster, kept):
    """A database that was in use gets sound chains; going back keeps the lines."""
    made, folder = cluster.clone(TEMPLATE), practice_contributions().migrations["kernel"]
    migrate.downgrade(made.owner_url, "kernel", folder, "kernel_0002")
    old = (
        "insert into auditregel (id, tijdstip, domein, gebruiker_id, gebruiker, rollen, wat, subject_id, verzoek_id,"
        " gegevens) values (gen_random_uuid(), %s, %s, gen_random_uuid(), 'An', '{}', %s, gen_random_uuid(), '', '{}')"
    )
    with connected(made.owner_url) as owner:
        for hour, domein, wat in [(3, AALST, "c"), (1, AALST, "document:lezen"), (2, GENT, "b")]:
            owner.execute(old, [NOW.replace(hour=hour), domein, wat])
    migrate.upgrade(made.owner_url, {"kernel": folder})
    assert [(one.domein, one.regels, one.fault) for one in check(made.owner_url)] == [(AALST, 2, None), (GENT, 1, None)]
    with connected(made.owner_url) as owner:
        found = owner.execute("select wat, soort, cardinality(getoond) from auditregel order by domein, volgnummer")
        assert found.fetchall() == [("document:lezen", "openen", 1), ("c", "wijziging", 0), ("b", "wijziging", 0)]
    migrate.downgrade(made.owner_url, "kernel", folder, "kernel_0002")
    with connected(made.owner_url) as owner:
        assert owner.execute("select count(*) from auditregel").fetchone() == (3,)
    cluster.drop(made)
