"""Tokens made by hand, because libraries refuse to make most of the wrong ones, and a provider that hands them out."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from vlok.identity.claims import load_provider
from vlok.identity.keys import provider_key
from vlok.identity.personas import find_persona
from vlok.identity.provider import provider_app
from vlok.settings import Settings
from vlok.testing.login import Desk

Claims = dict[str, Any]
Sign = Callable[[RSAKey, bytes], bytes]
Answer = Callable[[Settings, Claims], Claims]
"""From the claims that would be right to what the provider answers to the request for a token."""

WHO = "dossierbeheerder@aalst"
STRANGER = RSAKey.generate_key(2048)


def rs256(key: RSAKey, content: bytes) -> bytes:
    """The right way to sign."""
    return _private(key).sign(content, padding.PKCS1v15(), hashes.SHA256())


def ps256(key: RSAKey, content: bytes) -> bytes:
    """Another way to sign with the right key."""
    return _private(key).sign(content, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())


def hs256(key: RSAKey, content: bytes) -> bytes:
    """The public key as if it were a shared secret."""
    return hmac.digest(key.as_pem(private=False), content, "sha256")


def hs256_empty(key: RSAKey, content: bytes) -> bytes:
    """An empty shared secret."""
    return hmac.digest(b"", content, "sha256")


def unsigned(key: RSAKey, content: bytes) -> bytes:
    """No signature."""
    return b""


def encoded(content: Claims) -> str:
    """A part of a token."""
    return _base64(json.dumps(content).encode())


def made(key: RSAKey, header: Claims, claims: Claims, sign: Sign = rs256) -> str:
    """A token with exactly this header and these claims."""
    content = f"{encoded(header)}.{encoded(claims)}"
    return f"{content}.{_base64(sign(key, content.encode()))}"


def answered(token: Any) -> Claims:
    """A token answer with that ID token."""
    return {"access_token": "any", "token_type": "Bearer", "id_token": token}


def header(sign: Sign = rs256, key: RSAKey | None = None, **other: Any) -> Answer:
    """Right claims, but another header, another key, or another way to sign."""

    def answer(settings: Settings, claims: Claims) -> Claims:
        right = provider_key(settings)
        return answered(made(key or right, {"alg": "RS256", "kid": right.kid, **other}, claims, sign))

    return answer


def changed(**values: Any) -> Answer:
    """The right header and key, but other claims."""
    return lambda settings, claims: header()(settings, {**claims, **values})


def without(name: str) -> Answer:
    """A claim left out."""
    return lambda settings, claims: header()(settings, {key: claims[key] for key in claims if key != name})


class Forger:
    """A provider that answers the token request with what a test makes of the right claims."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.nonce = ""
        self.answered = 0
        self.userinfo: Claims = {}

    def provider(self, settings: Settings) -> Starlette:
        """The local provider with a token and a userinfo address of its own."""

        async def token(request: Request) -> Response:
            self.answered += 1
            return JSONResponse(self.answer(settings, self._right_claims(settings)))

        async def userinfo(request: Request) -> Response:
            return JSONResponse(self.userinfo)

        own = [Route("/v1/token", token, methods=["POST"]), Route("/v1/userinfo", userinfo)]
        return Starlette(routes=[*own, Mount("/", provider_app(settings))])

    async def sign_in(self, browser: httpx2.AsyncClient, served: Desk) -> httpx2.Response:
        """A whole login; the answer is what the product says to the browser that comes back."""
        start = parse_qs(urlsplit((await browser.get("/aanmelden")).headers["location"]).query)
        self.nonce = start["nonce"][0]
        back = {"code": "any", "state": start["state"][0], "iss": served.settings.oidc_issuer}
        return await browser.get("/aanmelden/terug", params=back)

    def _right_claims(self, settings: Settings) -> Claims:
        now = int(time.time())
        times = {"iat": now, "exp": now + 300, "nonce": self.nonce}
        who = load_provider().describe(find_persona(WHO))
        return {"iss": settings.oidc_issuer, "aud": settings.oidc_client_id, **times, **who}


def _private(key: RSAKey) -> RSAPrivateKey:
    assert key.private_key is not None
    return key.private_key


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
