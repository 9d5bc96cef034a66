"""Private keys in the data folder: made once, readable by the owner only."""

import os
import secrets
from functools import cache
from pathlib import Path

from joserfc.jwk import ECKey, RSAKey

from vlok.api.errors import ContractError
from vlok.settings import Settings, passable

SIGNING_ALG = "RS256"
CLIENT_ALG = "ES256"


def provider_key(settings: Settings) -> RSAKey:
    """The key with which the local identity provider signs; demo only."""
    return _provider_key(settings.data / "oidc-provider.pem")


@cache
def _provider_key(path: Path) -> RSAKey:
    if not path.exists():
        _create(path, RSAKey.generate_key(2048).as_pem(private=True))
    key = RSAKey.import_key(_pem(path), {"use": "sig", "alg": SIGNING_ALG})
    key.ensure_kid()
    return key


def client_key(settings: Settings) -> ECKey:
    """The key with which the product proves itself to the provider (private_key_jwt, ES256).

    Raises ContractError when VLOK_OIDC_KEY names a file that cannot be read.
    """
    path = settings.oidc_key or settings.data / "oidc-client.pem"
    if settings.oidc_key is None and not path.exists():
        _create(path, ECKey.generate_key("P-256").as_pem(private=True))
    key = ECKey.import_key(_pem(path), {"use": "sig", "alg": CLIENT_ALG})
    key.ensure_kid()
    return key


def _pem(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise ContractError(f"{path}: the private key cannot be read: {wrong.strerror}") from wrong


def _create(path: Path, pem: bytes) -> None:
    """Writes a new key whole or not at all; when two processes do so at once, the first one's key stays."""
    passable(path.parent)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600, exist_ok=False)
    try:
        draft.write_bytes(pem)
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: both go on with its key
    finally:
        draft.unlink()
