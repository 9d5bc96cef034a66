"""The JSON body of a request: bounded in size and depth, and without the tricks that two readers read differently."""

from __future__ import annotations

import json
from typing import Any

import orjson
from starlette.requests import Request

MAX_BODY = 256 * 1024
MAX_LEVELS = 32
"""Objects and lists within each other; no form is half as deep."""


class Refused(Exception):
    """A body that is not taken, with the HTTP status to answer."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


async def json_body(request: Request) -> Any:
    """What the body of a request says; raises Refused when it is too large, no JSON, too deep, or ambiguous."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:  # the rest is not even read
            raise Refused("De vraag is te groot.", 413)
    return parsed(bytes(body))


def parsed(body: bytes) -> Any:
    """The value of a JSON text; raises Refused (400).

    ``orjson`` refuses what is no UTF-8, NaN, lone surrogates and hundreds of levels; a key that stands twice is
    refused here: a guard before us would read the first, we the last.
    """
    try:
        if deeper(orjson.loads(body), MAX_LEVELS):
            raise Refused("De vraag is te diep genest.", 400)
        return json.loads(body, object_pairs_hook=_once)
    except ValueError as fout:
        raise Refused("De vraag is geen geldige JSON.", 400) from fout


def deeper(value: Any, levels: int) -> bool:
    """Whether a value holds more than so many levels of lists and objects."""
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(deeper(one, levels - 1) for one in inside)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found
