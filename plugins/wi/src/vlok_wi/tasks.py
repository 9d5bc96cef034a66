"""The tasks of the judicial procedure by name (``data/taken.toml``)."""

from pathlib import Path

from vlok.api.tasks import task_types

TASK_TYPES = task_types(Path(__file__).parent / "data" / "taken.toml")
_BY_KEY = {soort.key: soort for soort in TASK_TYPES}

VERWERK_MELDING = _BY_KEY["wi.verwerkMelding"]
PLAN_CONTROLE = _BY_KEY["wi.planControle"]
VALIDEER_ONDERZOEK = _BY_KEY["wi.valideerOnderzoek"]
VALIDEER_ONDERZOEK_INSPECTEUR = _BY_KEY["wi.valideerOnderzoekInspecteur"]
MAAK_PV = _BY_KEY["wi.maakPv"]
VERZEND_PV = _BY_KEY["wi.verzendPv"]
SCHRIJF_VORDERING_IN = _BY_KEY["wi.schrijfVorderingIn"]
VOLG_PARKET_OP = _BY_KEY["wi.volgParketOp"]
CONTROLEER_HERSTEL = _BY_KEY["wi.controleerHerstel"]
