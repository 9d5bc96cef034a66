"""Serving the product with uvicorn. It has no time limit for half a request: in production a proxy stands before it."""

from typing import Any

import uvicorn

from vlok.app import Product, web

MAX_HEADERS = 16 * 1024
SERVER: dict[str, Any] = {
    "http": "h11",  # the other parser keeps headers as long as they come
    "h11_max_incomplete_event_size": MAX_HEADERS,
    "ws": "none",  # nothing here speaks WebSocket
    "log_level": "warning",
    "server_header": False,
    "timeout_keep_alive": 5,
    "timeout_graceful_shutdown": 20,
    "limit_concurrency": 200,
    "proxy_headers": True,
    "forwarded_allow_ips": "127.0.0.1",
}
"""How uvicorn serves; the limits on time and on connections per address are the proxy's."""


def serve(product: Product, host: str, port: int, *, worker: bool = True) -> None:
    """The web server until interrupted; with ``worker`` it runs the durable jobs too."""
    uvicorn.run(web(product, worker=worker), host=host, port=port, **SERVER)
