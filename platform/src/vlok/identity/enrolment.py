"""Brings a person and their roles up to date with what the identity provider says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import OrganisatieSoort
from vlok.identity.claims import Identity
from vlok.identity.rights import given_on, mandate_holds
from vlok.identity.roles import rollen
from vlok.identity.tables import Gebruiker, Mandaat, Roltoekenning
from vlok.tenancy.tables import Organisatie

log = structlog.get_logger(__name__)

Grant = tuple[UUID, str, UUID | None]
"""The id of an organisation, the code of a role, and the mandate it rests on if any."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A known person and the organisation they start to act in; None when they hold no role anywhere."""

    gebruiker_id: UUID
    organisatie: Organisatie | None


async def enrol(session: AsyncSession, identity: Identity, day: date) -> Enrolment:
    """Writes the person, gives the roles that are new from ``day`` on and ends those that vanished the day before.

    Ended roles stay as history (handleiding VLOK, STAP 3c: gebruiker uit dienst). The write of the person locks their
    row, so that two logins at once take turns. Does not commit.
    """
    gebruiker_id = await _write_person(session, identity)
    organisaties = await _organisations(session, {ovo for _, ovo in identity.rollen})
    mandates = await _mandates(session, identity.organisatie, day)
    grants = _grants(identity, organisaties, mandates)
    await _synchronise(session, gebruiker_id, grants, day)
    held = {organisatie_id for organisatie_id, _, _ in grants}
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


async def _mandates(session: AsyncSession, employer: str | None, day: date) -> Mapping[UUID, UUID] | None:
    """The mandates of the IGS a person works for, by municipality, as far as they hold; None when it is no IGS."""
    asked = select(Mandaat.organisatie_id, Mandaat.id, mandate_holds(day)).where(Mandaat.igs_ovo == employer)
    found = (await session.execute(asked)).all()
    return {organisatie_id: id_ for organisatie_id, id_, holds in found if holds} if found else None


def _grants(
    identity: Identity, organisaties: Mapping[str, Organisatie], mandates: Mapping[UUID, UUID] | None
) -> frozenset[Grant]:
    """The roles that fit their organisation's kind; a role of another kind, or without mandate, gives nothing."""
    found: set[Grant] = set()
    for rol, ovo in identity.rollen:
        organisatie = organisaties.get(ovo)
        if organisatie is None or rollen()[rol].soort is not OrganisatieSoort(organisatie.soort):
            continue
        if mandates is None:
            found.add((organisatie.id, rol, None))
        elif organisatie.id in mandates:
            found.add((organisatie.id, rol, mandates[organisatie.id]))
        else:
            log.warning("role without mandate ignored", rol=rol, ovo=ovo, igs=identity.organisatie)
    return frozenset(found)


async def _synchronise(session: AsyncSession, gebruiker_id: UUID, wanted: frozenset[Grant], day: date) -> None:
    current = select(Roltoekenning).where(Roltoekenning.gebruiker_id == gebruiker_id, given_on(day))
    held = {(row.organisatie_id, row.rol, row.mandaat_id): row for row in await session.scalars(current)}
    for grant in held.keys() - wanted:
        held[grant].tot = day - timedelta(days=1)
    for organisatie_id, rol, mandaat_id in wanted - held.keys():
        given = Roltoekenning(gebruiker_id=gebruiker_id, organisatie_id=organisatie_id, rol=rol, van=day)
        given.mandaat_id = mandaat_id
        session.add(given)
    await session.flush()


def _first_choice(own: Iterable[Organisatie], employer: str | None) -> Organisatie | None:
    """The employer when the person holds a role there, else the first by name; the only one is both."""
    return min(own, key=lambda organisatie: (organisatie.ovo != employer, organisatie.naam), default=None)
