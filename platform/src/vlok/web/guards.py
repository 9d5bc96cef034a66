"""What stands in front of every route: request id, headers, and the refusal of cross-site writes."""

from uuid import uuid4

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vlok.identity.logout import BACK_CHANNEL

CSRF_HEADER = "x-vlok"
SAFE = ("GET", "HEAD", "OPTIONS")
PROVEN = (BACK_CHANNEL,)
"""Writes of the identity provider's server: they prove themselves by a signature, and no cookie counts for them."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
    " connect-src 'self'; frame-src 'self' blob:; object-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
FILE_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"

HEADERS = {
    "cache-control": "no-store",
    "vary": "Cookie",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

ALWAYS = [(n.encode(), v.encode()) for n, v in {**HEADERS, "content-security-policy": PAGE_POLICY}.items()]


class SecurityHeaders:
    """Adds the security headers to every answer; a route may set its own policy or caching first."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})["verzoek_id"] = uuid4().hex

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                added = [header for header in ALWAYS if header[0] not in own]
                named = (b"x-request-id", scope["state"]["verzoek_id"].encode())
                message["headers"] = [*message["headers"], *added, named]
            await send(message)

        await self.app(scope, receive, with_headers)


class SameSite:
    """Refuses a write that another site could have sent.

    A write carries the header ``X-VLOK`` (no form can) or a bearer token (no browser adds it), and when the browser
    says where it comes from, that is here.
    """

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self.app = app
        self.base_url = base_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._harmless(scope) and not self._ours(Headers(scope=scope)):
            text = "Dit verzoek komt van een andere website en is geweigerd."
            await JSONResponse({"code": "ANDERE_SITE", "tekst": text}, 403)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _harmless(self, scope: Scope) -> bool:
        return scope["method"] in SAFE or scope["path"] in PROVEN

    def _ours(self, headers: Headers) -> bool:
        if headers.get("origin") not in (None, self.base_url):
            return False
        if headers.get("sec-fetch-site") not in (None, "same-origin", "none"):
            return False
        return CSRF_HEADER in headers or headers.get("authorization", "").lower().startswith("bearer ")
