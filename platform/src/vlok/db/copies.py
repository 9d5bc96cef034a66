"""Tables that stand in a compartment once more: each must be equal to its original, whatever later migrations did."""

from collections.abc import Iterator

from sqlalchemy import Connection, Row, text

from vlok.api.compartment_migration import LOG

COLUMNS = """select attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
    coalesce((select collname from pg_collation where oid = attcollation), ''), pg_get_expr(adbin, adrelid)
    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attrelid = (:place)::regclass and attnum > 0 and not attisdropped"""
CONSTRAINTS = """select conname, contype, pg_get_constraintdef(oid) from pg_constraint
    where conrelid = (:place)::regclass and (contype <> 'f' or exists (
    select from pg_class where oid = confrelid and to_regclass(:schema || '.' || relname) is not null))"""
INDEXES = "select pg_get_indexdef(indexrelid) from pg_index where indrelid = (:place)::regclass"
TRIGGERS = "select pg_get_triggerdef(oid) from pg_trigger where tgrelid = (:place)::regclass and not tgisinternal"
FUNCTIONS = r"""select proname, not exists (select from regexp_matches(
    prosrc, '(\w+\.' || split_part(tgrelid::regclass::text, '.', 2) || ')\M', 'g') as named
    where named[1] <> tgrelid::regclass::text)
    from pg_trigger join pg_proc on pg_proc.oid = tgfoid where tgrelid = (:place)::regclass and not tgisinternal"""
"""Whether the function of a trigger reads no other place's table."""
SETTINGS = "select reloptions from pg_class where oid = (:place)::regclass"
ASPECTS = {
    "columns": COLUMNS,
    "constraints": CONSTRAINTS,
    "indexes": INDEXES,
    "triggers": TRIGGERS,
    "functions": FUNCTIONS,
    "settings": SETTINGS,
}

STANDING = """select tablename from pg_tables where schemaname = :schema and tablename not like 'procrastinate%'
    and exists (select from pg_tables as o where o.schemaname = 'public' and o.tablename = pg_tables.tablename)"""


def differences(connection: Connection, key: str) -> Iterator[str]:
    """What of the copies in the schemas of a distribution's compartment is not as in ``public``; nothing when it has
    none."""
    connection.execute(text("set search_path to pg_catalog"))
    for schema in (key, key + LOG):
        for (table,) in connection.execute(text(STANDING), {"schema": schema}).all():
            for aspect, query in ASPECTS.items():
                here, there = (_seen(connection, query, place, table, schema) for place in ("public", schema))
                if here != there:
                    yield f"{schema}.{table}: {aspect} {sorted(here ^ there)}"


def _seen(connection: Connection, query: str, place: str, table: str, schema: str) -> set[str]:
    """Definitions with the names of the two schemas left out."""
    given = {"place": f"{place}.{table}", **({"schema": schema} if ":schema" in query else {})}
    rows: list[Row[tuple[object, ...]]] = list(connection.execute(text(query), given))
    return {str(tuple(row)).replace("public.", "").replace(f"{schema}.", "") for row in rows}
