"""From settings to connections: the embedded cluster or an existing server, as owner and as application."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import psycopg
from sqlalchemy import URL, make_url

from vlok.api.errors import Refusal
from vlok.db.embedded import Cluster
from vlok.db.roles import app_password, app_url, connected, owner_url, place_passwords, place_url, provision
from vlok.settings import Settings, passable

DATABASE = "vlok"


@dataclass(frozen=True)
class Urls:
    """The ways in: ``owner`` migrates, ``app`` serves, ``places`` serve the compartments, by schema."""

    owner: str
    app: str
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def connect(settings: Settings, schemas: Iterable[str] = ()) -> Urls:
    """The ways in, after starting the embedded database (no DATABASE_URL set) and making sure of roles and rights.

    ``schemas`` are those of the compartments.
    """
    passable(settings.data)
    if settings.database_url is None:
        admin, database = Cluster.at(settings.data / "pg").start(), DATABASE
    else:
        given = make_url(settings.database_url.get_secret_value()).set(drivername="postgresql+psycopg")
        admin, database = _reachable(given), given.database or DATABASE
    given_password = settings.app_password.get_secret_value() if settings.app_password else None
    password = app_password(settings.data, given_password)
    secrets = place_passwords(settings.data, given_password, schemas)
    provision(admin, database, password, secrets)
    places = {schema: place_url(admin, database, schema, secret) for schema, secret in secrets.items()}
    return Urls(owner_url(admin, database), app_url(admin, database, password), places)


def _reachable(given: URL) -> str:
    """The administrator's way in: the database itself, or the server's own one while it must still be made."""
    named = given.render_as_string(hide_password=False)
    try:
        with connected(named):
            return named
    except psycopg.OperationalError as fout:
        if "does not exist" not in str(fout):
            raise Refusal("ONGELDIG", f"De databank van DATABASE_URL is niet bereikbaar: {fout}") from fout
        return given.set(database="postgres").render_as_string(hide_password=False)
