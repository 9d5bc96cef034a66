"""What is under way, and how long it still takes: lines on stderr, so that stdout holds only results."""

from __future__ import annotations

import sys
import time


def say(text: str) -> None:
    """One line."""
    print(text, file=sys.stderr, flush=True)


class Progress:
    """Steps of a known number, about equally long; each is told with how long the rest will take."""

    def __init__(self, what: str, total: int) -> None:
        self._what = what
        self._total = total
        self._done = 0
        self._begun = time.monotonic()

    def step(self, text: str) -> None:
        """One more step is done."""
        self._done += 1
        lasted = time.monotonic() - self._begun
        rest = lasted / self._done * max(self._total - self._done, 0)
        say(f"  [{self._what} {self._done}/{self._total}, nog {clock(rest)}] {text}")


def clock(seconds: float) -> str:
    """``4:05``, and hours where there are any."""
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
