"""One action, one transaction, one actor: what it changes, tells, orders and logs is kept together or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.api.clock import BRUSSEL
from vlok.api.errors import Refusal
from vlok.api.parameters import Parameters
from vlok.api.tables import Bestand
from vlok.audit.tables import Auditregel
from vlok.db.series import reserve, take
from vlok.procedures.tables import Feit
from vlok.tenancy.tables import Organisatie, Parameterwaarde

if TYPE_CHECKING:
    from vlok.kernel import Kernel


@dataclass
class UnitOfWork:
    """Implements ``vlok.api.work.Work``. As ``async with`` it commits when the block ends well and ``keep`` is true."""

    kernel: Kernel
    session: AsyncSession
    actor: Actor
    now: datetime
    keep: bool = True
    jobs: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _parameters: dict[str, Parameters] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The Belgian calendar day of ``now``."""
        return self.now.astimezone(BRUSSEL).date()

    async def number(self, prefix: str, jaar: int | None = None) -> str:
        """The next reference of a series."""
        [referte] = await take(self.session, prefix, jaar or self.today.year, 1)
        return referte

    async def numbers(self, prefix: str, count: int) -> list[str]:
        """The next ``count`` references of a series."""
        return await take(self.session, prefix, self.today.year, count) if count else []

    async def reserve(self, refertes: Sequence[str]) -> None:
        """Make the series start after references that came from elsewhere."""
        await reserve(self.session, refertes)

    async def tell(self, fact: object) -> None:
        """Record a fact and run the reactions to it in this transaction."""
        body = orjson.loads(orjson.dumps(asdict(fact)))  # type: ignore[call-overload]
        self.session.add(Feit(soort=type(fact).__name__, inhoud=body, domein=self.actor.domein, tijdstip=self.now))
        for reaction in self.kernel.reactions_to(type(fact)):
            await reaction.run(self, fact)

    async def parameters(self, domein: str) -> Parameters:
        """The parameters of an organisation today; read once per transaction."""
        if domein not in self._parameters:
            rows = select(Parameterwaarde.sleutel, Parameterwaarde.waarde).join(
                Organisatie, Organisatie.id == Parameterwaarde.organisatie_id
            )
            today = rows.where(
                Organisatie.domein == domein,
                Parameterwaarde.geldig_van <= self.today,
                or_(Parameterwaarde.geldig_tot.is_(None), Parameterwaarde.geldig_tot >= self.today),
            ).order_by(Parameterwaarde.geldig_van)
            stored = {row.sleutel: row.waarde for row in await self.session.execute(today)}
            self._parameters[domein] = Parameters(self.today, stored)
        return self._parameters[domein]

    async def claim_file(self, bestand_id: UUID) -> Bestand:
        """An uploaded file of the acting organisation."""
        return (await self.claim_files({bestand_id}))[bestand_id]

    async def claim_files(self, bestand_ids: Set[UUID]) -> Mapping[UUID, Bestand]:
        """Uploaded files of the acting organisation; "absent" and "another's" are one answer."""
        if not bestand_ids:
            return {}
        own = select(Bestand).where(Bestand.id.in_(bestand_ids), Bestand.domein == self.actor.domein)
        found = {bestand.id: bestand for bestand in await self.session.scalars(own)}
        if found.keys() != bestand_ids:
            raise Refusal("ONBEKEND", "Het bestand is niet gevonden. Laad het opnieuw op.")
        return found

    def defer(self, job: str, **arguments: Any) -> None:
        """Order a durable job, in this transaction."""
        self.jobs.append((job, arguments))

    def audit(self, wat: str, gegevens: Mapping[str, Any], subject_id: UUID | None = None) -> None:
        """Add a line to the audit trail."""
        self.session.add(
            Auditregel(
                tijdstip=self.now,
                domein=self.actor.domein,
                gebruiker_id=self.actor.gebruiker_id,
                gebruiker=self.actor.naam,
                rollen=sorted(self.actor.rollen),
                wat=wat,
                subject_id=subject_id,
                verzoek_id=self.actor.verzoek_id,
                gegevens=dict(gegevens),
            )
        )

    async def __aenter__(self) -> UnitOfWork:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        async with self.session:
            if kind or not self.keep:
                await self.session.rollback()
                return
            await self.kernel.queue.defer(self.session, self.actor, self.jobs)
            await self.session.commit()
