"""Deployment settings: parsed and checked once, frozen, passed down; no module reads the environment itself."""

import os
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_data() -> Path:
    """Where the embedded database, keys and files live: never below a private home of root (it must stay 0700)."""
    if os.geteuid() == 0:
        return Path("/var/lib/vlok")
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "vlok"


def passable(folder: Path) -> Path:
    """Make the data folder: others may pass through it (the database server's user must) but not list it.

    What stands in it is 0600 or 0700. Whoever makes the folder first, it gets the same mode.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(0o711)
    return folder


class Settings(BaseSettings):
    """All settings, from environment variables with the prefix ``VLOK_`` (and the customary ``DATABASE_URL``)."""

    model_config = SettingsConfigDict(env_prefix="VLOK_", frozen=True, extra="ignore")

    data: Path = Field(default_factory=default_data)
    """Folder for the embedded database, keys and stored files."""
    database_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_URL")
    """Owner connection to an existing PostgreSQL >= 15.14; unset: the embedded one."""
    app_password: SecretStr | None = None
    """Password of the database role ``vlok_app``; unset: generated and kept in ``data``."""
    base_url: str = "http://127.0.0.1:8000"
    """Where browsers reach the product, without trailing slash."""
    policies: Path | None = None
    """Folder with model.conf and grants/; unset: ``policies/`` of the installation."""
    plugins: tuple[str, ...] = ()
    """Keys of the plugins to load; empty: all that are installed."""
    demo: bool = False
    """Demo and test only: personas, bearer tokens from the local identity provider."""
    introspection: bool = False
    """Whether GraphQL introspection is answered."""
    trusted: bool | None = None
    """Whether only the operations of the application itself are answered; unset: yes, except in demo and test."""
    trusted_documents: tuple[Path, ...] = ()
    """Manifests of further front ends: JSON files of sha256 → operation, beside the one of the web application."""
    secret: SecretStr | None = None
    """What keys are derived from, at least 32 characters; unset: made once and kept in ``data``."""
    audit_anker: Path | None = None
    """File of the anchors of the audit trail, best on a disk of its own; unset: ``data/anker/logboek.jsonl``."""
    audit_sleutel: Path | None = None
    """File of the key that seals the anchors, kept apart from them (0600); unset: ``data/anker.sleutel``, made once."""
    oidc_issuer: str = "http://127.0.0.1:8001"
    """Issuer of the OpenID provider (ACM/IDM in production)."""
    oidc_client_id: str = "vlok"
    oidc_key: Path | None = None
    """PEM file of the private key for private_key_jwt; unset: ``data/oidc-client.pem``, made at first use."""
    oidc_claims: Path | None = None
    """TOML that maps claims to person, organisation and roles; unset: ACM/IDM's shape."""
    max_upload_mb: int = 20
    """Largest file a user may upload, in megabytes."""

    @property
    def secure(self) -> bool:
        """Whether cookies may be marked Secure."""
        return self.base_url.startswith("https://")

    @property
    def only_trusted(self) -> bool:
        """Whether a question that no front end of ours asks is refused."""
        return not self.demo if self.trusted is None else self.trusted
