"""Holds every answer against the law: whatever an asker should not have seen is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from tests.security.law import may_see

from vlok.api.actor import Actor
from vlok.app import Product
from vlok.graph.context import Context
from vlok.graph.names import global_id
from vlok.testing.canaries import REFERENCE, Canaries, keys, tokens
from vlok.testing.operations import Operation, Pool


@dataclass(frozen=True)
class Sight:
    """What one asker may and may not meet in an answer."""

    tokens: frozenset[str]
    ids: frozenset[str]
    references: frozenset[str]
    rows: Mapping[str, int]
    """How many rows of a table they may see."""
    domein: str


def sight(asker: Actor | None, canaries: Canaries) -> Sight:
    """The canaries, keys and references that must not be in an answer to ``asker``.

    A reference may be quoted by a row that one does see (the inventory names the unit); a canary and a key may not.
    """
    visible = [row for row in canaries.rows if may_see(asker, row.place[1], row.place[0], row.values)]
    quoted = {one for row in visible for one in REFERENCE.findall(orjson.dumps(row.values).decode())}
    every = {one for row in canaries.rows for one in REFERENCE.findall(str(row.values.get("referte", "")))}
    seen = {str(row.values["id"]) for row in visible if "id" in row.values}
    seen |= {str(asker.organisatie_id)} if asker else set()  # for whom one acts is told at every sign-in
    return Sight(
        frozenset(canaries.by_token) - {row.token for row in visible},
        frozenset(canaries.by_id) - seen,
        frozenset(every - quoted),
        Counter(row.place[1] for row in visible),
        asker.domein if asker else "",
    )


@dataclass
class Watch:
    """Asks operations for askers and keeps what was wrong, and what was seen at all."""

    product: Product
    canaries: Canaries
    logged: Callable[[str], int]
    """How many lines the log of a domain has by now: every answer may add to it."""
    sights: dict[str, Sight] = field(default_factory=dict)
    asked: int = 0
    shown: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    """Questions that got no answer at all."""

    async def ask(self, name: str, asker: Actor | None, operation: Operation, *, compiled: bool = True) -> Any:
        """Execute an operation and hold the answer against the law; the data. ``compiled``: by its plan, if it can."""
        self.asked += 1
        try:
            async with Context(self.product.kernel, asker) as context:
                context.compiled = compiled
                result = await self.product.schema.execute(
                    operation.text, variable_values=dict(operation.variables), context_value=context
                )
        except Exception as crash:  # no answer is no leak: it is told, and the walk goes on
            self.crashes.append(f"{name}: {crash!r}\n{operation}")
            return None
        errors = [error.formatted for error in result.errors or ()]
        for error in errors:
            code = str(error.get("extensions", {}).get("code"))
            self.codes[code] += 1
            if code == "INTERN":
                self.faults.append(f"{name}: INTERN at {error.get('path')}\n{operation}")
        text = orjson.dumps([result.data, [error["message"] for error in errors]]).decode()
        if name not in self.sights:
            self.sights[name] = sight(asker, self.canaries)
        may = self.sights[name]
        echo = tokens(operation.text) if operation.text.startswith("mutation") else set()
        wrong = [*self.wrong(may, text, echo), *self._counts(may, operation, result.data)]
        self.faults += [f"{name}: {fault}\n{operation}" for fault in wrong]
        return result.data

    def wrong(self, may: Sight, answer: str, echo: set[str]) -> Iterator[str]:
        """What is in an answer and should not be. ``echo``: words of the asker's own, given back with a refusal."""
        found, named = tokens(answer) - echo, keys(answer)
        self.shown.update(self.canaries.by_token[one].place[1] for one in found if one in self.canaries.by_token)
        for one in sorted(found & may.tokens):
            yield f"canary {one} of {self.canaries.by_token[one].place[1]}"
        for one in sorted(named & may.ids):
            yield f"key {one} of {', '.join(row.place[1] for row in self.canaries.by_id[one])}"
        for one in sorted(set(REFERENCE.findall(answer)) & may.references):
            yield f"reference {one}"

    def _counts(self, may: Sight, operation: Operation, data: Any) -> Iterator[str]:
        """A total is never more than the rows that one may see."""
        for key, root in operation.roots.items():
            total = (data or {}).get(key)
            if isinstance(total, dict) and isinstance(total.get("totalCount"), int):
                most = self.logged(may.domein) if root == "logboek" else max(may.rows.values(), default=0)
                if total["totalCount"] > most:
                    yield f"{root} counts {total['totalCount']} rows, {most} may be seen"


def pool_of(product: Product, canaries: Canaries) -> Pool:
    """Arguments from the rows of everybody: their keys, their references, the words in them."""
    kernel = product.kernel
    tables = {declared.name: declared.model.__tablename__ for declared in kernel.types}
    ids = {
        name: [global_id(name, row.id) for row in canaries.rows if row.place[1] == table and row.id]
        for name, table in tables.items()
    }
    references = sorted({str(row.values["referte"]) for row in canaries.rows if row.values.get("referte")})
    titles = [word for row in canaries.rows for word in str(row.values.get("titel") or "").split()]
    words = [*references, *canaries.by_token, *titles]
    return Pool(
        ids,
        {
            "": words,
            "referte": references,
            "zoek": words,
            "handeling": [*kernel.actions],
            "after": ["WyJ4IiwieSJd", *references],
            "lijst": ["OO", "NGW"],
        },
    )
