"""Statements of a request, counted where they leave: at the cursors of psycopg, which all servers here use."""

from __future__ import annotations

from typing import Any

from psycopg import AsyncCursor

from bench.belasting import COUNT_HEADER

sent = 0


def _noting(kind: type[Any], name: str) -> None:
    """Count the calls of a method that sends a statement (a batch of the same statement is one)."""
    original = getattr(kind, name)

    async def noted(self: Any, *given: Any, **named: Any) -> Any:
        global sent
        sent += 1
        return await original(self, *given, **named)

    setattr(kind, name, noted)


_noting(AsyncCursor, "execute")
_noting(AsyncCursor, "executemany")


class Counted:
    """An application whose answers say in a header how many statements they took, asked one at a time."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Pass everything on, and add the header."""
        begun = sent

        async def told(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (COUNT_HEADER.encode(), str(sent - begun).encode())]
            await send(message)

        await self._app(scope, receive, told)
