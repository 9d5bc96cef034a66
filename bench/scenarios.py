"""What is measured: operations of the product's own screens, each with what the references do for the same answer.

``vragen/<name>.graphql`` is the operation; beside it ``<name>.sql`` (the hand-written statement of the limit),
``<name>.logt.sql`` (the same with the keys of what it shows) and ``<name>.postgraphile.graphql`` where those references
answer it too. A new feature adds its files and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.omgeving import Person

FOLDER = Path(__file__).parent / "vragen"
Variables = Callable[[Person, int], Mapping[str, Any]]


def everybody(person: Person) -> bool:
    """All of them."""
    return True


def whole_region(person: Person) -> bool:
    """The people of the agency: they see every municipality."""
    return person.gebied == "*"


@dataclass(frozen=True)
class Scenario:
    """One kind of page, and the variables that a person asks it with the n-th time."""

    name: str
    title: str
    variables: Variables
    stock: bool = False
    """Whether the stock Strawberry server answers it too."""
    who: Callable[[Person], bool] = everybody
    """Who sees something of it: for others the answer is empty, and measures nothing."""

    def answered_by(self, kind: str) -> bool:
        """Whether that server knows the scenario."""
        known = {"product": True, "gewoon": self.stock, "postgraphile": self.postgraphile}
        return bool(known.get(kind, self.raw))

    def _text(self, ending: str) -> str:
        file = FOLDER / f"{self.name}.{ending}"
        return file.read_text(encoding="utf-8") if file.exists() else ""

    @property
    def query(self) -> str:
        """The operation."""
        return self._text("graphql")

    @property
    def raw(self) -> str:
        """The hand-written SQL of the limit; empty: the limit does not answer it."""
        return self._text("sql")

    @property
    def logged(self) -> str:
        """The same with the keys of what it shows; empty: nothing of which consultation is kept."""
        return self._text("logt.sql")

    @property
    def postgraphile(self) -> str:
        """The same question to PostGraphile; empty: it is not asked."""
        return self._text("postgraphile.graphql")


def no_variables(person: Person, n: int) -> Mapping[str, Any]:
    """The operation asks for nothing."""
    return {}


ALL = (
    Scenario(
        "werklijst", "werklijst: 50 taken met dossier, adres en twee documenten", lambda p, n: {"first": 50}, True
    ),
    Scenario("pand", "pandpagina", lambda p, n: {"referte": p.panden[n % len(p.panden)]}),
    Scenario("zoeken", "zoeken op adres, 25 resultaten", lambda p, n: {"zoek": p.words[n % len(p.words)]}),
    Scenario("vivoo", "VIVOO-lijst, 50 registraties", no_variables),
    Scenario("dossier-300", "dossier met 300 entiteiten", no_variables, who=whole_region),
)
SCENARIOS = {one.name: one for one in ALL}
