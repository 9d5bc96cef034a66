"""How often, and why, graphql-core answered: counted always, told in the log at most once a minute per reason."""

from __future__ import annotations

from collections import Counter
from time import monotonic

import structlog

EVERY = 60.0
"""Seconds between two lines about the same reason."""
log = structlog.get_logger(__name__)


class Fallbacks(Counter[str]):
    """Reason → number of operations, since the process began."""

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, float] = {}

    def note(self, reason: str) -> None:
        """Count one; a line in the log when this reason was not told in the last minute."""
        self[reason] += 1
        now = monotonic()
        if now - self._told.get(reason, -EVERY) >= EVERY:
            self._told[reason] = now
            log.info("answered by graphql-core", reden=reason, aantal=self[reason])
