"""The tasks of the inventory by name (``data/taken.toml``)."""

from pathlib import Path

from vlok.api.tasks import task_types

TASK_TYPES = task_types(Path(__file__).parent / "data" / "taken.toml")
_BY_KEY = {soort.key: soort for soort in TASK_TYPES}

KENNISGEVING = _BY_KEY["vivoo.kennisgeving"]
SCHRAP = _BY_KEY["vivoo.schrap"]
