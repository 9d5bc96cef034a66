"""Server-side sessions: the cookie holds a random secret, the table its hash, so that a session can be ended at once.

A session comes into being only through ``begin``: a value that a browser brings along is never adopted, and the end of
a request never brings an ended session back.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.types import Message, Receive, Scope, Send
from starsessions import JsonSerializer, SessionMiddleware, SessionStore, get_session_handler

from vlok.api.actor import OrganisatieSoort
from vlok.api.clock import Clock, belgian_day
from vlok.db.session import Database
from vlok.identity.logout_token import LogoutToken
from vlok.identity.seat import OF_SESSION, Seat, Seen
from vlok.identity.tables import Afmelding, Gebruiker, Sessie
from vlok.settings import Settings

TOUCH_AFTER = timedelta(minutes=1)
"""The moment of last use is written at most this often."""
TOKENS_KEPT = timedelta(minutes=10)
"""How long a used logout token is remembered: longer than one is valid."""


_read: ContextVar[Seen | None] = ContextVar("read", default=None)
"""What this request read. The same content again need not be written."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lives: without a request, and at most."""

    idle: timedelta
    absolute: timedelta


ANONYMOUS = Limits(idle=timedelta(minutes=10), absolute=timedelta(minutes=10))
USUAL = Limits(idle=timedelta(minutes=30), absolute=timedelta(hours=10))
INSPECTION = Limits(idle=timedelta(minutes=15), absolute=timedelta(hours=8))


def limits(content: Mapping[str, Any]) -> Limits:
    """The limits of a session: shorter for the Wooninspectie, shortest before someone has signed in."""
    if "gebruiker" not in content:
        return ANONYMOUS
    return INSPECTION if content.get("soort") == OrganisatieSoort.WI else USUAL


@dataclass(frozen=True, slots=True)
class Life:
    """How long a session lives on, by its last use and its begin."""

    used: datetime
    begun: datetime
    limits: Limits

    @classmethod
    def of(cls, seen: Seen) -> Life:
        """Of a session as it was read."""
        return cls(seen.gebruikt_op, seen.aangemaakt_op, limits(json.loads(seen.inhoud)))

    def ended(self, now: datetime) -> bool:
        """Whether it is over."""
        return now >= self.used + self.limits.idle or now >= self.begun + self.limits.absolute

    def to_write(self, now: datetime) -> bool:
        """Whether its last use must be written again."""
        return now - self.used >= TOUCH_AFTER


class Content(JsonSerializer):
    """JSON without starsessions' own moments: the table keeps those."""

    def serialize(self, data: Any) -> bytes:
        """The content as bytes."""
        return super().serialize({key: value for key, value in data.items() if key != "__metadata__"})


class SessieStore(SessionStore):
    """Sessions in the table ``sessie``."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._sessions = database.sessions
        self._clock = clock

    async def read(self, session_id: str, lifetime: int) -> bytes:
        """The content of a living session; empty when it is unknown, ended or too old."""
        now = self._clock.now()
        asked = OF_SESSION.values({"sleutel": hashed(session_id), "dag": belgian_day(now)})
        seen = Seen.of(session_id, await self._database.direct.rows(OF_SESSION.text, asked))
        _read.set(seen)
        if seen is None:
            return b""
        if Life.of(seen).ended(now):
            _read.set(None)
            await self.remove(session_id)
            return b""
        return seen.inhoud

    async def write(self, session_id: str, data: bytes, lifetime: int, ttl: int) -> str:
        """Keeps the content of a session that still exists; one that was ended meanwhile stays ended."""
        now = self._clock.now()
        before = _read.get()
        same = before is not None and (before.session_id, before.inhoud) == (session_id, data)
        if before is not None and same and not Life.of(before).to_write(now):
            return session_id
        content = json.loads(data)
        values = {"inhoud": data, "gebruiker_id": content.get("gebruiker"), "sid": content.get("sid")}
        async with self._sessions.begin() as session:
            await session.execute(
                update(Sessie)
                .where(Sessie.sleutel_hash == hashed(session_id))
                .values(**values, gebruikt_op=now)
                .execution_options(synchronize_session=False)
            )
        return session_id

    async def remove(self, session_id: str) -> None:
        """Ends one session."""
        async with self._sessions.begin() as session:
            await session.execute(delete(Sessie).where(Sessie.sleutel_hash == hashed(session_id)))

    async def begin(self, request: HTTPConnection) -> None:
        """Gives the request a new, empty session with a new secret and ends the one it came with, if any."""
        handler = get_session_handler(request)
        if handler.session_id:
            await self.remove(handler.session_id)
        handler.session_id = secrets.token_urlsafe(32)
        request.session.clear()
        now = self._clock.now()
        async with self._sessions.begin() as session:
            row = Sessie(sleutel_hash=hashed(handler.session_id), inhoud=b"{}", aangemaakt_op=now, gebruikt_op=now)
            session.add(row)

    async def renew(self, request: HTTPConnection) -> None:
        """Gives the session of the request a new secret; the old one is worth nothing any more, its age stays."""
        handler = get_session_handler(request)
        fresh = secrets.token_urlsafe(32)
        async with self._sessions.begin() as session:
            await session.execute(
                update(Sessie)
                .where(Sessie.sleutel_hash == hashed(handler.session_id or ""))
                .values(sleutel_hash=hashed(fresh))
                .execution_options(synchronize_session=False)
            )
        handler.session_id = fresh

    async def end_all_of(self, gebruiker_id: UUID) -> None:
        """Ends every session of a person; their next request is refused."""
        async with self._sessions.begin() as session:
            await session.execute(delete(Sessie).where(Sessie.gebruiker_id == gebruiker_id))

    async def end_session_of_provider(self, sid: str) -> None:
        """Ends every session that the provider counts as one of its own."""
        async with self._sessions.begin() as session:
            await session.execute(delete(Sessie).where(Sessie.sid == sid))

    async def end_by_token(self, iss: str, said: LogoutToken) -> int | None:
        """Ends the sessions that a logout token speaks of: how many, or None when the token was used before."""
        key = hashlib.sha256(f"{iss} {said.jti}".encode()).hexdigest()
        first = insert(Afmelding).values(jti_hash=key, gebruikt_op=self._clock.now()).on_conflict_do_nothing()
        about = [] if said.sid is None else [Sessie.sid == said.sid]
        if said.sub is not None:
            person = select(Gebruiker.id).where(Gebruiker.iss == iss, Gebruiker.sub == said.sub)
            about.append(Sessie.gebruiker_id.in_(person))
        async with self._sessions.begin() as session:
            if await session.scalar(first.returning(Afmelding.jti_hash)) is None:
                return None
            ended = await session.scalars(delete(Sessie).where(*about).returning(Sessie.sleutel_hash))
            return len(ended.all())

    async def clean_up(self) -> None:
        """Removes what nobody can use any more, sessions and used logout tokens; for a periodic job."""
        now = self._clock.now()
        anonymous = Sessie.gebruiker_id.is_(None) & (Sessie.aangemaakt_op <= now - ANONYMOUS.absolute)
        old = or_(Sessie.aangemaakt_op <= now - USUAL.absolute, Sessie.gebruikt_op <= now - USUAL.idle)
        async with self._sessions.begin() as session:
            await session.execute(delete(Sessie).where(or_(anonymous, old)))
            await session.execute(delete(Afmelding).where(Afmelding.gebruikt_op < now - TOKENS_KEPT))


class SetOnce(SessionMiddleware):
    """Gives the browser its secret when that is another than it came with, and not at every answer.

    An answer to a question that was still under way when its person changed organisation would otherwise put the old,
    worthless secret back in the place of the new one, and they would find themselves signed out.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        brought = HTTPConnection(scope).cookies.get(self.cookie_name) if scope["type"] == "http" else None
        same = f"{self.cookie_name}={brought};".encode()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", ())
                kept = [(name, value) for name, value in given if name != b"set-cookie" or not value.startswith(same)]
                message = {**message, "headers": kept}
            await send(message)

        await super().__call__(scope, receive, sent)


def session_middleware(settings: Settings, store: SessieStore) -> Middleware:
    """Cookies and sessions for the product. Content is loaded by who needs it (``load_session``), not for each file."""
    return Middleware(
        SetOnce,
        store=store,
        serializer=Content(),
        cookie_name=cookie_name(settings),
        cookie_https_only=settings.secure,
        cookie_same_site="lax",
        cookie_path="/",
    )


def cookie_name(settings: Settings) -> str:
    """The name binds the cookie to this host where the product runs on https."""
    return "__Host-vlok" if settings.secure else "vlok"


def seen_with(session_id: str | None, seat: Seat) -> Seen | None:
    """The session of this request as it was read, with its roles; None when session or seat is another by now."""
    seen = _read.get()
    if seen is None or seen.session_id != session_id or signed_in_as(json.loads(seen.inhoud)) != seat:
        return None
    return seen


def signed_in_as(session: Mapping[str, Any]) -> Seat | None:
    """The ids of the person and of their acting organisation, from the content of a loaded session."""
    if "gebruiker" not in session:
        return None
    return UUID(session["gebruiker"]), UUID(session["organisatie"])


def hashed(session_id: str) -> str:
    """What the table keeps of the secret of a session."""
    return hashlib.sha256(session_id.encode()).hexdigest()
