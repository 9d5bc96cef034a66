"""``POST /graphql``: JSON in, JSON out, one operation at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
import strawberry
import structlog
from starlette.requests import Request
from starlette.responses import Response

from vlok.api.errors import Refusal
from vlok.graph.context import Context
from vlok.graph.trusted import Trusted
from vlok.identity.who import Who
from vlok.kernel import Kernel
from vlok.secret import installation_secret
from vlok.web.body import Refused, json_body
from vlok.web.spa import STATIC

log = structlog.get_logger(__name__)
MANIFEST = STATIC / "trusted-documents.json"
"""Made by the build of the web application. No secret: its script holds the same operations."""


ASKED = "gevraagd"
"""Where the state of a request keeps what it asks, once that was read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One operation, as a client sends it."""

    query: str
    variables: dict[str, Any]
    operation_name: str | None


class GraphQLEndpoint:
    """Executes operations for the actor of the request."""

    def __init__(self, kernel: Kernel, schema: strawberry.Schema, actors: Who) -> None:
        settings = kernel.settings
        self.kernel = kernel
        self.schema = schema
        self.actors = actors
        installation_secret(settings)  # a server that cannot seal its cursors does not start
        self.trusted = Trusted.load(MANIFEST, settings.trusted_documents, only=settings.only_trusted)
        if self.trusted.only and not self.trusted.texts:
            log.warning("no trusted documents: the web application was not built, and no question is answered")

    async def __call__(self, request: Request) -> Response:
        state = request.scope.setdefault("state", {})
        asked = state.get(ASKED) or await self.asked(request)
        return asked if isinstance(asked, Response) else await self._answer(request, asked)

    async def asked(self, request: Request) -> Asked | Response:
        """What a request asks, or the answer to one that cannot be read."""
        if request.method != "POST":
            return _refused("ONGELDIG", "Stuur de vraag met POST.", 405)
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return _refused("ONGELDIG", "Stuur de vraag als application/json.", 415)
        try:
            asked = await json_body(request)
            if not isinstance(asked, dict):  # a batch, for one
                raise Refusal("ONGELDIG", "Stuur één vraag, als een JSON-object.")
            text = self.trusted.text(asked)
            variables = _optional(asked, "variables", dict, "een object")
            return Asked(text, variables or {}, _optional(asked, "operationName", str, "tekst"))
        except Refused as no:
            return _refused("ONGELDIG", no.text, no.status)
        except Refusal as no:
            return _refused(no.code, no.tekst, 400)

    async def _answer(self, request: Request, asked: Asked) -> Response:
        try:
            async with Context(self.kernel, await self.actors.of(request), raw=True) as context:
                result = await self.schema.execute(
                    asked.query,
                    variable_values=asked.variables,
                    context_value=context,
                    operation_name=asked.operation_name,
                )
        except Refusal as no:  # what was read may not leave after all
            return _refused(no.code, no.tekst, 200)
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [error.formatted for error in result.errors]
        return Response(orjson.dumps(answer), media_type="application/json")


def _optional(asked: dict[str, Any], name: str, kind: type[Any], said: str) -> Any:
    """A part of the request that may be left out; Refusal ``ONGELDIG`` when it is of another kind."""
    value = asked.get(name)
    if value is not None and not isinstance(value, kind):
        raise Refusal("ONGELDIG", f"'{name}' moet {said} zijn.")
    return value


def _refused(code: str, text: str, status: int) -> Response:
    body = {"errors": [{"message": text, "extensions": {"code": code}}]}
    headers = {"allow": "POST"} if status == 405 else None
    return Response(orjson.dumps(body), status, headers, media_type="application/json")
