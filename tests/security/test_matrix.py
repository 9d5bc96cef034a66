"""The whole matrix, really asked: every role × everything it can read or do × objects of every class of ownership.

What must come out stands in ``policies/decisions.csv``, the table that people review; the meaning of its scopes is the
one in ``oracle.py``, written apart from the product. The rows were made by the product itself: a story in two
municipalities, with signed and unsigned documents of each side, a shielded one, remarks for one side and for both, a
running and a finished procedure. An operation that stands nowhere in the matrix fails.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from graphql import get_named_type, is_composite_type, is_required_argument
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url
from starlette.routing import Route
from tests.security.oracle import MEANING
from tests.security.small_world import Row, Table, fill, read
from tests.security.story import Teller

from vlok.api.actor import Actor
from vlok.api.graph import RootList, RootOne
from vlok.app import policy_folder, web
from vlok.db.roles import connected
from vlok.graph.context import Context
from vlok.graph.names import camel, global_id
from vlok.graph.schema import mutation_name
from vlok.graph.types import Declared
from vlok.identity.roles import rollen
from vlok.procedures.execute import Outcome, Request, execute
from vlok.settings import Settings
from vlok.testing.cluster import Databases
from vlok.testing.crash import content
from vlok.testing.world import World, a_world

HOME = {"lb": "aalst", "wvl": "wvl", "wi": "wi", "vlabel": "vlabel"}
ALIASES = 20
"""Questions in one request."""
PERSONAL = ("eigen_rol", "kernel.vervanging_betrokken", "kernel.vervanging_zelf")

OPEN = {
    "ik": "wie is aangemeld, met welke rollen",
    "documenttypes": "een catalogus zonder gegevens van een organisatie",
    "inzageredenen": "een catalogus zonder gegevens van een organisatie",
    "node": "door de regel van het type dat de sleutel noemt",
    "handelingen": "door de regels van de handelingen zelf",
    "formulier": "door de regel van de handeling",
    "waarom": "wat er niet is en wat niet gezien mag worden zijn er één antwoord",
}
"""Queries without a permission of their own, and why."""
ROUTES = {
    "/graphql": "elke vraag hierboven",
    "/bestanden": "opladen; de handeling die het bestand gebruikt heeft haar regel",
    "/documenten/{id}": "door de regel van kernel.document lezen",
    "/logboek.csv": "door de regel van kernel.auditregel lezen",
    "/gezond": "zegt enkel dat het loket draait",
    "/{path:path}": "de bladzijde van de toepassing, zonder gegevens",
}
"""Paths of the common place and what decides there. Signing in has tests of its own."""
LISTS = {
    "werklijst": "",
    "logboek": "",
    "panden": 'zoek: "Kanaalstraat"',
    "personenZoeken": 'naam: "Vermeersch", reden: "dossierbehandeling", toelichting: "Nazicht van de matrix"',
    "vivoo": "",
}
"""List → the arguments that leave every row in, except what ``LEFT_OUT`` says."""
LEFT_OUT = {"werklijst": lambda row: row["gesloten_op"] is not None}
WITHOUT_ROWS = {"leesregister": "vraagt een persoon; dezelfde regel als logboek"}


def mine(*columns: str) -> Any:
    """A scope about the asker in person, in the own organisation."""

    def concerned(actor: Actor, row: Row) -> bool:
        in_person = any(row[column] == str(actor.gebruiker_id) for column in columns)
        return bool(row["domein"] == actor.domein) and in_person

    return concerned


def of_a_role(actor: Actor, row: Row) -> bool:
    """A task for nobody in particular but for a role of the asker, or for the asker."""
    own_role = row["gebruiker_id"] is None and row["rol"] in actor.rollen
    return bool(row["domein"] == actor.domein) and (own_role or row["gebruiker_id"] == str(actor.gebruiker_id))


MEANINGS = {
    **MEANING,
    "eigen_rol": of_a_role,
    "kernel.vervanging_betrokken": mine("afwezige_id", "vervanger_id"),
    "kernel.vervanging_zelf": mine("afwezige_id"),
}
Decisions = dict[tuple[str, str, str], tuple[list[str], list[str]]]


def reviewed() -> Decisions:
    """(role, key, action) → the scopes that open and those that close, of the common place."""
    with (policy_folder(Settings()) / "decisions.csv").open(encoding="utf-8", newline="") as text:
        rows = [row for row in csv.DictReader(text, strict=True) if row["plaats"] == "gemeenschappelijk"]
    scopes = {(row["rolcode"], row["sleutel"], row["actie"]): row["bereikcode"].split() for row in rows}
    return {
        key: ([s for s in found if s[0] != "-"], [s[1:] for s in found if s[0] == "-"]) for key, found in scopes.items()
    }


@dataclass
class Asked:
    """The world of the story, everybody who asks, and every row there is."""

    world: World
    admin_url: str
    actors: Mapping[str, Actor]
    tables: Mapping[str, Table]
    decisions: Decisions

    def may(self, role: str, permission: tuple[str, str], row: Row) -> bool:
        """What the reviewed table says."""
        opens, closes = self.decisions.get((role, *permission), ([], []))
        actor = self.actors[role]
        return any(MEANINGS[s](actor, row) for s in opens) and not any(MEANINGS[s](actor, row) for s in closes)

    def rows(self, model: type[Any], *states: str) -> Iterator[Row]:
        """One row of every class of ownership, and of the state that those columns tell."""
        seen = set()
        for row in self.tables[model.__tablename__].rows:
            parts = ("domein", "gebied", "rol", "code", *states)
            kind = (*(row.get(part) for part in parts), row.get("gedeeld_op") is None)
            if kind not in seen:
                seen.add(kind)
                yield row

    def key(self, declared: Declared, row: Row) -> str:
        """The global id of a row."""
        return global_id(declared.name, self.tables[declared.model.__tablename__].key_of(row))

    def logged(self, domein: str) -> set[str]:
        """The newest lines of a domain's chain, of which there may be more than when all rows were read."""
        place = "wi_logboek" if domein == "wi" else "public"
        newest = "select id from {}.auditregel where domein = %s order by volgnummer desc limit 100"
        with connected(self.admin_url) as admin:
            found = admin.execute(SQL(newest).format(Identifier(place)), [domein]).fetchall()
        return {global_id("Logregel", key) for (key,) in found}

    async def ask(self, actor: Actor | None, text: str) -> Any:
        """The result of an operation, asked as that actor."""
        async with Context(self.world.kernel, actor) as context:
            return await self.world.product.schema.execute(text, context_value=context)

    async def all(self, actor: Actor, questions: list[str]) -> list[Any]:
        """The answers to many root fields, in as few requests as the limits allow."""
        found: list[Any] = []
        for at in range(0, len(questions), ALIASES):
            part = questions[at : at + ALIASES]
            result = await self.ask(actor, "{" + " ".join(f"q{n}: {one}" for n, one in enumerate(part)) + "}")
            assert not result.errors, result.errors
            found += [result.data[f"q{n}"] for n in range(len(part))]
        return found


async def told(world: World) -> None:
    """Two municipalities with something of everything."""
    for code in ("aalst", "gent"):
        teller = Teller(world, code)
        await teller.finished()
        await teller.halfway()
        await extra(teller)


async def extra(teller: Teller) -> None:
    """Remarks for one side and for both by each side, a shielded document, a substitution, a report, a setting."""
    found = await teller.world.query(
        teller.beheerder,
        '{ panden(zoek: "Kanaalstraat", first: 1) { edges { node { dossiers { referte documenten {'
        " referte eigen ondertekendOp } } } } } }",
    )
    [dossier] = found["panden"]["edges"][0]["node"]["dossiers"]
    for who in (teller.beheerder, "dossierbeheerder@wvl"):
        for readers in ("EIGEN", "BEIDE"):
            opmerking = {"tekst": "Gezien.", "zichtbaarheid": readers}
            await teller.do(who, "kernel.opmerkingSchrijven", dossier["referte"], opmerking=opmerking)
    organisation = await teller.organisation()
    collega = await teller.world.actor(f"woningcontroleur@{teller.code}")
    period = {"vervanger": str(collega.gebruiker_id), "van": "2026-12-01", "tot": "2026-12-05", "reden": "Verlof"}
    await teller.do(teller.beheerder, "kernel.vervangingInstellen", organisation, vervanging=period)
    gezien = {"soort": "verhuring", "datum": "2026-11-23", "omschrijving": "Er woont weer iemand."}
    await teller.do(teller.beheerder, "oo.verhuringMelden", dossier["referte"], verhuring=gezien)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def asked(cluster: Databases, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Made once; nothing in this module changes a row."""
    async with a_world(cluster, tmp_path_factory.mktemp("matrix")) as world:
        homes = {code: f"{rol.kort}@{HOME[code.partition('.')[0]]}" for code, rol in rollen().items()}
        actors = {code: await world.actor(persona) for code, persona in homes.items()}
        await told(world)
        name = world.kernel.database.engine.url.database
        admin_url = make_url(cluster.admin_url).set(database=name).render_as_string(hide_password=False)
        models = {model for model in world.kernel.policy.here.permissions.values() if model is not None}
        with connected(admin_url) as admin:
            admin.execute("set session_replication_role = replica")
            for table in sorted(model.__tablename__ for model in models):
                if not read(admin, "public", table).rows:
                    fill(admin, "public", table, sorted(rollen()))
            tables = {model.__tablename__: read(admin, "public", model.__tablename__) for model in models}
            inside = read(admin, "wi_logboek", "auditregel")  # the inspectorate reads in a chain of its own
            tables["auditregel"] = replace(inside, rows=(*tables["auditregel"].rows, *inside.rows))
        yield Asked(world, admin_url, actors, tables, reviewed())


async def test_every_role_reads_by_key_exactly_what_was_reviewed(asked):
    cells = 0
    for role, actor in asked.actors.items():
        asks, wanted = [], []
        for declared in asked.world.kernel.types:
            for row in asked.rows(declared.model):
                asks.append(f'node(id: "{asked.key(declared, row)}") {{ id }}')
                wanted.append((declared.name, asked.key(declared, row), asked.may(role, (declared.key, "lezen"), row)))
        got = await asked.all(actor, asks)
        wrong = [w for w, answer in zip(wanted, got, strict=True) if (answer is not None) is not w[2]]
        assert wrong == [], role
        cells += len(asks)
    print(f"{cells} cellen: rol × type × rij")
    assert cells > 26 * 100


async def test_every_role_reads_by_reference_exactly_what_was_reviewed(asked):
    cells = 0
    roots = [r for r in asked.world.kernel.contributions.root_fields.values() if isinstance(r, RootOne)]
    for role, actor in asked.actors.items():
        asks, wanted = [], []
        for root in roots:
            declared = asked.world.kernel.types[root.to]
            for row in asked.rows(declared.model):
                asks.append(f'{camel(root.name)}(referte: "{row["referte"]}") {{ id }}')
                wanted.append((root.key, row["id"], asked.may(role, (declared.key, "lezen"), row)))
        got = await asked.all(actor, asks)
        assert [w for w, answer in zip(wanted, got, strict=True) if (answer is not None) is not w[2]] == [], role
        cells += len(asks)
    print(f"{cells} cellen: rol × vraag naar één × rij")


async def test_every_role_gets_in_every_list_exactly_what_was_reviewed_and_a_count_that_says_so(asked):
    cells = 0
    for root in asked.world.kernel.contributions.root_fields.values():
        name = camel(root.name)
        if not isinstance(root, RootList) or name in WITHOUT_ROWS:
            continue
        declared = asked.world.kernel.types[root.to]
        table = asked.tables[declared.model.__tablename__]
        for role, actor in asked.actors.items():
            arguments = ", ".join(filter(None, ["first: 100", LISTS[name]]))
            own = asked.logged(actor.domein)
            result = await asked.ask(actor, f"{{ {name}({arguments}) {{ totalCount edges {{ node {{ id }} }} }} }}")
            wanted = {
                asked.key(declared, row)
                for row in table.rows
                if asked.may(role, (declared.key, "lezen"), row)
                and (root.object is None or asked.may(role, (root.object, "lezen"), row))
                and not LEFT_OUT.get(name, lambda row: False)(row)
            }
            if result.errors:
                assert wanted == set(), (name, role, result.errors)
                continue
            page = result.data[name]
            got = {edge["node"]["id"] for edge in page["edges"]}
            if name == "logboek":  # it grows by being read
                assert got == (own if (role, declared.key, "lezen") in asked.decisions else set()), role
            else:
                assert got == wanted, (name, role)
                assert (page["totalCount"] or 0) == len(wanted), (name, role)
            cells += 1
    print(f"{cells} cellen: rol × lijst")


async def test_every_role_can_do_exactly_what_was_reviewed_and_is_refused_in_one_way(asked):
    """A dry run goes as far as the last check. Refused is byte for byte what an absent subject answers."""
    kernel = asked.world.kernel
    tally: Counter[bool] = Counter()
    for action in kernel.actions.values():
        declared = kernel.types.of_model(action.subject)
        rows = list(asked.rows(action.subject, "status"))
        for role, actor in asked.actors.items():
            absent = await execute(kernel, actor, Request(action.key, global_id(declared.name, uuid4()), dry_run=True))
            assert codes(absent) == ["ONBEKEND"], (action.key, role)
            for row in rows:
                outcome = await execute(kernel, actor, Request(action.key, asked.key(declared, row), dry_run=True))
                allowed = asked.may(role, (action.key, "uitvoeren"), row)
                assert (outcome != absent) is allowed, (action.key, role, row["id"], outcome)
                tally[allowed] += 1
    print(f"{tally.total()} cellen: rol × handeling × rij, {tally[True]} toegestaan en {tally[False]} geweigerd")
    assert tally[True] > 300


def codes(outcome: Outcome) -> list[str | None]:
    return [melding.code for melding in outcome.meldingen]


async def test_an_action_on_a_thing_of_another_kind_is_refused_in_the_same_way(asked):
    kernel, actor = asked.world.kernel, asked.actors["lb.dossierbeheerder"]
    cells = 0
    for action in kernel.actions.values():
        for declared in kernel.types:
            if declared.model is not action.subject:
                row = next(iter(asked.rows(declared.model)))
                outcome = await execute(kernel, actor, Request(action.key, asked.key(declared, row), dry_run=True))
                assert codes(outcome) == ["ONBEKEND"], (action.key, declared.name)
                cells += 1
    print(f"{cells} cellen: handeling × andere soort")


async def test_who_may_act_on_a_row_may_read_it(asked):
    """Else an action would tell of a row what reading hides."""
    kernel = asked.world.kernel
    for action in kernel.actions.values():
        declared = kernel.types.of_model(action.subject)
        for role in asked.actors:
            for row in asked.tables[action.subject.__tablename__].rows:
                if asked.may(role, (action.key, "uitvoeren"), row):
                    assert asked.may(role, (declared.key, "lezen"), row), (action.key, role, row["id"])


async def test_refused_attempts_change_no_row(asked):
    kernel = asked.world.kernel
    with connected(asked.admin_url) as admin:
        before = content(admin)
        for role in ("lb.lezer", "wvl.lezer", "wi.lezer", "vlabel.lezer", "vlabel.auditor"):
            for action in kernel.actions.values():
                declared = kernel.types.of_model(action.subject)
                row = next(iter(asked.rows(action.subject)))
                if not asked.may(role, (action.key, "uitvoeren"), row):
                    asks = Request(action.key, asked.key(declared, row), bevestigd=True, sleutel=action.key)
                    assert codes(await execute(kernel, asked.actors[role], asks)) == ["ONBEKEND"]
        assert content(admin) == before


async def test_nobody_signed_in_is_nobody(asked):
    """Every query and every mutation, asked by nobody, says only that."""
    schema = asked.world.product.schema._schema
    assert schema.query_type
    assert schema.mutation_type
    asks = [f"{{ {question(name, field)} }}" for name, field in schema.query_type.fields.items()]
    asks += [f"mutation {{ {question(name, field)} }}" for name, field in schema.mutation_type.fields.items()]
    answers = Counter([await told_code(asked, text) for text in asks])
    print(f"{len(asks)} vragen door niemand: {dict(answers)}")
    assert set(answers) == {"NIET_AANGEMELD"}


async def told_code(asked: Asked, text: str) -> str:
    result = await asked.ask(None, text)
    if not result.errors:
        return f"een antwoord op {text[:60]}: {result.data}"
    return str((result.errors[0].extensions or {}).get("code"))


def question(name: str, field: Any) -> str:
    """The field with its required arguments, and as little as can be selected."""
    given = {"subject": '"x"', "id": '"x"', "referte": '"x"', "handeling": '"kernel.documentVervangen"'}
    required = [a for a, argument in field.args.items() if is_required_argument(argument)]
    selection = " { __typename }" if is_composite_type(get_named_type(field.type)) else ""
    values = ", ".join(f"{a}: {given.get(a, chr(34) + 'dossierbehandeling' + chr(34))}" for a in required)
    return f"{name}{f'({values})' if values else ''}{selection}"


async def test_every_query_stands_in_the_matrix_or_says_why_not(asked):
    schema = asked.world.product.schema._schema
    found = asked.world.kernel.contributions.root_fields.values()
    ruled = {camel(r.name) for r in found if isinstance(r, RootOne | RootList)}
    assert set(schema.query_type.fields) - ruled == set(OPEN)
    assert {camel(r.name) for r in found if isinstance(r, RootList)} == LISTS.keys() | WITHOUT_ROWS.keys()


async def test_every_mutation_is_an_action_of_the_matrix(asked):
    schema, kernel = asked.world.product.schema._schema, asked.world.kernel
    named = {mutation_name(key) for key in kernel.actions} | {"voerHandelingUit"}
    assert set(schema.mutation_type.fields) == named
    granted = {key for _, key, action in asked.decisions if action == "uitvoeren"}
    assert set(kernel.actions) == granted


async def test_every_route_says_what_decides_there(asked):
    routes = [route for route in web(asked.world.product, worker=False).routes if isinstance(route, Route)]
    paths = {route.path for route in routes if not route.path.startswith(("/aanmelden", "/afmelden", "/wi/"))}
    signing = {path for path in paths if "aanmeld" in path or "organisatie" in path or "afmeld" in path}
    assert paths - signing == set(ROUTES)


async def test_every_scope_of_the_common_place_has_a_meaning_written_apart(asked):
    assert set(asked.world.kernel.policy.scopes) == set(MEANINGS)
    assert set(PERSONAL) < set(MEANINGS)


async def test_the_rows_are_of_every_class_of_ownership(asked):
    """Own and another's, signed and not, in the own and in another municipality, shared and not."""
    documents = {(r["domein"], r["gebied"], r["gedeeld_op"] is not None) for r in asked.tables["document"].rows}
    for domein, gebied in (("lb:41002", "41002"), ("lb:44021", "44021"), ("wvl", "41002"), ("wvl", "44021")):
        assert {(domein, gebied, True), (domein, gebied, False)} <= documents, (domein, gebied)
    remarks = defaultdict(set)
    for row in asked.tables["opmerking"].rows:
        remarks[row["domein"]].add(row["gedeeld_op"] is not None)
    assert remarks == {"lb:41002": {True, False}, "lb:44021": {True, False}, "wvl": {True, False}}
    assert {row["gesloten_op"] is None for row in asked.tables["taak"].rows} == {True, False}
