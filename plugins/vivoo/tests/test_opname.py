"""A valid decision puts its dwellings on the inventory, on the date of the decision, and tells whom to notify."""

from datetime import date
from itertools import count
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from vlok.api.tables import Dossier
from vlok.testing.statements import counted
from vlok.testing.world import World
from vlok_register.api.facts import OngeschikteWoning, OngeschiktVerklaard
from vlok_register.api.register import Adres, NieuweEntiteit, NieuwPand, gemeente, make_entiteiten, make_panden
from vlok_register.api.tables import Entiteit

WVL = "dossierbeheerder@wvl"
BEHEERDER = "inventarisbeheerder@wvl"
BESLUIT = date(2026, 11, 20)
VIVOO = """query ($r: String!) { pand(referte: $r) {
  vivoo { referte entiteitReferte adres lijst datumOpname datumSchrapping capakeys besluit }
  entiteiten(first: 500) { referte vivoo { referte } }
} }"""

_numbers = count(1)


class Huis:
    """A property in Aalst with its dwellings and a dossier about it."""

    def __init__(self, world: World, pand: str, entiteiten: list[Entiteit], dossier: Dossier) -> None:
        self.world, self.pand, self.entiteiten, self.dossier = world, pand, entiteiten, dossier

    async def verklaard(self, *, datum: date = BESLUIT, grond: str = "OO", besluit: str = "BS26-000001") -> None:
        """Decisions about all dwellings became valid."""
        woningen = tuple(OngeschikteWoning(e.id, datum, False, besluit) for e in self.entiteiten)
        async with self.world.kernel.work(await self.world.actor(WVL)) as work:
            await work.tell(OngeschiktVerklaard(self.dossier.id, grond, woningen))

    async def vivoo(self, wie: str = BEHEERDER):
        """What stands on the inventory."""
        return (await self.world.query(wie, VIVOO, r=self.pand))["pand"]["vivoo"]


async def huis(world: World, size: int = 1) -> Huis:
    """A new property with ``size`` dwellings."""
    number = next(_numbers)
    async with world.kernel.work(await world.actor(WVL)) as work:
        aalst = gemeente("Aalst", work.today)
        assert aalst is not None
        capakeys = ("41002A0242/00C000",)
        [pand] = await make_panden(work, [NieuwPand(Adres.lees(f"Opnamestraat {number}"), aalst, capakeys)])
        units = [NieuweEntiteit(pand, "ZW", str(bus)) for bus in range(1, size + 1)]
        entiteiten = await make_entiteiten(work, units)
        dossier = _dossier(work, pand.id)
        work.session.add(dossier)
    return Huis(world, pand.referte, entiteiten, dossier)


def _dossier(work, pand_id: UUID) -> Dossier:
    return Dossier(
        id=uuid4(),
        referte=f"OO26-9{next(_numbers):05d}",
        soort="oo",
        onderwerp_id=pand_id,
        domein="lb:41002",
        gebied="41002",
        status="Gestart",
        gestart_op=work.today,
        gewijzigd_op=work.now,
        gewijzigd_door=work.actor.naam,
    )


@pytest_asyncio.fixture(loop_scope="session")
async def een(world: World) -> Huis:
    return await huis(world)


async def test_the_date_of_opname_is_the_date_of_the_decision(een):
    await een.verklaard()
    [registratie] = await een.vivoo()
    assert (registratie["datumOpname"], registratie["datumSchrapping"]) == ("2026-11-20", None)
    assert (registratie["lijst"], registratie["besluit"]) == ("OO", "BS26-000001")


async def test_the_registration_carries_address_and_parcels_of_its_own(een):
    await een.verklaard()
    [registratie] = await een.vivoo()
    assert registratie["adres"] == een.entiteiten[0].titel
    assert registratie["capakeys"] == ["41002A0242/00C000"]


async def test_who_is_on_the_list_stays_on_it_from_the_first_date(een):
    await een.verklaard()
    await een.verklaard(datum=date(2026, 11, 22), besluit="BS26-000002")
    assert [(r["datumOpname"], r["besluit"]) for r in await een.vivoo()] == [("2026-11-20", "BS26-000001")]


async def test_the_two_lists_are_apart(een):
    await een.verklaard()
    await een.verklaard(grond="NGW")
    assert {r["lijst"] for r in await een.vivoo()} == {"OO", "NGW"}


async def test_the_inventarisbeheerder_is_asked_to_notify_once_per_dossier(een):
    await een.verklaard()
    await een.verklaard(grond="NGW")
    query = "query ($r: String!) { dossier(referte: $r) { taken { nummer naam rol geslotenOp } } }"
    found = await een.world.query(BEHEERDER, query, r=een.dossier.referte)
    task = {"nummer": 100, "naam": "kennisg VIVOO aan", "rol": "wvl.inventarisbeheerder", "geslotenOp": None}
    assert found["dossier"]["taken"] == [task]


async def test_vlabel_sees_the_opname_but_no_property(een):
    await een.verklaard()
    found = await een.world.query(
        "lezer@vlabel",
        "query ($z: String!) { vivoo(zoek: $z) { edges { node { datumOpname } } } }",
        z=een.entiteiten[0].referte,
    )
    assert [edge["node"]["datumOpname"] for edge in found["vivoo"]["edges"]] == ["2026-11-20"]
    assert (await een.world.query("lezer@vlabel", VIVOO, r=een.pand))["pand"] is None


async def test_another_municipality_sees_nothing_of_it(een):
    await een.verklaard()
    assert (await een.world.query("lezer@gent", VIVOO, r=een.pand))["pand"] is None
    assert len(await een.vivoo("lezer@aalst")) == 1


@pytest.mark.parametrize("size", [300])
async def test_a_building_of_many_dwellings_costs_no_statement_per_dwelling(world, size):
    small, large = await huis(world, 3), await huis(world, size)
    costs = []
    for one in (small, large):
        with counted(world.kernel.database) as sent:
            await one.verklaard()
        costs.append(len(sent))
    assert costs[1] <= costs[0] + 2
    assert (
        len(
            (await world.query(BEHEERDER, VIVOO.replace("vivoo {", "vivoo(first: 500) {", 1), r=large.pand))["pand"][
                "vivoo"
            ]
        )
        == size
    )
