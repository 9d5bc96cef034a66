"""Signing in and out, and choosing the organisation one acts for."""

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starsessions import load_session

from vlok.api.actor import Actor
from vlok.api.clock import Clock, belgian_day
from vlok.db.session import Database
from vlok.identity.actors import Actors
from vlok.identity.claims import Identity
from vlok.identity.enrolment import Enrolment, enrol
from vlok.identity.logout import Logout
from vlok.identity.oidc import LoginFailed, OidcClient
from vlok.identity.pages import GEEN_ROL, asset, weigering
from vlok.identity.sessions import SessieStore, signed_in_as
from vlok.settings import Settings
from vlok.tenancy.tables import Organisatie

log = structlog.get_logger(__name__)

MAX_PATH = 2000
OnRecord = Callable[[Actor, str], Awaitable[None]]
"""Keeps in the audit trail that somebody signed in, or acts for another organisation."""


class Login:
    """The routes ``/aanmelden``, ``/aanmelden/terug``, ``/afmelden`` (and its two channels) and ``/organisatie``.

    They need the session middleware (``session_middleware``) around them, and for the two POST routes the check against
    cross-site requests.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        store: SessieStore,
        clock: Clock,
        on_record: OnRecord,
    ) -> None:
        self._client = OidcClient(settings)
        self._logout = Logout(self._client, store)
        self._actors = Actors(settings, database, clock)
        self._sessions = database.sessions
        self._store = store
        self._clock = clock
        self._on_record = on_record

    def routes(self) -> list[Route]:
        """The routes, for the composition root."""
        return [
            Route("/aanmelden", self.begin, methods=["GET"]),
            Route("/aanmelden/terug", self.finish, methods=["GET"]),
            Route("/aanmelden/statisch/{naam}", asset, methods=["GET"]),
            Route("/afmelden", self.end, methods=["POST"]),
            *self._logout.routes(),
            Route("/organisatie", self.switch, methods=["POST"]),
        ]

    async def begin(self, request: Request) -> Response:
        """To the identity provider; afterwards back to the local path in ``terug``."""
        await load_session(request)
        if not request.session:
            await self._store.begin(request)
        request.session["terug"] = local_path(request.query_params.get("terug"))
        return await self._client.begin(request)

    async def finish(self, request: Request) -> Response:
        """The browser comes back from the provider: a new session, or a page that says why not."""
        await load_session(request)
        path = local_path(request.session.pop("terug", None))
        try:
            identity, id_token = await self._client.finish(request)
        except LoginFailed as failed:
            log.warning("login failed", code=failed.reason.code, oorzaak=str(failed)[:500])
            return weigering(failed.reason)
        enrolment = await self._enrol(identity)
        if enrolment.organisatie is None:
            log.warning("login without role", sub=identity.sub)
            return weigering(GEEN_ROL)
        await self._store.begin(request)
        request.session.update(_content(enrolment.gebruiker_id, enrolment.organisatie, identity, id_token))
        await self._record(request, "aanmelden")
        log.info("signed in", gebruiker=str(enrolment.gebruiker_id), organisatie=enrolment.organisatie.code)
        return RedirectResponse(path, 303)

    async def end(self, request: Request) -> Response:
        """Ends the session at once; answers where the browser signs out at the provider."""
        await load_session(request)
        id_token = request.session.get("id_token")
        request.session.clear()
        url = self._client.logout_url(id_token) if id_token else "/"
        return JSONResponse({"url": url}, headers={"clear-site-data": '"cache", "cookies", "storage"'})

    async def switch(self, request: Request) -> Response:
        """Acts from now on for another organisation in which the person holds a role; the session gets a new secret."""
        await load_session(request)
        seat = signed_in_as(request.session)
        if seat is None:
            return JSONResponse({"code": "NIET_AANGEMELD"}, 401)
        code = _code(await request.body())
        choices = await self._actors.organisaties(seat[0], belgian_day(self._clock.now()))
        chosen = next((choice for choice in choices if choice.code == code), None)
        if chosen is None:
            return JSONResponse({"code": "NIET_GEVONDEN"}, 404)
        await self._store.renew(request)
        request.session.update(organisatie=str(chosen.id), soort=chosen.soort.value)
        await self._record(request, "organisatie")
        return Response(status_code=204, headers={"clear-site-data": '"cache", "storage"'})

    async def _record(self, request: Request, wat: str) -> None:
        """Put on record for which organisation the person acts from now on; what cannot be kept does not happen."""
        actor = await self._actors.of(request)
        if actor is not None:
            await self._on_record(actor, wat)

    async def _enrol(self, identity: Identity) -> Enrolment:
        async with self._sessions.begin() as session:
            return await enrol(session, identity, belgian_day(self._clock.now()))


def local_path(asked: Any) -> str:
    """A path of this product to go back to; ``/`` for anything that could lead elsewhere."""
    if not isinstance(asked, str) or len(asked) > MAX_PATH or not asked.isprintable() or "\\" in asked:
        return "/"
    if not asked.startswith("/") or asked.startswith("//"):
        return "/"
    parts = urlsplit(asked)
    return "/" if parts.scheme or parts.netloc else asked


def _content(gebruiker_id: UUID, organisatie: Organisatie, identity: Identity, id_token: str) -> dict[str, Any]:
    """What the session of a signed-in person holds."""
    return {
        "gebruiker": str(gebruiker_id),
        "organisatie": str(organisatie.id),
        "soort": organisatie.soort,
        "sid": identity.sid,
        "id_token": id_token,
    }


def _code(body: bytes) -> Any:
    """The organisation's code in a JSON body; None when it holds none."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return content.get("code") if isinstance(content, dict) else None
