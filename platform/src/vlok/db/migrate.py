"""Migrations: each distribution has its own chain and its own version table.

A plugin that is taken away leaves the others able to move on; with one shared table it would stop every later upgrade.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from procrastinate.schema import SchemaManager
from sqlalchemy import create_engine, inspect, text

from vlok.api.orm import Base
from vlok.db.copies import differences

MIGRATION_LOCK = 0x564C4F4C
"""Advisory lock: replicas that start together migrate one after the other."""
FIRST = ("kernel", "register")
PACKAGES = {"vlok": "kernel", "vlok_register": "register"}


def owner_of_table(name: str) -> str | None:
    """The distribution whose classes map a table: ``kernel``, ``register`` or a plugin's key; None for another's."""
    for mapper in Base.registry.mappers:
        if mapper.local_table is Base.metadata.tables.get(name):
            package = mapper.class_.__module__.partition(".")[0]
            return PACKAGES.get(package, package.removeprefix("vlok_"))
    return None


def order(keys: Iterable[str]) -> list[str]:
    """Kernel and register first, then the plugins by key: plugins refer to both and never to each other."""
    return sorted(keys, key=lambda key: (FIRST.index(key) if key in FIRST else len(FIRST), key))


def config(url: str, key: str, folder: Path) -> Config:
    """The Alembic configuration of one distribution."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "alembic"))
    made.set_main_option("version_locations", str(folder))
    made.set_main_option("path_separator", "newline")
    made.attributes.update(url=url, key=key)
    return made


def upgrade(url: str, folders: Mapping[str, Path]) -> None:
    """Bring every distribution's tables up to date, and the job queue's."""
    _queue(url)
    for key in order(folders):
        command.upgrade(config(url, key, folders[key]), "head")


def downgrade(url: str, key: str, folder: Path, to: str = "base") -> None:
    """Take one distribution's tables away (a plugin is retired so), or back to a revision."""
    command.downgrade(config(url, key, folder), to)


def check(url: str, folders: Mapping[str, Path]) -> None:
    """Raise when mapped classes and migrations differ, or a table in a compartment and its original."""
    for key in order(folders):
        command.check(config(url, key, folders[key]))
    engine = create_engine(url, hide_parameters=True)
    with engine.connect() as connection:
        different = [found for key in folders for found in differences(connection, key)]
    engine.dispose()
    if different:
        raise CommandError("\n".join(different))


def revision(url: str, key: str, folder: Path, message: str) -> None:
    """Write the next migration of a distribution from the difference with the database at ``url``."""
    folder.mkdir(exist_ok=True)
    number = len(list(folder.glob("[a-z]*_*.py"))) + 1
    script = command.revision(config(url, key, folder), message, autogenerate=True, rev_id=f"{key}_{number:04d}")
    assert script is not None
    assert not isinstance(script, list)
    _put_under_rules(Path(script.path))


def _put_under_rules(file: Path) -> None:
    """Every new table goes under the row-level rule that its class names."""
    text = file.read_text(encoding="utf-8")
    lines = "".join(
        f"    protect({name!r}, {rule_of(name)!r})\n" for name in re.findall(r"create_table\('(\w+)'", text)
    )
    upgrade_, end, rest = text.partition("    # ### end Alembic commands ###\n")
    file.write_text(upgrade_ + lines + end + rest, encoding="utf-8")


def rule_of(table: str) -> str:
    """The rule a table's class names in ``__rls__``; AttributeError when it names none: every table has one."""
    mapped = next(m.class_ for m in Base.registry.mappers if m.local_table is Base.metadata.tables[table])
    rule: str = mapped.__rls__
    return rule


def _queue(url: str) -> None:
    """The tables of Procrastinate, once."""
    engine = create_engine(url, hide_parameters=True)
    with engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        if not inspect(connection).has_table("procrastinate_jobs"):
            script = SchemaManager.get_schema()
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute(script)
    engine.dispose()
