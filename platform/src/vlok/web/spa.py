"""The single-page application: built assets under their hashed names, and the one page for every other path."""

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """Files with a hash in their name never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = FOREVER
        return response


def _file(path: str) -> Path | None:
    """The built file of that path; None when there is none, or when it is no path at all."""
    try:
        asked = (STATIC / path).resolve()
        return asked if path and asked.is_relative_to(STATIC) and asked.is_file() else None
    except (OSError, ValueError):  # a name too long, a zero byte
        return None


async def page(request: Request) -> Response:
    """The application's page; it finds its own way by the path."""
    asked = _file(request.path_params["path"])
    if asked is not None:
        return FileResponse(asked)
    index = STATIC / "index.html"
    if request.method not in ("GET", "HEAD"):
        raise HTTPException(405)
    if not index.exists():
        return PlainTextResponse("De webtoepassing is niet gebouwd: voer './dev demo' uit.", 503)
    return FileResponse(index)
