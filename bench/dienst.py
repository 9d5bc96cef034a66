"""One server process: ``python -m bench.dienst product|kaal|gewoon PORT TAKEN``."""

from __future__ import annotations

import os
import sys

import uvicorn

from vlok.db.roles import make_url

QUIET = {"host": "127.0.0.1", "log_level": "warning", "server_header": False, "access_log": False}


def main(kind: str, port: str, tasks: str) -> None:
    """Serve until killed."""
    from bench import omgeving

    environment = omgeving.prepare(int(tasks))
    if kind == "product":
        from vlok.app import build, web

        product = build(environment.settings(), environment.app_url, places=environment.places)
        uvicorn.run(web(product, worker=False), port=int(port), **QUIET)  # type: ignore[arg-type]
        return
    os.environ["BENCH_URL"] = make_url(environment.app_url).set(drivername="postgresql").render_as_string(False)
    uvicorn.run(f"bench.{kind}:app", port=int(port), **QUIET)  # type: ignore[arg-type]


if __name__ == "__main__":
    main(*sys.argv[1:])
