"""Trusted documents: the operations that front ends were built with, by their SHA-256.

A client names an operation instead of sending it (``documentId``, or ``extensions.persistedQuery.sha256Hash``; GraphQL
over HTTP, appendix "Persisted Documents"). Where only trusted documents are answered, a question nobody wrote at build
time is not parsed, not validated and not answered: there is one constant refusal for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from vlok.api.errors import ContractError, Refusal

PREFIX = "sha256:"


class Trusted:
    """The known operations; ``only``: whether no other is answered."""

    def __init__(self, texts: Mapping[str, str], *, only: bool) -> None:
        self.texts = texts
        self.only = only

    @classmethod
    def load(cls, own: Path, others: Iterable[Path], *, only: bool) -> Trusted:
        """The operations of the web application (none when it was not built) and of the other manifests.

        Raises ContractError when a manifest cannot be read, or holds a text under another hash than its own.
        """
        found = [*([own] if own.exists() else []), *others]
        return cls({key: text for path in found for key, text in _manifest(path).items()}, only=only)

    def text(self, asked: Mapping[str, Any]) -> str:
        """The operation that a request means.

        Raises Refusal ``ONBEKENDE_VRAAG`` when it names one that is not known or sends one that is not wanted, and
        ``ONGELDIG`` when it neither names nor sends one where both are allowed.
        """
        name, sent = named(asked), asked.get("query")
        sent = sent if isinstance(sent, str) and sent.strip() else None
        if sent and name is None and not self.only:
            return sent
        if sent:
            own = digest(sent)
            name = own if name in (None, own) else None
        elif name is None and not self.only:
            raise Refusal("ONGELDIG", "De vraag bevat geen 'query'.")
        if name is None or name not in self.texts:
            raise Refusal("ONBEKENDE_VRAAG", "Dit loket beantwoordt enkel de vragen van zijn eigen toepassingen.")
        return self.texts[name]


def named(asked: Mapping[str, Any]) -> str | None:
    """The hash by which a request names its operation, if it does."""
    extensions = asked.get("extensions")
    persisted = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
    name = asked.get("documentId") or (persisted.get("sha256Hash") if isinstance(persisted, dict) else None)
    return name.removeprefix(PREFIX) if isinstance(name, str) else None


def digest(text: str) -> str:
    """The hash of an operation."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _manifest(path: Path) -> dict[str, str]:
    try:
        found = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as wrong:
        raise ContractError(f"{path}: no manifest of trusted documents: {wrong}") from wrong
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise ContractError(f"{path}: a manifest of trusted documents is an object of sha256 → text")
    texts = {key.removeprefix(PREFIX): text for key, text in found.items()}
    for key, text in texts.items():
        if key != digest(text):
            raise ContractError(f"{path}: {key} is not the SHA-256 of its text")
    return texts
