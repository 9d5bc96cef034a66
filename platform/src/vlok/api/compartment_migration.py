"""For the migrations of a compartment: its schema, what stands in it once more, and who reaches it.

A table that stands in more than one place is changed in all of them by one line in a later migration::

    for schema in places("dossier"):
        op.add_column("dossier", sa.Column("nieuw", sa.Text()), schema=schema)

``vlok.db.migrate.check`` raises when a copy differs from its original, so that no place is forgotten.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

from vlok.api.errors import ContractError
from vlok.api.migration import DOMEIN

GAST = "(select nullif(current_setting('app.gast', true), '')::uuid)"
"""The guest who acts, for the clause of a table that he may reach; null for a member."""

LOG = "_logboek"
"""Ends the name of the schema in which a compartment's audit trail stands, for its actors wherever they read."""

SIGNALS = ("procrastinate_jobs_notify_queue_job_inserted_v1", "procrastinate_jobs_notify_queue_job_aborted_v1")
"""The queue's triggers that wake workers over a channel which anybody in the database may listen to."""


def open_place(schema: str) -> None:
    """Make a compartment's schema, the one of its audit trail, and a job queue of which nobody outside hears."""
    role = f"vlok_{schema}"
    for name in (schema, schema + LOG):
        op.execute(f"create schema {name}")
        op.execute(f"grant usage on schema {name} to {role}")
    _run_in(schema, SchemaManager.get_schema())
    for signal in SIGNALS:
        op.execute(f"drop trigger {signal} on {schema}.procrastinate_jobs")
    op.execute(f"grant select, insert, update, delete on all tables in schema {schema} to {role}")
    op.execute(f"grant usage, select on all sequences in schema {schema} to {role}")
    op.execute(f"grant execute on all functions in schema {schema} to {role}")


def close_place(schema: str) -> None:
    """Remove it with everything in it."""
    op.execute(f"drop schema {schema + LOG} cascade")
    op.execute(f"drop schema {schema} cascade")


def stand_in(schema: str, tables: Iterable[str], guests: Mapping[str, str] = MappingProxyType({})) -> None:
    """Let tables of the common place stand in ``schema`` too, each equal to its original, empty and under row security.

    Foreign keys stay within the schema: a key across would tell the other side that a row is in use. ``guests`` gives,
    by table, the rows that a guest may reach. Raises ContractError for a column that counts in a shared sequence.
    """
    wanted = list(tables)
    for table in wanted:
        _refuse_shared_sequence(table)
        op.execute(
            f"create table {schema}.{table} (like public.{table} including all"
            " excluding indexes excluding statistics excluding comments)"
        )
        for name, definition in _definitions(CONSTRAINTS, table):
            op.execute(f"alter table {schema}.{table} add constraint {name} {definition}")
        for _, definition in _definitions(INDEXES, table):
            op.execute(definition.replace(f" ON public.{table} ", f" ON {schema}.{table} "))
        for _, settings in _definitions(SETTINGS, table):
            op.execute(f"alter table {schema}.{table} set ({settings})")
        _copy_triggers(schema, table)
        protect_in(schema, table, guests.get(table))
    for table in wanted:
        for name, definition in _definitions(FOREIGN_KEYS, table, schema):
            op.execute(f"alter table {schema}.{table} add constraint {name} {_inside(schema, definition)}")


def protect_in(schema: str, table: str, guests: str | None = None) -> None:
    """Put a table of a compartment under row security: its members reach all of it, and nobody else.

    ``guests`` is the criterion of the rows that a guest may reach (compare with ``GAST``), as SQL; without it he may
    only add, as an action of his does that leaves a trace. The audit trail is only added to, by members too.
    """
    role, place = f"vlok_{schema.removesuffix(LOG)}", f"{schema}.{table}"
    own = f"domein = {DOMEIN}" if _has_domain(schema, table) else "true"
    reach = f"{own} and ({GAST} is null or ({guests or 'false'}))" if own != "true" else own
    rights = "select, insert" if schema.endswith(LOG) else "select, insert, update, delete"
    for statement in (
        f"alter table {place} enable row level security",
        f"alter table {place} force row level security",
        f"create policy {table}_{schema} on {place} for all to {role} using ({reach}) with check ({own})",
        f"create policy {table}_eigenaar on {place} for all to vlok_owner using (true) with check (true)",
        f"revoke all on {place} from public, vlok_app",
        f"grant {rights} on {place} to {role}",
    ):
        op.execute(statement)


def places(table: str) -> list[str]:
    """The schemas in which a table stands: ``public``, and those of the compartments that hold it."""
    rows = op.get_bind().execute(
        sa.text("select schemaname from pg_tables where tablename = :name and tableowner = 'vlok_owner' order by 1"),
        {"name": table},
    )
    return [row.schemaname for row in rows]


CONSTRAINTS = """select conname, pg_get_constraintdef(oid) from pg_constraint
    where conrelid = (:place)::regclass and contype in ('p', 'u', 'x') order by conname"""
FOREIGN_KEYS = """select conname, pg_get_constraintdef(oid) from pg_constraint
    where conrelid = (:place)::regclass and contype = 'f' and exists (select from pg_tables, pg_class
    where pg_class.oid = confrelid and schemaname = :schema and tablename = relname) order by conname"""
INDEXES = """select relname, pg_get_indexdef(indexrelid) from pg_index join pg_class on pg_class.oid = indexrelid
    where indrelid = (:place)::regclass and not exists (select from pg_constraint where conindid = indexrelid)
    order by relname"""
TRIGGERS = """select tgname, pg_get_triggerdef(oid) from pg_trigger
    where tgrelid = (:place)::regclass and not tgisinternal order by tgname"""
FUNCTIONS = r"""select distinct proname, pg_get_functiondef(pg_proc.oid)
    from pg_proc join pg_trigger on tgfoid = pg_proc.oid
    where tgrelid = (:place)::regclass and prosrc ~ ('\m' || tgrelid::regclass || '\M') order by proname"""
"""The functions of its triggers that read the table itself."""
SETTINGS = """select relname, array_to_string(reloptions, ', ') from pg_class
    where oid = (:place)::regclass and reloptions is not null"""
SEQUENCES = """select 1 from pg_attrdef where adrelid = (:place)::regclass
    and pg_get_expr(adbin, adrelid) like '%nextval%'"""


@contextmanager
def _looking_in(schema: str) -> Iterator[sa.Connection]:
    bind = op.get_bind()
    before = bind.scalar(sa.text("show search_path"))
    change = sa.text("select set_config('search_path', :path, true)")
    bind.execute(change, {"path": schema})
    yield bind
    bind.execute(change, {"path": before})


def _definitions(query: str, table: str, schema: str = "") -> list[tuple[str, str]]:
    """What PostgreSQL itself says of the original, all names qualified."""
    given = {"place": f"public.{table}", **({"schema": schema} if ":schema" in query else {})}
    with _looking_in("pg_catalog") as bind:
        return [(row[0], row[1]) for row in bind.execute(sa.text(query), given)]


def _inside(schema: str, definition: str) -> str:
    return definition.replace(" REFERENCES public.", f" REFERENCES {schema}.")


def _copy_triggers(schema: str, table: str) -> None:
    """The triggers too, and of their functions those that read the table: else the copy's lines would be linked to the
    original's."""
    own = dict(_definitions(FUNCTIONS, table))
    for name, definition in own.items():
        op.execute(re.sub(rf"\bpublic\.({table}|{name})\b", rf"{schema}.\1", definition))
        op.execute(f"revoke execute on function {schema}.{name}() from public")
    for _, definition in _definitions(TRIGGERS, table):
        moved = definition.replace(f" ON public.{table} ", f" ON {schema}.{table} ")
        for name in own:
            moved = moved.replace(f" FUNCTION public.{name}(", f" FUNCTION {schema}.{name}(")
        op.execute(moved)


def _refuse_shared_sequence(table: str) -> None:
    if op.get_bind().execute(sa.text(SEQUENCES), {"place": f"public.{table}"}).first():
        raise ContractError(f"{table}: a column counts in a sequence, which the copy would share")


def _has_domain(schema: str, table: str) -> bool:
    columns: list[Any] = sa.inspect(op.get_bind()).get_columns(table, schema)
    return any(column["name"] == "domein" for column in columns)


def _run_in(schema: str, script: str) -> None:
    """A script of many statements, with ``schema`` as the place where it makes things."""
    with _looking_in(schema) as bind:
        raw = bind.connection.driver_connection
        assert raw is not None
        raw.execute(script)
