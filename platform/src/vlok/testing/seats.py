"""Sessions as signing in leaves them, for tests that begin after that."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from vlok.api.actor import Actor
from vlok.api.clock import belgian_day
from vlok.identity.seat import OF_SESSION
from vlok.identity.sessions import hashed
from vlok.identity.tables import Sessie
from vlok.kernel import Kernel


async def signed_in(kernel: Kernel, actor: Actor) -> str:
    """The secret of a new session of a person in their organisation."""
    secret, now = secrets.token_urlsafe(32), kernel.clock.now()
    content = {"gebruiker": str(actor.gebruiker_id), "organisatie": str(actor.organisatie_id), "soort": actor.soort}
    row = Sessie(
        sleutel_hash=hashed(secret),
        inhoud=json.dumps(content).encode(),
        gebruiker_id=actor.gebruiker_id,
        aangemaakt_op=now,
        gebruikt_op=now,
    )
    async with kernel.database.sessions.begin() as session:
        session.add(row)
    return secret


async def proof_of(kernel: Kernel, secret: str) -> Mapping[str, Any]:
    """By what a statement proves that somebody still is who they were (``vlok.identity.seat.PROVEN``)."""
    day = belgian_day(kernel.clock.now())
    asked = OF_SESSION.values({"sleutel": hashed(secret), "dag": day})
    [(tekst, _)] = await kernel.database.direct.rows(OF_SESSION.text, asked)
    return {"bewijs_sleutel": hashed(secret), "bewijs_dag": day, "bewijs_tekst": tekst}
