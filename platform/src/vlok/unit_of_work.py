"""One action, one transaction, one actor: what it changes, tells, orders and logs is kept together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID, uuid4

import orjson
from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.api.clock import BRUSSEL
from vlok.api.errors import ContractError, Refusal
from vlok.api.jobs import CROSS_JOB
from vlok.api.parameters import Parameters
from vlok.api.tables import Bestand
from vlok.api.together import Together
from vlok.audit.lines import Line, concerned, write
from vlok.audit.searches import search
from vlok.audit.tables import Soort
from vlok.db.series import reserve, take
from vlok.procedures.subjects import READ, Subjects
from vlok.procedures.tables import Feit
from vlok.tenancy.tables import Organisatie, Parameterwaarde

if TYPE_CHECKING:
    from vlok.kernel import Kernel

M = TypeVar("M")

ON_DAY = bindparam("op_dag", type_=Date)
PARAMETERS = (
    select(Parameterwaarde.sleutel, Parameterwaarde.waarde)
    .join(Organisatie, Organisatie.id == Parameterwaarde.organisatie_id)
    .where(
        Organisatie.domein == bindparam("van_domein"),
        Parameterwaarde.geldig_van <= ON_DAY,
        or_(Parameterwaarde.geldig_tot.is_(None), Parameterwaarde.geldig_tot >= ON_DAY),
    )
    .order_by(Parameterwaarde.geldig_van)
)
"""What an organisation has set, on one day."""


@cache
def _with_parameters(asked: Together) -> Together:
    return Together(PARAMETERS, *asked.selects)


@dataclass
class UnitOfWork:
    """Implements ``vlok.api.work.Work``. As ``async with`` it commits when the block ends well and ``keep`` is true."""

    kernel: Kernel
    session: AsyncSession
    actor: Actor
    now: datetime
    keep: bool = True
    jobs: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    _parameters: dict[str, Parameters] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The Belgian calendar day of ``now``."""
        return self.now.astimezone(BRUSSEL).date()

    async def number(self, prefix: str, jaar: int | None = None) -> str:
        """The next reference of a series."""
        [referte] = await take(self.session, self.kernel.prefix(prefix), jaar or self.today.year, 1)
        return referte

    async def numbers(self, prefix: str, count: int) -> list[str]:
        """The next ``count`` references of a series."""
        return await take(self.session, self.kernel.prefix(prefix), self.today.year, count) if count else []

    async def reserve(self, refertes: Sequence[str]) -> None:
        """Make the series start after references that came from elsewhere."""
        await reserve(self.session, refertes)

    async def tell(self, fact: object) -> None:
        """Record a fact and run the reactions to it in this transaction."""
        self._record(fact)
        for reaction in self.kernel.reactions_to(type(fact)):
            await reaction.run(self, fact)

    def _record(self, fact: object) -> dict[str, Any]:
        body: dict[str, Any] = orjson.loads(orjson.dumps(asdict(fact)))  # type: ignore[call-overload]
        self.session.add(Feit(soort=type(fact).__name__, inhoud=body, domein=self.actor.domein, tijdstip=self.now))
        return body

    def releases(self, fact: type[Any]) -> bool:
        """Whether facts of a kind may cross from here to the place that waits for them."""
        crossing = self.kernel.crossings.get(fact.__name__)
        return crossing is not None and crossing.fact is fact

    def release(self, fact: object) -> None:
        """Let a fact cross to the other place, where it is told once this work is kept; ContractError when it may not.

        Only the fact itself crosses: not who told it, not why, not from which dossier.
        """
        if not self.releases(type(fact)):
            raise ContractError(f"{type(fact).__name__} may not leave this place")
        soort, body = type(fact).__name__, self._record(fact)
        self.audit(f"vrijgave:{soort}", body)
        self.defer(CROSS_JOB, sleutel=uuid4(), soort=soort, inhoud=body)

    async def parameters(self, domein: str) -> Parameters:
        """The parameters of an organisation today; read once per transaction."""
        if domein not in self._parameters:
            asked = {"van_domein": domein, "op_dag": self.today}
            self._keep_parameters(
                domein, [(row.sleutel, row.waarde) for row in await self.session.execute(PARAMETERS, asked)]
            )
        return self._parameters[domein]

    async def facts(self, asked: Together, domein: str, **values: Any) -> tuple[Parameters, list[list[Any]]]:
        """The parameters of an organisation today, and the rows of the selects, in one statement."""
        if domein in self._parameters:
            return self._parameters[domein], await asked.rows(self.session, **values)
        along = {"van_domein": domein, "op_dag": self.today}
        stored, *found = await _with_parameters(asked).rows(self.session, **along, **values)
        return self._keep_parameters(domein, stored), found

    def _keep_parameters(self, domein: str, stored: Iterable[tuple[str, Any]]) -> Parameters:
        self._parameters[domein] = Parameters(self.today, dict(stored))
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

    def audit(
        self,
        wat: str,
        gegevens: Mapping[str, Any],
        subject: Any = None,
        soort: str = Soort.WIJZIGING,
        doel: str | None = None,
    ) -> None:
        """Add a line to the audit trail, written when the work ends well. ``subject``: the row that it is about."""
        declared = self.kernel.types.publishing(type(subject))
        about = None if subject is None else (declared.name if declared else None, subject.id)
        keys = [] if subject is None else concerned(subject)
        self.lines.append(Line(Soort(soort), wat, dict(gegevens), about, keys, doel))

    async def find(self, given: str, model: type[M]) -> M | None:
        """A row that the actor may read, by global id or reference."""
        declared = self.kernel.types.of_model(model)
        return await Subjects(self.kernel, self.actor).find(self.session, given, model, declared.key, READ)

    async def search(self, wat: str, vraag: Mapping[str, Any], doel: str, limiet: int) -> None:
        """Put a search for people on record; Refusal ``TE_VAAK`` when this person makes too many."""
        await search(self, wat, dict(vraag), doel, limiet)

    async def __aenter__(self) -> UnitOfWork:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        async with self.session:
            if kind or not self.keep:
                await self.session.rollback()
                return
            await self.kernel.queue.defer(self.session, self.actor, self.jobs)
            await write(self.session, self.actor, self.now, self.lines)
            await self.session.commit()
