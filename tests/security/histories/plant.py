"""How a mistake is planted that would let the inspectorate show through: in the running process and nowhere else.

What the wall of the database keeps out is let through by a hole for this purpose: a superuser's connection that a patch
looks through (``apart``) or writes with (``outside``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import psycopg
from tests.security.histories.replay import Side

from vlok.db.roles import connected
from vlok.graph import operations
from vlok.graph.context import Context

Leak = Callable[[Side], AbstractContextManager[Any]]
LEAKS: dict[str, Leak] = {}
"""Side channel and mistake → what plants it; filled by ``leaks``."""
DOSSIERS = "select count(*) from wi.dossier"
ABOUT = "select count(*) from wi.dossier where onderwerp_id = %s"


class Hole:
    """A way around the wall, for planted mistakes only."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def apart(self, query: str, *given: Any) -> Any:
        """What the first row says."""
        found = self._connection.execute(query, given).fetchone()  # type: ignore[call-overload]
        return found[0] if found else None

    def column(self, query: str, *given: Any) -> list[Any]:
        """All rows of one column."""
        return [row[0] for row in self._connection.execute(query, given).fetchall()]  # type: ignore[call-overload]

    def outside(self, statement: str) -> None:
        """Write in the common place."""
        self._connection.execute(statement)  # type: ignore[call-overload]


def leak(name: str) -> Callable[[Callable[[Hole, Side], Any]], Callable[[Hole, Side], Any]]:
    """Register a mistake: a function that gives the patches."""

    def register(patches: Callable[[Hole, Side], Any]) -> Callable[[Hole, Side], Any]:
        @contextmanager
        def planted(side: Side) -> Iterator[None]:
            with connected(side.database.admin_url) as connection, patches(Hole(connection), side):
                yield

        LEAKS[name] = planted
        return patches

    return register


def around(owner: Any, name: str, change: Callable[..., Any]) -> Any:
    """``change(result, *arguments)`` says what an awaited function answers instead."""
    usual = getattr(owner, name)

    async def other(*given: Any, **named: Any) -> Any:
        return change(await usual(*given, **named), *given)

    return patch.object(owner, name, other)


def before(owner: Any, name: str, look: Callable[..., None]) -> Any:
    """``look(*arguments)`` runs first, and may refuse."""
    usual = getattr(owner, name)

    async def other(*given: Any, **named: Any) -> Any:
        look(*given)
        return await usual(*given, **named)

    return patch.object(owner, name, other)


@contextmanager
def by_core(*patches: Any) -> Iterator[None]:
    """The mistakes of resolvers: every question is answered by graphql-core, which asks them."""
    with ExitStack() as planted:
        for one in (patch.object(Context, "compiled", False), *patches):
            planted.enter_context(one)
        yield


def after_inside(hole: Hole, statement: str) -> Any:
    """After every change inside something is written outside."""

    def write(outcome: Any, kernel: Any, *_: Any) -> Any:
        if kernel.compartment is not None and outcome.uitgevoerd:
            hole.outside(statement)
        return outcome

    return around(operations, "execute", write)


def inspector(headers: Any, side: Side) -> bool:
    """Whether a request comes from the inspectorate."""
    given = headers.get("authorization", "")
    return any(given.endswith(token) for who, token in side.tokens.items() if who.endswith("@wi"))
