"""Mistakes that would let the inspectorate show through, one per side channel that the product has.

Each is planted in the running process and nowhere else. What the wall of the database keeps out is let through by a
hole for this purpose: a superuser's connection that the patch looks through (``apart``) or writes with (``outside``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from itertools import count
from typing import Any
from unittest.mock import patch
from uuid import UUID

import psycopg
from starlette.responses import PlainTextResponse
from tests.security.histories.replay import Side, Step

from vlok.api.errors import Refusal
from vlok.api.rules import Melding
from vlok.compartments.admission import Door
from vlok.core import queries
from vlok.db.roles import connected
from vlok.documents import store
from vlok.documents.store import Store
from vlok.graph import context, operations, schema
from vlok.graph.compiled import planner
from vlok.graph.context import Context
from vlok.graph.plan import Plan
from vlok.procedures import execute
from vlok.procedures.subjects import Subjects
from vlok.web import files, graphql, guards, logboek
from vlok_onderzoek.ondertekenen import Verwijderen
from vlok_register import graph as register_graph
from vlok_register.acties import BetrokkeneToevoegen

Leak = Callable[[Side], AbstractContextManager[Any]]
LEAKS: dict[str, Leak] = {}
DOSSIERS = "select count(*) from wi.dossier"
ABOUT = "select count(*) from wi.dossier where onderwerp_id = %s"


class Hole:
    """A way around the wall, for planted mistakes only."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def apart(self, query: str, *given: Any) -> Any:
        """What the first row says."""
        found = self._connection.execute(query, given).fetchone()  # type: ignore[call-overload]
        return found[0] if found else None

    def column(self, query: str, *given: Any) -> list[Any]:
        """All rows of one column."""
        return [row[0] for row in self._connection.execute(query, given).fetchall()]  # type: ignore[call-overload]

    def outside(self, statement: str) -> None:
        """Write in the common place."""
        self._connection.execute(statement)  # type: ignore[call-overload]


def leak(name: str) -> Callable[[Callable[[Hole, Side], Any]], Callable[[Hole, Side], Any]]:
    """Register a mistake: a function that gives the patches."""

    def register(patches: Callable[[Hole, Side], Any]) -> Callable[[Hole, Side], Any]:
        @contextmanager
        def planted(side: Side) -> Iterator[None]:
            with connected(side.database.admin_url) as connection, patches(Hole(connection), side):
                yield

        LEAKS[name] = planted
        return patches

    return register


def around(owner: Any, name: str, change: Callable[..., Any]) -> Any:
    """``change(result, *arguments)`` says what an awaited function answers instead."""
    usual = getattr(owner, name)

    async def other(*given: Any, **named: Any) -> Any:
        return change(await usual(*given, **named), *given)

    return patch.object(owner, name, other)


def before(owner: Any, name: str, look: Callable[..., None]) -> Any:
    """``look(*arguments)`` runs first, and may refuse."""
    usual = getattr(owner, name)

    async def other(*given: Any, **named: Any) -> Any:
        look(*given)
        return await usual(*given, **named)

    return patch.object(owner, name, other)


@contextmanager
def by_core(*patches: Any) -> Iterator[None]:
    """The mistakes of resolvers: every question is answered by graphql-core, which asks them."""
    with ExitStack() as planted:
        for one in (patch.object(Context, "compiled", False), *patches):
            planted.enter_context(one)
        yield


def after_inside(hole: Hole, statement: str) -> Any:
    """After every change inside something is written outside."""

    def write(outcome: Any, kernel: Any, *_: Any) -> Any:
        if kernel.compartment is not None and outcome.uitgevoerd:
            hole.outside(statement)
        return outcome

    return around(operations, "execute", write)


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


@leak("S3 one series of numbers for both sides")
def series(hole: Hole, side: Side) -> Any:
    return after_inside(hole, "update public.nummerreeks set laatste = laatste + 1")


@leak("S4 a person is known already")
def known_person(hole: Hole, side: Side) -> Any:
    usual = BetrokkeneToevoegen.check

    def check(self: Any, facts: Any, answers: Any) -> Iterator[Melding]:
        yield from usual(self, facts, answers)
        insz = answers[self.steps[0]].insz
        if hole.apart("select count(*) from wi.wi_partij where insz = %s", insz) > 1:
            yield Melding("Deze persoon bestaat al.", code="DUBBEL")

    return patch.object(BetrokkeneToevoegen, "check", check)


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


@leak("S10 a shared row counts changes inside")
def touched(hole: Hole, side: Side) -> Any:
    statement = "update public.pand set versie = versie + 1 where id in (select onderwerp_id from wi.dossier)"
    return after_inside(hole, statement)


@leak("S10 the last change was by an inspector")
def changed_by(hole: Hole, side: Side) -> Any:
    where = "where onderwerp_id in (select onderwerp_id from wi.dossier)"
    return after_inside(hole, f"update public.dossier set gewijzigd_door = 'Inspecteur' {where}")


@leak("S10 a mark of the newest file")
def etag(hole: Hole, side: Side) -> Any:
    def mark(response: Any, *_: Any) -> Any:
        response.headers["etag"] = str(sum(f.is_file() for f in (side.data / "bestanden").rglob("*")))
        return response

    return around(files.Files, "document", mark)


@leak("S11 a subject is busy")
def busy(hole: Hole, side: Side) -> Any:
    def refuse(session: Any, subject: Any, *_: Any) -> None:
        if not session.info.get("compartiment") and hole.apart(ABOUT, subject.id):
            raise Refusal("CONFLICT", "Iemand anders is met dit pand bezig.")

    return before(execute, "lock", refuse)


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


@leak("S14 the same file is known already")
def dedupe(hole: Hole, side: Side) -> Any:
    def refuse(self: Any, actor: Any, naam: str, content: bytes, report: Any) -> None:
        inside = hole.apart("select count(*) from wi.bestand where sha256 = %s", report.sha256)
        if actor.domein != "wi" and inside:
            raise Refusal("ONGELDIG", "Dit bestand bestaat al.")

    return before(files.Files, "_keep", refuse)


@leak("S14 keys in the store count on")
def store_keys(hole: Hole, side: Side) -> Any:
    numbers = count(1)
    return patch.object(store, "uuid4", lambda: UUID(int=next(numbers)))


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


def inspector(headers: Any, side: Side) -> bool:
    """Whether a request comes from the inspectorate."""
    given = headers.get("authorization", "")
    return any(given.endswith(token) for who, token in side.tokens.items() if who.endswith("@wi"))


@leak("S18 the place in the queue")
def queue(hole: Hole, side: Side) -> Any:
    return around(
        operations,
        "execute",
        lambda outcome, *_: replace(outcome, bericht=f"{outcome.bericht} (plaats {hole.apart(DOSSIERS)})"),
    )


@leak("S19 the inspectorate reads into the trail of the agency")
def common_trail(hole: Hole, side: Side) -> Any:
    line = """insert into public.auditregel select (jsonb_populate_record(null::public.auditregel, to_jsonb(x) ||
      jsonb_build_object('domein', 'wvl', 'id', gen_random_uuid()))).* from (select * from wi_logboek.auditregel
      order by volgnummer desc limit 1) x"""

    def copy(_: Any, session: Any, actor: Any, *rest: Any) -> None:
        if actor.domein == "wi":
            hole.outside(line)

    return around(context, "write", copy)


@leak("S20 a crossing task shows a number inside")
def crossing(hole: Hole, side: Side) -> Any:
    task = """update public.taak t set naam = t.naam || ' ' || d.referte from wi.dossier d
      where d.onderwerp_id = t.onderwerp_id and position(d.referte in t.naam) = 0"""
    return after_inside(hole, task)


@leak("S10 the timeline of a dossier")
def timeline(hole: Hole, side: Side) -> Any:
    line = """insert into public.uitvoering select (jsonb_populate_record(null::public.uitvoering, to_jsonb(u) ||
      jsonb_build_object('id', gen_random_uuid(), 'dossier_id', o.id, 'domein', 'wvl', 'gedeeld_op', now()))).*
      from wi.uitvoering u join wi.dossier d on d.id = u.dossier_id
      join public.dossier o on o.onderwerp_id = d.onderwerp_id limit 1"""
    return after_inside(hole, line)


@leak("S22 a person inside becomes a person of the property")
def overlay(hole: Hole, side: Side) -> Any:
    person = """insert into public.betrokkene (id, referte, pand_id, soort, rol, naam, van, domein, gebied, versie)
      select gen_random_uuid(), 'PE26-9' || substr(md5(random()::text), 1, 5), d.onderwerp_id, 'natuurlijk_persoon',
      'bewoner', p.naam, current_date, 'wvl', d.gebied, 1 from wi.wi_partij p join wi.dossier d on true limit 1"""
    return after_inside(hole, person)


@leak("S24 a file carries what is inside")
def pdf_tail(hole: Hole, side: Side) -> Any:
    return around(Store, "get", lambda content, *_: content + b"%" * hole.apart(DOSSIERS))


@leak("S26 one allowance for all")
def allowance(hole: Hole, side: Side) -> Any:
    def refuse(_context: Any, root: Any, *__: Any) -> None:
        asked = hole.apart("select count(*) from wi_logboek.auditregel where soort = 'zoeken'")
        if root.name == "personen_zoeken" and asked:
            raise Refusal("TE_VEEL", "U hebt vandaag te vaak gezocht.")

    return before(schema, "page", refuse)


@leak("S27 an idempotency key of another place")
def shared_keys(hole: Hole, side: Side) -> Any:
    usual = execute._earlier

    async def earlier(work: Any, request: Any) -> Any:
        if hole.apart("select 1 from wi.antwoord where sleutel = %s", request.sleutel):
            return execute.Outcome(False, (execute.ANDER_VERZOEK,))
        return await usual(work, request)

    return patch.object(execute, "_earlier", earlier)


@leak("S28 what cannot be removed because it is in use")
def in_use(hole: Hole, side: Side) -> Any:
    def unavailable(self: Any, facts: Any) -> str | None:
        return "Dit pand is nog in gebruik." if hole.apart(ABOUT, facts.pand.id) else None

    return patch.object(Verwijderen, "unavailable", unavailable)


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


@leak("S23 a setting follows what is inside")
def setting(hole: Hole, side: Side) -> Any:
    return after_inside(hole, "update public.organisatie set versie = versie + 1 where domein = 'wvl'")


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


def nothing(side: Side) -> AbstractContextManager[Any]:
    """The control: a patch that changes nothing."""
    return patch.object(Step, "__doc__", Step.__doc__)
