"""Who will see it: what a user is told before signing, replacing or sending, asked of the policy itself.

The row as it will be is put to the very criterion that later reads it, once for each role of each organisation it could
concern. So the text cannot differ from what happens. A compartment is never named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import ColumnElement, cast, inspect, literal, or_, select
from sqlalchemy.orm import aliased

from vlok.api.actions import AnyAction
from vlok.api.actor import HEEL_VLAANDEREN, Actor, OrganisatieSoort
from vlok.api.orm import Base, Shared
from vlok.api.tables import Organisatie
from vlok.identity.roles import Rol, rollen
from vlok.procedures.subjects import READ
from vlok.procedures.tables import Uitvoering

if TYPE_CHECKING:
    from vlok.unit_of_work import UnitOfWork


Asked = tuple[Organisatie, Rol]


async def zicht_nadien(work: UnitOfWork, action: AnyAction, facts: Any, subject: Any) -> Sequence[str]:
    """Per organisation which roles see it after the execution; empty when the execution shares nothing."""
    if not (action.shown_to_both or action.reveals):
        return ()
    organisaties = sorted(await _organisaties(work, subject.gebied), key=lambda o: (o.domein != subject.domein, o.naam))
    bestaand = [rol for rol in rollen().values() if rol.geldt_op(work.today)]
    asked = [(o, rol) for o, rol in product(organisaties, bestaand) if rol.soort == o.soort]
    moment = work.now if action.shares(facts) else None
    types = work.kernel.types
    rows = [(types.of_model(model).key, _later(work, model, subject, moment)) for model in _shared(action)]
    columns = [_sees(work, _lezer(work.actor, o, rol), rows).label(f"z{at}") for at, (o, rol) in enumerate(asked)]
    answer = (await work.session.execute(select(*columns))).one()
    ziet = [pair for pair, yes in zip(asked, answer, strict=True) if yes]
    return [line for o in organisaties if (line := _zin(o, ziet, asked))]


async def _organisaties(work: UnitOfWork, gebied: str) -> Sequence[Organisatie]:
    """Those that a row of that municipality can concern. What is in a compartment concerns its members only."""
    inside = work.kernel.compartment
    theirs = Organisatie.gebied.in_((gebied, HEEL_VLAANDEREN, "")) & (Organisatie.soort != OrganisatieSoort.WI)
    concerned = select(Organisatie).where(Organisatie.domein == inside.domein if inside else theirs)
    return (await work.session.scalars(concerned)).all()


def _shared(action: AnyAction) -> Iterable[type[Base]]:
    """What the execution shares: what the action says, else its subject, else at least the line in the timeline."""
    return action.reveals or ((action.subject,) if issubclass(action.subject, Shared) else (Uitvoering,))


def _later(work: UnitOfWork, model: type[Base], subject: Any, moment: Any) -> Any:
    """A row of that table as it will be: the subject itself, or another one that the action shares."""
    known: Mapping[str, Any] = {"id": uuid4(), "domein": work.actor.domein, "gebied": subject.gebied}
    mapper = inspect(model)
    cells = []
    for attr in mapper.column_attrs:
        value = getattr(subject, attr.key) if isinstance(subject, model) else known.get(attr.key)
        value = moment if attr.key == "gedeeld_op" else value
        column = attr.columns[0]
        cells.append(cast(literal(value, column.type), column.type).label(column.name))
    return aliased(model, select(*cells).subquery(), adapt_on_names=True)


def _lezer(actor: Actor, organisatie: Organisatie, rol: Rol) -> Actor:
    """Somebody of that organisation with that one role."""
    return replace(
        actor,
        gebruiker_id=uuid4(),
        organisatie_id=organisatie.id,
        soort=OrganisatieSoort(organisatie.soort),
        domein=organisatie.domein,
        gebied=organisatie.gebied,
        rollen=frozenset({rol.code}),
        vervangt=(),
    )


def _sees(work: UnitOfWork, lezer: Actor, rows: Sequence[tuple[str, Any]]) -> ColumnElement[bool]:
    found = [
        select(1).select_from(row).where(work.kernel.policy.visible(lezer, object_, READ, row)).exists()
        for object_, row in rows
    ]
    return or_(*found)


def _zin(organisatie: Organisatie, ziet: Sequence[Asked], asked: Sequence[Asked]) -> str | None:
    """``Stad Aalst: alle rollen``; ``None`` when nobody there sees it."""
    wie = [rol.naam for o, rol in ziet if o is organisatie]
    if not wie:
        return None
    ieder = len(wie) == sum(o is organisatie for o, _ in asked)
    return f"{organisatie.naam}: {'alle rollen' if ieder else ', '.join(wie)}"
