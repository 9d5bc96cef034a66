"""Substitutions in the practice world: who arranges one, and who everybody then is at their next request."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from sqlalchemy import delete, update

from vlok.api.actor import Actor
from vlok.demo.story import persona_actor
from vlok.graph.context import Context
from vlok.graph.names import global_id
from vlok.identity.tables import Roltoekenning, Vervanging
from vlok.procedures.execute import Outcome, Request, execute
from vlok.testing.world import TODAY, World

AWAY, PRESENT, THIRD = "dossierbeheerder@aalst", "lezer@aalst", "woningcontroleur@aalst"
MANAGER, APPLICATION, AUDITOR = "taakbeheerder@aalst", "toepassingsbeheerder@aalst", "auditor@aalst"
ELSEWHERE = "taakbeheerder@gent"
EVERYBODY = (AWAY, PRESENT, THIRD, MANAGER, APPLICATION, AUDITOR, ELSEWHERE)


@asynccontextmanager
async def nobody_replaced(world: World) -> AsyncIterator[None]:
    """Everybody has signed in once; afterwards nobody is replaced any more and everybody has their role back."""
    for persona in EVERYBODY:
        await world.actor(persona)
    yield
    world.clock.day = TODAY
    async with world.kernel.database.sessions.begin() as session:
        await session.execute(delete(Vervanging))
        await session.execute(update(Roltoekenning).values(tot=None))


async def now(world: World, persona: str) -> Actor:
    """Who a persona is at this request."""
    return await persona_actor(world.kernel, persona)


async def act(world: World, persona: str, handeling: str, subject: Any, invoer: Any = None, **options: Any) -> Outcome:
    """Execute an action as who the persona is at this request."""
    given = json.loads(json.dumps(invoer or {}, default=str))
    return await execute(world.kernel, await now(world, persona), Request(handeling, str(subject), given, **options))


async def ask(world: World, persona: str, query: str, **variables: Any) -> Any:
    """A GraphQL answer for who the persona is at this request."""
    async with Context(world.kernel, await now(world, persona)) as context:
        result = await world.product.schema.execute(query, variable_values=variables, context_value=context)
    assert not result.errors, result.errors
    return result.data


def period(who: Actor, van: date = TODAY, tot: date = TODAY, **other: Any) -> dict[str, Any]:
    """The answers by which ``who`` becomes the substitute."""
    return {"vervanging": {"vervanger": who.gebruiker_id, "van": van, "tot": tot, "reden": "Verlof", **other}}


async def replace(world: World, away: str = AWAY, present: str = PRESENT, *days: date) -> str:
    """The absent person arranges it themselves; the global id of the substitution."""
    own = global_id("Organisatie", (await now(world, away)).organisatie_id)
    done = await act(world, away, "kernel.vervangingInstellen", own, period(await now(world, present), *days))
    assert done.uitgevoerd, done.meldingen
    assert done.toon is not None
    return global_id(*done.toon)


async def for_colleague(world: World, persona: str, away: str = AWAY, present: str = PRESENT) -> Outcome:
    """What becomes of arranging it for a colleague."""
    own = global_id("Organisatie", (await now(world, persona)).organisatie_id)
    chosen = {"wie": {"afwezige": (await now(world, away)).gebruiker_id}, **period(await now(world, present))}
    return await act(world, persona, "kernel.vervangingVoorCollega", own, chosen)


def codes(outcome: Outcome) -> list[tuple[str, str | None]]:
    """What was wrong, and with which question."""
    return [(melding.code, melding.veld) for melding in outcome.meldingen]
