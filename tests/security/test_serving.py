"""What the server itself refuses, seen from a raw socket."""

import asyncio

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from vlok.serving import MAX_HEADERS, SERVER


@pytest.fixture(scope="module")
async def door():
    """An application that says yes to everything, behind the server's settings."""
    config = uvicorn.Config(PlainTextResponse("ja"), host="127.0.0.1", port=0, **{**SERVER, "lifespan": "off"})
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  uvicorn tells it no other way
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()
    server.should_exit = True
    await running


async def say(door, text: str) -> bytes:
    reader, writer = await asyncio.open_connection(*door)
    writer.write(text.encode())
    await writer.drain()
    try:
        return await asyncio.wait_for(reader.read(65_536), 10)
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


async def test_an_honest_request_is_answered_and_the_server_does_not_name_itself(door):
    answer = await say(door, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"server:" not in answer.lower()


async def test_headers_are_bounded(door):
    """More than the server reads at once; it counts what it holds of a request that is not complete."""
    size = 600_000
    many = "".join(f"X-{n}: {'a' * 100}\r\n" for n in range(size // 100))
    for headers in ("X-Lang: " + "a" * size + "\r\n", many):
        answer = await say(door, f"GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n")
        assert answer == b"" or answer.startswith(b"HTTP/1.1 4")


async def test_headers_that_never_end_are_cut_off(door):
    answer = await say(door, "GET / HTTP/1.1\r\nHost: x\r\nX-Lang: " + "a" * (MAX_HEADERS + 1_000))
    assert answer.startswith(b"HTTP/1.1 400") or answer == b""


async def test_headers_may_come_in_pieces(door):
    """As long as together they are not too long."""
    reader, writer = await asyncio.open_connection(*door)
    size = MAX_HEADERS // 2 - 200
    for piece in (
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n",
        *(f"X-{n}: {'a' * size}\r\n" for n in "ab"),
        "\r\n",
    ):
        writer.write(piece.encode())
        await writer.drain()
        await asyncio.sleep(0.05)
    assert (await reader.read(100)).startswith(b"HTTP/1.1 200")
    writer.close()


async def test_nobody_is_upgraded_to_a_websocket(door):
    upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n"
    answer = await say(door, f"GET /graphql HTTP/1.1\r\nHost: x\r\n{upgrade}\r\n")
    assert not answer.startswith(b"HTTP/1.1 101")


SMUGGLED = {
    "both lengths": "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "two lengths": "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhallo!",
    "a negative length": "Content-Length: -1\r\n\r\n",
    "an odd encoding": "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a folded header": "X-A: 1\r\n Content-Length: 5\r\n\r\nhallo",
    "a space before the colon": "Content-Length : 5\r\n\r\nhallo",
}


@pytest.mark.parametrize("what", SMUGGLED)
async def test_a_request_that_two_servers_could_read_differently_is_one_request_or_none(door, what):
    answer = await say(door, "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + SMUGGLED[what])
    assert answer.count(b"HTTP/1.1") <= 1
