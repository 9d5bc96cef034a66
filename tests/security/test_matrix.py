"""The whole matrix, really asked: every role × everything it can read or do × objects of every class of ownership.

What must come out stands in ``policies/decisions.csv``, the table that people review; the meaning of its scopes is the
one in ``oracle.py``, written apart from the product. An operation that stands nowhere in the matrix fails.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from graphql import get_named_type, is_composite_type, is_required_argument
from starlette.routing import Route
from tests.security.asked import MEANINGS, Asked, an_asked_world

from vlok.api.graph import RootList, RootOne
from vlok.app import web
from vlok.db.roles import connected
from vlok.graph.names import camel, global_id
from vlok.graph.schema import mutation_name
from vlok.procedures.execute import Outcome, Request, execute
from vlok.testing.cluster import Databases
from vlok.testing.crash import content

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


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def asked(cluster: Databases, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Made once; nothing in this module changes a row."""
    async with an_asked_world(cluster, tmp_path_factory.mktemp("matrix")) as made:
        yield made


async def test_every_role_reads_by_key_exactly_what_was_reviewed(asked):
    cells = 0
    for role, actor in asked.actors.items():
        asks, wanted = [], []
        for declared in asked.world.kernel.types:
            for row in asked.rows(declared.model):
                asks.append(asked.key(declared, row))
                wanted.append((declared.name, asked.key(declared, row), asked.may(role, (declared.key, "lezen"), row)))
        got = await asked.all(actor, "node(id: $key)", "ID", asks)
        wrong = [w for w, answer in zip(wanted, got, strict=True) if (answer is not None) is not w[2]]
        assert wrong == [], role
        cells += len(asks)
    print(f"{cells} cellen: rol × type × rij")
    assert cells > 26 * 100


async def test_every_role_reads_by_reference_exactly_what_was_reviewed(asked):
    cells = 0
    roots = [r for r in asked.world.kernel.contributions.root_fields.values() if isinstance(r, RootOne)]
    for role, actor in asked.actors.items():
        for root in roots:
            declared = asked.world.kernel.types[root.to]
            rows = list(asked.rows(declared.model))
            wanted = [(root.key, row["id"], asked.may(role, (declared.key, "lezen"), row)) for row in rows]
            got = await asked.all(actor, f"{camel(root.name)}(referte: $key)", "String", [r["referte"] for r in rows])
            assert [w for w, answer in zip(wanted, got, strict=True) if (answer is not None) is not w[2]] == [], role
            cells += len(rows)
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
        nowhere = Request(action.key, global_id(declared.name, uuid4()), dry_run=True)
        absent = await execute(kernel, asked.actors["lb.dossierbeheerder"], nowhere)
        assert codes(absent) == ["ONBEKEND"], action.key
        for role, actor in asked.actors.items():
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
