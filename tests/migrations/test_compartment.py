"""The schema of a compartment: equal copies, no key across the wall, nobody else's rights, down to nothing and up."""

from collections.abc import Iterator

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.util.exc import CommandError
from sqlalchemy import create_engine

from vlok.api.compartment_migration import LOG, places, stand_in
from vlok.api.errors import ContractError
from vlok.app import contributions
from vlok.db import migrate
from vlok.db.copies import differences
from vlok.db.roles import connected
from vlok.settings import Settings
from vlok.testing.world import TEMPLATE, build_template

FOUND = contributions(Settings())
FOLDERS = FOUND.migrations
[COMPARTMENT] = FOUND.compartments.values()
WI = COMPARTMENT.schema
SCHEMAS = (WI, WI + LOG)


@pytest.fixture(scope="module")
def migrated(cluster) -> Iterator:
    """One migrated database, only to look at."""
    cluster.template(TEMPLATE, build_template)
    made = cluster.clone(TEMPLATE)
    yield made
    cluster.drop(made)


@pytest.fixture
def database(cluster) -> Iterator:
    """A migrated database of this test."""
    cluster.template(TEMPLATE, build_template)
    made = cluster.clone(TEMPLATE)
    yield made
    cluster.drop(made)


def rows(database, query: str, *given: object) -> list[tuple]:
    with connected(database.admin_url) as admin:
        return admin.execute(query, given or None).fetchall()


def standing(database) -> set[str]:
    """The tables of ours in the compartment."""
    found = rows(
        database,
        "select tablename from pg_tables where schemaname = any(%s) and tablename not like 'procrastinate%%'",
        list(SCHEMAS),
    )
    return {name for (name,) in found}


def mapped() -> set[str]:
    return {name for name in migrate.Base.metadata.tables if migrate.owner_of_table(name) in FOLDERS}


def test_exactly_those_tables_stand_in_it_that_the_compartment_holds(migrated):
    assert standing(migrated) == {name for name in mapped() if COMPARTMENT.holds(name)}


def test_the_copies_are_equal_to_their_originals(migrated):
    engine = create_engine(migrated.owner_url)
    with engine.connect() as connection:
        assert list(differences(connection, WI)) == []
    engine.dispose()


def test_a_later_migration_finds_every_place_of_a_table(migrated):
    engine = create_engine(migrated.owner_url)
    with engine.connect() as connection, Operations.context(MigrationContext.configure(connection)):
        assert places("dossier") == ["public", WI]
        assert places("auditregel") == ["public", WI + LOG]
        assert places("pand") == ["public"]
    engine.dispose()


def test_a_table_that_counts_in_a_sequence_may_not_stand_in_two_places(migrated):
    engine = create_engine(migrated.owner_url)
    with engine.connect() as connection, Operations.context(MigrationContext.configure(connection)):
        connection.exec_driver_sql("create table public.teller (id bigserial primary key)")
        with pytest.raises(ContractError, match="teller"):
            stand_in(WI, ("teller",))
        connection.rollback()
    engine.dispose()


FORGOTTEN = (
    "alter table public.dossier add column vergeten text",
    "alter table public.dossier drop column info",
    "alter table public.dossier alter column info set not null",
    "alter table public.dossier alter column info set default 'x'",
    "alter table public.dossier alter column info type varchar(10)",
    "alter table public.dossier add constraint ck_vergeten check (status <> '')",
    "alter table public.dossier drop constraint uq_dossier_referte",
    "create index ix_vergeten on public.taak (deadline)",
    "drop trigger blijft on public.auditregel",
    f"alter table {WI}.taak add column te_veel text",
    f"alter table {WI}.taak drop constraint fk_taak_dossier_id",
    f"drop trigger schakel on {WI}{LOG}.auditregel",
    f"create or replace trigger schakel before insert on {WI}{LOG}.auditregel"
    " for each row execute function public.auditregel_schakel()",
    "alter table public.auditregel reset (toast_tuple_target)",
)


@pytest.mark.parametrize("change", FORGOTTEN)
def test_a_change_that_forgets_one_of_the_places_is_found(migrated, change):
    """Rolled back: what is seen inside the transaction is what counts."""
    engine = create_engine(migrated.admin_url)
    with engine.connect() as connection, connection.begin() as transaction:
        connection.exec_driver_sql(change)
        assert list(differences(connection, WI)) != []
        transaction.rollback()
    engine.dispose()


def test_the_check_of_all_migrations_includes_the_copies(database):
    with connected(database.owner_url) as owner:
        owner.execute(f"alter table {WI}.nummerreeks add column vergeten text")
    with pytest.raises(CommandError, match=r"wi\.nummerreeks: columns"):
        migrate.check(database.owner_url, {WI: FOLDERS[WI]})


def test_no_foreign_key_crosses_the_wall_in_either_direction(migrated):
    found = rows(
        migrated,
        """select conname, a.relnamespace::regnamespace::text, b.relnamespace::regnamespace::text from pg_constraint
           join pg_class a on a.oid = conrelid join pg_class b on b.oid = confrelid where contype = 'f'""",
    )
    assert len(found) > 40
    assert [name for name, here, there in found if here != there] == []
    assert {here for _, here, _ in found} == {"public", WI}


def test_every_table_in_it_is_under_forced_row_security(migrated):
    found = rows(
        migrated,
        """select relname from pg_class where relkind = 'r' and relnamespace::regnamespace::text = any(%s)
           and relname not like 'procrastinate%%' and not (relrowsecurity and relforcerowsecurity)""",
        list(SCHEMAS),
    )
    assert found == []
    roles = rows(
        migrated, "select distinct unnest(roles)::text from pg_policies where schemaname = any(%s)", list(SCHEMAS)
    )
    assert {role for (role,) in roles} == {f"vlok_{WI}", "vlok_owner"}


def test_nobody_but_its_own_role_has_any_right_in_it(migrated):
    found = rows(
        migrated,
        """select relname, grantee::regrole::text, privilege_type from pg_class, aclexplode(relacl)
           where relnamespace::regnamespace::text = any(%s) and grantee <> relowner""",
        list(SCHEMAS),
    )
    assert {role for _, role, _ in found} == {f"vlok_{WI}"}
    on_the_trail = {right for name, _, right in found if name == "auditregel"}
    assert on_the_trail == {"SELECT", "INSERT"}
    schemas = rows(
        migrated,
        """select nspname, grantee::regrole::text, privilege_type from pg_namespace, aclexplode(nspacl)
           where nspname = any(%s) and grantee <> nspowner""",
        list(SCHEMAS),
    )
    assert sorted(schemas) == [(schema, f"vlok_{WI}", "USAGE") for schema in sorted(SCHEMAS)]


def test_its_role_may_read_what_is_shared_and_change_nothing(migrated):
    group = rows(
        migrated,
        """select privilege_type, array_agg(relname::text) from pg_class, aclexplode(relacl)
           where relnamespace = 'public'::regnamespace and grantee = 'vlok_compartiment'::regrole group by 1""",
    )
    [(right, readable)] = group
    assert right == "SELECT"
    secret = {"sessie", "afmelding", "roltoekenning", "mandaat", "antwoord", "feit", "auditregel"}
    assert set(readable) == {name for name in mapped() if not name.startswith("wi_")} - secret - {
        "nummerreeks",
        "ontvangst",
    }
    of_its_own = "select relname from pg_class, aclexplode(relacl) where relnamespace = 'public'::regnamespace"
    assert rows(migrated, f"{of_its_own} and grantee = %s::regrole", f"vlok_{WI}") == []


def test_its_queue_says_nothing_over_a_channel(migrated):
    found = rows(
        migrated,
        """select tgname from pg_trigger join pg_class on pg_class.oid = tgrelid join pg_proc on pg_proc.oid = tgfoid
           where relnamespace::regnamespace::text = any(%s) and prosrc ilike '%%pg_notify%%'""",
        list(SCHEMAS),
    )
    assert found == []
    shared = rows(migrated, "select count(*) from pg_trigger where tgname like 'procrastinate_jobs_notify%%'")
    assert shared == [(2,)]


def test_it_shares_no_sequence(migrated):
    found = rows(
        migrated,
        """select pg_get_expr(adbin, adrelid) from pg_attrdef join pg_class on pg_class.oid = adrelid
           where relnamespace::regnamespace::text = any(%s)""",
        list(SCHEMAS),
    )
    assert [text for (text,) in found if "nextval" in text and f"'{WI}." not in text and "public." in text] == []


EVERYTHING = (
    "select table_schema, table_name, column_name, data_type, is_nullable from information_schema.columns",
    "select schemaname, tablename, indexname, indexdef, '' from pg_indexes",
    "select connamespace::regnamespace::text, conrelid::regclass::text, conname, pg_get_constraintdef(oid), ''"
    " from pg_constraint",
    "select schemaname, tablename, policyname, qual, roles::text from pg_policies",
    "select relnamespace::regnamespace::text, relname, relacl::text, relforcerowsecurity::text, '' from pg_class",
)


def state(database) -> list[str]:
    found = [row for query in EVERYTHING for row in rows(database, query)]
    return sorted(str(row) for row in found if row[0] in (*SCHEMAS, "public"))


def test_it_goes_down_to_nothing_and_up_to_the_same(database):
    before = state(database)
    migrate.downgrade(database.owner_url, WI, FOLDERS[WI])
    assert rows(database, "select nspname from pg_namespace where nspname = any(%s)", list(SCHEMAS)) == []
    migrate.upgrade(database.owner_url, FOLDERS)
    assert state(database) == before


def test_a_database_from_before_the_compartments_gets_the_rights_of_a_new_one(database):
    before = state(database)
    migrate.downgrade(database.owner_url, WI, FOLDERS[WI])
    migrate.downgrade(database.owner_url, "kernel", FOLDERS["kernel"], "kernel_0004")
    visiting = "select tablename from pg_policies where schemaname = 'public' and 'vlok_compartiment' = any(roles)"
    assert rows(database, visiting) == []
    migrate.upgrade(database.owner_url, FOLDERS)
    assert state(database) == before
