"""Settings of the embedded PostgreSQL server, written anew at every start."""

from pathlib import Path

INCLUDE = "vlok.conf"
"""File in the data folder; ``postgresql.conf`` includes it last, so what it says holds."""

SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
"""What was committed survives a power cut."""

FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
"""For databases that are thrown away after a test run."""

QUIET = {
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
"""Keep the values of citizens' data out of the server's log."""


def server_config(sockets: Path, *, fast: bool) -> str:
    """The text of the settings file for a server that listens only on a Unix socket in ``sockets``."""
    settings = {
        "listen_addresses": "",
        # A list of folders: the inner quotes keep a comma in a folder's name from splitting it.
        "unix_socket_directories": '"' + str(sockets).replace('"', '""') + '"',
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "timezone": "UTC",
        "log_timezone": "UTC",
        **QUIET,
        **(FAST if fast else SAFE),
    }
    return "".join(f"{name} = {_quoted(value)}\n" for name, value in settings.items())


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
