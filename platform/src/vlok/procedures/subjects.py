"""Finding what an action is about: by global id or reference, through the policy, and with the right lock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, object_session
from sqlalchemy.orm.attributes import flag_modified

from vlok.api.actor import Actor
from vlok.api.compartments import Compartment
from vlok.api.tables import Dossier
from vlok.db.session import COMPARTMENT
from vlok.graph.names import parse_global_id

if TYPE_CHECKING:
    from vlok.api.actions import AnyAction
    from vlok.graph.types import Declared
    from vlok.kernel import Kernel

EXECUTE = "uitvoeren"
READ = "lezen"


class Subjects:
    """Look-up of subjects for one actor. What is hidden and what is absent are one answer: ``None``."""

    def __init__(self, kernel: Kernel, actor: Actor) -> None:
        self.kernel = kernel
        self.actor = actor

    async def find(self, session: AsyncSession, given: str, model: type[Any], object_: str, action: str) -> Any | None:
        """The row of ``model`` with that id or reference, if the actor may do ``action`` on ``object_`` to it."""
        where = self.key(given, model, model)
        if where is None:
            return None
        reach = self.kernel.policy.visible(self.actor, object_, action, model)
        wanted: Select[Any] = select(model).where(where, reach)
        return await session.scalar(wanted)

    async def taken(
        self, session: AsyncSession, given: str, action: AnyAction, *, update: bool
    ) -> tuple[Any | None, Any | None]:
        """The subject of an action that the actor may execute, and the row whose version counts (see ``lock``).

        Locked when ``update``, and read after the lock was had. Both are ``None`` for what is hidden or absent.
        """
        model = action.subject
        where = self.key(given, model, model)
        if where is None:
            return None, None
        wanted = where, self.kernel.policy.visible(self.actor, action.key, EXECUTE, model)
        if _shared_from(session, model) or (hasattr(model, "dossier_id") and _shared_from(session, Dossier)):
            subject = await session.scalar(select(model).where(*wanted))
            return subject, await lock(session, subject, update=update) if subject is not None else None
        if hasattr(model, "dossier_id"):
            of_subject = select(model.dossier_id).where(*wanted).scalar_subquery()
            anchor = await session.scalar(_locking(select(Dossier).where(Dossier.id == of_subject), update))
            if anchor is not None:
                return await session.scalar(select(model).where(*wanted)), anchor
        subject = await session.scalar(_locking(select(model).where(*wanted), update))
        hidden = getattr(subject, "dossier_id", None) is not None
        return (None, None) if hidden else (subject, subject)

    async def readable(self, session: AsyncSession, given: str) -> tuple[Declared, Any] | None:
        """Any published row with that id or reference that the actor may read."""
        for declared in self.kinds(given):
            row = await self.find(session, given, declared.model, declared.key, READ)
            if row is not None:
                return declared, row
        return None

    async def executable(self, session: AsyncSession, row: Any) -> list[AnyAction]:
        """The actions of the menu that the policy lets the actor do to this row, asked in one statement."""
        model = type(row)
        offered = [
            action
            for action in self.kernel.actions.values()
            if action.in_menu and action.subject is model and self.kernel.policy.allows(self.actor, action.key, EXECUTE)
        ]
        if not offered:
            return []
        reach = [
            self.kernel.policy.visible(self.actor, action.key, EXECUTE, model).label(f"a{at}")
            for at, action in enumerate(offered)
        ]
        answer = (await session.execute(select(*reach).where(model.id == row.id))).one()
        return [action for action, yes in zip(offered, answer, strict=True) if yes]

    def kinds(self, given: str) -> list[Declared]:
        """The published types that an id or reference may be of, as it says itself; nothing is looked up."""
        parsed = parse_global_id(given)
        if parsed:
            return [declared for declared in self.kernel.types if declared.name == parsed[0]]
        here = self.kernel.series
        prefixes = {d.name: getattr(d.model, "referte_prefix", "") for d in self.kernel.types}
        claimed = [d for d in self.kernel.types if here.get(prefixes[d.name], prefixes[d.name]) == given[:2]]
        return claimed or [self.kernel.types.of_model(Dossier)]  # every procedure numbers its dossiers its own way

    def key(self, given: str, model: type[Any], row: Any) -> ColumnElement[bool] | None:
        """The criterion that ``row`` (``model`` or an alias of it) has that id or reference; ``None``: no row can."""
        parsed = parse_global_id(given)
        if parsed:
            type_name, key = parsed
            known = self.kernel.types.by_name.get(type_name)
            return row.id == key if known and known.model is model else None
        return row.referte == given if hasattr(model, "referte") else None


def _locking(wanted: Select[Any], update: bool) -> Select[Any]:
    return wanted.with_for_update() if update else wanted


async def lock(session: AsyncSession, subject: Any, *, update: bool = True) -> Any | None:
    """The row whose version counts (the dossier the subject is in, else the subject), locked when ``update``.

    The dossier comes first, always: two actions on one dossier can then never wait for each other. ``None`` when the
    subject vanished while waiting. What a compartment shares with others is never locked as a row, which they would
    notice: those inside wait for each other at a lock of their own.
    """
    dossier_id = getattr(subject, "dossier_id", None)
    model, key = (Dossier, dossier_id) if dossier_id else (type(subject), subject.id)
    fresh = select(model).where(model.id == key).execution_options(populate_existing=True)
    if update and (place := _shared_from(session, model)):
        name = func.hashtextextended(f"{place.schema}:{key}", 0)
        await session.execute(select(func.pg_advisory_xact_lock(name)))
        return await session.scalar(fresh)
    anchor = await session.scalar(fresh.with_for_update() if update else fresh)
    if update and anchor is not None and anchor is not subject:
        again = select(type(subject)).where(type(subject).id == subject.id).execution_options(populate_existing=True)
        return anchor if await session.scalar(again) is not None else None
    return anchor


def touch(anchor: Any) -> None:
    """Count a change of the dossier (or subject) even when only rows below it changed; never of what is shared."""
    session = object_session(anchor)
    if session is None or not _shared_from(session, type(anchor)):
        flag_modified(anchor, "gebied")


def _shared_from(session: AsyncSession | Session, model: type[Any]) -> Compartment | None:
    """The compartment in which the session works, when rows of ``model`` are not of that compartment but of all."""
    compartment: Compartment | None = session.info.get(COMPARTMENT)
    return compartment if compartment and not compartment.holds(model.__tablename__) else None


def dossier_of(subject: Any) -> UUID | None:
    """The dossier a subject belongs to or is."""
    return subject.id if isinstance(subject, Dossier) else getattr(subject, "dossier_id", None)


def values(row: Any) -> Mapping[str, Any]:
    """What a user in conflict needs to compare: status and version of the row as it is now."""
    names = ("referte", "status", "versie")
    return {name: getattr(row, name) for name in names if hasattr(row, name)}
