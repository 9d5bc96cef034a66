"""``POST /graphql``: JSON in, JSON out, one operation at a time."""

from __future__ import annotations

from typing import Any

import orjson
import strawberry
import structlog
from starlette.requests import Request
from starlette.responses import Response

from vlok.graph.context import Context
from vlok.identity.actors import Actors
from vlok.kernel import Kernel

log = structlog.get_logger(__name__)
MAX_BODY = 256 * 1024


class GraphQLEndpoint:
    """Executes operations for the actor of the request."""

    def __init__(self, kernel: Kernel, schema: strawberry.Schema, actors: Actors) -> None:
        self.kernel = kernel
        self.schema = schema
        self.actors = actors

    async def __call__(self, request: Request) -> Response:
        if request.method != "POST":
            return _refused("Stuur de vraag met POST.", 405)
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refused("Stuur de vraag als application/json.", 415)
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:  # the rest is not even read
                return _refused("De vraag is te groot.", 413)
        try:
            asked = orjson.loads(body)
        except orjson.JSONDecodeError:
            return _refused("De vraag is geen geldige JSON.", 400)
        if not isinstance(asked, dict) or not isinstance(asked.get("query"), str) or not asked["query"].strip():
            return _refused("De vraag bevat geen 'query'.", 400)
        if not isinstance(asked.get("variables") or {}, dict):
            return _refused("'variables' moet een object zijn.", 400)
        if not isinstance(asked.get("operationName") or "", str):
            return _refused("'operationName' moet tekst zijn.", 400)
        return await self._answer(request, asked)

    async def _answer(self, request: Request, asked: dict[str, Any]) -> Response:
        context = Context(self.kernel, await self.actors.of(request))
        try:
            result = await self.schema.execute(
                asked["query"],
                variable_values=asked.get("variables") or None,
                context_value=context,
                operation_name=asked.get("operationName"),
            )
        finally:
            await context.close()
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [error.formatted for error in result.errors]
        return Response(orjson.dumps(answer), media_type="application/json")


def _refused(text: str, status: int) -> Response:
    body = {"errors": [{"message": text, "extensions": {"code": "ONGELDIG"}}]}
    return Response(orjson.dumps(body), status, media_type="application/json")
