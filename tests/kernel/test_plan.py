"""One selection, one statement: GraphQL's own rules hold in the answer that PostgreSQL makes."""

import pytest
from sqlalchemy import literal, select, update

from vlok.api.tables import Taak
from vlok.graph.names import global_id
from vlok.graph.plan import MAX_PAIRS, json_object
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_dossier


@pytest.fixture(scope="module")
async def dossier(proef):
    made = await a_dossier(proef, titel="Dorpstraat 1, 9300 Aalst")
    for number in range(3):
        await proef.act(BEHEERDER, "proef.noteren", made, {"nota": {"tekst": f"nota {number}"}})
    return made


async def read(world, dossier, selection, persona=BEHEERDER, **variables):
    declared = "($r: String!" + "".join(f", ${name}: Boolean!" for name in variables) + ")"
    found = await world.query(persona, f"query{declared} {{ dossier(referte: $r) {selection} }}",
                              r=dossier.referte, **variables)  # fmt: skip
    return found["dossier"]


async def test_aliases_name_the_answer(proef, dossier):
    found = await read(proef, dossier, "{ een: referte twee: referte soort }")
    assert found == {"een": dossier.referte, "twee": dossier.referte, "soort": "proef"}


async def test_one_relation_under_two_aliases_keeps_its_own_page_and_fields(proef, dossier):
    found = await read(proef, dossier, "{ a: taken(first: 1) { naam } b: taken(first: 3) { referte } taken { rol } }")
    assert [len(found[key]) for key in ("a", "b", "taken")] == [1, 3, 4]
    assert set(found["a"][0]) == {"naam"}
    assert set(found["b"][0]) == {"referte"}


@pytest.mark.parametrize(("first", "rows"), [(-5, 0), (0, 0), (2, 2), (10**9, 4)])
async def test_the_number_of_related_rows_is_clamped(proef, dossier, first, rows):
    assert len((await read(proef, dossier, f"{{ taken(first: {first}) {{ id }} }}"))["taken"]) == rows


async def test_fragments_merge_with_what_stands_beside_them(proef, dossier):
    query = """query($r: String!) { dossier(referte: $r) { onderwerp { titel } ...d ... on Node { id } ... { soort } } }
      fragment d on Dossier { onderwerp { ...o } taken(first: 1) { naam } }
      fragment o on Onderwerp { referte soort }"""
    found = (await proef.query(BEHEERDER, query, r=dossier.referte))["dossier"]
    assert set(found) == {"onderwerp", "id", "soort", "taken"}
    assert set(found["onderwerp"]) == {"titel", "referte", "soort"}


async def test_a_variable_may_stand_at_any_depth(proef, dossier):
    query = """query($r: String!, $n: Int = 2) { dossier(referte: $r) { taken(first: $n) { id } ...f } }
      fragment f on Dossier { een: taken(first: 1) { dossier { t: taken(first: $n) { id } } } }"""
    for given, rows in (({}, 2), ({"n": 3}, 3)):
        found = (await proef.query(BEHEERDER, query, r=dossier.referte, **given))["dossier"]
        assert [len(found["taken"]), len(found["een"][0]["dossier"]["t"])] == [rows, rows]


@pytest.mark.parametrize(("yes", "no"), [(True, False), (False, True)])
async def test_include_and_skip_decide_what_is_read(proef, dossier, yes, no):
    found = await read(
        proef, dossier,
        "{ referte a: soort @include(if: $yes) b: soort @skip(if: $no) c: soort @skip(if: $yes)"
        " ... @include(if: $yes) { status } ...f @skip(if: $no) taken(first: 1) @include(if: $no) { id } }"
        " } fragment f on Dossier { info",
        yes=yes, no=no,
    )  # fmt: skip
    expected = {"referte", "a", "b", "status", "info"} if yes else {"referte", "c", "taken"}
    assert set(found) == expected


async def test_typename_is_answered_everywhere(proef, dossier):
    query = """query($r: String!, $id: ID!) { __typename dossier(referte: $r) { __typename t: __typename
      onderwerp { __typename } taken(first: 1) { __typename } } node(id: $id) { __typename id } }"""
    found = await proef.query(BEHEERDER, query, r=dossier.referte, id=global_id("Dossier", dossier.id))
    assert found["__typename"] == "Query"
    assert (found["dossier"]["__typename"], found["dossier"]["t"]) == ("Dossier", "Dossier")
    assert found["dossier"]["onderwerp"] == {"__typename": "Onderwerp"}
    assert found["dossier"]["taken"] == [{"__typename": "Taak"}]
    assert found["node"] == {"__typename": "Dossier", "id": global_id("Dossier", dossier.id)}


async def test_only_typename_may_be_asked(proef, dossier):
    assert await read(proef, dossier, "{ __typename }") == {"__typename": "Dossier"}


async def test_a_derived_value_is_made_from_columns_that_were_not_selected(proef, dossier):
    found = await read(proef, dossier, "{ a: soortNaam b: soortNaam taken(first: 1) { rolNaam } }")
    assert (found["a"], found["b"]) == ("Procedure PROEF", "Procedure PROEF")
    assert found["taken"][0]["rolNaam"] in ("Dossierbeheerder",)


async def test_dates_and_moments_travel_as_iso_text(proef, dossier):
    found = await read(proef, dossier, "{ gestartOp gewijzigdOp versie taken(first: 1) { geslotenOp deadline } }")
    assert found["gestartOp"] == "2026-11-23"
    assert found["gewijzigdOp"].startswith("2026-11-23T1")
    assert found["taken"] == [{"geslotenOp": None, "deadline": found["taken"][0]["deadline"]}]


async def test_a_deep_selection_comes_back_to_where_it_started(proef, dossier):
    found = await read(proef, dossier, "{ taken(first: 1) { dossier { taken(first: 1) { dossier { referte } } } } }")
    assert found["taken"][0]["dossier"]["taken"][0]["dossier"]["referte"] == dossier.referte


async def test_node_reads_an_object_by_its_global_id_and_type(proef, dossier):
    found = await proef.query(
        BEHEERDER,
        "query($id: ID!) { node(id: $id) {"
        " id ... on Dossier { referte taken(first: 1) { id } } ... on Taak { naam } } }",
        id=global_id("Dossier", dossier.id),
    )
    assert set(found["node"]) == {"id", "referte", "taken"}


async def test_an_id_under_another_type_finds_nothing(proef, dossier):
    for name in ("Taak", "Document", "Onderwerp", "Onbestaand", "Query"):
        assert await proef.query(
            BEHEERDER, "query($id: ID!) { node(id: $id) { id } }", id=global_id(name, dossier.id)
        ) == {"node": None}  # fmt: skip


async def test_a_related_row_that_may_not_be_seen_is_null_and_its_list_empty(proef, dossier):
    """A task of Gent put on a dossier of Aalst: Gent reads its task, but nothing of the dossier behind it."""
    async with proef.kernel.work(await proef.actor(WVL)) as work:
        await work.session.execute(
            update(Taak).where(Taak.dossier_id == dossier.id, Taak.nummer == 901)
            .values(domein="lb:44021", gebied="44021")
        )  # fmt: skip
    query = """{ werklijst { edges { node { nummer onderwerp { titel } dossier { referte } } } } }"""
    found = (await proef.query(ELDERS, query))["werklijst"]["edges"]
    assert [edge["node"] for edge in found] == [{"nummer": 901, "onderwerp": None, "dossier": None}]
    assert await read(proef, dossier, "{ referte }", ELDERS) is None
    numbers = [taak["nummer"] for taak in (await read(proef, dossier, "{ taken { nummer } }"))["taken"]]
    assert numbers == [900, 900, 900]


async def test_more_fields_than_a_function_takes_arguments_are_read_all(proef):
    pairs = {f"k{n}": literal(n) for n in range(MAX_PAIRS * 2 + 3)}
    async with proef.session(BEHEERDER) as session:
        found = await session.scalar(select(json_object(pairs)))
    assert found == {f"k{n}": n for n in range(MAX_PAIRS * 2 + 3)}
