"""PostGraphile 5 on the same tables and row security: what one would pick instead. Needs npm once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from bench.belasting import request as post
from bench.omgeving import FOLDER, Environment, Person
from bench.scenarios import Scenario

SOURCE = Path(__file__).parent / "postgraphile_server"
OLDEST_NODE = 22
"""With an older one it starts, and answers nothing."""
PLACE = FOLDER / "postgraphile"


def missing() -> str | None:
    """Why PostGraphile cannot run here, in Dutch; None when it can. Installs it when npm can be reached."""
    if not shutil.which("npm"):
        return "npm ontbreekt"
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()  # noqa: S607
    if int(version.lstrip("v").partition(".")[0] or 0) < OLDEST_NODE:
        return f"node {version} is te oud, het vraagt {OLDEST_NODE} (./dev zet de juiste klaar)"
    PLACE.mkdir(parents=True, exist_ok=True)
    for file in SOURCE.iterdir():
        shutil.copy(file, PLACE)
    if (PLACE / "node_modules" / "postgraphile").exists():
        return None
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=PLACE, capture_output=True, text=True)  # noqa: S607
    return None if done.returncode == 0 else f"npm is mislukt ({done.stderr.strip().splitlines()[-1:]})"


def start(environment: Environment, port: int) -> subprocess.Popen[bytes]:
    """The server, as role vlok_app."""
    url = make_url(environment.app_url).set(drivername="postgresql")
    variables = {
        **os.environ,
        "GRAPHILE_ENV": "production",
        "NODE_ENV": "production",
        "PGHOST": str(url.query["host"]),
        "PGUSER": str(url.username),
        "PGPASSWORD": str(url.password),
        "PGDATABASE": str(url.database),
        "PORT": str(port),
    }
    return subprocess.Popen(["node", "server.mjs"], cwd=PLACE, env=variables)  # noqa: S607


def request(port: int, scenario: Scenario, person: Person, variables: dict[str, Any]) -> bytes:
    """Who asks travels in headers, which the server turns into the settings of the row policies."""
    asked = {**variables, "domein": person.domein, "rollen": list(person.rollen)}
    used = {name: value for name, value in asked.items() if f"${name}" in scenario.postgraphile}
    body = json.dumps({"query": scenario.postgraphile, "variables": used}).encode()
    headers = [
        ("x-domein", person.domein),
        ("x-gebied", person.gebied),
        ("x-gebruiker", str(person.gebruiker_id)),
        ("Accept", "application/json"),
    ]
    return post(port, "/graphql", body, headers)
