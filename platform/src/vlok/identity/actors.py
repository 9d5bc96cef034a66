"""Who a request comes from: person, acting organisation and the roles they hold there today."""

import hashlib
import re
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import structlog
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from starlette.requests import HTTPConnection
from starsessions import load_session

from vlok.api.actor import Actor, Afwezige, OrganisatieSoort
from vlok.api.clock import Clock, belgian_day
from vlok.db.session import glances
from vlok.identity.enrolment import enrol
from vlok.identity.rights import holds_on, replaced_by
from vlok.identity.roles import in_force
from vlok.identity.sessions import signed_in_as
from vlok.identity.tables import Gebruiker, Mandaat, Roltoekenning
from vlok.identity.tokens import TokenError, read_token
from vlok.settings import Settings
from vlok.tenancy.tables import Organisatie

log = structlog.get_logger(__name__)

REMEMBERED_TOKENS = 1000
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

Seat = tuple[UUID, UUID]
"""The id of a person and of the organisation they act in."""


@dataclass(frozen=True, slots=True)
class OrganisatieKeuze:
    """An organisation in which a person may act, with their role codes there."""

    id: UUID
    code: str
    naam: str
    soort: OrganisatieSoort
    rollen: frozenset[str]


class Actors:
    """Answers who is asking. Rights are read at every request, so an ended role is worth nothing at once."""

    def __init__(self, settings: Settings, sessions: async_sessionmaker[AsyncSession], clock: Clock) -> None:
        self._settings = settings
        self._sessions = sessions
        self._glances = glances(sessions)
        self._clock = clock
        self._enrolled: OrderedDict[str, Seat] = OrderedDict()

    async def of(self, request: HTTPConnection) -> Actor | None:
        """The actor of a request, from its bearer token (demo only) or else its session; None when nobody signed in,
        or when they hold no role today in the organisation they act in."""
        seat = await self._seat(request)
        return None if seat is None else await self._actor(seat, _request_id(request))

    async def organisaties(self, gebruiker_id: UUID, day: date) -> list[OrganisatieKeuze]:
        """The organisations in which a person holds a role on a day, by name."""
        statement = (
            select(Organisatie, Roltoekenning.rol)
            .join(Roltoekenning, Roltoekenning.organisatie_id == Organisatie.id)
            .where(Roltoekenning.gebruiker_id == gebruiker_id, holds_on(day))
        )
        found: defaultdict[UUID, set[str]] = defaultdict(set)
        async with self._sessions() as session:
            rows = (await session.execute(statement)).all()
        organisaties = {organisatie.id: organisatie for organisatie, _ in rows}
        for organisatie, rol in rows:
            found[organisatie.id].add(rol)
        choices = [_choice(organisaties[id_], in_force(codes, day)) for id_, codes in found.items()]
        return sorted((choice for choice in choices if choice.rollen), key=lambda choice: choice.naam)

    async def _seat(self, request: HTTPConnection) -> Seat | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return await self._seat_of_token(token)
        await load_session(request)
        return signed_in_as(request.session)

    async def _seat_of_token(self, token: str) -> Seat | None:
        try:
            identity = read_token(self._settings, token)
        except TokenError as wrong:
            log.warning("bearer token refused", reden=str(wrong))
            return None
        key = hashlib.sha256(token.encode()).hexdigest()
        if key not in self._enrolled:
            async with self._sessions.begin() as session:
                enrolment = await enrol(session, identity, belgian_day(self._clock.now()))
            if enrolment.organisatie is None:
                return None
            self._enrolled[key] = (enrolment.gebruiker_id, enrolment.organisatie.id)
            while len(self._enrolled) > REMEMBERED_TOKENS:
                self._enrolled.popitem(last=False)
        return self._enrolled[key]

    async def _actor(self, seat: Seat, request_id: str) -> Actor | None:
        """Own roles in the one organisation and, of whom the person replaces there, theirs too: one statement.

        Without a role of their own today nobody replaces anybody.
        """
        gebruiker_id, organisatie_id = seat
        day = belgian_day(self._clock.now())
        holds = Roltoekenning.gebruiker_id.in_(replaced_by(gebruiker_id, organisatie_id, day))
        statement = (
            select(Organisatie, Gebruiker, Roltoekenning.rol, Mandaat.igs_naam)
            .join(Roltoekenning, Roltoekenning.organisatie_id == Organisatie.id)
            .join(Gebruiker, Gebruiker.id == Roltoekenning.gebruiker_id)
            .outerjoin(Mandaat, Mandaat.id == Roltoekenning.mandaat_id)
            .where(Organisatie.id == organisatie_id, or_(Gebruiker.id == gebruiker_id, holds), holds_on(day))
        )
        async with self._glances() as session:
            rows = (await session.execute(statement)).all()
        held = [Held(*row) for row in rows if in_force([row.rol], day)]
        own = [one for one in held if one.gebruiker.id == gebruiker_id]
        return _as_actor(own, [one for one in held if one not in own], request_id) if own else None


@dataclass(frozen=True, slots=True)
class Held:
    """One role that a person holds in an organisation, for an IGS or not."""

    organisatie: Organisatie
    gebruiker: Gebruiker
    rol: str
    igs: str | None


def _as_actor(own: Sequence[Held], replaced: Sequence[Held], request_id: str) -> Actor:
    organisatie, gebruiker = own[0].organisatie, own[0].gebruiker
    absent = {one.gebruiker.id: _name(one.gebruiker) for one in replaced}
    return Actor(
        gebruiker_id=gebruiker.id,
        naam=_name(gebruiker),
        organisatie_id=organisatie.id,
        organisatie_code=organisatie.code,
        organisatie_naam=organisatie.naam,
        soort=OrganisatieSoort(organisatie.soort),
        domein=organisatie.domein,
        gebied=organisatie.gebied,
        rollen=frozenset(one.rol for one in (*own, *replaced)),
        verzoek_id=request_id,
        vervangt=tuple(Afwezige(id_, naam) for id_, naam in sorted(absent.items(), key=lambda item: item[1])),
        igs=next((one.igs for one in own if one.igs), None),
    )


def _name(gebruiker: Gebruiker) -> str:
    return f"{gebruiker.voornaam} {gebruiker.naam}"


def _choice(organisatie: Organisatie, codes: frozenset[str]) -> OrganisatieKeuze:
    soort = OrganisatieSoort(organisatie.soort)
    return OrganisatieKeuze(organisatie.id, organisatie.code, organisatie.naam, soort, codes)


def _request_id(request: HTTPConnection) -> str:
    """What the server named this request, else a harmless name that the proxy gave it."""
    named: str = getattr(request.state, "verzoek_id", "")
    given = request.headers.get("x-request-id", "")
    return named or (given if REQUEST_ID.fullmatch(given) else "")
