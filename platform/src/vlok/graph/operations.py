"""The resolvers that are no plain reading: action menu, wizard, execution, node."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
import strawberry
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from strawberry.scalars import JSON

from vlok.api.actions import AnyAction
from vlok.api.errors import Refusal
from vlok.api.tables import Dossier, Onderwerp
from vlok.core.zicht import zicht_nadien
from vlok.graph.build import Info
from vlok.graph.context import Context
from vlok.graph.names import parse_global_id
from vlok.graph.payload import Formulier, Handeling, HandelingResultaat, conflict, formulier, melding
from vlok.graph.plan import Plan, by_id
from vlok.graph.selection import Selection
from vlok.procedures.answers import fill
from vlok.procedures.descriptor import describe
from vlok.procedures.execute import Request, execute
from vlok.procedures.subjects import EXECUTE, Subjects, lock

SUBJECT = "Globale sleutel of referte van het onderwerp"


async def node(info: Info, id: strawberry.ID) -> Any:
    """Eender welk object volgens zijn globale sleutel; null als het niet bestaat of niet gezien mag worden."""
    plan, parsed = _plan(info), parse_global_id(id)
    if parsed is None or parsed[0] not in plan.types.by_name:
        return None
    return await read(info, *parsed, info._raw_info.field_nodes, "node")


async def read(info: Info, type_name: str, key: Any, nodes: Any, wat: str) -> Any:
    """One visible row by key, with what is selected under ``nodes``, in one statement; on record as ``wat``."""
    plan = _plan(info)
    row = await info.context.scalar(plan.one(plan.types[type_name], nodes, by_id(key)))
    info.context.shown.opened(wat, row)
    return row


def _plan(info: Info) -> Plan:
    """A plan for who asks; Refusal ``NIET_AANGEMELD`` when nobody is signed in."""
    context: Context = info.context
    return Plan(context.kernel.types, context.kernel.policy, context.actor, Selection(info._raw_info))


async def handelingen(info: Info, subject: strawberry.ID, ook_niet_beschikbaar: bool = False) -> list[Handeling]:
    """Wat de gebruiker nu met een onderwerp kan doen; met ookNietBeschikbaar ook wat nog niet kan, en waarom."""
    context: Context = info.context
    kernel, actor = context.kernel, context.actor
    async with context.alone(), kernel.work(actor) as work:
        work.keep = False
        found = await Subjects(kernel, actor).readable(work.session, subject)
        if found is None:
            return []
        _, row = found
        menu, loaded = [], {}
        for action in await Subjects(kernel, actor).executable(work.session, row):
            loader = type(action).load
            if loader not in loaded:
                loaded[loader] = await action.load(work, row)
            menu.append(_entry(action, action.unavailable(loaded[loader])))
    return [entry for entry in menu if entry.beschikbaar or ook_niet_beschikbaar]


def _entry(action: AnyAction, reden: str | None) -> Handeling:
    return Handeling(
        sleutel=action.key,
        titel=action.title,
        omschrijving=action.description or None,
        groep=action.group or None,
        beschikbaar=reden is None,
        reden=reden,
        gevaarlijk=action.dangerous,
    )


async def formulier_voor(
    info: Info, handeling: str, subject: strawberry.ID, invoer: JSON | None = None
) -> Formulier | None:
    """De wizard van een handeling voor een onderwerp, gegeven de antwoorden tot nu; null als ze niet voor u is."""
    context: Context = info.context
    kernel, actor = context.kernel, context.actor
    action = kernel.actions.get(handeling)
    if action is None:
        return None
    async with context.alone(), kernel.work(actor) as work:
        work.keep = False
        row = await Subjects(kernel, actor).find(work.session, subject, action.subject, action.key, EXECUTE)
        if row is None:
            return None
        anchor = await lock(work.session, row, update=False)
        assert anchor is not None
        facts = await action.load(work, row)
        filled = fill(action, facts, work, answers(invoer))
        about = await _in_words(work.session, row, anchor)
        context.shown.loaded(f"formulier:{handeling}", work.session.identity_map.values(), row)
        described = describe(action, facts, filled, await zicht_nadien(work, action, facts, row))
        return formulier(described, kernel.types.of_row(row).name, row, anchor.versie, about)


async def _in_words(session: AsyncSession, row: Any, anchor: Any) -> str:
    """The title of a subject; what is in a dossier is known by the address that the dossier is about."""
    own = getattr(row, "titel", "") or getattr(row, "naam", "")
    if own or not isinstance(anchor, Dossier):
        return str(own)
    return await session.scalar(select(Onderwerp.titel).where(Onderwerp.id == anchor.onderwerp_id)) or ""


async def run(info: Info, request: Request) -> HandelingResultaat:
    """Execute an action and read back what the client selected of the subject."""
    context: Context = info.context
    async with context.alone():
        outcome = await execute(context.kernel, context.actor, request)
    subject = None
    if outcome.toon is not None:
        nodes = _subject_nodes(info)
        subject = await read(info, *outcome.toon, nodes, f"handeling:{request.handeling}") if nodes else None
    return HandelingResultaat(
        uitgevoerd=outcome.uitgevoerd,
        meldingen=[melding(one) for one in outcome.meldingen],
        bevestiging_nodig=outcome.bevestiging_nodig,
        subject=subject,
        conflict=conflict(outcome),
        bericht=outcome.bericht,
    )


def _subject_nodes(info: Info) -> list[Any]:
    selection = Selection(info._raw_info)
    below = selection.below("HandelingResultaat", info._raw_info.field_nodes)
    return [node for field in below.values() if field.name == "subject" for node in field.nodes]


async def voer_handeling_uit(
    info: Info,
    handeling: str,
    subject: strawberry.ID,
    invoer: JSON | None = None,
    dry_run: bool = False,
    bevestigd: bool = False,
    versie: int | None = None,
    idempotentiesleutel: str | None = None,
) -> HandelingResultaat:
    """Eender welke handeling volgens haar sleutel, voor clients die wizards tekenen uit de beschrijving."""
    request = Request(handeling, subject, answers(invoer), dry_run, bevestigd, versie, idempotentiesleutel)
    return await run(info, request)


def answers(invoer: Any) -> Mapping[str, Any]:
    """The answers by step; Refusal ``ONGELDIG`` when what was sent is no object, or nested deeper than any form."""
    try:
        orjson.dumps(invoer)
    except TypeError as fout:
        raise Refusal("ONGELDIG", "'invoer' is te diep of bevat een te groot getal.") from fout
    if invoer is not None and not isinstance(invoer, Mapping):
        raise Refusal("ONGELDIG", "'invoer' moet een object zijn.")
    return invoer or {}
