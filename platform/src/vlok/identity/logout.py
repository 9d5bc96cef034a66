"""Being signed out by the identity provider: through the browser (front channel) or from server to server (back).

Whoever signs out at Toegangsbeheer, or is signed out there, is signed out here at the next request.
"""

import time
from collections import OrderedDict, deque
from urllib.parse import parse_qs, urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from vlok.identity.logout_token import MAX_TEXT, LogoutRefused, LogoutToken
from vlok.identity.oidc import OidcClient
from vlok.identity.sessions import SessieStore

log = structlog.get_logger(__name__)

FRONT_CHANNEL = "/afmelden/voorkanaal"
BACK_CHANNEL = "/afmelden/achterkanaal"
MAX_BODY = 16 * 1024
FORM = "application/x-www-form-urlencoded"
MISTAKES = 30
WINDOW = 60.0
"""Refused tokens per address in so many seconds; then that address is not listened to for a while."""
MAX_ADDRESSES = 1000


class Patience:
    """Counts mistakes per address, and only mistakes: right tokens are never slowed down by wrong ones elsewhere."""

    def __init__(self) -> None:
        self._mistakes: OrderedDict[str, deque[float]] = OrderedDict()

    def gone(self, address: str) -> bool:
        """Whether an address made too many mistakes lately."""
        recent = self._mistakes.get(address, deque())
        while recent and recent[0] < time.monotonic() - WINDOW:
            recent.popleft()
        return len(recent) >= MISTAKES

    def mistake(self, address: str) -> None:
        """Remember one; the addresses that were quiet longest are forgotten first."""
        self._mistakes.setdefault(address, deque(maxlen=MISTAKES)).append(time.monotonic())
        self._mistakes.move_to_end(address)
        while len(self._mistakes) > MAX_ADDRESSES:
            self._mistakes.popitem(last=False)


class Logout:
    """The two routes. Neither reads a cookie; what they say is the same whether or not there was such a session."""

    def __init__(self, client: OidcClient, store: SessieStore) -> None:
        self._client = client
        self._store = store
        self._patience = Patience()
        parts = urlsplit(client.issuer)
        self._frame_policy = f"default-src 'none'; base-uri 'none'; frame-ancestors {parts.scheme}://{parts.netloc}"

    def routes(self) -> list[Route]:
        """The routes, for whoever has the other routes of signing in."""
        return [
            Route(FRONT_CHANNEL, self.front_channel, methods=["GET"]),
            Route(BACK_CHANNEL, self.back_channel, methods=["POST"]),
        ]

    async def front_channel(self, request: Request) -> Response:
        """The provider shows this page in a frame (OpenID Connect Front-Channel Logout 1.0, with ``iss`` and ``sid``).

        A browser sends no cookie of ours into another site's frame: the provider's own session id is what counts.
        """
        named, sids = request.query_params.getlist("iss"), request.query_params.getlist("sid")
        if named == [self._client.issuer] and len(sids) == 1 and 0 < len(sids[0]) <= MAX_TEXT and "\x00" not in sids[0]:
            await self._store.end_session_of_provider(sids[0])
        return HTMLResponse("", headers={"content-security-policy": self._frame_policy})

    async def back_channel(self, request: Request) -> Response:
        """The provider itself posts a logout token (OpenID Connect Back-Channel Logout 1.0)."""
        address = request.client.host if request.client else ""
        if self._patience.gone(address):
            return JSONResponse({"error": "temporarily_unavailable"}, 429, {"retry-after": str(int(WINDOW))})
        try:
            said = await self._client.logout_token(await _posted(request))
            await self._end(said)
        except LogoutRefused as wrong:
            self._patience.mistake(address)
            log.warning("logout token refused", reden=str(wrong)[:200])
            return JSONResponse({"error": "invalid_request"}, 400)
        return Response(status_code=200)

    async def _end(self, said: LogoutToken) -> None:
        ended = await self._store.end_by_token(self._client.issuer, said)
        if ended is None:
            raise LogoutRefused("this token was used before")
        log.info("signed out by the provider", sessies=ended)


async def _posted(request: Request) -> str:
    """The token in the body; of a body that is too large no more is read than the limit."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise LogoutRefused("the body is no form")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise LogoutRefused("the body is too large")
    try:
        tokens = parse_qs(body.decode("ascii"), max_num_fields=10).get("logout_token", [])
    except ValueError as wrong:
        raise LogoutRefused("the body is no form") from wrong
    if len(tokens) != 1:
        raise LogoutRefused("the body holds no logout token, or several")
    return tokens[0]
