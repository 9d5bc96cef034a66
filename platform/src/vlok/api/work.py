"""What a plugin holds while it works: one actor, one day, one transaction."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.api.parameters import Parameters
from vlok.api.tables import Bestand
from vlok.api.together import Together

M = TypeVar("M")


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

    def releases(self, fact: type[Any]) -> bool:
        """Whether facts of a kind may cross from here: is there a place that waits for them?"""
        ...

    def release(self, fact: object) -> None:
        """Let a fact cross to the other place, where it is told once this transaction is kept.

        Out of a compartment those of its ``releases``, into it those of its ``intakes``; ContractError for any other.
        """
        ...

    async def parameters(self, domein: str) -> Parameters:
        """The parameters of the organisation of ``domein``, today."""
        ...

    async def facts(self, asked: Together, domein: str, **values: Any) -> tuple[Parameters, list[list[Any]]]:
        """The parameters of the organisation of ``domein``, and per select its rows, all in one statement.

        ``values``: what the ``bindparam`` of the selects stand for.
        """
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

    def audit(
        self,
        wat: str,
        gegevens: Mapping[str, Any],
        subject: Any = None,
        soort: str = "wijziging",
        doel: str | None = None,
    ) -> None:
        """Add a line to the audit trail of this transaction.

        ``subject`` is the row that it is about, ``soort`` one of ``vlok.audit.tables.Soort``, ``doel`` the purpose that
        the user gave.
        """
        ...

    async def find(self, given: str, model: type[M]) -> M | None:
        """A row of a published table that the actor may read, by global id or reference; None for any other."""
        ...

    async def search(self, wat: str, vraag: Mapping[str, Any], doel: str, limiet: int) -> None:
        """Put a search for people on record, before it is done, with its purpose.

        Raises Refusal ``TE_VAAK`` when this person made ``limiet`` of them within the last hour.
        """
        ...
