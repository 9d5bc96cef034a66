"""Names: snake case in Python, camelCase in GraphQL; global ids."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from pydantic.alias_generators import to_camel


def camel(name: str) -> str:
    """``datum_adviesvraag`` → ``datumAdviesvraag``."""
    return to_camel(name)


def global_id(type_name: str, key: UUID | str) -> str:
    """The Relay id of a row; opaque to clients."""
    return urlsafe_b64encode(f"{type_name}:{key}".encode()).decode().rstrip("=")


def parse_global_id(value: str) -> tuple[str, UUID] | None:
    """Type name and key of a Relay id; ``None`` when it is none (the caller answers "not found")."""
    try:
        padded = value + "=" * (-len(value) % 4)
        type_name, _, key = urlsafe_b64decode(padded.encode()).decode().partition(":")
        return type_name, UUID(key)
    except ValueError:
        return None
