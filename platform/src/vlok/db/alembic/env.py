"""Alembic environment: one distribution at a time, in its own version table, under one lock."""

from typing import Any

from alembic import context
from sqlalchemy import create_engine, event, text

from vlok.api.orm import Base
from vlok.db.migrate import MIGRATION_LOCK, owner_of_table

config = context.config
KEY = config.attributes["key"]


def include_name(name: str | None, kind: str, parents: object) -> bool:
    """Only the tables of the distribution at hand."""
    return kind != "table" or (name is not None and owner_of_table(name) == KEY)


def include_object(thing: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """The same for the mapped tables."""
    return include_name(name, kind, None) if kind == "table" else True


engine = create_engine(config.attributes["url"], hide_parameters=True)


@event.listens_for(engine, "connect", insert=True)
def in_own_schema(connection: Any, record: Any) -> None:
    """What has a compartment works in its schema; to all others a schema that is not there means nothing."""
    connection.execute(f'set search_path to "{KEY}", public')
    connection.commit()


try:
    with engine.connect() as connection, connection.begin():
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            version_table=f"alembic_version_{KEY}",
            version_table_schema="public",
            include_name=include_name,
            include_object=include_object,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
finally:
    engine.dispose()
