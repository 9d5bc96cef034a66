"""Errors on their way out: every one has a code from a closed list, and a defect shows nothing of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

import strawberry
from graphql import GraphQLError, GraphQLSyntaxError
from sqlalchemy.exc import DataError
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext, ExecutionResult

from vlok.api.errors import CODES, Refusal, is_code
from vlok.graph.documents import Documents, Wrong

ONGELDIG = "Een waarde in de vraag is niet geldig."
GEEN_GRAPHQL = "De vraag is geen geldige GraphQL."
PAST_NIET = "De vraag past niet bij wat dit loket kan beantwoorden."
INTERN = "Er ging iets mis. Het is gemeld."
SUGGESTION = re.compile(r" Did you mean .*", re.DOTALL)
LONGEST = 200
_members: Any = {code: strawberry.enum_value(code, description=meaning) for code, meaning in CODES.items()}
_enum: Any = Enum
Foutcode = strawberry.enum(
    _enum("Foutcode", _members),
    description="Wat er in 'extensions.code' van een fout of in 'code' van een melding kan staan, naast het nummer van"
    " een regel (zoals OO-B3).",
)
"""The closed list, for whoever reads the schema."""


class Schema(strawberry.Schema):
    """A schema that refuses before it reads, answers with codes, and logs defects only.

    Where introspection is closed, what is wrong with a question is not told either: a name that is almost right would
    otherwise be found by asking.
    """

    def __init__(self, query: type, *, introspection: bool, extensions: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(query, extensions=[Prepared, *extensions], **kwargs)
        self.introspection = introspection
        self.documents = Documents(self._schema, introspection=introspection)
        self.planner: Any = None
        """Of the compiled read path; made at its first use."""

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> ExecutionResult:
        """The result, its errors told."""
        try:
            self.documents.ready(query or "").check(operation_name, variable_values or {})
        except Wrong as wrong:
            errors = wrong.errors if self.introspection else wrong.errors[:1]  # their number tells something too
            return ExecutionResult(None, [told(error, details=self.introspection) for error in errors])
        result = await super().execute(
            query, variable_values, context_value, root_value, operation_name, *args, **kwargs
        )
        result.errors = [told(error, details=self.introspection) for error in result.errors or []] or None
        return result

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log what nobody expected."""
        super().process_errors([error for error in errors if unexpected(error)], execution_context)

    def _get_custom_context_kwargs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super()._get_custom_context_kwargs(*args, **kwargs), "hide_suggestions": True}


class Prepared(SchemaExtension):
    """Hands Strawberry the document that was made ready; it parses and validates nothing itself."""

    def on_parse(self) -> Iterator[None]:
        asked = self.execution_context
        documents: Documents = asked.schema.documents  # type: ignore[attr-defined]
        asked.graphql_document = documents.ready(asked.query or "").document
        asked.validation_rules = ()
        yield


def told(error: GraphQLError, *, details: bool = True) -> GraphQLError:
    """The error as the client reads it: a Refusal keeps its code, a wrong question is ONGELDIG, the rest INTERN.

    ``details``: whether the library's own words about a wrong question go out too.
    """
    original = error.original_error
    if unexpected(error):
        return _as(error, "INTERN", INTERN)
    if isinstance(original, DataError):  # text or a number that PostgreSQL cannot hold
        return _as(error, "ONGELDIG", ONGELDIG)
    if isinstance(original, Refusal):
        return _as(error, original.code, original.tekst)
    ours = (error.extensions or {}).get("code")
    if ours is not None:
        return _as(error, ours, error.message)
    text = GEEN_GRAPHQL if isinstance(error, GraphQLSyntaxError) else PAST_NIET if error.path is None else ONGELDIG
    if not details:
        return _as(error, "ONGELDIG", text, place=False)
    own_words = isinstance(original, GraphQLError | None)
    return _as(error, "ONGELDIG", f"{text} ({_words(error.message)})" if own_words else text)


def _words(message: str) -> str:
    """The library's words about a question: short, and without a hint at what might have been meant."""
    said = SUGGESTION.sub("", message)
    return said if len(said) <= LONGEST else said[:LONGEST] + "…"


def _as(error: GraphQLError, code: str, text: str, *, place: bool = True) -> GraphQLError:
    """The error with another text; ``place``: with the line and column in the question."""
    nodes, source = (error.nodes, error.source) if place else (None, None)
    positions = error.positions if place else None
    return GraphQLError(text, nodes, source, positions, error.path, extensions={"code": code})


def unexpected(error: GraphQLError) -> bool:
    """Whether an error is a defect, whose text may not leave the server."""
    original = error.original_error
    if isinstance(original, Refusal):
        return not is_code(original.code)
    if original is None or isinstance(original, GraphQLError | DataError):
        return False
    return error.path is not None or not error.nodes  # at a place in the question but at no field: a wrong value in it
