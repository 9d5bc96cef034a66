"""Brings a person and their roles up to date with what the identity provider says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import OrganisatieSoort
from vlok.identity.claims import Identity
from vlok.identity.roles import rollen
from vlok.identity.tables import Gebruiker, Roltoekenning
from vlok.tenancy.tables import Organisatie

log = structlog.get_logger(__name__)

Grant = tuple[UUID, str]
"""The id of an organisation and the code of a role."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A known person and the organisation they start to act in; None when they hold no role anywhere."""

    gebruiker_id: UUID
    organisatie: Organisatie | None


def holds_on(day: date) -> ColumnElement[bool]:
    """Role assignments that hold on a day: begun, and not past their last day."""
    return (Roltoekenning.van <= day) & or_(Roltoekenning.tot.is_(None), Roltoekenning.tot >= day)


async def enrol(session: AsyncSession, identity: Identity, day: date) -> Enrolment:
    """Writes the person, gives the roles that are new from ``day`` on and ends those that vanished the day before.

    Ended roles stay as history (handleiding VLOK, STAP 3c: gebruiker uit dienst). The write of the person locks their
    row, so that two logins at once take turns. Does not commit.
    """
    gebruiker_id = await _write_person(session, identity)
    organisaties = await _organisations(session, {ovo for _, ovo in identity.rollen})
    await _synchronise(session, gebruiker_id, _grants(identity, organisaties), day)
    held = {organisatie_id for organisatie_id, _ in _grants(identity, organisaties)}
    own = [organisatie for organisatie in organisaties.values() if organisatie.id in held]
    return Enrolment(gebruiker_id, _first_choice(own, identity.organisatie))


async def _write_person(session: AsyncSession, identity: Identity) -> UUID:
    person = {"voornaam": identity.voornaam, "naam": identity.naam, "email": identity.email}
    statement = insert(Gebruiker).values(iss=identity.iss, sub=identity.sub, **person)
    upsert = statement.on_conflict_do_update(index_elements=[Gebruiker.iss, Gebruiker.sub], set_=person)
    return (await session.execute(upsert.returning(Gebruiker.id))).scalar_one()


async def _organisations(session: AsyncSession, codes: set[str]) -> Mapping[str, Organisatie]:
    found = (await session.scalars(select(Organisatie).where(Organisatie.ovo.in_(codes)))).all()
    for unknown in sorted(codes - {organisatie.ovo for organisatie in found}):
        log.warning("unknown organisation ignored", ovo=unknown)
    return {organisatie.ovo: organisatie for organisatie in found}


def _grants(identity: Identity, organisaties: Mapping[str, Organisatie]) -> frozenset[Grant]:
    """The roles that fit their organisation's kind; a role of another kind gives nothing."""
    return frozenset(
        (organisaties[ovo].id, rol)
        for rol, ovo in identity.rollen
        if ovo in organisaties and rollen()[rol].soort is OrganisatieSoort(organisaties[ovo].soort)
    )


async def _synchronise(session: AsyncSession, gebruiker_id: UUID, wanted: frozenset[Grant], day: date) -> None:
    current = select(Roltoekenning).where(Roltoekenning.gebruiker_id == gebruiker_id, holds_on(day))
    held = (await session.scalars(current)).all()
    for row in held:
        if (row.organisatie_id, row.rol) not in wanted:
            row.tot = day - timedelta(days=1)
    for organisatie_id, rol in wanted - {(row.organisatie_id, row.rol) for row in held}:
        session.add(Roltoekenning(gebruiker_id=gebruiker_id, organisatie_id=organisatie_id, rol=rol, van=day))
    await session.flush()


def _first_choice(own: Iterable[Organisatie], employer: str | None) -> Organisatie | None:
    """The employer when the person holds a role there, else the first by name; the only one is both."""
    return min(own, key=lambda organisatie: (organisatie.ovo != employer, organisatie.naam), default=None)
