"""Keys that the installation derives from one secret: a different key for every purpose."""

from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vlok.api.errors import ContractError
from vlok.db.passwords import kept_password
from vlok.settings import Settings, passable

SHORTEST = 32
FILE = "geheim"


def derived_key(settings: Settings, purpose: str, length: int = 32) -> bytes:
    """The key for one purpose; who knows one key learns nothing of another (HKDF, RFC 5869).

    The secret is ``VLOK_SECRET``, or one that is made once and kept in the data folder; servers that answer for the
    same address need the same one. Raises ContractError when the secret is too short.
    """
    return _derived(installation_secret(settings), purpose, length)


def installation_secret(settings: Settings) -> str:
    """What all keys come from; raises ContractError when it is too short."""
    if settings.secret is None:
        return _kept(settings.data)
    given = settings.secret.get_secret_value()
    if len(given) < SHORTEST:
        raise ContractError(f"VLOK_SECRET: shorter than {SHORTEST} characters")
    return given


@cache
def _kept(folder: Path) -> str:
    return kept_password(passable(folder) / FILE)


@cache
def _derived(secret: str, purpose: str, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=purpose.encode()).derive(secret.encode())
