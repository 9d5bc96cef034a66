"""The local identity provider: stands in for ACM/IDM in the demo and in tests. One chooses who one is; no password."""

from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urlencode

import httpx2
import structlog
from authlib.oauth2 import OAuth2Error
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vlok.api.errors import ContractError
from vlok.identity.keys import SIGNING_ALG
from vlok.identity.pages import asset, page
from vlok.identity.personas import Persona, personas
from vlok.identity.provider_models import ProviderRequest
from vlok.identity.provider_server import Server
from vlok.settings import Settings

log = structlog.get_logger(__name__)

TIMEOUT = 5.0
"""In seconds."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def provider_app(settings: Settings) -> Starlette:
    """The provider, to be served where ``settings.oidc_issuer`` points; raises ContractError outside the demo."""
    if not settings.demo:
        raise ContractError("the local identity provider lets anyone be anyone: it starts in the demo only")
    endpoints = Endpoints(Server(settings))
    return Starlette(routes=endpoints.routes(), middleware=[Middleware(Headers)])


class Headers:
    """Puts the security headers on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)


class Endpoints:
    """The provider's addresses."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._issuer: str = server.settings.oidc_issuer

    def routes(self) -> list[Route]:
        """Every route, at the paths that the description of the provider gives them."""
        where = self._server.provider.eindpunten
        if not all(path.startswith("/") for path in where.model_dump().values()):
            raise ContractError("the local identity provider needs endpoints that are paths (VLOK_OIDC_CLAIMS)")
        return [
            Route("/.well-known/openid-configuration", self.discovery),
            Route(where.jwks, self.keys),
            Route(where.authorization, self.authorize),
            Route(where.token, self.token, methods=["POST"]),
            Route(where.userinfo, self.userinfo),
            Route(where.end_session, self.end_session, methods=["GET", "POST"]),
            Route("/statisch/{naam}", asset),
        ]

    async def discovery(self, request: Request) -> Response:
        """What the provider can do (OpenID Connect Discovery)."""
        return JSONResponse(
            {
                **self._server.metadata,
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "scopes_supported": self._server.provider.scope.split(),
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
                "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
                "id_token_signing_alg_values_supported": [SIGNING_ALG],
                "authorization_response_iss_parameter_supported": True,
                "backchannel_logout_supported": True,
                "backchannel_logout_session_supported": True,
            }
        )

    async def keys(self, request: Request) -> Response:
        """The public keys."""
        return JSONResponse(self._server.public_keys())

    async def authorize(self, request: Request) -> Response:
        """Shows whom one can be; once chosen, sends the browser back with a code."""
        asked = self._oauth(request, request.query_params.multi_items())
        try:
            grant = self._server.get_consent_grant(asked)
            persona = personas().get(request.query_params.get("persona", ""))
            if persona is None:
                return self._choice(request)
            response: Response = self._server.create_authorization_response(asked, persona, grant)
            return response
        except OAuth2Error as error:
            refused: Response = self._server.handle_error_response(asked, error)
            if "location" in refused.headers:
                self._server.issuer.add_issuer_parameter(self._server, refused)
            return refused
        except ValueError:  # Authlib cannot repeat every character it refuses
            log.warning("malformed authorization request")
            return JSONResponse({"error": "invalid_request"}, 400)

    async def token(self, request: Request) -> Response:
        """Exchanges a code for tokens."""
        async with request.form(max_files=0, max_fields=20) as form:
            pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
        response: Response = self._server.create_token_response(self._oauth(request, pairs))
        return response

    async def userinfo(self, request: Request) -> Response:
        """The claims about whom the access token stands for."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        persona = self._server.persona_of(token) if scheme.lower() == "bearer" else None
        if persona is None:
            return JSONResponse({"error": "invalid_token"}, 401, {"WWW-Authenticate": "Bearer"})
        return JSONResponse(self._server.provider.describe(persona))

    async def end_session(self, request: Request) -> Response:
        """Tells the product's server, then sends the browser back, or shows a page that says one is signed out."""
        pairs = request.query_params.multi_items()
        if request.method == "POST":
            async with request.form(max_files=0, max_fields=20) as form:
                pairs = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
        oauth = self._oauth(request, pairs)
        try:
            asked = self._server.validate_endpoint_request("end_session", oauth)
        except OAuth2Error as error:
            refused: Response = self._server.handle_error_response(oauth, error)
            return refused
        if asked.id_token_claims and "sid" in asked.id_token_claims:
            await self._tell(self._server.logout_token(asked.id_token_claims))
        return self._server.create_endpoint_response("end_session", asked) or page("afgemeld.html", basis=self._issuer)

    async def _tell(self, logout_token: str) -> None:
        """Posts a logout token; that it did not arrive keeps nobody from signing out here."""
        there = self._server.client.backchannel_logout_uri
        try:
            async with httpx2.AsyncClient(trust_env=False, timeout=TIMEOUT) as client:
                answer = await client.post(there, data={"logout_token": logout_token})
            if answer.is_error:
                log.warning("the product refused the logout token", status=answer.status_code)
        except httpx2.HTTPError as wrong:
            log.warning("the product could not be told of a logout", oorzaak=type(wrong).__name__)

    def _oauth(self, request: Request, pairs: list[tuple[str, str]]) -> ProviderRequest:
        return ProviderRequest(request.method, f"{self._issuer}{request.scope['path']}", pairs)

    def _choice(self, request: Request) -> Response:
        zoek = request.query_params.get("zoek", "").strip()
        pairs = [(name, value) for name, value in request.query_params.multi_items() if name not in ("zoek", "persona")]
        return page(
            "kies.html",
            basis=self._issuer,
            groepen=_grouped(persona for persona in personas().values() if _matches(persona, zoek)),
            zoek=zoek,
            parameters=pairs,
            vraag=urlencode(pairs),
        )


def _grouped(found: Iterable[Persona]) -> list[tuple[str, list[Persona]]]:
    return [(groep, list(members)) for groep, members in groupby(found, key=lambda persona: persona.groep)]


def _matches(persona: Persona, zoek: str) -> bool:
    """Whether every word of a search occurs in what the page shows of a persona."""
    shown = " ".join((persona.naam, persona.voornaam, persona.familienaam, persona.functie, persona.groep)).casefold()
    return all(word in shown for word in zoek.casefold().split())
