"""Who a session was when it was last read: a guess, worth nothing until the statement that relies on it has proven it.

A page asks the database two things: who is this, and what may they see. For whoever asked a moment ago with the same
session both can be asked at once, when the second says itself what it supposes: session, person, organisation and
rights as they were. When any of that is otherwise by now (signed out, a role ended, another organisation) the statement
gives nothing and keeps nothing, and the request begins anew with the first question alone.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import DateTime, bindparam, update

from vlok.api.actor import Actor
from vlok.api.clock import Clock, belgian_day
from vlok.db.direct import compiled
from vlok.db.session import Database
from vlok.identity.seat import Seen
from vlok.identity.sessions import Life, cookie_name, hashed
from vlok.identity.tables import Sessie
from vlok.settings import Settings

USED = compiled(
    update(Sessie)
    .where(Sessie.sleutel_hash == bindparam("sleutel"), Sessie.gebruikt_op < bindparam("nu", type_=DateTime(True)))
    .values(gebruikt_op=bindparam("nu"))
)
"""Parameters ``sleutel``, ``nu``."""
REMEMBERED = 5_000
"""Sessions; of each about two kilobytes."""


Expected = tuple[Actor, Mapping[str, Any]]
"""Who probably asks, and the parameters of ``vlok.identity.seat.PROVEN`` by which a statement proves it."""


@dataclass(frozen=True, slots=True)
class _Kept:
    actor: Actor
    proof: Mapping[str, Any]
    day: date
    life: Life


class Expectations:
    """What was last read of each session, for this process."""

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        name = re.escape(cookie_name(settings).encode())
        self._cookie = re.compile(rb"(?:^|; )" + name + rb"=([\w-]+)(?=;|$)")
        self._database = database
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def keep(self, seen: Seen, actor: Actor) -> None:
        """Remember who a session, just read, turned out to be."""
        key, day = hashed(seen.session_id), belgian_day(self._clock.now())
        proof = {"bewijs_sleutel": key, "bewijs_dag": day, "bewijs_tekst": seen.tekst}
        self._kept[key] = _Kept(actor, proof, day, Life.of(seen))
        self._kept.move_to_end(key)
        if len(self._kept) > REMEMBERED:
            self._kept.popitem(last=False)

    def of(self, headers: Sequence[tuple[bytes, bytes]], request_id: str) -> Expected | None:
        """Who probably sends these headers, and how to prove it; None when that is not known, or must be looked at: a
        bearer token counts before a session."""
        if any(name == b"authorization" for name, _ in headers):
            return None
        found = self._cookie.findall(b"; ".join(value for name, value in headers if name == b"cookie"))
        kept = self._kept.get(hashed(found[0].decode())) if len(found) == 1 else None
        now = self._clock.now()
        if kept is None or kept.life.ended(now) or belgian_day(now) != kept.day:
            return None
        return replace(kept.actor, verzoek_id=request_id), kept.proof

    async def used(self, expected: Expected) -> None:
        """Write the last use of a session that was proven, when it is time to."""
        key, now = expected[1]["bewijs_sleutel"], self._clock.now()
        kept = self._kept.get(key)
        if kept is not None and kept.life.to_write(now):
            self._kept[key] = replace(kept, life=replace(kept.life, used=now))
            await self._database.direct.rows(USED.text, USED.values({"sleutel": key, "nu": now}))
