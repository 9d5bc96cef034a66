"""Mistakes that would let the inspectorate show through, one or more per side channel that the product has."""

from tests.security.histories import leaks_answers, leaks_rows
from tests.security.histories.plant import LEAKS

__all__ = ["LEAKS", "leaks_answers", "leaks_rows"]
