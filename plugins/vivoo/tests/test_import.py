"""Bringing the published list in: what each row becomes, who sees it, and that a repeat changes nothing."""

from base64 import urlsafe_b64encode
from collections import Counter
from importlib.resources import files

from sqlalchemy import func, select

from vlok.api.rules import Melding
from vlok.api.tables import Onderwerp
from vlok.testing.statements import counted
from vlok.testing.world import World
from vlok_register.api.tables import Entiteit, Pand
from vlok_vivoo.importeren import rows
from vlok_vivoo.tables import VivooRegistratie

BEHEERDER = "inventarisbeheerder@wvl"
GEPUBLICEERD = files("vlok_vivoo") / "data" / "vivoo_extract.csv"
LIJST = """query ($zoek: String, $open: Boolean = false) { vivoo(zoek: $zoek, enkelOpgenomen: $open, first: 500) {
  totalCount edges { node { entiteitReferte adres gemeente lijst datumOpname datumSchrapping capakeys opmerking } }
} }"""


async def read_in(world: World, given: list[dict[str, str]], persona: str = BEHEERDER):
    actor = await world.actor(persona)
    subject = urlsafe_b64encode(f"Organisatie:{actor.organisatie_id}".encode()).decode().rstrip("=")
    return await world.act(persona, "vivoo.rijenImporteren", subject, {"rijen": {"rijen": given}}, bevestigd=True)


async def report(world: World, given: list[dict[str, str]]) -> list[Melding]:
    outcome = await read_in(world, given)
    assert outcome.uitgevoerd, outcome.meldingen
    return list(outcome.meldingen)


async def published(world: World) -> list[Melding]:
    return await report(world, list(rows(GEPUBLICEERD)))


def row(referte: str, adres: str, begin: str, end: str = "", why: str = "", **other: str) -> dict[str, str]:
    cells = {"rij": "2", "referteEntiteit": referte, "adres": adres, "gemeente": "Gent", "procedure": "OO"}
    dates = {"datumAanvang": begin, "datumSchrapping": end, "redenSchrapping": why}
    return {**cells, **dates, "capakey": "44021A0001/00B002", **other}


async def counts(world: World) -> list[int]:
    async with world.session(BEHEERDER) as session:
        tables = (Onderwerp, Pand, Entiteit, VivooRegistratie)
        return [await session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


async def listed(world: World, persona: str = BEHEERDER, **args: object):
    found = (await world.query(persona, LIJST, **args))["vivoo"]
    return [edge["node"] for edge in found["edges"]]


async def test_every_row_of_the_published_list_has_its_outcome(world):
    meldingen = await published(world)
    assert Counter(m.code for m in meldingen) == {"AANVAARD_MET_OPMERKING": 17, "AANVAARD": 8, "GEWEIGERD": 1}
    assert {m.tekst for m in meldingen if m.code == "AANVAARD_MET_OPMERKING"} == {"geen datum van aanvang"}
    [no] = [m for m in meldingen if m.code == "GEWEIGERD"]
    assert (no.veld, no.entiteit) == ("27", "criptvoid(0)")
    assert no.tekst == "'criptvoid(0)' is geen referte van een entiteit; geen gemeente; geen adres"


async def test_a_second_time_changes_nothing(world):
    await published(world)
    before = await counts(world)
    assert Counter(m.code for m in await published(world)) == {"ONGEWIJZIGD": 25, "GEWEIGERD": 1}
    assert await counts(world) == before


async def test_two_periods_of_one_entiteit_are_two_registrations_in_order(world):
    await published(world)
    periods = [(n["datumOpname"], n["datumSchrapping"]) for n in await listed(world, zoek="en18-057868")]
    assert periods == [("2008-12-18", "2010-10-01"), ("2014-11-20", "2016-04-11")]


async def test_one_house_is_one_pand_whatever_its_bus(world):
    two = [
        row("EN15-000001", "Lange Violettestraat 8 bus 1", "2015-01-01"),
        row("EN15-000002", "Lange Violettestraat 8 bus 2", "2015-01-01", rij="3"),
    ]
    await report(world, two)
    found = await world.query(
        BEHEERDER, '{ panden(zoek: "violettestraat 8") { edges { node { entiteiten { referte } } } } }'
    )
    [edge] = found["panden"]["edges"]
    assert [unit["referte"] for unit in edge["node"]["entiteiten"]] == ["EN15-000001", "EN15-000002"]


async def test_references_from_elsewhere_are_never_given_out_again(world):
    await report(world, [row("EN26-000007", "Sint-Pietersplein 1", "2015-01-01")])
    pand = (await world.query(BEHEERDER, '{ panden(zoek: "pietersplein") { edges { node { referte } } } }'))["panden"]
    added = await world.act(
        "dossierbeheerder@gent",
        "register.entiteitToevoegen",
        pand["edges"][0]["node"]["referte"],
        {"entiteit": {"soort": "ZW", "busnummer": "2"}},
    )
    assert "EN26-000008" in (added.bericht or "")


async def test_rows_that_share_a_number_are_refused_together(world):
    before = await counts(world)
    outcome = await read_in(world, [row(f"EN12-00000{n}", f"Kouter {n}", "2015-01-01") for n in (1, 2)])
    assert [m.tekst for m in outcome.meldingen] == ["Elke rij heeft een eigen nummer."]
    assert await counts(world) == before


async def test_a_reference_finds_only_what_carries_it(world):
    given = [row(f"EN11-10000{n}", f"Burgstraat {n}", "2015-01-01", rij=str(n)) for n in (1, 2)]
    await report(world, [*given, row("EN10-100001", "Burgstraat 3", "2015-01-01", rij="3")])
    assert [n["adres"] for n in await listed(world, zoek="en11-100001")] == ["Burgstraat 1"]
    assert [n["adres"] for n in await listed(world, zoek="burgstraat EN10-100001 gent")] == ["Burgstraat 3"]


async def test_the_list_stands_in_natural_order(world):
    streets = [f"Zandberg {number}" for number in ("10", "9", "12A", "12 bus 2", "12", "12 bus 10")]
    await report(world, [row(f"EN16-00000{n}", adres, "2015-01-01", rij=str(n)) for n, adres in enumerate(streets)])
    found = await listed(world, zoek="zandberg")
    assert [n["adres"] for n in found] == [f"Zandberg {n}" for n in ("9", "10", "12", "12 bus 2", "12 bus 10", "12A")]


async def test_vlabel_reads_the_list_and_no_property_and_a_municipality_its_own(world):
    await published(world)
    assert {n["gemeente"] for n in await listed(world, "lezer@vlabel")} >= {"Aalst", "Aartselaar"}
    assert {n["gemeente"] for n in await listed(world, "lezer@aalst")} == {"Aalst"}
    assert await listed(world, "lezer@hasselt") == []
    assert await listed(world, "auditor@vlabel") == []
    assert (await world.query("lezer@vlabel", "{ panden { totalCount } }"))["panden"]["totalCount"] == 0


async def test_only_the_inventarisbeheerder_brings_rows_in(world):
    before = await counts(world)
    for persona in ("dossierbeheerder@aalst", "dossierbeheerder@wvl", "lezer@vlabel"):
        outcome = await read_in(world, [row("EN17-000001", "Veldstraat 1", "2015-01-01")], persona)
        assert [m.code for m in outcome.meldingen] == ["ONBEKEND"]
    assert await counts(world) == before


async def test_who_is_on_the_list_is_not_put_on_it_again_and_the_other_rows_go_on(world):
    given = [
        row("EN14-000001", "Kouter 1", "2015-01-01", rij="2"),
        row("EN14-000001", "Kouter 1", "2017-01-01", rij="3"),
        row("EN14-000001", "Kouter 1", "2017-01-01", rij="4", procedure="NGW"),
        row("EN14-000002", "Kouter 2", "2015-01-01", rij="5"),
    ]
    outcomes = await report(world, given)
    assert [m.code for m in outcomes] == ["AANVAARD", "GEWEIGERD", "AANVAARD", "AANVAARD"]
    assert outcomes[1].tekst == "EN14-000001 staat al op VIVOO-OO sinds 01/01/2015"


async def test_a_schrapping_is_added_and_never_undone(world):
    running, ended = row("EN13-000001", "Vrijdagmarkt 1", "2015-01-01"), ("2016-01-01", "Gesloopt")
    await report(world, [running])
    [added] = await report(world, [row("EN13-000001", "Vrijdagmarkt 1", "2015-01-01", *ended)])
    assert added.code == "BIJGEWERKT"
    [undone] = await report(world, [running])
    assert (undone.code, undone.tekst) == (
        "GEWEIGERD",
        "in VLOK geschrapt op 01/01/2016: inlezen maakt dat niet ongedaan",
    )
    [node] = await listed(world, zoek="vrijdagmarkt")
    assert node["datumSchrapping"] == "2016-01-01"
    assert await listed(world, zoek="vrijdagmarkt", open=True) == []


async def test_the_end_of_one_stay_and_the_begin_of_the_next_may_come_together(world):
    await report(world, [row("EN13-000002", "Korenmarkt 2", "2015-01-01")])
    both = [
        row("EN13-000002", "Korenmarkt 2", "2015-01-01", "2016-01-01", "Gesloopt"),
        row("EN13-000002", "Korenmarkt 2", "2018-01-01", rij="3"),
    ]
    assert [m.code for m in await report(world, both)] == ["BIJGEWERKT", "AANVAARD"]


async def test_rows_that_contradict_each_other_do_not_take_turns(world):
    given = [
        row("EN13-000003", "Graslei 3", "2015-01-01", "2016-01-01", "Gesloopt"),
        row("EN13-000003", "Graslei 3", "2015-01-01", "2017-01-01", "Gesloopt", rij="3"),
    ]
    assert [m.code for m in await report(world, given)] == ["AANVAARD", "GEWEIGERD"]
    assert [m.code for m in await report(world, given)] == ["ONGEWIJZIGD", "GEWEIGERD"]


async def test_a_known_entiteit_is_not_moved_to_another_municipality(world):
    await report(world, [row("EN13-000004", "Coupure 4", "2015-01-01")])
    [no] = await report(world, [row("EN13-000004", "Coupure 4", "2018-01-01", gemeente="Hasselt")])
    assert (no.code, no.tekst) == ("GEWEIGERD", "EN13-000004 ligt in VLOK in Gent, niet in Hasselt")


async def test_a_character_that_cannot_be_stored_stops_only_its_own_row(world):
    given = [
        row("EN13-000005", "Coupure 5", "2015-01-01", "", "Ge\0sloopt"),
        row("EN13-000006", "Coupure 6", "2015-01-01", rij="3"),
    ]
    assert [m.code for m in await report(world, given)] == ["GEWEIGERD", "AANVAARD"]


async def test_a_batch_costs_no_statement_per_row(world):
    async def cost(year: int, size: int) -> int:
        given = [
            row(f"EN{year}-{n:06d}", f"Proefstraat {year}{n}", "2015-01-01", rij=str(n)) for n in range(1, size + 1)
        ]
        with counted(world.kernel.database) as sent:
            await report(world, given)
        return len(sent)

    assert await cost(31, 300) <= await cost(30, 30) + 5
