"""Who may see which row, written down a second time and apart from the product: the ground truth of the proofs.

Said from the Afsprakenkader (unsigned is the own organisation's, signed is both sides', all tasks of a property are
both sides'), the profiles of the manual and the charter of the inspectorate. It knows tables and columns, no policy
file, no scope and no row-level rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from vlok.api.actor import Actor

Values = Mapping[str, Any]
Rule = Callable[[Actor, Values], bool]


def in_territory(asker: Actor, row: Values) -> bool:
    """A municipality sees its own ground, the agency and the inspectorate all of it, the tax office none."""
    if asker.domein in ("wvl", "wi"):
        return True
    return asker.domein.startswith("lb:") and row["gebied"] == asker.domein.removeprefix("lb:")


def own(asker: Actor, row: Values) -> bool:
    """What the own organisation made."""
    return bool(row["domein"] == asker.domein)


def signed(asker: Actor, row: Values) -> bool:
    """The own, and what was signed or sent about the own ground."""
    return own(asker, row) or (row["gedeeld_op"] is not None and in_territory(asker, row))


def inventory(asker: Actor, row: Values) -> bool:
    """VIVOO: for the tax office whole."""
    return asker.domein == "vlabel" or in_territory(asker, row)


def organisation(asker: Actor, row: Values) -> bool:
    """The own organisation; the agency looks after all."""
    return asker.domein in ("wvl", str(row["domein"]))


def settings(asker: Actor, row: Values) -> bool:
    """Parameters of the own organisation; the agency sees those of all."""
    return asker.domein == "wvl" or own(asker, row)


def log(asker: Actor, row: Values) -> bool:
    """The lines of the own organisation, for its auditors."""
    return own(asker, row) and any(role.endswith(".auditor") for role in asker.rollen)


def nobody(asker: Actor, row: Values) -> bool:
    """Never told to anybody: sessions, keys, numbers, what is kept for the product itself."""
    return False


def public(asker: Actor, row: Values) -> bool:
    """Names of organisations and of officials stand on what they made."""
    return True


LAW: dict[str, Rule] = {
    "onderwerp": in_territory,
    "dossier": in_territory,
    "taak": in_territory,
    "pand": in_territory,
    "entiteit": in_territory,
    "betrokkene": in_territory,
    "deelprocedure": in_territory,
    "oo_procedure": in_territory,
    "oo_adviesvraag": in_territory,
    "oo_hoorplicht": in_territory,
    "oo_reactie": in_territory,
    "oo_bevinding": in_territory,
    "document": signed,
    "uitvoering": signed,
    "opmerking": signed,
    "onderzoek_onderzoek": signed,
    "onderzoek_resultaat": signed,
    "oo_advies": signed,
    "oo_beslissing": signed,
    "afscherming": own,
    "auditregel": log,
    "bestand": own,
    "gebruiker": public,
    "organisatie": organisation,
    "parameterwaarde": settings,
    "vivoo_registratie": inventory,
}
"""Table → rule. What is not named here is nobody's: facts, answers, sessions, role grants, numbers."""

READERS_OF_LOGS = frozenset({"vlabel.auditor"})
"""Roles that read the log and nothing else."""


def may_see(asker: Actor | None, table: str, schema: str, row: Values) -> bool:
    """Whether that row may be in an answer to that asker."""
    if asker is None:
        return False
    if schema != "public":
        return asker.domein == "wi"  # what the inspectorate has apart is the inspectorate's
    if asker.rollen <= READERS_OF_LOGS and table not in ("auditregel", "gebruiker"):
        return False
    return LAW.get(table, nobody)(asker, row)
