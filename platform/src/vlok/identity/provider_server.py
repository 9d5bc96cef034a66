"""The OpenID rules of the local identity provider, on Authlib's server classes; everything lives in memory."""

import secrets
import time
from typing import Any, TypeVar

from authlib.oauth2.rfc6749 import AuthorizationServer, InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc7636.challenge import compare_s256_code_challenge
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import OpenIDCode
from authlib.oidc.rpinitiated import EndSessionEndpoint
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey
from starlette.responses import JSONResponse, Response

from vlok.identity.claims import load_provider
from vlok.identity.keys import SIGNING_ALG, client_key, provider_key
from vlok.identity.logout_token import EVENT, LIFETIME, TYPE
from vlok.identity.personas import Persona
from vlok.identity.provider_models import Client, Code, ProviderRequest, Reply
from vlok.settings import Settings

CODE_LIFETIME = 60
TOKEN_LIFETIME = 600
"""In seconds."""
MAX_KEPT = 10_000
"""Codes, tokens and assertion ids kept at most, of each; the oldest go first."""

V = TypeVar("V")


class Server(AuthorizationServer):  # type: ignore[misc]
    """One client, authorization codes with PKCE, and ID tokens about personas."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.provider = load_provider(settings.oidc_claims)
        self.metadata = self.provider.metadata(settings.oidc_issuer)
        self.key: RSAKey = provider_key(settings)
        public = ECKey.import_key(client_key(settings).as_dict(private=False))
        self.client = Client(settings.oidc_client_id, public, settings.base_url)
        self.issuer = Issuer(settings.oidc_issuer)
        self.codes: dict[str, Code] = {}
        self.tokens: dict[str, tuple[Persona, float]] = {}
        self.assertions: dict[str, float] = {}
        self.register_token_generator("default", BearerTokenGenerator(_secret, expires_generator=TOKEN_LIFETIME))
        self.register_client_auth_method("private_key_jwt", PrivateKeyAssertion(self))
        self.register_grant(CodeGrant, [RequiredS256(), AboutPersona(self)])
        self.register_endpoint(EndSession)
        self.register_extension(self.issuer)

    def public_keys(self) -> dict[str, Any]:
        """The key set that clients verify with."""
        return dict(KeySet([self.key]).as_dict(private=False))

    def persona_of(self, access_token: str) -> Persona | None:
        """Whom an access token stands for; None when it is unknown or over."""
        persona, until = self.tokens.get(access_token, (None, 0.0))
        return persona if time.time() < until else None

    def logout_token(self, about: dict[str, Any]) -> str:
        """Tells the client that the session of an ID token is over (OpenID Connect Back-Channel Logout 1.0)."""
        now = int(time.time())
        claims = {
            "iss": self.settings.oidc_issuer,
            "aud": self.client.client_id,
            "iat": now,
            "exp": now + LIFETIME,
            "jti": secrets.token_urlsafe(16),
            "events": {EVENT: {}},
            "sub": about["sub"],
            "sid": about["sid"],
        }
        return jwt.encode({"alg": SIGNING_ALG, "typ": TYPE, "kid": self.key.kid}, claims, self.key, [SIGNING_ALG])

    def query_client(self, client_id: str) -> Client | None:
        return self.client if client_id == self.client.client_id else None

    def save_token(self, token: dict[str, Any], request: ProviderRequest) -> None:
        keep(self.tokens, token["access_token"], (request.user, time.time() + TOKEN_LIFETIME))

    def create_oauth2_request(self, request: ProviderRequest) -> ProviderRequest:
        return request

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Response:
        if isinstance(body, dict):
            return JSONResponse(body, status, dict(headers))
        return Reply(body, status, dict(headers))

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Nobody listens to Authlib's signals here."""


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    """Codes that live a minute and work once."""

    TOKEN_ENDPOINT_AUTH_METHODS = ("private_key_jwt",)
    server: Server

    def save_authorization_code(self, code: str, request: ProviderRequest) -> None:
        asked = request.payload.data
        given = Code(
            code=code,
            redirect_uri=asked["redirect_uri"],
            scope=request.scope,
            nonce=asked["nonce"],
            code_challenge=asked["code_challenge"],
            code_challenge_method=asked["code_challenge_method"],
            persona=request.user,
        )
        keep(self.server.codes, code, given)

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        found = self.server.codes.pop(code, None)
        return found if found and time.time() < found.given_at + CODE_LIFETIME else None

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Already gone: a code is taken out when it is first shown, whatever comes of it."""

    def authenticate_user(self, authorization_code: Code) -> Persona:
        return authorization_code.persona


class RequiredS256(CodeChallenge):  # type: ignore[misc]
    """PKCE with S256, for every client: Authlib itself lets a confidential client go without."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)
    CODE_CHALLENGE_METHODS = {"S256": compare_s256_code_challenge}  # noqa: RUF012 - Authlib reads a plain dict

    def validate_code_challenge(self, grant: CodeGrant, redirect_uri: str) -> None:
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with code_challenge_method S256 is required")
        super().validate_code_challenge(grant, redirect_uri)


class AboutPersona(OpenIDCode):  # type: ignore[misc]
    """ID tokens with the claims of a persona, signed RS256."""

    def __init__(self, server: Server) -> None:
        super().__init__(require_nonce=True)
        self._server = server

    def exists_nonce(self, nonce: str, request: ProviderRequest) -> bool:
        """Choosing again after the back button is no replay: each choice makes a code of its own."""
        return False

    def get_authorization_code_claims(self, authorization_code: Code) -> dict[str, Any]:
        return {**super().get_authorization_code_claims(authorization_code), "sid": authorization_code.sid}

    def generate_user_info(self, user: Persona, scope: str) -> dict[str, Any]:
        return self._server.provider.describe(user)

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        return self._server.key

    def get_client_algorithm(self, client: Client) -> str:
        return SIGNING_ALG

    def get_encode_header(self, client: Client) -> dict[str, Any]:
        return {"alg": SIGNING_ALG, "kid": self._server.key.kid}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": self._server.settings.oidc_issuer, "aud": client.client_id}


class PrivateKeyAssertion(JWTBearerClientAssertion):  # type: ignore[misc]
    """The client proves itself with its private key; each proof works once."""

    CLIENT_AUTH_METHOD = "private_key_jwt"

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._server = server

    def get_audiences(self) -> list[str]:
        return [self._server.metadata["token_endpoint"], self._server.settings.oidc_issuer]

    def validate_jti(self, claims: dict[str, Any], jti: str) -> bool:
        if jti in self._server.assertions:
            return False
        keep(self._server.assertions, jti, time.time())
        return True

    def resolve_client_public_key(self, client: Client) -> ECKey:
        return client.key


class Issuer(IssuerParameter):  # type: ignore[misc]
    """Names the issuer in every answer to an authorization request (RFC 9207)."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer

    def get_issuer(self) -> str:
        return self._issuer


class EndSession(EndSessionEndpoint):  # type: ignore[misc]
    """Sends who signs out back to the product; nothing is remembered here that would have to end."""

    server: Server

    def get_server_jwks(self) -> KeySet:
        return KeySet([self.server.key])

    def get_algorithms(self) -> list[str]:
        return [SIGNING_ALG]

    def end_session(self, end_session_request: Any) -> None:
        """There is no session at this provider: a persona is chosen anew each time."""


def keep(kept: dict[str, V], key: str, value: V) -> None:
    """Adds to a dictionary that drops its oldest entries beyond MAX_KEPT."""
    kept[key] = value
    while len(kept) > MAX_KEPT:
        del kept[next(iter(kept))]


def _secret(client: Client, grant_type: str, user: Persona, scope: str) -> str:
    return secrets.token_urlsafe(32)
