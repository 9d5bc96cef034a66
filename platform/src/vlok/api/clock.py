"""Time and dates. Nothing else in the product reads a clock, so that a test can set it."""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

BRUSSEL = ZoneInfo("Europe/Brussels")


class Clock(Protocol):
    """The moment of an action; legal terms are dates in Belgian time."""

    def now(self) -> datetime:
        """The moment, with time zone."""
        ...


def belgian_day(moment: datetime) -> date:
    """The calendar day in Belgium: it alone decides when a role, a mandate or a term begins and ends."""
    return moment.astimezone(BRUSSEL).date()


class SystemClock:
    """The real clock."""

    def now(self) -> datetime:
        return datetime.now(BRUSSEL)


class FixedClock:
    """A clock that stands still at noon of one day, for tests and demo data."""

    def __init__(self, day: date) -> None:
        self.day = day

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=BRUSSEL)
