"""Database, roles and rights: the product never connects as superuser, and its role cannot go around row security.

``vlok_owner`` owns tables and runs migrations (nobody logs in as it), ``vlok_app`` reads and writes them. Each
compartment logs in as a role of its own (``vlok_wi``): inside it has every right, outside those of
``vlok_compartiment``, which reads what is shared and changes nothing.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal
from sqlalchemy import make_url

from vlok.db.passwords import kept_password

OWNER = "vlok_owner"
APP = "vlok_app"
INSIDE = "vlok_compartiment"

APP_LIMITS = {
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
    "row_security": "on",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
}
"""A hanging or greedy request frees its locks by itself; none takes more than one core, or compiles what runs once."""

STATISTICS = ("pg_stats", "pg_stat_user_tables", "pg_stat_all_tables", "pg_sequences")
"""Views that tell how many rows exist, also those that row security hides."""

LOCK = 0x564C4F4B
"""Advisory lock: replicas that start together provision one after the other."""

Connection = psycopg.Connection[Any]


class RoleError(RuntimeError):
    """A role has rights that break tenant isolation; the text is one Dutch line that says which."""


def provision(
    admin_url: str, database: str, app_password: str, places: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Make sure that ``database``, its roles and their rights exist. Safe to repeat and to run side by side.

    ``admin_url`` may create roles and databases; ``places`` gives the password of each compartment's role by schema.
    Raises RoleError when an existing role is stronger than it may be, psycopg.Error when the server refuses.
    """
    with connected(admin_url) as connection:
        connection.execute("select pg_advisory_lock(%s)", [LOCK])
        _roles(connection, {APP: app_password, **{place_role(schema): secret for schema, secret in places.items()}})
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
        SQL("grant connect on database {} to {}, {}").format(Identifier(database), Identifier(APP), Identifier(INSIDE)),
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


def place_role(schema: str) -> str:
    """The role as which a compartment logs in."""
    return f"vlok_{schema}"


def place_url(admin_url: str, database: str, schema: str, password: str) -> str:
    """URL for a compartment: its own role on the same server."""
    return (
        make_url(_at(admin_url, database)).set(username=place_role(schema), password=password).render_as_string(False)
    )


def place_passwords(data: Path, given: str | None, schemas: Iterable[str]) -> dict[str, str]:
    """The password of each compartment's role: kept in ``data``, 0600, as long as none is given.

    From a given one (VLOK_APP_PASSWORD) each is derived, so that all replicas find the same.
    """
    if given:
        return {s: hmac.new(given.encode(), place_role(s).encode(), hashlib.sha256).hexdigest() for s in schemas}
    return {schema: kept_password(data / f"{schema}.password") for schema in schemas}


def app_password(data: Path, given: str | None) -> str:
    """The password of ``vlok_app``: the given one (VLOK_APP_PASSWORD), else the one kept in ``data``, 0600."""
    return given if given else kept_password(data / "app.password")


def _at(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def _each(connection: Connection, *statements: Composed) -> None:
    for statement in statements:
        connection.execute(statement)


def _roles(connection: Connection, passwords: Mapping[str, str]) -> None:
    """Create the roles, refuse a stronger one, set the passwords and limits of those that log in."""
    for role, login in ((OWNER, "nologin"), (INSIDE, "nologin"), *((role, "login") for role in passwords)):
        if not connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone():
            connection.execute(SQL(f"create role {{}} {login}").format(Identifier(role)))
    places = [role for role in passwords if role != APP]
    for role in places:
        connection.execute(SQL("grant {} to {}").format(Identifier(INSIDE), Identifier(role)))
    _refuse_strong(connection, {INSIDE: [], APP: [], **{role: [INSIDE] for role in places}})
    for role, password in passwords.items():
        # Only the verifier travels, so that no log of the server can show the password.
        verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        name = Identifier(role)
        _each(
            connection,
            SQL("alter role {} password {}").format(name, Literal(verifier)),
            *(SQL("alter role {} set {} = {}").format(name, Identifier(k), v) for k, v in APP_LIMITS.items()),
        )
    _each(connection, SQL("grant {} to current_user").format(Identifier(OWNER)))


def _refuse_strong(connection: Connection, may_be: Mapping[str, list[str]]) -> None:
    """Raise RoleError when a role may do more than log in and be a member of those named: then row security would be
    decoration, and the wall around a compartment too."""
    for role, groups in may_be.items():
        found = connection.execute(
            "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication,"
            " exists (select from pg_auth_members where member = pg_roles.oid and not roleid::regrole::text = any(%s))"
            " from pg_roles where rolname = %s",
            [groups, role],
        ).fetchone()
        if found is None or any(found):
            raise RoleError(f"De databankrol {role} heeft meer rechten dan inloggen: neem ze af en start opnieuw.")


def _rights_inside(connection: Connection) -> None:
    """Rights in the database itself: for tables of later migrations; existing tables keep what they were given."""
    schema, app, inside = Identifier("public"), Identifier(APP), Identifier(INSIDE)
    everywhere = SQL("alter default privileges for role {} ").format(Identifier(OWNER))
    in_public = everywhere + SQL("in schema {} ").format(schema)
    _each(
        connection,
        SQL("revoke all on schema {} from public").format(schema),
        SQL("grant usage, create on schema {} to {}").format(schema, Identifier(OWNER)),
        SQL("grant usage on schema {} to {}, {}").format(schema, app, inside),
        # What is made in a compartment's schema is not the application's: its rights are given per schema.
        everywhere + SQL("revoke all on tables from {}").format(app),
        everywhere + SQL("revoke all on sequences from {}").format(app),
        everywhere + SQL("revoke all on functions from {}").format(app),
        everywhere + SQL("revoke execute on functions from public"),
        in_public + SQL("grant select, insert, update, delete on tables to {}").format(app),
        in_public + SQL("grant usage, select on sequences to {}").format(app),
        in_public + SQL("grant execute on functions to {}").format(app),
    )
    _each(connection, SQL("create extension if not exists pg_trgm with schema {}").format(schema))
    superuser = connection.execute("select current_setting('is_superuser')").fetchone()
    if superuser == ("on",):
        views = SQL(", ").join(Identifier("pg_catalog", view) for view in STATISTICS)
        connection.execute(SQL("revoke select on {} from public").format(views))
        # Under row security an index serves only operators that tell nothing of rows they pass over. LIKE fails on a
        # pattern alone, never on a row; without this, searching a word reads every property of Flanders.
        connection.execute("alter function pg_catalog.textlike(text, text) leakproof")
