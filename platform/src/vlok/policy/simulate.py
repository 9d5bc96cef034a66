"""What a changed policy would change, on the real data: who gains and who loses which rows and which actions.

Nothing of it is written. The rows are those of the production criterion of both policies, asked under row-level
security as somebody of each organisation; a permission that neither gains nor loses a scope is not asked at all.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, String, and_, cast, false, func, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor, OrganisatieSoort
from vlok.api.clock import belgian_day
from vlok.api.tables import Organisatie
from vlok.identity.rights import holds_on, substitution_holds
from vlok.identity.roles import in_force, rollen
from vlok.identity.tables import Roltoekenning, Vervanging
from vlok.kernel import Kernel
from vlok.policy.decisions import COMMON, titles
from vlok.policy.policy import Policy
from vlok.policy.vocabulary import Permission

MOST = 10_000
"""Rows are counted up to here; more are as many too many."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Rows:
    """So many rows (at most ``MOST``) and some of their references."""

    aantal: int
    steekproef: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What the holders of a role set in an organisation gain and lose of one permission."""

    plaats: str
    organisatie: str
    rollen: tuple[str, ...]
    personen: int
    """How many people hold exactly this set there today; 0 for a single role that nobody holds alone."""
    onderwerp: str
    sleutel: str
    actie: str
    erbij: Rows
    weg: Rows


@dataclass(frozen=True)
class Seats:
    """The role sets of an organisation, with the number of people who hold each today."""

    organisatie: Organisatie
    sets: dict[frozenset[str], int]


async def simulate(kernel: Kernel, folder: Path, sample: int, progress: Progress) -> list[Change]:
    """Everything that changes when the files in ``folder`` become the policy, in each place.

    Raises ContractError when the draft is not sound.
    """
    changes: list[Change] = []
    for place in (kernel, *kernel.compartments.values()):
        draft = Policy(folder, place.policy.here, locked=False)
        async for seats in _seats(kernel, place):
            progress(f"{_name(place)}: {seats.organisatie.naam}")
            changes += [one async for one in _of(place, draft, seats, sample)]
    return changes


def _name(place: Kernel) -> str:
    return place.compartment.schema if place.compartment else COMMON


async def _seats(kernel: Kernel, place: Kernel) -> AsyncIterator[Seats]:
    """The organisations that can be in a place, with the sets in use today and every single role."""
    day = belgian_day(kernel.clock.now())
    member = place.compartment.domein if place.compartment else None
    async with kernel.people.sessions() as session:
        organisaties = list(await session.scalars(select(Organisatie).order_by(Organisatie.naam)))
        held: dict[tuple[UUID, UUID], set[str]] = {}
        given = select(Roltoekenning.organisatie_id, Roltoekenning.gebruiker_id, Roltoekenning.rol)
        for organisatie_id, gebruiker_id, rol in await session.execute(given.where(holds_on(day))):
            held.setdefault((organisatie_id, gebruiker_id), set()).add(rol)
        replaced = (await session.scalars(select(Vervanging).where(substitution_holds(day)))).all()
    own = {seat: frozenset(codes) for seat, codes in held.items()}
    for one in replaced:
        absent = own.get((one.organisatie_id, one.afwezige_id), frozenset())
        held.setdefault((one.organisatie_id, one.vervanger_id), set()).update(absent)
    for organisatie in organisaties:
        if member in (None, organisatie.domein):
            mine = [in_force(codes, day) for (of, _), codes in held.items() if of == organisatie.id]
            single = [frozenset([c]) for c, rol in rollen().items() if rol.soort.value == organisatie.soort]
            yield Seats(organisatie, {codes: mine.count(codes) for codes in dict.fromkeys([*mine, *single]) if codes})


async def _of(place: Kernel, draft: Policy, seats: Seats, sample: int) -> AsyncIterator[Change]:
    words = titles(place.contributions)
    for codes, people in seats.sets.items():
        changed = list(_changed(place.policy, draft, codes))
        if not changed:
            continue
        actor = _somebody(seats.organisatie, codes)
        async with place.reading(actor) as session:
            await session.connection(execution_options={"postgresql_readonly": True})
            for permission in changed:
                erbij, weg = await _rows(session, place.policy, draft, actor, permission, sample)
                yield Change(
                    plaats=_name(place),
                    organisatie=seats.organisatie.naam,
                    rollen=tuple(sorted(place.policy.here.roles[code] for code in codes)),
                    personen=people,
                    onderwerp=words[permission],
                    sleutel=permission[0],
                    actie=permission[1],
                    erbij=erbij,
                    weg=weg,
                )


def _changed(now: Policy, draft: Policy, codes: frozenset[str]) -> Iterator[Permission]:
    for permission in now.here.permissions:
        if now.opened(codes, *permission) != draft.opened(codes, *permission):
            yield permission


def _somebody(organisatie: Organisatie, codes: frozenset[str]) -> Actor:
    """Nobody who exists: what is somebody's personally (a task on their name) is not part of the comparison."""
    return Actor(
        gebruiker_id=uuid4(),
        naam="simulatie",
        organisatie_id=organisatie.id,
        organisatie_code=organisatie.code,
        organisatie_naam=organisatie.naam,
        soort=OrganisatieSoort(organisatie.soort),
        domein=organisatie.domein,
        gebied=organisatie.gebied,
        rollen=codes,
    )


async def _rows(
    session: AsyncSession, now: Policy, draft: Policy, actor: Actor, permission: Permission, sample: int
) -> tuple[Rows, Rows]:
    """The rows that come and the rows that go."""
    model = now.here.permissions[permission]
    if model is None:
        return Rows(0, ()), Rows(0, ())
    before, after = (func.coalesce(policy.visible(actor, *permission, model), false()) for policy in (now, draft))
    return (
        await _counted(session, model, and_(after, not_(before)), sample),
        await _counted(session, model, and_(before, not_(after)), sample),
    )


async def _counted(session: AsyncSession, model: type[Any], where: ColumnElement[bool], sample: int) -> Rows:
    found = select(model.id).where(where).limit(MOST).subquery()
    count = await session.scalar(select(func.count()).select_from(found)) or 0
    if not count or not sample:
        return Rows(count, ())
    name = next((getattr(model, one) for one in ("referte", "code") if hasattr(model, one)), cast(model.id, String))
    names = await session.scalars(select(name).where(where).order_by(name).limit(sample))
    return Rows(count, tuple(names))
