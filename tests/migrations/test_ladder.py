"""Migrations: from nothing to what the classes say, down and up again, each distribution by itself."""

from collections.abc import Iterator

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect
from tests.kernel.trail import AALST, add, as_app, faults

from vlok.api.wijzers import DEEL, STAP
from vlok.app import contributions
from vlok.db import migrate
from vlok.db.roles import connected
from vlok.settings import Settings
from vlok.testing.world import TEMPLATE, build_template

FOLDERS = contributions(Settings()).migrations
PLUGINS = sorted(set(FOLDERS) - set(migrate.FIRST))


@pytest.fixture
def database(cluster) -> Iterator:
    """A migrated database of this test."""
    cluster.template(TEMPLATE, build_template)
    made = cluster.clone(TEMPLATE)
    yield made
    cluster.drop(made)


def tables(url: str) -> set[str]:
    engine = create_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def state(database) -> list[tuple]:
    """Columns, indexes, constraints and row rules, as PostgreSQL knows them."""
    queries = (
        "select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns",
        "select tablename, indexname, indexdef, '', '' from pg_indexes",
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '' from pg_constraint",
        "select tablename, policyname, qual, with_check, roles::text from pg_policies",
        "select relname, relrowsecurity::text, relforcerowsecurity::text, relacl::text, '' from pg_class",
    )
    where = (
        "table_schema",
        "schemaname",
        "connamespace::regnamespace::text",
        "schemaname",
        "relnamespace::regnamespace::text",
    )
    with connected(database.admin_url) as admin:
        return sorted(
            str(row) for query, schema in zip(queries, where, strict=True)
            for row in admin.execute(f"{query} where {schema} = 'public'")
        )  # fmt: skip


def test_the_migrations_make_what_the_classes_say(database):
    migrate.check(database.owner_url, FOLDERS)


def test_migrating_again_changes_nothing(database):
    before = state(database)
    migrate.upgrade(database.owner_url, FOLDERS)
    assert state(database) == before


@pytest.mark.parametrize("key", FOLDERS)
def test_a_distribution_has_one_straight_chain_named_after_it(key):
    script = ScriptDirectory.from_config(migrate.config("", key, FOLDERS[key]))
    assert len(script.get_bases()) == len(script.get_heads()) == 1
    assert all(revision.revision.startswith(f"{key}_") for revision in script.walk_revisions())


@pytest.mark.parametrize("key", PLUGINS)
def test_a_plugin_goes_down_to_nothing_and_up_to_the_same(database, key):
    before, there = state(database), tables(database.owner_url)
    own = {name for name in there if migrate.owner_of_table(name) == key}
    migrate.downgrade(database.owner_url, key, FOLDERS[key])
    assert tables(database.owner_url) == there - own
    migrate.upgrade(database.owner_url, FOLDERS)
    assert state(database) == before


def test_everything_goes_down_to_nothing_and_up_to_the_same(database):
    before = state(database)
    for key in reversed(migrate.order(FOLDERS)):
        migrate.downgrade(database.owner_url, key, FOLDERS[key])
    assert {name for name in tables(database.owner_url) if migrate.owner_of_table(name)} == set()
    migrate.upgrade(database.owner_url, FOLDERS)
    assert state(database) == before


@pytest.mark.parametrize("gone", PLUGINS)
def test_a_plugin_taken_away_leaves_the_others_able_to_move_on(database, gone):
    left = {key: folder for key, folder in FOLDERS.items() if key != gone}
    migrate.upgrade(database.owner_url, left)
    migrate.check(database.owner_url, left)
    mover = next(key for key in reversed(migrate.order(left)))
    migrate.downgrade(database.owner_url, mover, left[mover])
    migrate.upgrade(database.owner_url, left)
    assert f"alembic_version_{gone}" in tables(database.owner_url)


@pytest.mark.parametrize("key", FOLDERS)
def test_a_plugins_tables_carry_its_key(key):
    owned = {name for name in migrate.Base.metadata.tables if migrate.owner_of_table(name) == key}
    assert owned
    if key not in migrate.FIRST:
        assert {name for name in owned if not name.startswith(f"{key}_")} == set()


def test_a_chain_goes_on_through_a_step_back_without_the_pointers_that_were_not_known_then(database):
    def pointers() -> list[int]:
        with connected(database.admin_url) as admin:
            asked = "select volgnummer from auditregel where wijzer is not null order by 1"
            return [number for (number,) in admin.execute(asked).fetchall()]

    def write(lines: int) -> None:
        with as_app(database, AALST) as app:
            for _ in range(lines):
                add(app, AALST)

    write(DEEL + STAP)
    assert pointers() == list(range(STAP, DEEL + STAP + 1, STAP))
    migrate.downgrade(database.owner_url, "kernel", FOLDERS["kernel"], "kernel_0008")
    assert pointers() == [DEEL]
    migrate.upgrade(database.owner_url, FOLDERS)
    write(DEEL)
    assert pointers() == [DEEL, *range(DEEL + 2 * STAP, 2 * DEEL, STAP), 2 * DEEL + STAP]
    assert faults(database) == []
