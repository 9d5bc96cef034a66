"""A logout token: the provider says, signed, that a person or one session of theirs is over.

OpenID Connect Back-Channel Logout 1.0, section 2.6, and stricter where it leaves room: the type in the header is
required, nothing in the header may bring a key along, and a token lives two minutes at most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

TYPE = "logout+jwt"
EVENT = "http://schemas.openid.net/event/backchannel-logout"
LIFETIME = 120
LEEWAY = 30
"""In seconds."""
MAX_TEXT = 200
HEADER = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})
"""What the header may hold: names of keys, never a key, an address of one, or an extension."""


class LogoutRefused(ValueError):
    """A logout token that is not to be trusted; the message says why and is not for the sender."""


class UnknownKey(LogoutRefused):
    """It names a key that the provider had not published when we last looked."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a logout token must agree with: the provider, ourselves, and the pinned algorithms."""

    issuer: str
    client_id: str
    algorithms: Sequence[str]


@dataclass(frozen=True, slots=True)
class LogoutToken:
    """Which sessions are over: those of the person ``sub``, of the provider's session ``sid``, or where both agree."""

    jti: str
    sub: str | None
    sid: str | None


def read_logout_token(given: str, keys: KeySet, expected: Expected, now: float) -> LogoutToken:
    """What a logout token says at a moment (seconds since 1970); raises LogoutRefused, or UnknownKey."""
    try:
        token = jwt.decode(given, keys, list(expected.algorithms))
    except InvalidKeyIdError as unknown:
        raise UnknownKey(str(unknown)) from unknown
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as wrong:
        raise LogoutRefused(f"{type(wrong).__name__}: {wrong}") from wrong
    _check_header(token.header)
    _check_claims(token.claims, expected)
    _check_times(token.claims, now)
    said = LogoutToken(_text(token.claims, "jti") or "", _text(token.claims, "sub"), _text(token.claims, "sid"))
    if not said.jti or not (said.sub or said.sid):
        raise LogoutRefused("it has no id, or names neither a person nor a session")
    return said


def _check_header(header: Mapping[str, Any]) -> None:
    if str(header.get("typ", "")).lower().removeprefix("application/") != TYPE:
        raise LogoutRefused("this is another kind of token")
    if "kid" not in header or set(header) - HEADER:
        raise LogoutRefused("its header names no key, or holds more than names")


def _check_claims(claims: Mapping[str, Any], expected: Expected) -> None:
    audience = claims.get("aud")
    events = claims.get("events")
    if claims.get("iss") != expected.issuer:
        raise LogoutRefused("it comes from another issuer")
    if expected.client_id not in (audience if isinstance(audience, list) else [audience]):
        raise LogoutRefused("it is meant for somebody else")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise LogoutRefused("it tells of no logout")
    if "nonce" in claims:
        raise LogoutRefused("it has a nonce: it could be an ID token")


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    begin, end = claims.get("iat"), claims.get("exp")
    if type(begin) is not int or type(end) is not int:
        raise LogoutRefused("it has no whole moments of beginning and end")
    if not now - LIFETIME - LEEWAY <= begin <= now + LEEWAY:
        raise LogoutRefused("it is too old, or from the future")
    if not now - LEEWAY < end <= begin + LIFETIME:
        raise LogoutRefused("it is over, or lives too long")


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not 0 < len(value) <= MAX_TEXT or "\x00" in value:
        raise LogoutRefused(f"its {name} is no text of 1 to {MAX_TEXT} characters")
    return value
