"""Anchors: the heads of the chains, written down outside the database under a key that the database does not know.

A file of one JSON line per anchor. Each line holds the hash of the line before it and a seal (HMAC-SHA-256): a line
cannot be changed, left out or made without the key. An old file put back in place of a newer one shows by its age, and
against a copy of the newer one that is kept elsewhere (``vlok audit verify --anker COPY``).
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import orjson
import structlog
from pydantic import TypeAdapter, ValidationError

from vlok.api.clock import BRUSSEL
from vlok.api.errors import ContractError
from vlok.audit.verify import NOTHING, Heads
from vlok.db.passwords import kept_password

log = structlog.get_logger(__name__)
OLDEST = timedelta(hours=26)
"""An anchor is made every day; one that is older than this says that the newer ones are gone, or that none is made."""


@dataclass(frozen=True)
class Anchor:
    """The last line of every chain of one place (a schema of the database) at one moment."""

    nummer: int
    tijdstip: datetime
    plaats: str
    hoofden: Mapping[str, tuple[int, str]]
    vorige: str
    zegel: str = ""

    def __str__(self) -> str:
        return f"het anker van {self.tijdstip.astimezone(BRUSSEL):%d/%m/%Y %H:%M} (nr. {self.nummer})"


READ = TypeAdapter(Anchor)


class Anchors:
    """The file, and the key to it."""

    def __init__(self, file: Path, key: Path) -> None:
        self.file = file
        self.key = key

    def add(self, plaats: str, hoofden: Heads, now: datetime) -> Anchor:
        """Write down the heads of a place; ContractError when the file itself is not sound."""
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a+b") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            stream.seek(0)
            earlier = list(self._read(stream.read()))
            before = _hash(earlier[-1]) if earlier else NOTHING
            bare = Anchor(len(earlier) + 1, now, plaats, dict(hoofden), before)
            made = self._sealed(bare)
            stream.write(_line(made) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        log.info("anchor of the audit trail", nummer=made.nummer, plaats=plaats, zegel=made.zegel)
        return made

    def all(self) -> list[Anchor]:
        """Every anchor, in order; ContractError in Dutch when one was changed, left out or not made by us."""
        if not self.file.exists():
            raise ContractError(
                f"Er is geen ankerbestand {self.file}: zonder anker is niet te zien of regels verwijderd werden."
            )
        return list(self._read(self.file.read_bytes()))

    def newest(self, plaats: str) -> Anchor | None:
        """The last anchor of a place as it stands there, unchecked (``add`` checks all of them)."""
        lines = self.file.read_bytes().splitlines() if self.file.exists() else []
        made = (_parsed(line) for line in reversed(lines))
        return next((anchor for anchor in made if anchor and anchor.plaats == plaats), None)

    def _read(self, content: bytes) -> Iterator[Anchor]:
        before, highest = NOTHING, dict[tuple[str, str], int]()
        for number, line in enumerate(content.splitlines(), 1):
            anchor = _parsed(line)
            sound = anchor and hmac.compare_digest(self._seal(anchor), anchor.zegel) and _line(anchor) == line
            if not anchor or not sound or anchor.nummer != number or anchor.vorige != before:
                raise ContractError(f"Het ankerbestand {self.file.name} is gewijzigd: regel {number} klopt niet.")
            for domein, (at, _) in anchor.hoofden.items():
                if at < highest.get((anchor.plaats, domein), 0):
                    raise ContractError(f"Volgens {anchor} werd het logboek van domein {domein} korter.")
                highest[anchor.plaats, domein] = at
            before = _hash(anchor)
            yield anchor

    def _sealed(self, anchor: Anchor) -> Anchor:
        return replace(anchor, zegel=self._seal(anchor))

    def _seal(self, anchor: Anchor) -> str:
        return hmac.new(self._secret(), _line(replace(anchor, zegel="")), hashlib.sha256).hexdigest()

    def _secret(self) -> bytes:
        secret = kept_password(self.key)
        if self.key.stat().st_mode & 0o077:
            raise ContractError(f"De sleutel {self.key} is leesbaar voor anderen: zet hem op 0600.")
        return secret.encode()


def too_old(anchors: list[Anchor], plaats: str, now: datetime) -> str | None:
    """What is wrong with the age of the last anchor of a place, in Dutch."""
    newest = max((anchor.tijdstip for anchor in anchors if anchor.plaats == plaats), default=None)
    if newest is None:
        return f"Van {plaats} is er geen anker."
    if now - newest > OLDEST:
        return f"Het laatste anker van {plaats} is van {newest.astimezone(BRUSSEL):%d/%m/%Y %H:%M}: dat is te oud."
    return None


def by_place(anchors: list[Anchor]) -> dict[str, dict[str, Heads]]:
    """Place → anchor in words → its heads."""
    found: dict[str, dict[str, Heads]] = {}
    for anchor in anchors:
        found.setdefault(anchor.plaats, {})[str(anchor)] = anchor.hoofden
    return found


def _parsed(line: bytes) -> Anchor | None:
    try:
        return READ.validate_json(line)
    except ValidationError:
        return None


def _line(anchor: Anchor) -> bytes:
    return orjson.dumps(asdict(anchor), option=orjson.OPT_SORT_KEYS)


def _hash(anchor: Anchor) -> str:
    return hashlib.sha256(_line(anchor)).hexdigest()
