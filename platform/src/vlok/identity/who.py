"""Who a request is from, as the routes of any place ask it."""

from typing import Protocol

from starlette.requests import HTTPConnection

from vlok.api.actor import Actor


class Who(Protocol):
    """Says of a request who acts: ``Actors`` in the common place, ``Admission`` in a compartment."""

    async def of(self, request: HTTPConnection) -> Actor | None:
        """The actor; None when nobody is signed in, or may not be in this place."""
        ...
