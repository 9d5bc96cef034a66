"""The roles of the product: no way around row security, and provisioning that may be repeated."""

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, QueryCanceled
from sqlalchemy import make_url

from vlok.db.roles import RoleError, app_password, app_url, connected, owner_url, provision
from vlok.testing.cluster import Database, Databases


@pytest.fixture
def database(cluster: Databases) -> Iterator[Database]:
    """A database with one table under row security: two domains, one row each."""
    cluster.template("embedded", two_domains)
    made = cluster.clone("embedded")
    yield made
    cluster.drop(made)


def two_domains(url: str) -> None:
    with connected(url) as owner:
        owner.execute("create table geheim (domein text, tekst text)")
        owner.execute("insert into geheim values ('lb:44021', 'Gent'), ('wi', 'Wooninspectie')")
        owner.execute("alter table geheim enable row level security")
        owner.execute("alter table geheim force row level security")
        owner.execute("create policy eigen on geheim using (domein = nullif(current_setting('app.domein', true), ''))")


def value(url: str, query: str) -> object:
    with connected(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_the_app_sees_its_own_domain_only(database: Database) -> None:
    with connected(database.app_url) as app:
        app.execute("select set_config('app.domein', 'lb:44021', false)")
        assert app.execute("select tekst from geheim").fetchall() == [("Gent",)]


def test_the_app_sees_nothing_without_a_domain(database: Database) -> None:
    assert value(database.app_url, "select count(*) from geheim") == 0


@pytest.mark.parametrize(
    "attempt",
    [
        "alter table geheim disable row level security",
        "drop policy eigen on geheim",
        "set role vlok_owner",
        "set session authorization postgres",
        "alter role vlok_app bypassrls",
        "create table mijn_kopie as select 1",
        "create database elders",
        "copy geheim to program 'cat'",
        "select * from pg_stats",
        "select * from pg_stat_user_tables",
    ],
)
def test_the_app_cannot_take_more(database: Database, attempt: str) -> None:
    with connected(database.app_url) as app, pytest.raises(InsufficientPrivilege):
        app.execute(attempt)


def test_row_security_cannot_be_switched_off_by_the_app(database: Database) -> None:
    with connected(database.app_url) as app:
        app.execute("set row_security = off")
        with pytest.raises(InsufficientPrivilege, match="row-level security"):
            app.execute("select * from geheim")


def test_row_security_holds_for_the_owner_too(database: Database) -> None:
    assert value(database.owner_url, "select count(*) from geheim") == 0
    assert value(database.admin_url, "select count(*) from geheim") == 2


def test_a_greedy_statement_of_the_app_is_cancelled(database: Database) -> None:
    assert value(database.app_url, "show statement_timeout") == "5s"
    assert value(database.app_url, "show lock_timeout") == "2s"
    assert value(database.app_url, "show idle_in_transaction_session_timeout") == "10s"
    with connected(database.app_url) as app:
        app.execute("set statement_timeout = '50ms'")
        with pytest.raises(QueryCanceled):
            app.execute("select pg_sleep(5)")


def test_tables_made_later_are_usable_by_the_app(database: Database) -> None:
    with connected(database.owner_url) as owner:
        owner.execute("create table later (id int generated always as identity, tekst text)")
    with connected(database.app_url) as app:
        app.execute("insert into later (tekst) values ('een')")
        app.execute("update later set tekst = 'twee'")
        assert app.execute("delete from later returning id, tekst").fetchall() == [(1, "twee")]


def test_a_right_taken_away_stays_away_when_provisioned_again(cluster: Databases) -> None:
    provision(cluster.admin_url, "opnieuw", "een")
    owner = owner_url(cluster.admin_url, "opnieuw")
    with connected(owner) as connection:
        connection.execute("create table spoor (tekst text)")
        connection.execute("revoke update, delete on spoor from vlok_app")
    provision(cluster.admin_url, "opnieuw", "alleen-voor-tests")
    with connected(app_url(cluster.admin_url, "opnieuw", "alleen-voor-tests")) as app:
        app.execute("insert into spoor values ('a')")
        with pytest.raises(InsufficientPrivilege):
            app.execute("delete from spoor")


def test_provisioning_side_by_side_is_safe(cluster: Databases) -> None:
    failures: list[Exception] = []

    def attempt() -> None:
        try:
            provision(cluster.admin_url, "samen", "alleen-voor-tests")
        except psycopg.Error as error:
            failures.append(error)

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_an_app_role_that_goes_around_row_security_is_refused(cluster: Databases) -> None:
    with connected(cluster.admin_url) as admin:
        admin.execute("alter role vlok_app bypassrls")
        try:
            with pytest.raises(RoleError, match="meer rechten"):
                provision(cluster.admin_url, "te_sterk", "alleen-voor-tests")
        finally:
            admin.execute("alter role vlok_app nobypassrls")


def test_an_administrator_who_is_no_superuser_can_provision(cluster: Databases) -> None:
    with connected(cluster.admin_url) as admin:
        admin.execute("drop role if exists beheerder")
        admin.execute("create role beheerder login createrole createdb password 'beheer'")
        admin.execute("grant vlok_app, vlok_owner to beheerder with admin option, inherit true")
    external = make_url(cluster.admin_url).set(username="beheerder", password="beheer")
    provision(external.render_as_string(hide_password=False), "extern", "alleen-voor-tests")
    assert value(app_url(cluster.admin_url, "extern", "alleen-voor-tests"), "select current_user") == "vlok_app"


def test_the_apps_password_is_kept_private_and_the_same(tmp_path: Path) -> None:
    first = app_password(tmp_path, None)
    assert app_password(tmp_path, None) == first
    assert app_password(tmp_path, "gegeven") == "gegeven"
    assert stat.S_IMODE((tmp_path / "app.password").stat().st_mode) == 0o600
