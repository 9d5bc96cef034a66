"""Where the bytes of files lie: any object store behind obstore; random keys per domain, no digest in a name."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

import obstore
from obstore.store import LocalStore


class Store:
    """Put, get and delete whole files. A key is written once and never changed."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._store = LocalStore(str(folder))

    async def put(self, domein: str, content: bytes) -> str:
        """Keep a file of a domain; returns its key."""
        key = f"{domein.replace(':', '-')}/{uuid4().hex}"
        await asyncio.to_thread(obstore.put, self._store, key, content, mode="create")
        return key

    async def get(self, key: str) -> bytes:
        """The bytes under a key."""
        return await asyncio.to_thread(lambda: bytes(obstore.get(self._store, key).bytes()))

    async def delete(self, key: str) -> None:
        """Forget a file."""
        await asyncio.to_thread(obstore.delete, self._store, key)
