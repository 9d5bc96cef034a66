"""What crosses the wall: the file, the functions and the facts say the same, and each release shows only that."""

import ast
import inspect
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from sqlalchemy import select

from vlok.api.tables import Taak
from vlok_register.api import facts
from vlok_wi import vrijgave
from vlok_wi.compartiment import COMPARTIMENT
from vlok_wi.graph import WiOpdrachtType

PACKAGE = Path(vrijgave.__file__).parent
TABEL = tomllib.loads((PACKAGE / "data" / "vrijgaven.toml").read_text(encoding="utf-8"))

DB = "dossierbeheerder@aalst"
WVL = "dossierbeheerder@wvl"
INVENTARIS = "inventarisbeheerder@wvl"
INSPECTEUR = "wooninspecteur@wi"

REGISTER = """query ($r: String!) { pand(referte: $r) {
  herstelvorderingen { adres sinds } taken { nummer naam organisatieNaam dossier { referte } onderwerp { referte } }
  entiteiten { herstelvordering { adres sinds } }
} }"""


def feiten(rij):
    return tuple(field.name for field in fields(getattr(facts, rij["feit"])))


def test_there_is_one_function_per_release_and_no_other():
    assert sorted(vrijgave.__all__) == sorted(rij["functie"] for rij in TABEL["vrijgave"])
    public = {name for name, thing in vars(vrijgave).items() if inspect.isfunction(thing) and name[0] != "_"}
    assert public == set(vrijgave.__all__)


def test_the_compartment_lets_out_the_facts_of_the_table_and_no_other():
    assert {fact.__name__ for fact in COMPARTIMENT.releases} == {r["feit"] for r in TABEL["vrijgave"] if "feit" in r}
    assert {fact.__name__ for fact in COMPARTIMENT.intakes} == {r["feit"] for r in TABEL["inkomst"]}


@pytest.mark.parametrize(
    "rij", [r for r in (*TABEL["vrijgave"], *TABEL["inkomst"]) if "feit" in r], ids=lambda r: r["feit"]
)
def test_a_fact_that_crosses_has_exactly_the_fields_of_the_table(rij):
    assert feiten(rij) == tuple(rij["velden"])


def test_a_guest_sees_of_an_assignment_exactly_the_fields_of_r2_and_r3():
    given = {veld for rij in TABEL["vrijgave"] if rij["nummer"] in ("R2", "R3") for veld in rij["velden"]}
    assert set(WiOpdrachtType.fields) == given


def test_only_the_releases_name_the_facts_that_leave():
    """Another module that made such a fact would be a release that nobody reviews."""
    leaving = {fact.__name__ for fact in COMPARTIMENT.releases}
    users = {
        file.name
        for file in PACKAGE.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and leaving & {alias.name for alias in node.names}
        and (node.module or "").startswith("vlok_register")
    }  # fmt: skip
    assert users == {"vrijgave.py", "compartiment.py"}


asynchronous = pytest.mark.asyncio(loop_scope="session")


@asynchronous
async def test_until_the_entry_nobody_outside_sees_a_herstelvordering_and_then_everybody_does(zaak):
    one = await zaak(2)
    await one.pv()
    await one.vorder(entiteiten=one.entiteiten[:1])
    await one.world.wi.drain()
    for wie in (DB, WVL):
        seen = (await one.world.query(wie, REGISTER, r=one.pand))["pand"]
        assert seen["herstelvorderingen"] == []
        assert seen["taken"] == []
    await one.schrijf_in()
    await one.world.wi.drain()
    for wie in (DB, WVL, "lezer@wi"):
        seen = (await one.world.query(wie, REGISTER, r=one.pand))["pand"]
        assert [set(h) for h in seen["herstelvorderingen"]] == [{"adres", "sinds"}]
        assert seen["herstelvorderingen"][0]["sinds"] == "2026-11-23"
        assert [e["herstelvordering"] is not None for e in seen["entiteiten"]] == [True, False]
    other = (await one.world.query("dossierbeheerder@gent", REGISTER, r=one.pand))["pand"]
    assert other is None


@asynchronous
async def test_the_execution_ends_the_entry_and_asks_nothing_of_the_inventory_for_a_dwelling_that_is_not_on_it(zaak):
    one = await zaak()
    await one.pv()
    await one.vorder()
    await one.schrijf_in()
    await one.uitgevoerd()
    await one.world.wi.drain()
    seen = (await one.world.query(DB, REGISTER, r=one.pand))["pand"]
    assert seen["herstelvorderingen"] == []
    assert seen["taken"] == []
    [vordering] = (await one.zie())["wi"]["herstelvorderingen"]
    assert (vordering["status"], vordering["uitgevoerdOp"]) == ("Uitgevoerd", "2026-11-23")


@asynchronous
async def test_a_second_dossier_with_a_herstelvordering_keeps_the_entry_alive(pand):
    one = await pand()
    await one.open()
    await one.pv()
    await one.vorder()
    await one.schrijf_in()
    first = one.referte
    await one.open()
    await one.pv()
    await one.vorder()
    await one.schrijf_in()
    await one.uitgevoerd()
    await one.world.wi.drain()
    seen = (await one.world.query(DB, REGISTER, r=one.pand))["pand"]
    assert len(seen["herstelvorderingen"]) == 1
    one.referte = first
    await one.uitgevoerd()
    await one.world.wi.drain()
    assert (await one.world.query(DB, REGISTER, r=one.pand))["pand"]["herstelvorderingen"] == []


@asynchronous
async def test_a_measure_that_the_court_refused_leaves_the_register_with_the_dossier(zaak):
    one = await zaak()
    await one.pv()
    await one.vorder()
    await one.schrijf_in()
    await one.gevolg()
    await one.uitspraak(herstel=False, hersteltermijn=None, dwangsom=None)
    await one.doe(INSPECTEUR, "wi.afsluiten", reden={"reden": "Vrijspraak."})
    await one.world.wi.drain()
    assert (await one.world.query(DB, REGISTER, r=one.pand))["pand"]["herstelvorderingen"] == []
    assert [v["status"] for v in (await one.zie())["wi"]["herstelvorderingen"]] == ["Afgewezen"]


@asynchronous
async def test_nothing_of_the_judicial_procedure_has_a_task_outside(zaak):
    one = await zaak()
    await one.pv()
    await one.vorder()
    await one.world.wi.drain()
    async with one.world.session("taakbeheerder@wvl") as session:
        assert (await session.scalars(select(Taak).where(Taak.onderwerp_id == one.pand_id))).all() == []
