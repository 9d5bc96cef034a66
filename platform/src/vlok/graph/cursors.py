"""Cursors that only their reader can use: the order values of a row, sealed.

A cursor holds values of the last row of a page, among them its key. In the clear it could be read, changed to look
beyond what was shown, and handed to somebody else. Sealed with AES-SIV (RFC 5297) it is refused unless it comes back
unchanged, from the same person acting for the same organisation, to the same list. The same row gives the same cursor.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cache

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from vlok.api.actor import Actor
from vlok.api.errors import Refusal
from vlok.secret import derived_key
from vlok.settings import Settings

PURPOSE = "cursor"
KEY_LENGTH = 64
LONGEST = 4_000


_cipher = cache(AESSIV)
"""To make one costs more than to seal with it; an installation has one key."""


@dataclass(frozen=True)
class Cursors:
    """The cursors of one list for one reader."""

    key: bytes
    bound_to: list[bytes]

    @classmethod
    def of(cls, settings: Settings, actor: Actor, list_key: str) -> Cursors:
        """The cursors of a list, by the key of its root field."""
        reader = (str(actor.gebruiker_id), str(actor.organisatie_id), actor.domein, list_key)
        return cls(derived_key(settings, PURPOSE, KEY_LENGTH), [part.encode() for part in reader])

    def encode(self, keys: list[str]) -> str:
        """The order values of a row, sealed."""
        sealed = _cipher(self.key).encrypt(orjson.dumps(keys), self.bound_to)
        return urlsafe_b64encode(sealed).decode().rstrip("=")

    def decode(self, cursor: str) -> list[str]:
        """The order values in a cursor; Refusal ``ONGELDIG`` when it is not one of these, whatever it is."""
        try:
            if len(cursor) > LONGEST:
                raise ValueError
            sealed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            keys: list[str] = orjson.loads(_cipher(self.key).decrypt(sealed, self.bound_to))
        except (ValueError, InvalidTag) as fout:
            raise Refusal("ONGELDIG", "De cursor hoort niet bij deze lijst.") from fout
        return keys
