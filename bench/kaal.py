"""The limit: a bare ASGI handler on the same driver and pool, with hand-written SQL and the same row security.

It does what the product must do for every request as well: find the session, set who acts, read. It knows nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson
from psycopg_pool import AsyncConnectionPool

from bench.omgeving import Environment
from bench.scenarios import ALL
from bench.schrijven.kaal import decide

SESSION = (
    "select s.gebruiker_id, o.domein, o.gebied, array_agg(r.rol) from sessie s"
    " join lateral (select convert_from(s.inhoud, 'UTF8')::json as j) c on true"
    " join organisatie o on o.id = (c.j ->> 'organisatie')::uuid"
    " join roltoekenning r on r.gebruiker_id = s.gebruiker_id and r.organisatie_id = o.id"
    " where s.sleutel_hash = %s group by s.gebruiker_id, o.domein, o.gebied"
)
WHO = (
    "select set_config('app.domein', %(domein)s, true), set_config('app.gebied', %(gebied)s, true),"
    " set_config('app.gebruiker', %(gebruiker)s, true)"
)


class Handler:
    """The application: one POST per scenario name as path."""

    session = SESSION
    sql: Mapping[str, str] = {one.name: one.raw for one in ALL}
    pool: AsyncConnectionPool[Any]

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """One request, or the life of the server."""
        if scope["type"] == "lifespan":
            await receive()
            self.pool = AsyncConnectionPool(Environment.given().driver_url, min_size=10, max_size=10, open=False)
            await self.pool.open()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            return
        body = await whole(receive)
        cookie = next(value for name, value in scope["headers"] if name == b"cookie").partition(b"=")[2]
        answer = await self.read(scope["path"][1:], cookie, orjson.loads(body))
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async def read(self, name: str, cookie: bytes, variables: dict[str, Any]) -> bytes:
        """The answer of a scenario."""
        async with self.pool.connection() as connection:
            if name == "beslissing":
                return await decide(connection, cookie, variables)
            found = await (await connection.execute(self.session, [hashlib.sha256(cookie).hexdigest()])).fetchone()
            assert found
            gebruiker, domein, gebied, rollen, *more = found
            who = {"gebruiker": str(gebruiker), "domein": domein, "gebied": gebied}
            given = {**variables, **who, "rollen": rollen, **likes(variables), **self.besides(name, variables, *more)}
            async with connection.pipeline():
                await connection.execute(WHO, who)
                cursor = await connection.execute(self.sql[name], given)
            row = await cursor.fetchone()
            assert row
            return b'{"data":' + row[0].encode() + b"}"

    def besides(self, name: str, variables: Mapping[str, Any], *more: str) -> Mapping[str, Any]:
        """What the statement asks besides; ``more``: what the session tells besides."""
        return {}


async def whole(receive: Any) -> bytes:
    """The body of a request, which may come in parts."""
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message["body"])
        more = message.get("more_body", False)
    return b"".join(parts)


def likes(variables: dict[str, Any]) -> dict[str, str]:
    """The patterns of a search for a street and a number."""
    if "zoek" not in variables:
        return {}
    street, _, number = variables["zoek"].partition(" ")
    return {"like0": f"%{street}%", "like1": f"% {number}%"}
