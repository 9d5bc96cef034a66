"""A relation shows what belongs to the row, also where its condition looks further: never everybody's."""

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from vlok.api.graph import Many, One
from vlok.api.tables import Document
from vlok.app import contributions
from vlok.graph.plan import belongs
from vlok.graph.types import Types
from vlok.settings import Settings
from vlok.testing.world import World
from vlok_register.api.register import Adres, NieuweEntiteit, NieuwPand, gemeente, make_entiteiten, make_panden

DB = "dossierbeheerder@aalst"
COMMON = contributions(Settings())
PLACES = {"common": COMMON, **COMMON.inside}
RELATIONS = [
    pytest.param(types, declared, name, source, id=f"{place}-{declared.name}.{name}")
    for place, found in PLACES.items()
    for types in [Types(found.object_types.values(), found.extensions.values())]
    for declared in types
    for name, source in declared.fields.items()
    if isinstance(source, One | Many)
]


@pytest.mark.parametrize(("types", "declared", "name", "source"), RELATIONS)
def test_no_relation_reads_the_table_of_its_own_row_a_second_time(types, declared, name, source):
    row, other = aliased(declared.model, flat=True), aliased(types[source.to].model, flat=True)
    asked = select(row.id).where(select(other.id).where(belongs(source, row, other)).exists())
    assert [line for line in str(asked.compile()).splitlines() if line.startswith("FROM") and "," in line] == []


async def test_a_document_about_a_unit_stands_on_the_page_of_its_own_pand_only(world: World):
    async with world.kernel.work(await world.actor(DB)) as work:
        aalst = gemeente("Aalst", work.today)
        assert aalst is not None
        panden = await make_panden(work, [NieuwPand(Adres.lees(f"Relatiestraat {n}"), aalst) for n in (1, 2)])
        eenheden = await make_entiteiten(work, [NieuweEntiteit(pand, "ZW") for pand in panden])
        document = Document(
            id=uuid4(),
            referte=await work.number("DO"),
            soort="DT001",
            titel="Brief",
            status="In opmaak",
            onderwerp_id=eenheden[0].id,
            concept=True,
            aangemaakt_op=work.now,
            domein=work.actor.domein,
            gebied=panden[0].gebied,
        )
        work.session.add(document)
    shown = []
    for pand in panden:
        data = await world.query(
            DB, "query ($r: String!) { pand(referte: $r) { documenten { referte } } }", r=pand.referte
        )
        shown.append([one["referte"] for one in data["pand"]["documenten"]])
    assert shown == [[document.referte], []]
