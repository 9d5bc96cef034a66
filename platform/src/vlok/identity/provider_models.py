"""What Authlib's server classes need to know of a request, a client and a code, for the local identity provider."""

import secrets
import time
from collections import defaultdict
from dataclasses import dataclass, field

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, ClientMixin, OAuth2Payload, OAuth2Request
from joserfc.jwk import ECKey
from starlette.responses import Response

from vlok.identity.logout import BACK_CHANNEL
from vlok.identity.personas import Persona


class Reply(Response):
    """A response whose Location Authlib's extensions can read and change."""

    @property
    def location(self) -> str | None:
        return self.headers.get("location")

    @location.setter
    def location(self, value: str) -> None:
        self.headers["location"] = value


class Payload(OAuth2Payload):  # type: ignore[misc]
    """The parameters of a request, from its query or its form."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._lists: defaultdict[str, list[str]] = defaultdict(list)
        for name, value in pairs:
            self._lists[name].append(value)

    @property
    def data(self) -> dict[str, str]:
        return {name: values[0] for name, values in self._lists.items()}

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        return self._lists


class ProviderRequest(OAuth2Request):  # type: ignore[misc]
    """A Starlette request, read beforehand because Authlib's server is synchronous."""

    def __init__(self, method: str, uri: str, pairs: list[tuple[str, str]]) -> None:
        super().__init__(method, uri)
        self.payload = Payload(pairs)

    @property
    def form(self) -> dict[str, str]:
        return self.payload.data


@dataclass(frozen=True)
class Client(ClientMixin):  # type: ignore[misc]
    """The product, the only client."""

    client_id: str
    key: ECKey
    base_url: str

    @property
    def backchannel_logout_uri(self) -> str:
        """Where it wants to be told that somebody signed out."""
        return f"{self.base_url}{BACK_CHANNEL}"

    @property
    def client_metadata(self) -> dict[str, list[str]]:
        return {"post_logout_redirect_uris": [f"{self.base_url}/"]}

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str | None) -> str:
        return scope or "openid"

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == f"{self.base_url}/aanmelden/terug"

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "private_key_jwt"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """An authorization code and what it was given out for."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    persona: Persona
    given_at: float = field(default_factory=time.time)
    sid: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(self.given_at)

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None
