"""The statement that the product makes of a question, taken where it hands it to the driver."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.groei.gebruikers import User
from vlok.api.actor import Actor
from vlok.app import Product
from vlok.db.wire import Row
from vlok.graph.context import Context

FOLDER = Path(__file__).parents[1] / "vragen"
QUESTIONS = {
    "werklijst": "werklijst",
    "pand": "pand",
    "zoeken": "zoeken",
    "zoeken op straat": "zoeken",
    "zoeken zonder treffer": "zoeken",
    "dossier": "dossier",
    "documenten": "documenten",
    "vivoo": "vivoo",
}
"""Scenario → the file of its operation."""
LINE = re.compile(rb"(?:INSERT INTO auditregel \([^)]*\)|UNION ALL) SELECT \$(\d+)::uuid")
"""Where a line of the audit trail gets its key."""
MODE = b"select current_setting('plan_cache_mode')"


@dataclass(frozen=True)
class Statement:
    """A compiled statement with the values for one question of one user."""

    sql: bytes
    values: Sequence[Any]
    actor: Actor
    mode: str
    """How PostgreSQL plans it on the product's own connection (``plan_cache_mode``)."""

    def anew(self) -> list[Any]:
        """The values, with other keys for the lines of the audit trail that it writes."""
        fresh = {int(at) - 1 for at in LINE.findall(self.sql)}
        return [uuid4() if at in fresh else value for at, value in enumerate(self.values)]


class Taken(Context):
    """A request that keeps its statement, and lets it be answered."""

    statement: Statement | None = None

    async def row(self, sql: bytes, values: Sequence[Any], **how: Any) -> Row | None:
        """The answer; the statement is kept, and how it is planned."""
        mode = await self.kernel.database.row(self.actor, MODE, [], **how)
        assert mode
        assert mode[0]
        self.statement = Statement(sql, values, self.actor, mode[0].decode())
        return await super().row(sql, values, **how)


async def statement(product: Product, scenario: str, user: User, n: int) -> Statement:
    """The statement of a user's n-th question; SystemExit when the product does not answer it by one."""
    text = (FOLDER / f"{QUESTIONS[scenario]}.graphql").read_text(encoding="utf-8")
    context = Taken(product.kernel, user.actor)
    result = await product.schema.execute(
        text, variable_values=dict(user.variables(scenario, n)), context_value=context
    )
    await context.close()
    if context.statement is None or result.errors:
        reasons = ", ".join(product.schema.planner.fallbacks)  # type: ignore[attr-defined]
        raise SystemExit(f"{scenario}: geen gecompileerde opdracht ({reasons}, {result.errors})")
    return context.statement
