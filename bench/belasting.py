"""The load: keep-alive HTTP/1.1 connections that send prepared requests one after the other, and what it cost."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

COUNT_HEADER = "x-bench-opdrachten"
"""How many statements an answer took, where the server counts them."""
TICKS = os.sysconf("SC_CLK_TCK")
ALLOWED = 4.9
"""Seconds after which an error is the limit on the time of a statement (``vlok.db.roles``), whatever a server says."""


@dataclass(frozen=True)
class Sample:
    """One measurement: times in milliseconds, CPU in milliseconds per request."""

    per_second: float
    p50: float
    p99: float
    server_cpu: float
    database_cpu: float
    size: int
    times: tuple[float, ...] = ()
    """Every time, where there are so few that rounds are taken together."""
    cut_off: int = 0
    """Requests that the database broke off, after the time that the role allows a statement: no pages."""


@dataclass(frozen=True)
class Target:
    """Where requests go, and whose processes are counted."""

    port: int
    server: int
    database: int
    patient: bool = False
    """Whether a request that is cut off is counted; else it ends the run."""


class NoAnswer(RuntimeError):
    """The server says no, or answers with errors."""


@dataclass(frozen=True)
class Answer:
    """The body of an answer, and how many statements it took where the server counts them."""

    body: bytes
    statements: int | None


def request(port: int, path: str, body: bytes, headers: Sequence[tuple[str, str]]) -> bytes:
    """The bytes of one POST."""
    fixed = [("Host", f"127.0.0.1:{port}"), ("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    lines = "".join(f"{name}: {value}\r\n" for name, value in (*fixed, *headers))
    return f"POST {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


async def measure(target: Target, requests: Sequence[bytes], connections: int, seconds: float) -> Sample:
    """Send the requests in turn over so many connections for so long."""
    until = time.perf_counter() + seconds
    return await _measured(target, [_endless(requests[at::connections], until) for at in range(connections)])


async def once(target: Target, requests: Sequence[bytes], connections: int = 1) -> Sample:
    """Send each request one time, over so many connections."""
    return await _measured(target, [iter(requests[at::connections]) for at in range(connections)], kept=True)


def _endless(requests: Sequence[bytes], until: float) -> Iterator[bytes]:
    for request in cycle(requests):
        if time.perf_counter() >= until:
            return
        yield request


async def _measured(target: Target, turns: Sequence[Iterator[bytes]], *, kept: bool = False) -> Sample:
    times: list[float] = []
    sizes: list[int] = []
    before = cpu(tree(target.server)), cpu(tree(target.database))
    begun = time.perf_counter()
    cut_off = sum(await asyncio.gather(*(_client(target, turn, times, sizes) for turn in turns)))
    lasted = time.perf_counter() - begun
    server, database = spent(before[0], cpu(tree(target.server))), spent(before[1], cpu(tree(target.database)))
    times.sort()
    count = len(times)
    assert count, "geen enkel antwoord binnen de tijdslimiet"
    return Sample(
        per_second=count / lasted,
        p50=times[count // 2] * 1000,
        p99=times[min(count - 1, count * 99 // 100)] * 1000,
        server_cpu=server / count * 1000,
        database_cpu=database / count * 1000,
        size=sizes[0],
        times=tuple(each * 1000 for each in times) if kept else (),
        cut_off=cut_off,
    )


async def _client(target: Target, requests: Iterator[bytes], times: list[float], sizes: list[int]) -> int:
    """One connection; how many of its requests were cut off."""
    cut_off = 0
    reader, writer = await asyncio.open_connection("127.0.0.1", target.port, limit=2**24)
    for request in requests:
        begun = time.perf_counter()
        writer.write(request)
        try:
            body = await answer(reader)
        except NoAnswer:
            if not target.patient or time.perf_counter() - begun < ALLOWED:
                raise
            cut_off += 1
            continue
        times.append(time.perf_counter() - begun)
        sizes.append(len(body))
    writer.close()
    return cut_off


async def asked(port: int, requests: Sequence[bytes]) -> list[Answer]:
    """The answers to these requests, one after the other."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**24)
    found = []
    for request in requests:
        writer.write(request)
        head, body = await _answer(reader)
        counted = head.partition(COUNT_HEADER.encode() + b": ")[2].partition(b"\r\n")[0]
        found.append(Answer(body, int(counted) if counted else None))
    writer.close()
    return found


async def answer(reader: asyncio.StreamReader) -> bytes:
    """One answer's body; raises NoAnswer."""
    return (await _answer(reader))[1]


async def _answer(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b"transfer-encoding: chunked" in head:
        body = await _chunked(reader)
    else:
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        body = await reader.readexactly(length)
    if not head.startswith(b"http/1.1 200") or b'"errors"' in body[:200] or b'"errors"' in body[-400:]:
        raise NoAnswer(f"{head[:60]!r} {body[:600]!r}")
    return head, body


async def _chunked(reader: asyncio.StreamReader) -> bytes:
    parts: list[bytes] = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)


def tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*"):
            try:
                waiting += map(int, (task / "children").read_text().split())
            except OSError:  # it ended in the meantime
                continue
    return found


def cpu(pids: Sequence[int]) -> dict[int, float]:
    """Seconds of processor time that each of these processes used."""
    used: dict[int, float] = {}
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        used[pid] = (int(fields[11]) + int(fields[12])) / TICKS
    return used


def spent(before: Mapping[int, float], after: Mapping[int, float]) -> float:
    """What the processes that still live used in between."""
    return sum(used - before.get(pid, 0.0) for pid, used in after.items())


def memory(pids: Sequence[int]) -> float:
    """Resident memory in megabytes."""
    kilobytes = 0
    for pid in pids:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            continue
        kilobytes += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
    return kilobytes / 1024
