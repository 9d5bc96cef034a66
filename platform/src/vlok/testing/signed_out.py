"""What the identity provider's server sends to sign somebody out, right or wrong, and whether it did."""

from __future__ import annotations

import json
import time
from itertools import count
from typing import Any
from uuid import uuid4

import httpx2
from joserfc.jwk import RSAKey

from vlok.identity.keys import provider_key
from vlok.identity.logout import BACK_CHANNEL
from vlok.identity.logout_token import EVENT
from vlok.identity.personas import find_persona
from vlok.testing.forger import WHO, Claims, Sign, made, rs256
from vlok.testing.login import Desk

_addresses = count(1)


async def signed_in(client: httpx2.AsyncClient) -> bool:
    """Whether a browser's next request is somebody's."""
    return (await client.get("/wie")).status_code == 200


async def content(product: Desk, client: httpx2.AsyncClient) -> Claims:
    """What the session of a browser holds."""
    found: Claims = json.loads(await product.store.read(client.cookies["vlok"], 0))
    return found


def about(product: Desk, **who: str) -> Claims:
    """The claims of a right logout token about ``sub``, ``sid`` or both."""
    now = int(time.time())
    ours = {"iss": product.settings.oidc_issuer, "aud": product.settings.oidc_client_id}
    return {**ours, "iat": now, "exp": now + 120, "jti": uuid4().hex, "events": {EVENT: {}}, **who}


async def right(product: Desk, client: httpx2.AsyncClient) -> Claims:
    """Those about the session of a browser of ``WHO``."""
    return about(product, sub=find_persona(WHO).sub, sid=(await content(product, client))["sid"])


def token(product: Desk, claims: Claims, sign: Sign = rs256, key: RSAKey | None = None, **header: Any) -> str:
    """A logout token; ``header`` changes the right header, None leaves one out."""
    ours = provider_key(product.settings)
    given = {"alg": "RS256", "typ": "logout+jwt", "kid": ours.kid, **header}
    kept = {name: value for name, value in given.items() if value is not None}
    return made(key or ours, kept, claims, sign)


async def tell(product: Desk, logout_token: str, **how: Any) -> httpx2.Response:
    """Posts a token as the provider's server does, each time from an address of its own. ``how``: another body."""
    headers = {"x-forwarded-for": f"192.0.2.{next(_addresses)}"}
    async with httpx2.AsyncClient(base_url=product.settings.base_url, trust_env=False, headers=headers) as provider:
        return await provider.post(BACK_CHANNEL, **(how or {"data": {"logout_token": logout_token}}))
