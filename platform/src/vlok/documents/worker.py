"""The process that prints: started by ``vlok.documents.renderer``, fed over its standard streams.

In frames (``vlok.documents.frames``). In: a render order as JSON. Out: one byte (``P`` a PDF, ``F`` a fault), then the
PDF or the reason. It ends when its input ends, so it never outlives the server.
"""

import json
import os
import sys
from typing import BinaryIO

from vlok.api.documents import RenderOrder
from vlok.documents.frames import LENGTH
from vlok.documents.limits import limit_cpu, limit_process
from vlok.documents.pdf import pdf
from vlok.documents.stationery import html, stationery

MEMORY = 1536 * 1024 * 1024
FILE_SIZE = 50 * 1024 * 1024
CPU_SECONDS = 30


def _read(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


def _serve(packages: dict[str, str], source: BinaryIO, sink: BinaryIO) -> None:
    environment = stationery(packages)
    while (frame := _read(source)) is not None:
        limit_cpu(CPU_SECONDS)
        try:
            order = RenderOrder.from_json(frame.decode())
            answer = b"P" + pdf(html(environment, order), concept=order.concept)
        except Exception as fault:  # the boundary of the process: whatever it is, the server must hear it
            answer = b"F" + f"{type(fault).__name__}: {fault}".encode()
        sink.write(LENGTH.pack(len(answer)) + answer)
        sink.flush()


def main() -> None:
    """Serve orders until the input ends. The argument is the JSON object of plugin packages."""
    limit_process(MEMORY, FILE_SIZE)
    # A library that prints to standard output must not break the frames: keep the pipe, point 1 to standard error.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _serve(json.loads(sys.argv[1]), sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
