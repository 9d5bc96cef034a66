"""One fast PostgreSQL per test run, and a fresh copy of a migrated database for whoever asks.

Migrating takes seconds, copying a database some tens of milliseconds: a template is built once and copied per test.
"""

import fcntl
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

from vlok.app import contributions
from vlok.db.embedded import Cluster
from vlok.db.roles import app_url, connected, create_database, grant_database, owner_url, place_url, provision
from vlok.settings import Settings

PREFIX = "vlok-test-"
ROOT = Path("/tmp")  # noqa: S108  short, so that the socket's path fits; the folder itself is private
JUST_MADE = 60
"""Seconds in which a folder without a lock may belong to a run that is starting."""

APP_PASSWORD = "alleen-voor-tests"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Database:
    """One database of the test run, by its three ways in."""

    name: str
    admin_url: str
    """Superuser: goes around row security; only to arrange and to look."""
    owner_url: str
    """Acts as ``vlok_owner``: migrations, and rows that no actor makes."""
    app_url: str
    """The role of the product itself."""
    places: Mapping[str, str]
    """The roles of its compartments, by schema."""


@dataclass
class Databases:
    """The databases of one test run on one server."""

    admin_url: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    templates: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def template(self, name: str, build: Callable[[str], None], schemas: Iterable[str] | None = None) -> None:
        """Make the template ``name`` once per run: ``build`` gets its owner URL and migrates it.

        ``schemas``: those of the compartments that it will hold; unless said otherwise the installed ones.
        """
        if name in self.templates:
            return
        places = dict.fromkeys(_installed_schemas() if schemas is None else schemas, APP_PASSWORD)
        provision(self.admin_url, name, APP_PASSWORD, places)
        build(owner_url(self.admin_url, name))
        with connected(self.admin_url) as connection:
            connection.execute(SQL("alter database {} allow_connections false").format(Identifier(name)))
        self.templates[name] = tuple(places)

    def clone(self, template: str) -> Database:
        """A new database, a copy of ``template``; KeyError when that template was never made."""
        if template not in self.templates:
            raise KeyError(template)
        name = f"{template}_{next(self.numbers)}"
        with connected(self.admin_url) as connection:
            create_database(connection, name, template=template)
            grant_database(connection, name)
        return Database(
            name=name,
            admin_url=make_url(self.admin_url).set(database=name).render_as_string(hide_password=False),
            owner_url=owner_url(self.admin_url, name),
            app_url=app_url(self.admin_url, name, APP_PASSWORD),
            places={
                schema: place_url(self.admin_url, name, schema, APP_PASSWORD) for schema in self.templates[template]
            },
        )

    def drop(self, database: Database) -> None:
        """Remove a copy, also when connections to it were left open."""
        with connected(self.admin_url) as connection:
            connection.execute(SQL("drop database {} with (force)").format(Identifier(database.name)))


def _installed_schemas() -> Iterable[str]:
    return contributions(Settings()).inside


def throwaway() -> Iterator[Databases]:
    """Start a fast server in a private folder below /tmp, give its databases, remove all of it at the end."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=ROOT))
    cluster = Cluster.at(folder / "pg", fast=True)
    folder.chmod(0o711)  # the server's user must pass; what stands below is 0700
    with (folder / "alive").open("w") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        try:
            yield Databases(cluster.start())
        finally:
            cluster.reset()
            shutil.rmtree(folder)


def sweep() -> None:
    """Remove what crashed runs left: a run holds a lock on its folder as long as it lives."""
    for folder in ROOT.glob(f"{PREFIX}*"):
        with suppress(OSError):  # another user's, or gone in the meantime
            _remove_dead(folder)


def _remove_dead(folder: Path) -> None:
    sign = folder / "alive"
    if not sign.exists():
        if time.time() - folder.stat().st_mtime > JUST_MADE:
            shutil.rmtree(folder)
        return
    with sign.open("r+") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
        Cluster.at(folder / "pg").reset()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Databases]:
    """The databases of this test run."""
    yield from throwaway()
