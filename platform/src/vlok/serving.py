"""Serving the product with uvicorn. It has no time limit for half a request: in production a proxy stands before it."""

from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from vlok.app import Product, web

MAX_HEADERS = 16 * 1024


class TooLong(ValueError):
    """Headers beyond ``MAX_HEADERS``; the parser's caller answers 400 and closes."""


class Bounded(HttpToolsProtocol):
    """The quick reader of requests, which by itself keeps headers for as long as they come."""

    _head = False
    """Whether headers are being read."""
    _held = _read = 0
    """Bytes of the complete ones, and bytes that came in while there was no end to them."""

    def on_message_begin(self) -> None:
        """A request begins."""
        self._head, self._held, self._read = True, 0, 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header, complete."""
        self._held += len(name) + len(value)
        if self._held > MAX_HEADERS:
            raise TooLong
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """All of them."""
        self._head = False
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """What came in; while headers do not end no more of it is taken than they may hold."""
        super().data_received(data)
        if self._head and not self.transport.is_closing():
            self._read += len(data)
            if self._read > MAX_HEADERS:
                self.send_400_response("Te lange headers.")


SERVER: dict[str, Any] = {
    "http": Bounded,
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
