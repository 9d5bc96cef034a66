"""The schema, assembled from what kernel, register and plugins declared. A clash is refused, never merged."""

from __future__ import annotations

import inspect as pyinspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import create_type

from vlok.api.actions import AnyAction
from vlok.api.errors import ContractError
from vlok.api.graph import Arg, Computed, RootField, RootList, RootOne
from vlok.api.wizard import Form
from vlok.graph import operations
from vlok.graph.build import Built, Info, Node
from vlok.graph.compiled.extension import CompiledRead
from vlok.graph.connection import connection_types, page
from vlok.graph.context import Context
from vlok.graph.faults import Foutcode, Schema
from vlok.graph.inputs import forms, of_action, of_form, to_answers
from vlok.graph.names import camel
from vlok.graph.payload import HandelingResultaat
from vlok.graph.plan import Plan
from vlok.graph.selection import Selection
from vlok.graph.types import Types
from vlok.plugins import Contributions
from vlok.procedures.execute import Request

Resolver = Callable[..., Awaitable[Any]]
OWN = ("kernel", "register")


class Assembly:
    """Builds the roots; keeps connection types unique."""

    def __init__(self, contributions: Contributions, types: Types) -> None:
        self.contributions = contributions
        self.built = Built(types)
        self.connections: dict[str, Any] = {}

    def schema(self, *, introspection: bool) -> strawberry.Schema:
        """The whole schema."""
        return Schema(
            query=create_type("Query", self._queries()),
            mutation=create_type("Mutation", self._mutations()),
            types=[*self.built.classes.values(), Foutcode],
            introspection=introspection,
            extensions=[CompiledRead],
            config=StrawberryConfig(disable_field_suggestions=True, relay_max_results=100, batching_config=None),
        )

    def _queries(self) -> list[Any]:
        fields = {
            "node": strawberry.field(operations.node, graphql_type=Node | None),
            "handelingen": strawberry.field(operations.handelingen, description=doc(operations.handelingen)),
            "formulier": strawberry.field(operations.formulier_voor, description=doc(operations.formulier_voor)),
        }
        for root in self.contributions.root_fields.values():
            if root.name in fields:
                raise ContractError(f"{root.key}: the query {root.name} exists already")
            fields[root.name] = self._root(root)
        return [_named(field, name) for name, field in fields.items()]

    def _root(self, root: RootField) -> Any:
        if isinstance(root, RootOne):
            resolver, type_ = self._one(root), self.built[root.to] | None
        elif isinstance(root, RootList):
            resolver, type_ = self._list(root), self._connection(root.to)
        else:
            assert isinstance(root, Computed)
            resolver, type_ = self._computed(root), root.type
        return strawberry.field(resolver, graphql_type=type_, description=root.description)

    def _connection(self, name: str) -> Any:
        if name not in self.connections:
            self.connections[name] = connection_types(self.built, name)
        return self.connections[name]

    def _one(self, root: RootOne) -> Resolver:
        async def resolve(info: Info, referte: str) -> Any:
            context: Context = info.context
            plan = Plan(context.kernel.types, context.kernel.policy, context.actor, Selection(info._raw_info))
            found = plan.one(plan.types[root.to], info._raw_info.field_nodes, lambda row: root.where(row, referte))
            row = await context.scalar(found)
            context.shown.opened(camel(root.name), row, {"referte": referte})
            return row

        return signed(resolve, {"referte": Arg(str, ...)})

    def _list(self, root: RootList) -> Resolver:
        async def resolve(info: Info, **given: Any) -> Any:
            return await page(info.context, root, info, forms(root.args, given))

        paging = {"first": Arg(int, 25, "Ten hoogste zoveel"), "after": Arg(str | None, None, "Na deze cursor")}
        return signed(resolve, {**root.args, **paging})

    def _computed(self, root: Computed) -> Resolver:
        async def resolve(info: Info, **given: Any) -> Any:
            return await root.resolve(info, **given)

        return signed(resolve, root.args)

    def _mutations(self) -> list[Any]:
        generic = strawberry.mutation(operations.voer_handeling_uit, description=doc(operations.voer_handeling_uit))
        typed = [_named(self._mutation(action), snake(action.key)) for action in self.contributions.actions.values()]
        return [_named(generic, "voer_handeling_uit"), *typed]

    def _mutation(self, action: AnyAction) -> Any:
        name = mutation_name(action.key)
        input_type = of_action(action, name)

        async def resolve(info: Info, **given: Any) -> HandelingResultaat:
            return await operations.run(info, _request(action, given))

        args = {
            "subject": Arg(strawberry.ID, ..., operations.SUBJECT),
            **({"invoer": Arg(input_type | None, None)} if input_type else {}),
            "dry_run": Arg(bool, False, "Enkel controleren, niets bewaren"),
            "bevestigd": Arg(bool, False, "De waarschuwingen zijn gelezen en bevestigd"),
            "versie": Arg(int | None, None, "Versie die de gebruiker zag"),
            "idempotentiesleutel": Arg(str | None, None, "Zelfde sleutel, zelfde antwoord"),
        }
        resolver = signed(resolve, args)
        text = action.description or action.title
        return strawberry.mutation(resolver, name=name, graphql_type=HandelingResultaat, description=text)


def _request(action: AnyAction, given: Mapping[str, Any]) -> Request:
    return Request(
        action.key,
        given["subject"],
        to_answers(given.get("invoer")) or {},
        given["dry_run"],
        given["bevestigd"],
        given["versie"],
        given["idempotentiesleutel"],
    )


def signed(resolver: Resolver, args: Mapping[str, Arg]) -> Resolver:
    """Give a resolver the signature that its declared arguments describe, for Strawberry to read."""
    parameters = [pyinspect.Parameter("info", pyinspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info)]
    annotations: dict[str, Any] = {"info": Info}
    for name, arg in args.items():
        form = isinstance(arg.type, type) and issubclass(arg.type, Form)
        python: Any = of_form(arg.type) | None if form else arg.type
        annotation = Annotated[python, strawberry.argument(description=arg.description or None)]
        default = pyinspect.Parameter.empty if arg.default is ... else arg.default
        kind = pyinspect.Parameter.KEYWORD_ONLY
        parameters.append(pyinspect.Parameter(name, kind, default=default, annotation=annotation))
        annotations[name] = annotation
    resolver.__signature__ = pyinspect.Signature(parameters)  # type: ignore[attr-defined]
    resolver.__annotations__ = annotations
    return resolver


def mutation_name(key: str) -> str:
    """``oo.adviesVragen`` → ``ooAdviesVragen``; the kernel's and the register's own need no prefix."""
    owner, _, name = key.partition(".")
    return name if owner in OWN else owner + name[:1].upper() + name[1:]


def snake(key: str) -> str:
    """A Python name for a mutation field."""
    return key.replace(".", "_")


def doc(function: Any) -> str:
    """The first line of a docstring."""
    return (function.__doc__ or "").partition("\n")[0]


def _named(field: Any, name: str) -> Any:
    field.python_name = name
    field.graphql_name = field.graphql_name or camel(name)
    return field
