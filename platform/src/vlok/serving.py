"""Serving the product with uvicorn. It has no time limit for half a request: in production a proxy stands before it."""

import uvicorn

from vlok.app import Product, web


def serve(product: Product, host: str, port: int, *, worker: bool = True) -> None:
    """The web server until interrupted; with ``worker`` it runs the durable jobs too."""
    uvicorn.run(
        web(product, worker=worker),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=5,
        limit_concurrency=200,
    )
