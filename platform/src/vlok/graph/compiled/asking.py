"""What a root field asks: its arguments as the resolver would get them, and what of them a plan, a statement and the
audit trail need. It is the same for whoever asks it, so that it is worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from graphql.execution.values import get_argument_values
from strawberry.types.arguments import convert_arguments

from vlok.api.graph import DOEL, RootList, RootOne
from vlok.audit.lines import Line
from vlok.audit.shown import kept, question
from vlok.audit.tables import Soort
from vlok.audit.within import said
from vlok.graph.compiled.lowering import Unplannable
from vlok.graph.compiled.roots import Form, Root
from vlok.graph.inputs import forms
from vlok.graph.names import camel, parse_global_id
from vlok.graph.plan import MAX_PAGE, bounded

PAGING = ("first", "after")


@dataclass(frozen=True, eq=False)
class Asked:
    """``key`` is what the condition depends on, ``form`` what changes the statement, ``values`` are parameters of it;
    ``after`` is the cursor as it was given, ``line`` what the audit trail says of the question."""

    root: Root
    args: Mapping[str, Any]
    key: bytes
    form: Form
    values: Mapping[str, Any]
    after: str | None
    line: Mapping[str, Any]


def asked(schema: Any, planner: Any, root: Root, variables: Any) -> Asked:
    """The question of one root field; raises what the resolver would raise of wrong arguments, and Unplannable."""
    definition = planner.query_fields[root.nodes[0].name.value]
    raw = get_argument_values(definition, root.nodes[0], variables)
    if root.source is None:
        return _by_id(root, raw["id"], planner.types.by_name)
    key = orjson.dumps({name: value for name, value in raw.items() if name not in PAGING}, default=str)
    args = _converted(schema, definition, raw)
    if isinstance(root.source, RootOne):
        line = Line(Soort.OPENEN, camel(root.source.name), question(args))
        return Asked(root, args, key, Form(), {}, None, said(line))
    return _page(root, root.source, forms(root.source.args, args), key)


def _by_id(root: Root, given: str, known: Mapping[str, Any]) -> Asked:
    parsed = parse_global_id(given)
    if parsed is None or parsed[0] not in known:
        raise Unplannable("een sleutel die er geen is")
    values = {root.param("id"): parsed[1]}
    return Asked(root, {}, b"", Form(type_name=parsed[0]), values, None, said(Line(Soort.OPENEN, "node")))


def _page(root: Root, source: RootList, args: Mapping[str, Any], key: bytes) -> Asked:
    first = min(bounded(args["first"]), source.most or MAX_PAGE)
    after = args["after"] or None
    line = Line(Soort.LIJST, camel(source.name), question(kept(source, args)), doel=args.get(DOEL))
    return Asked(root, args, key, Form(after=after is not None), {root.param("first"): first}, after, said(line))


def _converted(schema: Any, definition: Any, raw: dict[str, Any]) -> dict[str, Any]:
    field = definition.extensions["strawberry-definition"]
    scalars = schema.schema_converter.scalar_registry
    return convert_arguments(raw, field.arguments, scalar_registry=scalars, config=schema.config)
