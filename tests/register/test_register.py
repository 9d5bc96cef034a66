"""Adding properties, units and those concerned by the real actions; finding them again; and who sees them."""

import pytest

from vlok.graph.names import global_id

DB = "dossierbeheerder@aalst"
CAPAKEY = "41303D0920/00T002"
INSZ = "85.07.30-033.28"


async def add_pand(world, persona=DB, bevestigd=False, **adres):
    organisatie = global_id("Organisatie", (await world.actor(persona)).organisatie_id)
    return await world.act(persona, "register.pandToevoegen", organisatie, {"adres": adres}, bevestigd=bevestigd)


async def find(world, zoek, persona=DB):
    query = "query ($z: String!) { panden(zoek: $z) { edges { node { referte titel capakeys } } } }"
    return [edge["node"] for edge in (await world.query(persona, query, z=zoek))["panden"]["edges"]]


async def new_pand(world, straat, huisnummer="1", persona=DB):
    outcome = await add_pand(world, persona, straat=straat, huisnummer=huisnummer, capakey=CAPAKEY)
    assert outcome.uitgevoerd, outcome.meldingen
    return next(p["referte"] for p in await find(world, straat, persona) if f" {huisnummer}, " in p["titel"])


async def add_unit(world, pand, persona=DB, **entiteit):
    return await world.act(persona, "register.entiteitToevoegen", pand, {"entiteit": {"soort": "ZW", **entiteit}})


async def add_person(world, pand, **betrokkene):
    person = {"soort": "natuurlijk_persoon", "naam": "Peeters", "rol": "bewoner", **betrokkene}
    return await world.act(DB, "register.betrokkeneToevoegen", pand, {"betrokkene": person})


def told(outcome):
    return [(m.veld, m.ernst.value, m.tekst) for m in outcome.meldingen]


async def test_a_property_is_found_by_parts_of_its_address_accents_and_capitals_aside(world):
    await new_pand(world, "Sint-Jóriskaai", "12A")
    for words in ("joriskaai", "SINT 12a", "aalst kaai", "Sint-Joris"):
        assert [pand["titel"] for pand in await find(world, words)] == ["Sint-Jóriskaai 12A, Aalst"], words
    for words in ("joriskaai 13", "joriskaai 2", "joriskaai 03"):
        assert await find(world, words) == [], words


async def test_a_property_is_found_by_its_own_reference_a_units_and_a_capakey(world):
    referte = await new_pand(world, "Refertestraat")
    assert (await add_unit(world, referte, busnummer="3", capakey="41001A0001/00B002")).uitgevoerd
    query = "query ($r: String!) { pand(referte: $r) { titel entiteiten { referte titel soortNaam capakeys } } }"
    [unit] = (await world.query(DB, query, r=referte))["pand"]["entiteiten"]
    assert (unit["titel"], unit["soortNaam"]) == ("Refertestraat 1 bus 3", "Zelfstandige woning")
    assert unit["capakeys"] == ["41001A0001/00B002"]
    for words in (referte, unit["referte"], unit["referte"].lower(), f"Refertestraat {CAPAKEY}"):
        assert [pand["referte"] for pand in await find(world, words)] == [referte], words


async def test_a_number_begins_a_word_and_the_first_word_may_be_one(world):
    referte = await new_pand(world, "11 Novemberlaan", "23")
    for words in ("11 novemberlaan", "november 23", "novemberlaan 2", "novemberlaan 11", f"{referte} novemberlaan"):
        assert [pand["referte"] for pand in await find(world, words)] == [referte], words
    for words in ("novemberlaan 3", "novemberlaan 12", f"{referte} decemberlaan", "PA99-000001 novemberlaan"):
        assert await find(world, words) == [], words


async def test_a_wildcard_is_a_sign_like_any_other(world):
    await new_pand(world, "Procentstraat")
    assert await find(world, "procent%1") == []
    assert [p["titel"] for p in await find(world, "procentstraat % _")] == ["Procentstraat 1, Aalst"]


async def test_properties_stand_in_natural_order(world):
    for number in ("10", "9", "12A", "12", "47/49"):
        await new_pand(world, "Volgordestraat", number)
    titles = [pand["titel"] for pand in await find(world, "volgordestraat")]
    assert titles == [f"Volgordestraat {number}, Aalst" for number in ("9", "10", "12", "12A", "47/49")]


async def test_a_municipality_finds_its_own_properties_and_flanders_all(world):
    referte = await new_pand(world, "Grensstraat")
    gent = await new_pand(world, "Grensstraat", persona="dossierbeheerder@gent")
    assert [p["referte"] for p in await find(world, "grensstraat")] == [referte]
    assert await find(world, gent) == await find(world, "PA99-000001") == []
    assert [p["referte"] for p in await find(world, gent, "lezer@wvl")] == [gent]
    assert {p["referte"] for p in await find(world, "grensstraat", "lezer@wvl")} == {referte, gent}
    assert await find(world, "grensstraat", "lezer@vlabel") == []
    assert [m.code for m in (await add_unit(world, referte, "dossierbeheerder@gent")).meldingen] == ["ONBEKEND"]


@pytest.mark.parametrize(
    ("adres", "veld"),
    [
        ({"straat": "Foutstraat", "huisnummer": "nul"}, "huisnummer"),
        ({"straat": "Foutstraat", "huisnummer": "1", "postcode": "93"}, "huisnummer"),
        ({"straat": "Foutstraat", "huisnummer": "1", "capakey": "41303"}, "capakey"),
        ({"straat": "Foutstraat"}, "huisnummer"),
    ],
)
async def test_an_address_that_is_none_is_refused_on_its_field(world, adres, veld):
    outcome = await add_pand(world, **adres)
    assert not outcome.uitgevoerd
    assert {m.veld for m in outcome.meldingen} == {veld}
    assert await find(world, "foutstraat") == []


async def test_the_same_address_again_must_be_confirmed(world):
    await new_pand(world, "Dubbelstraat", "7")
    again = await add_pand(world, straat="Dubbelstraat", huisnummer="7")
    tekst = "Er is al een pand Dubbelstraat 7 in uw gemeente."
    assert (again.bevestiging_nodig, told(again)) == (True, [("huisnummer", "WAARSCHUWING", tekst)])
    assert len(await find(world, "dubbelstraat")) == 1
    assert (await add_pand(world, straat="Dubbelstraat", huisnummer="7", bevestigd=True)).uitgevoerd
    assert len(await find(world, "dubbelstraat")) == 2


async def test_only_a_municipality_adds_a_property(world):
    for persona in ("dossierbeheerder@wvl", "lezer@aalst", "lezer@vlabel"):
        outcome = await add_pand(world, persona, straat="Nergensstraat", huisnummer="1")
        assert [m.code for m in outcome.meldingen] == ["ONBEKEND"], persona


async def test_a_national_number_is_checked_and_never_shown(world):
    pand = await new_pand(world, "Persoonstraat")
    wrong = await add_person(world, pand, insz="85.07.30-033.29")
    assert [m.veld for m in wrong.meldingen] == ["insz"]
    assert "033" not in wrong.meldingen[0].tekst
    assert (await add_person(world, pand, voornaam="An", insz=INSZ)).uitgevoerd
    query = "query ($r: String!) { pand(referte: $r) { betrokkenen { naam soort rolNaam nummer } } }"
    [person] = (await world.query(DB, query, r=pand))["pand"]["betrokkenen"]
    shown = {"naam": "An Peeters", "soort": "natuurlijk_persoon", "rolNaam": "Bewoner", "nummer": "***"}
    assert person == shown


async def test_an_enterprise_number_is_checked_and_public(world):
    pand = await new_pand(world, "Firmastraat")
    firm = {"soort": "onderneming", "naam": "Huizen NV", "rol": "volle_eigenaar"}
    assert [m.veld for m in (await add_person(world, pand, **firm, kbo="0202239952")).meldingen] == ["kbo"]
    assert (await add_person(world, pand, **firm, kbo="0202.239.951")).uitgevoerd
    query = "query ($r: String!) { pand(referte: $r) { betrokkenen { nummer rolNaam } } }"
    found = (await world.query(DB, query, r=pand))["pand"]["betrokkenen"]
    assert found == [{"nummer": "0202.239.951", "rolNaam": "Volle eigenaar"}]


async def test_someone_may_be_concerned_with_one_unit_only(world):
    pand, other = await new_pand(world, "Eenheidstraat"), await new_pand(world, "Elderstraat")
    for one in (pand, other):
        assert (await add_unit(world, one, busnummer="1")).uitgevoerd
    query = "query ($r: String!) { pand(referte: $r) { entiteiten { referte betrokkenen { naam } } } }"
    [own] = (await world.query(DB, query, r=pand))["pand"]["entiteiten"]
    [elsewhere] = (await world.query(DB, query, r=other))["pand"]["entiteiten"]
    refused = await add_person(world, pand, entiteit=elsewhere["referte"])
    assert [(m.veld, m.code) for m in refused.meldingen] == [("entiteit", "ONGELDIGE_KEUZE")]
    assert (await add_person(world, pand, entiteit=own["referte"])).uitgevoerd
    [unit] = (await world.query(DB, query, r=pand))["pand"]["entiteiten"]
    assert unit["betrokkenen"] == [{"naam": "Peeters"}]
