"""Questions of somebody who asked a moment ago, answered before it is asked anew who they are.

Nothing here decides anything: the database proves what is supposed of the one who asks (``identity.expected``), and
whatever is not simply answered by it begins anew on the usual way, with the session read first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from vlok.api.errors import Refusal
from vlok.graph.compiled.extension import planner_of
from vlok.graph.compiled.lowering import Unplannable
from vlok.graph.compiled.marks import Surprise
from vlok.graph.compiled.reading import Question, Reading, Unproven
from vlok.graph.context import Context
from vlok.graph.documents import Wrong
from vlok.identity.expected import Expectations, Expected
from vlok.web.graphql import ASKED, Asked, GraphQLEndpoint

START = b'{"data":'
TYPE = (b"content-type", b"application/json")


@dataclass(frozen=True, slots=True)
class Quick:
    """Stands before the sessions; passes on all it does not answer."""

    app: ASGIApp
    path: str
    endpoint: GraphQLEndpoint
    expectations: Expectations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == self.path and scope["method"] == "POST":
            headers, state = scope["headers"], scope["state"]
            expected = self.expectations.of(headers, state["verzoek_id"])
            if expected is not None and self.endpoint.kernel.database.is_own(expected[0]):
                asked = state[ASKED] = await self.endpoint.asked(Request(scope, receive))
                text = await self._answer(asked, expected) if isinstance(asked, Asked) else None
                if text is not None:
                    await self.expectations.used(expected)
                    await _send(send, START + text + b"}")
                    return
        await self.app(scope, receive, send)

    async def _answer(self, asked: Asked, expected: Expected) -> bytes | None:
        schema: Any = self.endpoint.schema
        try:
            ready = schema.documents.ready(asked.query)
            ready.check(asked.operation_name, asked.variables)
            async with Context(self.endpoint.kernel, expected[0], proof=expected[1]) as context:
                planner = planner_of(schema, self.endpoint.kernel)
                given = (asked.query, asked.variables, asked.operation_name)
                return await Reading(planner, Question(schema, context, *given, ready.document)).text()
        except (Wrong, Unplannable, Unproven, Surprise, Refusal):
            return None


async def _send(send: Send, body: bytes) -> None:
    headers = [TYPE, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
