"""``waarom``: which policy lines let the user see or do something, or why not.

About a row that the user may not see it says what it says about a row that does not exist: the answer is made of the
user's roles and the kind that the id names, never of the row. So it may be asked about any id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import strawberry
from sqlalchemy import ColumnElement, Label, or_, select
from sqlalchemy.orm import aliased

from vlok.api.actions import AnyAction
from vlok.api.actor import Actor
from vlok.identity.roles import rollen
from vlok.policy.reader import Grant
from vlok.procedures.execute import ONBEKEND
from vlok.procedures.subjects import EXECUTE, READ, Subjects

if TYPE_CHECKING:
    from vlok.graph.context import Context
    from vlok.graph.types import Declared


@strawberry.type(description="Een regel van het beleid die voor de gebruiker geldt.")
class Beleidsregel:
    """A policy line, and by which of the asker's roles it counts."""

    rol: str
    rol_naam: str = strawberry.field(description="De rol van de gebruiker waardoor de regel geldt")
    via: str | None = strawberry.field(description="De rol die daarin vervat zit en waarvoor de regel geschreven is")
    bereik: str = strawberry.field(description="Voor welke rijen, in woorden")
    bron: str = strawberry.field(description="Waar de regel vandaan komt")


@strawberry.type(description="Waarom de gebruiker iets ziet of kan, of niet.")
class Uitleg:
    """The answer of ``waarom``."""

    zichtbaar: bool = strawberry.field(description="De gebruiker ziet het onderwerp")
    toegestaan: bool = strawberry.field(description="De gebruiker kan nu wat gevraagd werd: het zien, of de handeling")
    reden: str | None = strawberry.field(description="Waarom niet; leeg als het kan")
    regels: list[Beleidsregel] = strawberry.field(
        description="De regels die toegang geven, of die het antwoord bepalen"
    )


async def waarom(info: strawberry.Info[Any, Any], subject: str, handeling: str | None = None) -> Uitleg:
    """Why the user sees a row or may do an action to it, or why not."""
    context: Context = info.context
    kernel = context.kernel
    kinds = Subjects(kernel, context.actor).kinds(subject)
    asked = [Question(context, declared, subject) for declared in kinds]
    action = kernel.actions.get(handeling) if handeling is not None else None
    if handeling is not None and (action is None or all(action.subject is not one.model for one in kinds)):
        return Uitleg(
            zichtbaar=False, toegestaan=False, reden="Die handeling bestaat niet voor dit onderwerp.", regels=[]
        )
    for question in asked:
        if answer := await question.answer(action):
            return answer
    return hidden(asked)


@dataclass(frozen=True)
class Question:
    """What is asked about the row of one kind that an id or reference names."""

    context: Context
    declared: Declared
    given: str

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self.context.actor

    def lines(self, object_: str, action: str) -> list[Grant]:
        """The lines by which the asker's roles open something of this object."""
        counting = self.context.kernel.policy.counting(self.actor.rollen, object_, action)
        return [grant for grant in counting if grant.effect == "allow"]

    async def answer(self, action: AnyAction | None) -> Uitleg | None:
        """The explanation for a row that the asker sees; ``None`` for any other. One statement tells the two apart."""
        row = aliased(self.declared.model, flat=True)
        where = Subjects(self.context.kernel, self.actor).key(self.given, self.declared.model, row)
        if where is None:
            return None
        policy = self.context.kernel.policy
        wanted = (action.key, EXECUTE) if action else (self.declared.key, READ)
        lines = self.lines(*wanted)
        may = policy.visible(self.actor, *wanted, row).label("mag")
        reach = policy.visible(self.actor, self.declared.key, READ, row)
        found = await self.context.all(select(row.id, may, *self._held(lines, row)).where(where, reach))
        if not found:
            return None
        held = [line for line in lines if found[0]._mapping[line.scope]]
        if action is None:
            return Uitleg(zichtbaar=True, toegestaan=True, reden=None, regels=self._said(held))
        if not found[0].mag:
            return Uitleg(
                zichtbaar=True, toegestaan=False, reden=self._refused(action, lines), regels=self._said(lines)
            )
        reason = await self._state(action)
        return Uitleg(zichtbaar=True, toegestaan=reason is None, reden=reason, regels=self._said(held))

    def _held(self, lines: Iterable[Grant], row: Any) -> list[Label[bool]]:
        """Whether the row stands in the scope of each line."""
        scopes = self.context.kernel.policy.scopes
        found: dict[str, ColumnElement[bool]] = {
            line.scope: scopes[line.scope].criterion(self.actor, row) for line in lines
        }
        return [or_(found[key]).label(key) for key in sorted(found)]

    def _refused(self, action: AnyAction, lines: Sequence[Grant]) -> str:
        """Why the policy does not let the asker do it to a row they see."""
        policy = self.context.kernel.policy
        if lines:
            reach = "; of ".join(dict.fromkeys(policy.scopes[line.scope].uitleg for line in lines))
            return f"Uw rollen geven dit recht enkel voor: {reach}."
        holders = [
            rol.naam
            for code, rol in rollen().items()
            if rol.soort is self.actor.soort and policy.opened({code}, action.key, EXECUTE)[0]
        ]
        if not holders:
            return "Geen enkele rol van uw organisatie geeft dit recht."
        return f"Uw rollen geven dit recht niet. Binnen uw organisatie heeft dit recht: {', '.join(holders)}."

    async def _state(self, action: AnyAction) -> str | None:
        """Why the row is not in a state for the action."""
        kernel = self.context.kernel
        async with self.context.alone(), kernel.work(self.actor) as work:
            work.keep = False
            row = await Subjects(kernel, self.actor).find(work.session, self.given, action.subject, action.key, EXECUTE)
            return ONBEKEND.tekst if row is None else action.unavailable(await action.load(work, row))

    def _said(self, lines: Iterable[Grant]) -> list[Beleidsregel]:
        policy = self.context.kernel.policy
        names = policy.here.roles
        return [
            Beleidsregel(
                rol=role,
                rol_naam=names[role],
                via=names[line.rol] if line.rol != role else None,
                bereik=policy.scopes[line.scope].uitleg,
                bron=line.line.bron,
            )
            for role in sorted(self.actor.rollen & names.keys())
            for line in lines
            if line.rol in policy.held(role)
        ]

    def reading(self) -> list[Beleidsregel]:
        """The lines by which the asker sees any row of this kind."""
        return self._said(self.lines(self.declared.key, READ))

    def later(self) -> list[str]:
        """When the asker comes to see more of this kind."""
        policy = self.context.kernel.policy
        return [policy.scopes[line.scope].later for line in self.lines(self.declared.key, READ)]


def hidden(asked: Sequence[Question]) -> Uitleg:
    """The one answer for what is absent, another's or shielded: what the asker's roles see of these kinds."""
    lines = [line for question in asked for line in question.reading()]
    seen = "; of ".join(dict.fromkeys(line.bereik for line in lines))
    kind = f"Van deze soort ziet u: {seen}." if seen else "Van deze soort ziet u niets."
    later = [sentence for question in asked for sentence in dict.fromkeys(question.later()) if sentence]
    return Uitleg(zichtbaar=False, toegestaan=False, reden=" ".join([ONBEKEND.tekst, kind, *later]), regels=lines)
