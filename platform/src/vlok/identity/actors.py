"""Who a request comes from: person, acting organisation and the roles they hold there today."""

import hashlib
import re
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import structlog
from sqlalchemy import select
from starlette.requests import HTTPConnection
from starsessions import get_session_handler, load_session

from vlok.api.actor import Actor, Afwezige, OrganisatieSoort
from vlok.api.clock import Clock, belgian_day
from vlok.db.session import Database
from vlok.identity.enrolment import enrol
from vlok.identity.expected import Expectations
from vlok.identity.rights import holds_on
from vlok.identity.roles import in_force
from vlok.identity.seat import OF_SEAT, Held, Seat
from vlok.identity.sessions import seen_with, signed_in_as
from vlok.identity.tables import Roltoekenning
from vlok.identity.tokens import TokenError, read_token
from vlok.settings import Settings
from vlok.tenancy.tables import Organisatie

log = structlog.get_logger(__name__)

REMEMBERED_TOKENS = 1000
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


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

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self._settings = settings
        self._database = database
        self._sessions = database.sessions
        self._clock = clock
        self._enrolled: OrderedDict[str, Seat] = OrderedDict()
        self.expectations = Expectations(settings, database, clock)

    async def of(self, request: HTTPConnection) -> Actor | None:
        """The actor of a request, from its bearer token (demo only) or else its session; None when nobody signed in,
        or when they hold no role today in the organisation they act in."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            seat = await self._seat_of_token(token)
            return None if seat is None else await self._actor(seat, _request_id(request))
        await load_session(request)
        seat = signed_in_as(request.session)
        if seat is None:
            return None
        seen = seen_with(get_session_handler(request).session_id, seat)
        actor = await self._actor(seat, _request_id(request), seen.held if seen else None)
        if seen is not None and actor is not None:
            self.expectations.keep(seen, actor)
        return actor

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

    async def _actor(self, seat: Seat, request_id: str, held: Sequence[Held] | None = None) -> Actor | None:
        """Own roles in the one organisation and, of whom the person replaces there, theirs too: as ``held`` says, else
        in one statement.

        Without a role of their own today nobody replaces anybody.
        """
        day = belgian_day(self._clock.now())
        if held is None:
            asked = OF_SEAT.values({"gebruiker": seat[0], "organisatie": seat[1], "dag": day})
            held = [Held(*row) for row in await self._database.direct.rows(OF_SEAT.text, asked)]
        held = [one for one in held if in_force([one.rol], day)]
        own = [one for one in held if one.gebruiker_id == seat[0]]
        return _as_actor(own, [one for one in held if one.gebruiker_id != seat[0]], request_id) if own else None


def _as_actor(own: Sequence[Held], replaced: Sequence[Held], request_id: str) -> Actor:
    one = own[0]
    absent = {other.gebruiker_id: _name(other) for other in replaced}
    return Actor(
        gebruiker_id=one.gebruiker_id,
        naam=_name(one),
        organisatie_id=one.organisatie_id,
        organisatie_code=one.code,
        organisatie_naam=one.organisatie,
        soort=OrganisatieSoort(one.soort),
        domein=one.domein,
        gebied=one.gebied,
        rollen=frozenset(other.rol for other in (*own, *replaced)),
        verzoek_id=request_id,
        vervangt=tuple(Afwezige(id_, naam) for id_, naam in sorted(absent.items(), key=lambda item: item[1])),
        igs=next((other.igs for other in own if other.igs), None),
    )


def _name(held: Held) -> str:
    return f"{held.voornaam} {held.naam}"


def _choice(organisatie: Organisatie, codes: frozenset[str]) -> OrganisatieKeuze:
    soort = OrganisatieSoort(organisatie.soort)
    return OrganisatieKeuze(organisatie.id, organisatie.code, organisatie.naam, soort, codes)


def _request_id(request: HTTPConnection) -> str:
    """What the server named this request, else a harmless name that the proxy gave it."""
    named: str = getattr(request.state, "verzoek_id", "")
    given = request.headers.get("x-request-id", "")
    return named or (given if REQUEST_ID.fullmatch(given) else "")
