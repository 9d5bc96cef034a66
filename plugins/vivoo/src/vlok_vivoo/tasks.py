"""The tasks of the inventory by name (``data/taken.toml``)."""

from pathlib import Path

from vlok.api.tasks import task_types

TASK_TYPES = task_types(Path(__file__).parent / "data" / "taken.toml")
KENNISGEVING = next(soort for soort in TASK_TYPES if soort.key == "vivoo.kennisgeving")
