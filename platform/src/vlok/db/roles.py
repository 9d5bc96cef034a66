"""Database, roles and rights: the product never connects as superuser, and its role cannot go around row security.

``vlok_owner`` owns tables and runs migrations (nobody logs in as it), ``vlok_app`` reads and writes them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal
from sqlalchemy import make_url

from vlok.db.passwords import kept_password

OWNER = "vlok_owner"
APP = "vlok_app"

APP_LIMITS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
    "row_security": "on",
}
"""A hanging or greedy request frees its locks by itself."""

STATISTICS = ("pg_stats", "pg_stat_user_tables", "pg_stat_all_tables", "pg_sequences")
"""Views that tell how many rows exist, also those that row security hides."""

LOCK = 0x564C4F4B
"""Advisory lock: replicas that start together provision one after the other."""

Connection = psycopg.Connection[Any]


class RoleError(RuntimeError):
    """A role has rights that break tenant isolation; the text is one Dutch line that says which."""


def provision(admin_url: str, database: str, app_password: str) -> None:
    """Make sure that ``database``, its two roles and their rights exist. Safe to repeat and to run side by side.

    ``admin_url`` may create roles and databases. Raises RoleError when an existing ``vlok_app`` is stronger than it may
    be, psycopg.Error when the server refuses.
    """
    with connected(admin_url) as connection:
        connection.execute("select pg_advisory_lock(%s)", [LOCK])
        _roles(connection, app_password)
        if not connection.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
            create_database(connection, database, template="template0")
        grant_database(connection, database)
        with connected(_at(admin_url, database)) as inside:
            _rights_inside(inside)


def create_database(connection: Connection, database: str, *, template: str) -> None:
    """Create ``database``, owned by ``vlok_owner``, as a copy of ``template``."""
    words = "create database {} template {} owner {}"
    connection.execute(SQL(words).format(Identifier(database), Identifier(template), Identifier(OWNER)))


def grant_database(connection: Connection, database: str) -> None:
    """Who may enter ``database``. A copy of a template does not inherit this, so it is granted for each."""
    _each(
        connection,
        SQL("revoke all on database {} from public").format(Identifier(database)),
        SQL("grant connect, create, temporary on database {} to {}").format(Identifier(database), Identifier(OWNER)),
        SQL("grant connect on database {} to {}").format(Identifier(database), Identifier(APP)),
    )


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A plain connection for a SQLAlchemy URL; each statement stands by itself, as creating a database asks."""
    parsed = make_url(url)
    words = parsed.translate_connect_args(username="user", database="dbname")
    options: dict[str, Any] = {**words, **parsed.query}
    with psycopg.connect(**options, autocommit=True) as connection:
        yield connection


def owner_url(admin_url: str, database: str) -> str:
    """URL for migrations: logs in as the administrator and acts as ``vlok_owner``, so that it owns what is made."""
    return make_url(_at(admin_url, database)).update_query_dict({"options": f"-c role={OWNER}"}).render_as_string(False)


def app_url(admin_url: str, database: str, app_password: str) -> str:
    """URL for the product itself: the role ``vlok_app`` on the same server."""
    return make_url(_at(admin_url, database)).set(username=APP, password=app_password).render_as_string(False)


def app_password(data: Path, given: str | None) -> str:
    """The password of ``vlok_app``: the given one (VLOK_APP_PASSWORD), else the one kept in ``data``, 0600."""
    return given if given else kept_password(data / "app.password")


def _at(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def _each(connection: Connection, *statements: Composed) -> None:
    for statement in statements:
        connection.execute(statement)


def _roles(connection: Connection, app_password: str) -> None:
    """Create the two roles, refuse a stronger ``vlok_app``, set its password and limits."""
    for role, login in ((OWNER, "nologin"), (APP, "login")):
        if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
            connection.execute(SQL(f"create role {{}} {login}").format(Identifier(role)))
    _refuse_strong(connection)
    # Only the verifier travels, so that no log of the server can show the password.
    verifier = connection.pgconn.encrypt_password(app_password.encode(), APP.encode(), b"scram-sha-256").decode()
    _each(
        connection,
        SQL("alter role {} password {}").format(Identifier(APP), Literal(verifier)),
        *(SQL("alter role {} set {} = {}").format(Identifier(APP), Identifier(k), v) for k, v in APP_LIMITS.items()),
        SQL("grant {} to current_user").format(Identifier(OWNER)),
    )


def _refuse_strong(connection: Connection) -> None:
    """Raise RoleError when ``vlok_app`` may do more than log in: then row security would be decoration."""
    found = connection.execute(
        "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication,"
        " exists (select from pg_auth_members where member = pg_roles.oid) from pg_roles where rolname = %s",
        [APP],
    ).fetchone()
    if found is None or any(found):
        raise RoleError(f"De databankrol {APP} heeft meer rechten dan inloggen: neem ze af en start opnieuw.")


def _rights_inside(connection: Connection) -> None:
    """Rights in the database itself: for tables of later migrations; existing tables keep what they were given."""
    schema = Identifier("public")
    later = SQL("alter default privileges for role {} ").format(Identifier(OWNER))
    to_app = SQL(" to {}").format(Identifier(APP))
    _each(
        connection,
        SQL("revoke all on schema {} from public").format(schema),
        SQL("grant usage, create on schema {} to {}").format(schema, Identifier(OWNER)),
        SQL("grant usage on schema {} to {}").format(schema, Identifier(APP)),
        later + SQL("grant select, insert, update, delete on tables") + to_app,
        later + SQL("grant usage, select on sequences") + to_app,
        later + SQL("revoke execute on functions from public"),
        later + SQL("grant execute on functions") + to_app,
    )
    superuser = connection.execute("select current_setting('is_superuser')").fetchone()
    if superuser == ("on",):
        views = SQL(", ").join(Identifier("pg_catalog", view) for view in STATISTICS)
        connection.execute(SQL("revoke select on {} from public").format(views))
