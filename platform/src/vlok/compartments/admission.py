"""Who may be inside a compartment; for everybody else its address is that of a page that does not exist."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.requests import HTTPConnection, Request
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starsessions.session import get_session_handler

from vlok.api.actor import HEEL_VLAANDEREN, Actor
from vlok.identity.actors import Actors
from vlok.kernel import Kernel


async def admitted(inside: Kernel, actor: Actor | None) -> Actor | None:
    """The actor as who they are inside: a member as themselves, a guest with the roles of a guest; None for others."""
    compartment = inside.compartment
    assert compartment
    if actor is None or actor.domein == compartment.domein:
        return actor
    at_the_door = replace(
        actor,
        domein=compartment.domein,
        gebied=HEEL_VLAANDEREN,
        rollen=frozenset(),
        vervangt=(),
        igs=None,
        gast=True,
    )
    async with inside.reading(at_the_door) as session:
        found = await compartment.guest(session, actor)
    roles = frozenset(found.rollen & compartment.rollen.keys()) if found else None
    return replace(at_the_door, rollen=roles) if roles else None


@dataclass(frozen=True, eq=False)
class Admission:
    """Says of a request who acts inside; stands in for ``Actors`` in the routes of a compartment."""

    inside: Kernel
    actors: Actors

    async def of(self, request: HTTPConnection) -> Actor | None:
        """The actor inside; None for who is not admitted. Asked once per request."""
        state = request.scope.setdefault("state", {})
        if self not in state:
            state[self] = await admitted(self.inside, await self.actors.of(request))
        known: Actor | None = state[self]
        return known


class Door:
    """A route of a compartment. Who is not admitted is answered by ``elsewhere``, the route of every unknown path."""

    def __init__(self, app: ASGIApp, admission: Admission, elsewhere: BaseRoute) -> None:
        self._app = app
        self._admission = admission
        self._elsewhere = elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer inside, or as if there were no inside."""
        if await self._admission.of(Request(scope)) is not None:
            await self._app(scope, receive, send)
            return
        get_session_handler(HTTPConnection(scope)).is_loaded = False  # an unknown path looks at no session either
        _, found = self._elsewhere.matches(scope)
        scope.update(found)
        await self._elsewhere.handle(scope, receive, send)
