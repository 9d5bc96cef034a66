"""Before anything is measured: the product and its references must give the same rows, or their ratios mean nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bench.bedienen import Server
from bench.belasting import asked
from bench.omgeving import Person
from bench.scenarios import Scenario
from bench.voortgang import say
from bench.vragen import requests

NAMES = {
    "allTaaks": "werklijst",
    "onderwerpByOnderwerpId": "onderwerp",
    "dossierByDossierId": "dossier",
    "documentsByDossierId": "documenten",
    "pandByReferte": "pand",
    "entiteitsByPandId": "entiteiten",
    "dossiersByOnderwerpId": "dossiers",
    "taaksByOnderwerpId": "taken",
    "documentsByOnderwerpId": "documenten",
}
"""What PostGraphile calls the product's fields."""
INLINE = "onderwerpByRowId"
"""A step of its own in PostGraphile, for the property and its subject share a key."""


def check(scenarios: Sequence[Scenario], servers: Mapping[str, Server], people: Sequence[Person]) -> None:
    """Ask every scenario as these people; SystemExit with the first difference."""
    for scenario in scenarios:
        mine = [kind for kind in servers if scenario.answered_by(kind)]
        if mine == ["product"] or "product" not in mine:
            continue
        found = {kind: _answers(scenario, servers[kind], people) for kind in mine}
        rows = sum(str(answer).count("'referte'") for answer in found["product"])
        for kind in mine[1:]:
            for n, (own, other) in enumerate(zip(found["product"], found[kind], strict=True)):
                if told := difference(own, other, scenario.name):
                    raise SystemExit(f"product en {kind} verschillen voor vraag {n + 1}: {told}")
        if not rows:
            raise SystemExit(f"{scenario.name}: geen enkele rij om te vergelijken")
        say(
            f"  gelijke antwoorden: {scenario.name:<12} {len(found['product'])} vragen, {rows} rijen: {', '.join(mine)}"
        )


def _answers(scenario: Scenario, server: Server, people: Sequence[Person]) -> list[Any]:
    """Normalised answers, in order."""
    bodies = asyncio.run(asked(server.port, requests(server, scenario, people)))
    return [normal(root(json.loads(one.body)["data"])) for one in bodies]


def root(data: dict[str, Any]) -> Any:
    """What stands under the one root field; the limit leaves that out where it is a list."""
    return data if "edges" in data else next(iter(data.values()))


def normal(value: Any) -> Any:
    """The answer in the product's own names, lists without their wrapping; whether a page goes on is kept."""
    if isinstance(value, list):
        return [normal(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "edges" in value:
        going_on = value.get("pageInfo", {}).get("hasNextPage")
        return {"rijen": [normal(edge["node"]) for edge in value["edges"] or ()], "hasNextPage": going_on}
    if value.keys() == {"nodes"}:
        return normal(value["nodes"])
    found = {NAMES.get(name, name): normal(each) for name, each in value.items() if name != INLINE}
    return {**found, **normal(value[INLINE])} if value.get(INLINE) else found


def difference(own: Any, other: Any, path: str) -> str | None:
    """Where two answers part: in a row, in what a row holds, or in a value that both give; None: nowhere."""
    if isinstance(own, dict) and isinstance(other, dict):
        holders = {name for one in (own, other) for name in one if name == "referte" or holds(one[name])}
        if missing := holders - (own.keys() & other.keys()):
            return f"{path}: {', '.join(sorted(missing))} ontbreekt"
        shared = [name for name in own if name in other]
        return next(filter(None, (difference(own[name], other[name], f"{path}.{name}") for name in shared)), None)
    if isinstance(own, list) and isinstance(other, list):
        if len(own) != len(other):
            return f"{path}: {len(own)} rijen tegen {len(other)}"
        pairs = enumerate(zip(own, other, strict=True))
        return next(filter(None, (difference(a, b, f"{path}[{n}]") for n, (a, b) in pairs)), None)
    return None if moment(own) == moment(other) else f"{path}: {own!r} tegen {other!r}"


def holds(value: Any) -> bool:
    """Whether it is a row, or rows."""
    return isinstance(value, dict | list) and value != []


def moment(value: Any) -> Any:
    """A moment whatever its notation; anything else as it is."""
    if not isinstance(value, str) or "T" not in value:
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return value
