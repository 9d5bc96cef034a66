"""The tasks of procedure OO by name (``data/taken.toml``)."""

from pathlib import Path

from vlok.api.tasks import task_types

TASK_TYPES = task_types(Path(__file__).parent / "data" / "taken.toml")
_BY_KEY = {soort.key: soort for soort in TASK_TYPES}

TERMIJN_BURGEMEESTER = _BY_KEY["oo.termijnBurgemeester"]
VERWERK_VERZOEK = _BY_KEY["oo.verwerkVerzoek"]
ONDERTEKEN_ADVIES = _BY_KEY["oo.ondertekenAdvies"]
VERSTUUR_ADVIES = _BY_KEY["oo.verstuurAdvies"]
VERWERK_ADVIES = _BY_KEY["oo.verwerkAdvies"]
TERMIJN_REACTIES = _BY_KEY["oo.termijnReacties"]
VERWERK_BESLISSING = _BY_KEY["oo.verwerkBeslissing"]
VERSTUUR_BESLISSING = _BY_KEY["oo.verstuurBeslissing"]
VERWERK_ADVIESVRAAG = _BY_KEY["oo.verwerkAdviesvraag"]
VALIDEER_BESLISSING = _BY_KEY["oo.valideerBeslissing"]
NIET_GEVALIDEERD = _BY_KEY["oo.beslissingNietGevalideerd"]
