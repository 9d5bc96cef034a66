"""The operations of the scenarios, and the requests that ask them of each server."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bench import postgraphile
from bench.bedienen import Server
from bench.belasting import request
from bench.omgeving import Person
from bench.scenarios import Scenario


def requests(server: Server, scenario: Scenario, people: Sequence[Person]) -> list[bytes]:
    """What is sent: every person in turn who sees something of the scenario."""
    made = []
    for n, person in enumerate(filter(scenario.who, people)):
        variables = dict(scenario.variables(person, n))
        if server.kind == "postgraphile":
            made.append(postgraphile.request(server.port, scenario, person, variables))
            continue
        bare = server.kind in ("kaal", "kaal-logt")
        path = f"/{scenario.name}" if bare else {"gewoon": "/"}.get(server.kind, "/graphql")
        body = variables if bare else {"query": scenario.query, "variables": variables}
        headers = [("Cookie", f"vlok={person.cookie}"), ("X-VLOK", "1")]
        made.append(request(server.port, path, json.dumps(body).encode(), headers))
    return made
