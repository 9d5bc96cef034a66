"""Before anything is measured: a reference that keeps what it showed must keep what the product keeps."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from bench.bedienen import Server
from bench.belasting import asked
from bench.omgeving import Environment, Person
from bench.scenarios import Scenario
from bench.voortgang import say
from bench.vragen import requests
from vlok.db.roles import connected

LOGS = "kaal-logt"
NEWEST = "select coalesce(max(volgnummer), 0) from auditregel where domein = %s"
KEPT = (
    "select gebruiker_id, gebruiker, organisatie, namens, rollen, soort, wat, doel, subject_type, subject_id, gegevens,"
    " array(select distinct unnest(getoond) order by 1), cardinality(getoond)"
    " from auditregel where domein = %s and volgnummer > %s order by volgnummer"
)
"""All that a line says, but for the keys of its own and the moment."""


def check(
    environment: Environment, scenarios: Sequence[Scenario], servers: Mapping[str, Server], people: Sequence[Person]
) -> None:
    """Ask every scenario as these people; SystemExit with the first line that differs from the product's."""
    if not {"product", LOGS} <= servers.keys():
        return
    with connected(environment.admin_url) as connection:
        for scenario in scenarios:
            kept = 0
            for person in filter(scenario.who, people):
                own, other = (_lines(connection, servers[kind], scenario, person) for kind in ("product", LOGS))
                if own != other:
                    raise SystemExit(f"{scenario.name}: het product logt {own}\n{LOGS} logt {other}")
                kept += len(own)
            say(f"  gelijke logregels:   {scenario.name:<12} {kept} regels")


def _lines(connection: Any, server: Server, scenario: Scenario, person: Person) -> list[Any]:
    """What the trail holds more after one question."""
    (before,) = connection.execute(NEWEST, [person.domein]).fetchone()
    asyncio.run(asked(server.port, requests(server, scenario, [person])))
    found: list[Any] = connection.execute(KEPT, [person.domein, before]).fetchall()
    return found
