"""What is sent: the wizard's own mutation to the product, and the same answers to the references."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.bedienen import Server
from bench.belasting import request
from bench.schrijven.dossiers import Zaak
from bench.schrijven.rijen import ACTION

PRODUCT = (Path(__file__).parents[1] / "vragen" / "beslissing.graphql").read_text(encoding="utf-8")
"""As the application sends it."""
STOCK = """mutation($subject: String!, $invoer: JSON!, $versie: Int!, $sleutel: String!) {
  beslissingMaken(subject: $subject, invoer: $invoer, versie: $versie, sleutel: $sleutel) {
    uitgevoerd bericht referte } }"""


def submit(server: Server, zaak: Zaak) -> bytes:
    """The request that decides about a dossier."""
    asked: dict[str, Any] = {"subject": zaak.referte, "invoer": zaak.body(), "versie": 1, "sleutel": uuid4().hex}
    wizard = {"handeling": ACTION, "dryRun": False, "bevestigd": True}
    path, body = {
        "product": ("/graphql", {"query": PRODUCT, "variables": {**asked, **wizard}}),
        "kaal": ("/beslissing", asked),
        "gewoon": ("/", {"query": STOCK, "variables": asked}),
    }[server.kind]
    headers = [("Cookie", f"vlok={zaak.person.cookie}"), ("X-VLOK", "1")]
    return request(server.port, path, json.dumps(body).encode(), headers)
