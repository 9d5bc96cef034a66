"""What a plugin holds while it works: one actor, one day, one transaction."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.api.parameters import Parameters
from vlok.api.tables import Bestand


class Work(Protocol):
    """A unit of work. It commits by itself when the action succeeds; nobody else commits or rolls back."""

    session: AsyncSession
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The Belgian calendar day of ``now``."""
        ...

    async def number(self, prefix: str, jaar: int | None = None) -> str:
        """The next reference of a series, e.g. ``number("BS")`` → ``BS26-000001``; without gaps, per year."""
        ...

    async def numbers(self, prefix: str, count: int) -> list[str]:
        """The next ``count`` references of a series in one statement."""
        ...

    async def reserve(self, refertes: Sequence[str]) -> None:
        """Make the series start after references that came from elsewhere (an import)."""
        ...

    async def tell(self, fact: object) -> None:
        """Record a fact and run the reactions to it, now, in this transaction."""
        ...

    async def parameters(self, domein: str) -> Parameters:
        """The parameters of the organisation of ``domein``, today."""
        ...

    async def claim_file(self, bestand_id: UUID) -> Bestand:
        """An uploaded file of the acting organisation, to attach; Refusal ``ONBEKEND`` when there is none."""
        ...

    async def claim_files(self, bestand_ids: Set[UUID]) -> Mapping[UUID, Bestand]:
        """Uploaded files of the acting organisation in one statement; Refusal ``ONBEKEND`` when one is missing."""
        ...

    def defer(self, job: str, **arguments: Any) -> None:
        """Order a durable job; it exists if and only if this transaction commits."""
        ...

    def audit(self, wat: str, gegevens: Mapping[str, Any]) -> None:
        """Add a line to the audit trail of this transaction."""
        ...
