"""Bearer tokens for personas: for the demo, for scripts and for tests. Never valid outside the demo."""

import time
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError

from vlok.identity.claims import ClaimsError, Identity, load_provider
from vlok.identity.keys import SIGNING_ALG, provider_key
from vlok.identity.personas import find_persona
from vlok.settings import Settings

AUDIENCE = "vlok-api"
TYPE = "at+jwt"
LIFETIME = 12 * 3600
"""In seconds."""


class TokenError(ValueError):
    """A bearer token that is not to be trusted; the message says why and is not for the sender."""


def persona_token(settings: Settings, naam: str) -> str:
    """A bearer token, valid for 12 hours, that acts as a persona such as ``dossierbeheerder@aalst``.

    Raises UnknownPersona (with the nearest names), and TokenError when this is no demo.
    """
    if not settings.demo:
        raise TokenError("bearer tokens exist in the demo only: set VLOK_DEMO=true")
    now = int(time.time())
    claims = {
        **load_provider(settings.oidc_claims).describe(find_persona(naam)),
        "iss": settings.oidc_issuer,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + LIFETIME,
    }
    key = provider_key(settings)
    return jwt.encode({"alg": SIGNING_ALG, "typ": TYPE, "kid": key.kid}, claims, key, [SIGNING_ALG])


def read_token(settings: Settings, token: str) -> Identity:
    """The person a bearer token speaks for; raises TokenError when it is not ours, is over, or when this is no demo."""
    if not settings.demo:
        raise TokenError("bearer tokens exist in the demo only")
    try:
        return load_provider(settings.oidc_claims).identity(_claims(settings, token))
    except (JoseError, ClaimsError, ValueError) as wrong:
        raise TokenError(str(wrong)) from wrong


def _claims(settings: Settings, token: str) -> dict[str, Any]:
    decoded = jwt.decode(token, provider_key(settings), [SIGNING_ALG])
    if decoded.header.get("typ") != TYPE:
        raise TokenError("this is another kind of token")
    rules = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": settings.oidc_issuer},
        aud={"essential": True, "value": AUDIENCE},
        sub={"essential": True},
        exp={"essential": True},
    )
    rules.validate(decoded.claims)
    return decoded.claims
