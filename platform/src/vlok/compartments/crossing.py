"""Facts that cross between places: out of a compartment what it releases, into it what it takes in, and nothing else.

A release is a durable job in the queue of the place it leaves, written in the transaction of the action; the job tells
the fact in the other place in the name of an organisation there. The key made with the release is kept there in the
same transaction as what was told: a job that runs again tells nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, get_args, get_type_hints
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from vlok.api.actor import Actor
from vlok.api.compartments import Compartment
from vlok.api.errors import ContractError
from vlok.api.jobs import CROSS_JOB, Job
from vlok.compartments.tables import Ontvangst
from vlok.identity.system import system_actor
from vlok.tenancy.tables import Organisatie

if TYPE_CHECKING:
    from vlok.kernel import Kernel
    from vlok.unit_of_work import UnitOfWork

PLAIN = (UUID, str, int, bool, date, type(None))
"""What a field of a fact that crosses may hold (or none, or a tuple of it): values, never rows."""
TELLER = "overdracht"
"""Who tells a fact that came from elsewhere: the product itself."""


@dataclass(frozen=True)
class Crossing:
    """A kind of fact that may go to another place, and the domain of the organisation that tells it there."""

    fact: type[Any]
    to: Kernel
    domein: str


def open_crossings(common: Kernel, inside: Kernel) -> None:
    """Open the ways between the common place and a compartment; ContractError when a kind of fact cannot travel."""
    compartment = inside.compartment
    assert compartment
    for fact in (*compartment.releases, *compartment.intakes):
        for fault in faults(fact):
            raise ContractError(f"{compartment.key}: {fact.__name__} {fault}")
    inside.crossings.update(_ways(compartment, compartment.releases, common, compartment.namens))
    ways_in = _ways(compartment, compartment.intakes, inside, compartment.domein)
    if doubled := ways_in.keys() & common.crossings.keys():
        raise ContractError(f"{compartment.key}: another compartment takes in {min(doubled)}")
    common.crossings.update(ways_in)


def _ways(compartment: Compartment, facts: Iterable[type[Any]], to: Kernel, domein: str) -> dict[str, Crossing]:
    found = {fact.__name__: Crossing(fact, to, domein) for fact in facts}
    if len(found) != len(tuple(facts)):
        raise ContractError(f"{compartment.key}: two facts that cross have the same name")
    return found


def faults(fact: type[Any]) -> Iterator[str]:
    """Why a kind of fact may not cross: it is no frozen dataclass, or a field could carry more than values."""
    if not is_dataclass(fact) or not fact.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        yield "is no frozen dataclass"
        return
    hints = get_type_hints(fact)
    for field in fields(fact):
        if not _plain(hints[field.name]):
            yield f"has a field {field.name} that is no plain value"


def _plain(hint: Any) -> bool:
    parts = [part for part in get_args(hint) if part is not Ellipsis]
    return hint in PLAIN or (bool(parts) and hint != Any and all(map(_plain, parts)))


async def cross(work: UnitOfWork, sleutel: str, soort: str, inhoud: dict[str, Any]) -> None:
    """Tell a released fact in the other place, as the product, unless it was told already."""
    way = work.kernel.crossings[soort]
    fact = TypeAdapter(way.fact).validate_python(inhoud)
    async with way.to.work(await _teller(way)) as there:
        once = insert(Ontvangst).values(sleutel=UUID(sleutel), soort=soort, tijdstip=there.now)
        first = await there.session.scalar(once.on_conflict_do_nothing().returning(Ontvangst.sleutel))
        if first is not None:
            await there.tell(fact)


async def _teller(way: Crossing) -> Actor:
    async with way.to.people.sessions.begin() as session:
        code = await session.scalar(select(Organisatie.code).where(Organisatie.domein == way.domein))
        return await system_actor(session, TELLER, code or way.domein)


JOBS = (Job(CROSS_JOB, cross),)
