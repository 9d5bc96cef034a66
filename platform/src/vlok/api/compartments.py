"""A compartment: a shielded place in which some plugins live, with tables, database role, queue and API of its own.

What is shielded lives elsewhere: the same mapped classes and the same kernel run once more on another PostgreSQL
schema. Nothing that is written there can be counted, joined, locked or guessed from the common place, because it is not
in it. What may leave or come in is a closed list of facts (``releases``, ``intakes``).
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor
from vlok.api.errors import ContractError

Guest = Callable[[AsyncSession, Actor], Awaitable[Actor | None]]
PREFIX = re.compile(r"^[A-Z]{2}$")


async def nobody(session: AsyncSession, actor: Actor) -> Actor | None:
    """A compartment without guests."""
    return None


@dataclass(frozen=True, eq=False)
class Compartment:
    """What a plugin declares of the compartment in which it lives. The schema has the name of the plugin's key.

    Members are the actors of ``domein``. ``guest`` says whether somebody else may be inside right now, and as what: it
    is given a session inside in which row-level security already shows only what that guest may see, and returns the
    same person with the roles held inside. Everybody else gets the answer of a path that does not exist.
    """

    key: str
    """``<plugin>.<naam>``."""
    naam: str
    """As users read it."""
    domein: str
    """The domain of its members and of every row in it."""
    plugins: tuple[str, ...]
    """The keys of the plugins that live in it, its own among them; the others live in the common place as well."""
    tables: frozenset[str]
    """The tables of kernel and register that stand in it once more; those of its plugins stand there anyway."""
    series: Mapping[str, str]
    """Every prefix of a reference given out inside, and the one used there instead: own numbers, no gaps elsewhere."""
    guest: Guest = nobody
    rollen: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Roles that exist only inside (of guests), with their Dutch names."""
    releases: tuple[type[Any], ...] = ()
    """The facts that may leave: told in the common place in the name of ``namens``."""
    intakes: tuple[type[Any], ...] = ()
    """The facts that may come in."""
    namens: str = "wvl"
    """The domain of the organisation that appears outside as the source of a release."""

    def __post_init__(self) -> None:
        """Raise ContractError for a declaration that would not hold."""
        if self.schema not in self.plugins:
            raise ContractError(f"{self.key}: plugin {self.schema} does not live in its own compartment")
        wrong = [p for pair in self.series.items() for p in pair if not PREFIX.match(p)]
        if wrong or len(set(self.series.values())) != len(self.series):
            raise ContractError(f"{self.key}: series need two capitals each, and each its own: {wrong or self.series}")

    @property
    def schema(self) -> str:
        """The PostgreSQL schema; the plugin's key."""
        return self.key.partition(".")[0]

    @property
    def path(self) -> str:
        """Where the compartment answers: ``/wi`` and below."""
        return f"/{self.schema}"

    def holds(self, table: str) -> bool:
        """Whether a table stands in the compartment; every other one is shared, and only read from inside."""
        return table in self.tables or table.partition("_")[0] in self.plugins

    def prefix(self, given: str) -> str:
        """The prefix used inside; ContractError for one that is not in ``series``: it would give numbers twice."""
        if given in self.series:
            return self.series[given]
        if given in self.series.values():
            return given
        raise ContractError(f"{self.key}: no series of its own for {given}")
