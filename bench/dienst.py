"""One server process: ``python -m bench.dienst KIND PORT [WORKERS]``, the environment given to it; not PostGraphile."""

from __future__ import annotations

import os
import sys
from typing import Any

import uvicorn

from bench.omgeving import Environment

QUIET: dict[str, Any] = {"log_level": "warning", "server_header": False, "access_log": False}
COUNTING = "BENCH_TEL"
"""The variable that asks to count the statements of every request."""


def product() -> Any:
    """The product's web application, without the job worker: what it orders stays in the queue."""
    from vlok.app import build, web

    environment = Environment.given()
    app = web(build(environment.settings(), environment.app_url, places=environment.places), worker=False)
    return counting(app)


def kaal() -> Any:
    """The limit."""
    from bench.kaal import Handler

    return counting(Handler())


def kaal_logt() -> Any:
    """The limit that keeps what it showed."""
    from bench.kaal_logt import Handler

    return counting(Handler())


def gewoon() -> Any:
    """The usual way."""
    from bench.gewoon import app

    return counting(app)


def counting(app: Any) -> Any:
    """The application; where it is asked, one that tells how many statements an answer took."""
    if COUNTING not in os.environ:
        return app
    from bench.tellen import Counted

    return Counted(app)


def main(kind: str, port: str, workers: str = "1") -> None:
    """Serve until killed. The product is served as it serves itself; references get uvicorn's fastest parser."""
    from vlok.serving import SERVER

    options = {**(SERVER if kind == "product" else {}), **QUIET}
    if (parser := os.environ.get("BENCH_HTTP")) is not None:
        options["http"] = parser
    where: dict[str, Any] = {"host": "127.0.0.1", "port": int(port), "workers": int(workers), "factory": True}
    uvicorn.run(f"bench.dienst:{kind.replace('-', '_')}", **where, **options)


if __name__ == "__main__":
    main(*sys.argv[1:])
