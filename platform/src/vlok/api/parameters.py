"""What an organisation may set for itself: declared once, with type, default, legal bounds and their source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from vlok.api.errors import Refusal

V = TypeVar("V")


@dataclass(frozen=True)
class Parameter(Generic[V]):
    """One organisation parameter. Unset, it has its ``default``.

    ``minimum``/``maximum`` are the legal bounds for numbers; ``bron`` says where they come from; ``door`` names the
    kind of organisation that sets it (``eigen`` or ``wvl`` for what only the agency decides, such as the exemption).
    """

    key: str
    titel: str
    soort: type[V]
    default: V
    bron: str
    minimum: int | None = None
    maximum: int | None = None
    door: str = "eigen"
    uitleg: str = ""

    def parse(self, waarde: Any) -> V:
        """The value in its own type; raises Refusal ``ONGELDIG`` when it is of another type or out of bounds."""
        try:
            parsed = TypeAdapter(self.soort).validate_python(waarde)
        except ValidationError as fout:
            raise Refusal("ONGELDIG", f"{self.titel}: deze waarde is niet geldig.", veld="waarde") from fout
        if isinstance(parsed, int) and not self._within(parsed):
            raise Refusal("ONGELDIG", f"{self.titel}: kies een waarde {self.bounds()}.", veld="waarde")
        return parsed

    def bounds(self) -> str:
        """The legal bounds in words."""
        return f"van {self.minimum} tot en met {self.maximum}"

    def _within(self, number: int) -> bool:
        low, high = self.minimum, self.maximum
        return (low is None or number >= low) and (high is None or number <= high)


@dataclass(frozen=True)
class Parameters:
    """The parameters of one organisation on one day."""

    day: date
    stored: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, parameter: Parameter[V]) -> V:
        if parameter.key not in self.stored:
            return parameter.default
        return parameter.parse(self.stored[parameter.key])


AnyParameter = Parameter[Any]
