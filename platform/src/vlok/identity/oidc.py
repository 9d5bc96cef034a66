"""The product as OpenID client: code flow with PKCE and nonce, private_key_jwt, and a provider pinned by settings.

No type of Authlib passes this module. Its answers are checked on everything that could be forged: state, issuer
(RFC 9207), signature algorithm, iss, aud, nonce and times; an answer without ID token is no login.
"""

import time
from typing import Any
from urllib.parse import urlencode

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.starlette_client import OAuth, OAuthError
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from starlette.requests import Request
from starlette.responses import Response

from vlok.identity.claims import Identity, load_provider
from vlok.identity.keys import CLIENT_ALG, client_key
from vlok.identity.logout_token import Expected, LogoutRefused, LogoutToken, UnknownKey, read_logout_token
from vlok.identity.pages import AFGEBROKEN, ONBEREIKBAAR, ONGELDIG, VERLOPEN, Weigering
from vlok.settings import Settings

LEEWAY = 30
TIMEOUT = 5.0
KEYS_AT_MOST_EVERY = 60.0
"""In seconds."""
MALFORMED = (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, AttributeError)
"""What the libraries raise on an answer of the wrong shape: the provider's bytes are not ours to trust."""


class LoginFailed(Exception):
    """A login that did not succeed: what to tell the person, and the cause for the log."""

    def __init__(self, reason: Weigering, cause: str) -> None:
        super().__init__(cause)
        self.reason = reason


class OidcClient:
    """Sends browsers to the provider and judges what they bring back."""

    def __init__(self, settings: Settings) -> None:
        self.issuer = settings.oidc_issuer
        self._client_id = settings.oidc_client_id
        self._base_url = settings.base_url
        self._provider = load_provider(settings.oidc_claims)
        self._metadata = self._provider.metadata(self.issuer)
        self._client = self._register(settings)
        self._expected = Expected(self.issuer, self._client_id, self._provider.algoritmen)
        self._asked_keys = -KEYS_AT_MOST_EVERY

    async def begin(self, request: Request) -> Response:
        """The redirect to the provider; state, nonce and PKCE verifier stay in the session of the request."""
        response: Response = await self._client.authorize_redirect(request, f"{self._base_url}/aanmelden/terug")
        return response

    async def finish(self, request: Request) -> tuple[Identity, str]:
        """The person who signed in, and their ID token; raises LoginFailed."""
        self._check_issuer(request)
        try:
            token = await self._client.authorize_access_token(
                request, claims_options=self._claims_options(), leeway=LEEWAY
            )
            return self._provider.identity(await self._claims(token)), token["id_token"]
        except MismatchingStateError as wrong:
            raise LoginFailed(VERLOPEN, "unknown or used state") from wrong
        except OAuthError as wrong:
            reason = AFGEBROKEN if "error" in request.query_params else ONGELDIG
            raise LoginFailed(reason, f"provider says {wrong.error!r}") from wrong
        except httpx2.HTTPError as wrong:
            raise LoginFailed(ONBEREIKBAAR, f"{type(wrong).__name__}: {wrong}") from wrong
        except MALFORMED as wrong:
            raise LoginFailed(ONGELDIG, f"{type(wrong).__name__}: {wrong}") from wrong

    def logout_url(self, id_token: str) -> str:
        """Where the browser signs out at the provider as well (RP-Initiated Logout)."""
        asked = {
            "id_token_hint": id_token,
            "client_id": self._client_id,
            "post_logout_redirect_uri": f"{self._base_url}/",
        }
        return f"{self._metadata['end_session_endpoint']}?{urlencode(asked)}"

    async def logout_token(self, given: str) -> LogoutToken:
        """What a logout token of the provider says; raises LogoutRefused, also when its keys cannot be had."""
        try:
            return read_logout_token(given, await self._keys(), self._expected, time.time())
        except UnknownKey:
            return read_logout_token(given, await self._keys(again=True), self._expected, time.time())

    async def _keys(self, *, again: bool = False) -> KeySet:
        """The provider's keys. They are asked again for a new key id, but not for each of many invented ones."""
        fresh = again and time.monotonic() - self._asked_keys > KEYS_AT_MOST_EVERY
        if fresh:
            self._asked_keys = time.monotonic()
        try:
            return KeySet.import_key_set(await self._client.fetch_jwk_set(force=fresh))
        except (httpx2.HTTPError, *MALFORMED) as wrong:
            raise LogoutRefused(f"no keys of the provider: {type(wrong).__name__}") from wrong

    def _register(self, settings: Settings) -> Any:
        key = client_key(settings)
        proof = PrivateKeyJWT(self._metadata["token_endpoint"], headers={"kid": key.kid}, alg=CLIENT_ALG)
        return OAuth().register(
            "vlok",
            client_id=self._client_id,
            client_secret=key,
            client_auth_methods=[proof],
            client_kwargs={
                "scope": self._provider.scope,
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": "private_key_jwt",
                "timeout": TIMEOUT,
            },
            **self._metadata,
        )

    async def _claims(self, token: dict[str, Any]) -> dict[str, Any]:
        """The claims of the verified ID token, completed from the userinfo endpoint where the provider wants that."""
        if "userinfo" not in token:  # Authlib checks an ID token only if one came
            raise ValueError("the answer holds no ID token")
        proved = dict(token["userinfo"])
        if not self._provider.userinfo:
            return proved
        more = dict(await self._client.userinfo(token=token))
        if more.get("sub") != proved["sub"]:
            raise ValueError("the userinfo is about somebody else")
        return {**more, **proved}

    def _claims_options(self) -> dict[str, Any]:
        return {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self._client_id},
            "nonce": {"essential": True},
            **({"acr": {"essential": True, "values": list(self._provider.acr)}} if self._provider.acr else {}),
        }

    def _check_issuer(self, request: Request) -> None:
        named = request.query_params.getlist("iss")
        if named != [self.issuer] and (named or self._provider.iss_verplicht):
            raise LoginFailed(ONGELDIG, "the answer names no issuer, or another one")
