"""Keyset connections: a page is found by the order of its last row, never by counting rows before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, String, cast, func, literal, select, tuple_

from vlok.api.errors import Refusal
from vlok.api.graph import DOEL, RootList
from vlok.audit.shown import kept
from vlok.graph.build import Built, Info, shared
from vlok.graph.context import Context
from vlok.graph.cursors import Cursors
from vlok.graph.names import camel
from vlok.graph.plan import HIDDEN, MAX_PAGE, READ, Plan, bounded
from vlok.graph.selection import Selected, Selection

COUNT_LIMIT = 10_000
"""Counting stops here: a bounded count costs no more than a page of a big list."""
CURSOR = HIDDEN + "cursor"


@strawberry.type(description="Of er nog een bladzijde is, en waar ze begint.")
class PageInfo:
    """Relay's page information, forward only."""

    has_next_page: bool
    end_cursor: str | None


@dataclass
class Page:
    """The rows of one page; ``nodes`` keeps, per selected path, the row as selected there."""

    rows: Sequence[Mapping[str, Any]]
    more: bool
    total: int | None = None


@dataclass
class Paths:
    """Where in the connection ``node`` was selected: (key of edges, key of node) → its fields."""

    nodes: dict[str, dict[str, Selected]] = field(default_factory=dict)
    total: bool = False


def connection_types(built: Built, name: str) -> Any:
    """The types ``<Name>Connection`` and ``<Name>Edge``."""
    edge = _type(
        f"{name}Edge",
        {
            "cursor": strawberry.field(_cursor, graphql_type=str),
            "node": strawberry.field(_node, graphql_type=built[name]),
        },
    )
    counted = f"Aantal, geteld tot {COUNT_LIMIT}"
    return _type(
        f"{name}Connection",
        {
            "edges": strawberry.field(_edges, graphql_type=list[edge]),  # type: ignore[valid-type]
            "page_info": strawberry.field(_page_info, graphql_type=PageInfo),
            "total_count": strawberry.field(_total_count, graphql_type=int | None, description=counted),
        },
    )


def _type(name: str, fields: Mapping[str, Any]) -> Any:
    return strawberry.type(type(name, (), {"__annotations__": {}, **fields}))


@shared
def _cursor(self: Any) -> str:
    cursor: str = self[CURSOR]
    return cursor


@shared
def _node(self: Any, info: Info) -> Any:
    edges = info.path.prev.prev  # type: ignore[union-attr]
    return self[path_key(edges.key, info.path.key)]  # type: ignore[union-attr]


@shared
def _edges(self: Any) -> Any:
    return self.rows


@shared
def _page_info(self: Any) -> PageInfo:
    return PageInfo(has_next_page=self.more, end_cursor=self.rows[-1][CURSOR] if self.rows else None)


@shared
def _total_count(self: Any) -> int | None:
    total: int | None = self.total
    return total


def path_key(edges: str | int, node: str | int) -> str:
    """The hidden key under which a row of one selected path stands."""
    return f"{HIDDEN}{edges}.{node}"


async def page(context: Context, root: RootList, info: Info, args: Mapping[str, Any]) -> Page:
    """One page of the visible rows, in one statement (and one more when the count was asked)."""
    plan = Plan(context.kernel.types, context.kernel.policy, context.actor, Selection(info._raw_info))
    declared = plan.types[root.to]
    asked = kept(root, args)
    if root.before is not None:
        if not plan.policy.allows(plan.actor, root.object or declared.key, READ):
            return Page([], False)
        args = {**args, **await context.before(root.before, args)}
    first = min(bounded(args["first"]), root.most or MAX_PAGE)
    cursors = Cursors.of(context.kernel.settings, context.actor, root.key)
    row = plan.entity(declared)
    order = root.order(row)
    inside = [plan.readable(declared, row), root.where(context.actor, row, args)]
    if root.object:
        inside.append(plan.policy.visible(context.actor, root.object, READ, row))
    paths = _paths(plan, root, info)
    body = [plan.row(declared, row, fields).label(f"n{at}") for at, fields in enumerate(paths.nodes.values())]
    keys = func.json_build_array(*(cast(part, String) for part in order))
    wanted = select(keys, *body).select_from(row).where(*inside).order_by(*order).limit(first + 1)
    if args["after"]:
        wanted = wanted.where(_beyond(order, cursors.decode(args["after"])))
    rows = await context.all(wanted)
    shaped = [{CURSOR: cursors.encode(one[0]), **dict(zip(paths.nodes, one[1:], strict=True))} for one in rows[:first]]
    context.shown.listed(camel(root.name), shaped, asked, args.get(DOEL))
    counted = select(row.id).select_from(row).where(*inside).limit(COUNT_LIMIT).subquery()
    total = await context.scalar(select(func.count()).select_from(counted)) if paths.total else None
    return Page(shaped, len(rows) > first, total)


def _paths(plan: Plan, root: RootList, info: Info) -> Paths:
    paths = Paths()
    connection, edge = f"{root.to}Connection", f"{root.to}Edge"
    for key, below in plan.selection.below(connection, info._raw_info.field_nodes).items():
        paths.total = paths.total or below.name == "totalCount"
        if below.name != "edges":
            continue
        for node_key, node in plan.selection.below(edge, below.nodes).items():
            if node.name == "node":
                paths.nodes[path_key(key, node_key)] = plan.selection.below(root.to, node.nodes)
    return paths


def _beyond(order: tuple[ColumnElement[Any], ...], after: list[str]) -> ColumnElement[bool]:
    if len(after) != len(order):
        raise Refusal("ONGELDIG", "De cursor hoort niet bij deze lijst.")
    limits = [cast(literal(value), part.type) for value, part in zip(after, order, strict=True)]
    return tuple_(*order) > tuple_(*limits)
