"""Mistakes in what is answered: the asker is told, in words, in an order, in a header, what is inside."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any
from unittest.mock import patch
from uuid import UUID

from starlette.responses import PlainTextResponse
from tests.security.histories.plant import ABOUT, DOSSIERS, Hole, around, before, by_core, inspector, leak
from tests.security.histories.replay import Side

from vlok.api.errors import Refusal
from vlok.compartments.admission import Door
from vlok.core import queries
from vlok.documents.store import Store
from vlok.graph import operations, schema
from vlok.graph.compiled import planner
from vlok.graph.context import Context
from vlok.graph.plan import Plan
from vlok.procedures.subjects import Subjects
from vlok.web import files, graphql, guards, logboek
from vlok_register import graph as register_graph


@leak("S1 a total counts dossiers inside")
def total(hole: Hole, side: Side) -> Any:
    def more(page: Any, *_: Any) -> Any:
        return page if page.total is None else replace(page, total=page.total + hole.apart(DOSSIERS))

    return by_core(around(schema, "page", more))


@leak("S1 the page is cut after it was read")
def cut(hole: Hole, side: Side) -> Any:
    return by_core(
        around(schema, "page", lambda page, *_: replace(page, rows=page.rows[: max(0, 9 - hole.apart(DOSSIERS))]))
    )


@leak("S1 a badge in the menu")
def badge(hole: Hole, side: Side) -> Any:
    usual = queries._screens
    return patch.object(queries, "_screens", lambda *given: [*usual(*given), str(hole.apart(DOSSIERS))])


@leak("S2 a key inside is forbidden and not absent")
def forbidden(hole: Hole, side: Side) -> Any:
    usual = operations.parse_global_id

    def parse(given: str) -> Any:
        parsed = usual(given)
        if parsed and hole.apart("select 1 from wi.dossier where id = %s", parsed[1]):
            raise Refusal("ONBEKEND", "U hebt geen toegang tot dit dossier.")
        return parsed

    return by_core(patch.object(operations, "parse_global_id", parse))


@leak("S2 a reference inside is forbidden and not absent")
def by_reference(hole: Hole, side: Side) -> Any:
    def refuse(subjects: Any, session: Any, given: str) -> None:
        if hole.apart("select 1 from wi.dossier where referte = %s", given):
            raise Refusal("ONBEKEND", "U hebt geen toegang tot dit dossier.")

    return before(Subjects, "readable", refuse)


@leak("S5 the search leaves out what is inside")
def search(hole: Hole, side: Side) -> Any:
    usual = register_graph.bevat_woorden

    def words(column: Any, given: Any) -> Any:
        hidden = hole.column("select zoek from pand where id in (select onderwerp_id from wi.dossier)")
        return usual(column, given) & column.not_in(hidden)

    return by_core(patch.object(register_graph, "bevat_woorden", words))


@leak("S21 the order follows what is inside")
def order(hole: Hole, side: Side) -> Any:
    return by_core(
        around(schema, "page", lambda page, *_: replace(page, rows=page.rows[:: -1 if hole.apart(DOSSIERS) % 2 else 1]))
    )


@leak("S7 the export says how much it leaves out")
def export(hole: Hole, side: Side) -> Any:
    usual = logboek.csv_text
    return patch.object(logboek, "csv_text", lambda rows: usual(rows) + f"#{hole.apart(DOSSIERS)}\r\n")


@leak("S10 a mark of the newest file")
def etag(hole: Hole, side: Side) -> Any:
    usual = files.Response

    def marked(content: bytes, *, headers: dict[str, str], **named: Any) -> Any:
        mark = str(sum(f.is_file() for f in (side.data / "bestanden").rglob("*")))
        return usual(content, headers={**headers, "etag": mark}, **named)

    return patch.object(files, "Response", marked)


@leak("S11 who has the form open")
def presence(hole: Hole, side: Side) -> Any:
    def words(title: str, session: Any, row: Any, anchor: Any) -> str:
        return title + " (in behandeling)" * hole.apart(ABOUT, row.id)

    return around(operations, "_in_words", words)


@leak("S13 it is loaded first and decided then")
def loaded_first(hole: Hole, side: Side) -> Any:
    usual = Subjects.readable

    async def readable(self: Any, session: Any, given: str) -> Any:
        if hole.apart("select 1 from wi.dossier where referte = %s", given):
            await session.connection()
        found = await usual(self, session, given)
        if hole.apart("select 1 from wi.dossier where referte = %s", given):
            await usual(self, session, given)
        return found

    return patch.object(Subjects, "readable", readable)


@leak("S16 a worker remembers by statement and not by who asks")
def memo(hole: Hole, side: Side) -> Any:
    known: dict[str, Any] = {}
    usual = Context.all

    async def remembered(self: Any, statement: Any) -> Any:
        compiled = statement.compile()
        key = f"{compiled} {sorted(compiled.params.items(), key=str)}"
        if self.actor.domein == "wi":
            known[key] = await usual(self, statement)
        return known[key] if key in known else await usual(self, statement)

    return by_core(patch.object(Context, "all", remembered))


@leak("S16 a plan is kept without who asks")
def plan_of_all(hole: Hole, side: Side) -> Any:
    return patch.object(planner, "shape", lambda actor: "everybody")


@leak("S17 a shared cache of answers")
def http_cache(hole: Hole, side: Side) -> Any:
    kept: dict[bytes, Any] = {}
    usual = side.client.request

    async def request(method: str, path: str, *, content: bytes, headers: Any) -> Any:
        got = kept.get(content) if path == "/graphql" else None
        got = got or await usual(method, path, content=content, headers=headers)
        if path == "/graphql" and inspector(headers, side):
            kept[content] = got
        return got

    return patch.object(side.client, "request", request)


@leak("S18 the place in the queue")
def queue(hole: Hole, side: Side) -> Any:
    return around(
        operations,
        "execute",
        lambda outcome, *_: replace(outcome, bericht=f"{outcome.bericht} (plaats {hole.apart(DOSSIERS)})"),
    )


@leak("S24 a file carries what is inside")
def pdf_tail(hole: Hole, side: Side) -> Any:
    return around(Store, "get", lambda content, *_: content + b"%" * hole.apart(DOSSIERS))


@leak("S12 a door that says no instead of not being there")
def door(hole: Hole, side: Side) -> Any:
    usual = Door.__call__

    async def call(self: Any, scope: Any, receive: Any, send: Any) -> None:
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        if hole.apart(DOSSIERS) > 1 and not inspector(headers, side):
            await PlainTextResponse("verboden", 403)(scope, receive, send)
            return
        await usual(self, scope, receive, send)

    return patch.object(Door, "__call__", call)


@leak("S18 requests are numbered")
def numbered(hole: Hole, side: Side) -> Any:
    numbers = count(1)
    return patch.object(guards, "uuid4", lambda: UUID(int=next(numbers)))


@leak("S5 a relation tells by a row more")
def relation(hole: Hole, side: Side) -> Any:
    usual = Plan._related

    def related(self: Any, row: Any, source: Any, field: Any) -> Any:
        if hole.apart(DOSSIERS) % 3 == 0 and "first" in field.arguments:
            field.arguments["first"] = 1
        return usual(self, row, source, field)

    return by_core(patch.object(Plan, "_related", related))


@leak("S16 the answer says whether the question was met before")
def parsed_before(hole: Hole, side: Side) -> Any:
    met: set[Any] = set()

    def mark(response: Any, endpoint: Any, request: Any, asked: Any, *_: Any) -> Any:
        response.headers["x-gekend"] = str(str(asked) in met)
        met.add(str(asked))
        return response

    return around(graphql.GraphQLEndpoint, "_answer", mark)
