"""Errors on their way out: every one has a code from a closed list, and a defect shows nothing of itself."""

from __future__ import annotations

from typing import Any

import strawberry
from graphql import GraphQLError
from sqlalchemy.exc import DataError
from strawberry.types import ExecutionContext, ExecutionResult

from vlok.api.errors import Refusal

ONGELDIG = "Een waarde in de vraag is niet geldig."
INTERN = "Er ging iets mis. Het is gemeld."


class Schema(strawberry.Schema):
    """A schema that answers with codes and logs defects only: a "no" to a user is no fault of the product."""

    async def execute(self, *args: Any, **kwargs: Any) -> ExecutionResult:
        """The result, its errors told."""
        result = await super().execute(*args, **kwargs)
        result.errors = [told(error) for error in result.errors] if result.errors else None
        return result

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log what nobody expected."""
        super().process_errors([error for error in errors if unexpected(error)], execution_context)


def told(error: GraphQLError) -> GraphQLError:
    """The error as the client reads it: a Refusal keeps its code, a wrong question is ONGELDIG, the rest INTERN."""
    if unexpected(error):
        return GraphQLError(INTERN, nodes=error.nodes, path=error.path, extensions={"code": "INTERN"})
    if isinstance(error.original_error, DataError):  # text or a number that PostgreSQL cannot hold
        return GraphQLError(ONGELDIG, nodes=error.nodes, path=error.path, extensions={"code": "ONGELDIG"})
    if isinstance(error.original_error, Refusal):
        error.extensions = {"code": error.original_error.code}
    else:
        error.extensions = {"code": (error.extensions or {}).get("code", "ONGELDIG")}
    return error


def unexpected(error: GraphQLError) -> bool:
    """Whether an error is a defect, whose text may not leave the server."""
    original = error.original_error
    return original is not None and not isinstance(original, Refusal | GraphQLError | DataError)
