"""Whether the references write what the product writes: every row of a decision, column by column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import unified_diff

from bench.omgeving import Environment
from bench.schrijven.dossiers import Zaak
from vlok.db.roles import connected

ROWS = {
    "oo_beslissing": "select to_jsonb(t) from oo_beslissing t where dossier_id = %(key)s",
    "document": "select to_jsonb(t) from document t where dossier_id = %(key)s",
    "deelprocedure": "select to_jsonb(t) from deelprocedure t where dossier_id = %(key)s",
    "taak": "select to_jsonb(t) from taak t where dossier_id = %(key)s",
    "dossier": "select to_jsonb(t) from dossier t where id = %(key)s",
    "uitvoering": "select to_jsonb(t) from uitvoering t where dossier_id = %(key)s",
    "antwoord": "select to_jsonb(t) - 'verzoek_hash' from antwoord t where antwoord::text like %(like)s",
    "auditregel": (
        "select to_jsonb(t) - 'volgnummer' - 'vorige' - 'hash' from auditregel t where subject_id = %(key)s"
    ),
    "procrastinate_jobs": (
        "select to_jsonb(j) - 'id' from procrastinate_jobs j join document d"
        " on d.id::text = j.args -> 'arguments' ->> 'document_id' where d.dossier_id = %(key)s"
    ),
}
"""All that a decision touches, by table."""
OWN = (
    (re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"), "<sleutel>"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "<verzoek>"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:\+\d\d:\d\d|Z)"), "<moment>"),
    (re.compile(r"\b\d{14}(?=\d{3}\b|\b)"), "<nummer>"),
    (re.compile(r"\b(BS|DO)\d\d-\d{6}\b"), r"\1<referte>"),
)
"""What every run makes anew: keys, request numbers, moments, references."""


def rows(environment: Environment, zaak: Zaak) -> list[str]:
    """All rows about a dossier as text, without what is its own alone."""
    found = []
    with connected(environment.admin_url) as connection:
        for table, asked in ROWS.items():
            given = {"key": zaak.key, "like": f"%{zaak.key}%"}
            lines = [plain(str(row)) for (row,) in connection.execute(asked, given).fetchall()]
            found += [f"{table} {line}" for line in sorted(lines)]
    return found


def plain(text: str) -> str:
    """The text of a row, the same for the same decision."""
    for pattern, name in OWN:
        text = pattern.sub(name, text)
    return text


def difference(environment: Environment, decided: Mapping[str, Zaak]) -> str | None:
    """What another server than the product wrote otherwise; None when all wrote the same."""
    wanted = rows(environment, decided["product"])
    if blind := [table for table in ROWS if not any(line.startswith(f"{table} ") for line in wanted)]:
        return f"het product schreef niets in {', '.join(blind)}: de vergelijking ziet niet wat ze moet zien"
    for kind, zaak in decided.items():
        found = rows(environment, zaak)
        if found != wanted:
            return f"{kind} schrijft niet wat het product schrijft:\n{_told(wanted, found)}"
    return None


def _told(wanted: Sequence[str], found: Sequence[str]) -> str:
    return "\n".join(unified_diff(wanted, found, "product", "referentie", n=0, lineterm=""))
