"""Addresses are read as Flemish people write them, and written back the same way."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vlok_register.adres import Adres, Huisnummer, sorteersleutel, zoeksleutel
from vlok_register.waarde import OngeldigeWaarde

# the published rows of the report "VIVOO - inventarisatie en schrapping" (infosessie VLOK 11/03/2020)
PUBLISHED = [
    ("Antwerpsesteenweg 48 bus B1", "Antwerpsesteenweg", "48", "B1", "Aartselaar"),
    ("Antwerpsesteenweg 8 bus B(1/1)", "Antwerpsesteenweg", "8", "B(1/1)", "Aartselaar"),
    ("Boomsesteenweg 12", "Boomsesteenweg", "12", None, "Aartselaar"),
    ("Boomsesteenweg 60", "Boomsesteenweg", "60", None, "Aartselaar"),
    ("Eglantierlaan 18", "Eglantierlaan", "18", None, "Aartselaar"),
    ("Groenenhoek 29", "Groenenhoek", "29", None, "Aartselaar"),
    ("Gustaaf De Smetlaan 21 bus A", "Gustaaf De Smetlaan", "21", "A", "Aartselaar"),
    ("Kapellestraat 243", "Kapellestraat", "243", None, "Aartselaar"),
    ("Kapellestraat 245 bus B1", "Kapellestraat", "245", "B1", "Aartselaar"),
    ("Koekoekstraat 41", "Koekoekstraat", "41", None, "Aartselaar"),
    ("Langlaarsteenweg 34", "Langlaarsteenweg", "34", None, "Aartselaar"),
    ("Leugstraat 116", "Leugstraat", "116", None, "Aartselaar"),
    ("Olmenlaan 10", "Olmenlaan", "10", None, "Aartselaar"),
    ("Vrijheidsstraat 7", "Vrijheidsstraat", "7", None, "Aartselaar"),
    ("1 Meistraat 1 bus 1", "1 Meistraat", "1", "1", "Aalst"),
    ("Achterweg 64", "Achterweg", "64", None, "Aalst"),
    ("Achtzalgigheden 6", "Achtzalgigheden", "6", None, "Aalst"),
    ("Affligendreef 12A", "Affligendreef", "12A", None, "Aalst"),
    ("Affligendreef 155", "Affligendreef", "155", None, "Aalst"),
    ("Alfons Van de Maelestraat 47/49 bus 12", "Alfons Van de Maelestraat", "47/49", "12", "Aalst"),
    ("Alfred Keldersstraat 23", "Alfred Keldersstraat", "23", None, "Aalst"),
    ("Alfred Keldersstraat 25", "Alfred Keldersstraat", "25", None, "Aalst"),
    ("Alfred Keldersstraat 25", "Alfred Keldersstraat", "25", None, "Aalst"),
    ("Alfred Nichelssstraat 21", "Alfred Nichelssstraat", "21", None, "Aalst"),
    ("Arbeidstraat 100", "Arbeidstraat", "100", None, "Aalst"),
]


@pytest.mark.parametrize(("regel", "straat", "huisnummer", "bus", "gemeente"), PUBLISHED)
def test_a_published_address_is_read_into_parts_and_written_as_it_was(
    regel: str, straat: str, huisnummer: str, bus: str | None, gemeente: str
) -> None:
    adres = Adres.lees(regel, gemeente=gemeente)
    assert adres == Adres(straat, Huisnummer.lees(huisnummer), bus, gemeente)
    assert adres.regel == regel
    assert str(adres) == f"{regel}, {gemeente}"


@pytest.mark.parametrize(
    ("tekst", "voluit"),
    [
        ("  Kerkstraat   12 ", "Kerkstraat 12"),
        ("Kerkstraat, 12", "Kerkstraat 12"),
        ("Kerkstraat 12 a", "Kerkstraat 12A"),
        ("Kerkstraat 12a bus 2", "Kerkstraat 12A bus 2"),
        ("Kerkstraat 12 Bis", "Kerkstraat 12bis"),
        ("Kerkstraat 12, bus 3", "Kerkstraat 12 bus 3"),
        ("Kerkstraat 12, bus A", "Kerkstraat 12 bus A"),
        ("Kerkstraat 12 Bus3", "Kerkstraat 12 bus 3"),
        ("Kerkstraat 12 b. 3", "Kerkstraat 12 bus 3"),
        ("Kerkstraat 12 b3", "Kerkstraat 12 bus 3"),
        ("Kerkstraat 47-49", "Kerkstraat 47/49"),
        ("Kerkstraat 47 / 49 bus 0101", "Kerkstraat 47/49 bus 0101"),
        ("Kerkstraat 12A-12C", "Kerkstraat 12A/12C"),
        ("Kerkstraat 8/2", "Kerkstraat 8 bus 2"),
        ("Kerkstraat 8/A", "Kerkstraat 8 bus A"),
        ("Kerkstraat 8/0101", "Kerkstraat 8 bus 0101"),
        ("Square 1914-1918 12", "Square 1914-1918 12"),
        ("Zone 3 12", "Zone 3 12"),
        ("Kerkstraat 12 bus 3, 2630 Aartselaar", "Kerkstraat 12 bus 3, 2630 Aartselaar"),
        ("Kerkstraat 12,'s-Gravenvoeren", "Kerkstraat 12, 's-Gravenvoeren"),
    ],
)
def test_other_ways_of_writing_mean_the_same_address(tekst: str, voluit: str) -> None:
    assert str(Adres.lees(tekst)) == voluit


def test_the_place_in_the_text_goes_before_the_one_beside_it() -> None:
    assert str(Adres.lees("Kerkstraat 1, 9300 Aalst", gemeente="Gent", postcode="9000")) == "Kerkstraat 1, 9300 Aalst"
    assert str(Adres.lees("Kerkstraat 1", gemeente="Gent", postcode="9000")) == "Kerkstraat 1, 9000 Gent"
    assert str(Adres.lees("Kerkstraat 1, Gent", gemeente="gent", postcode="9000")) == "Kerkstraat 1, 9000 Gent"


def test_a_postcode_never_moves_to_another_gemeente() -> None:
    assert str(Adres.lees("Kerkstraat 1, Aalst", gemeente="Gent", postcode="9000")) == "Kerkstraat 1, Aalst"


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        ("", "adres.vorm"),
        ("Kerkstraat", "adres.vorm"),
        ("12", "adres.vorm"),
        ("Kerkstraat 12 bus", "adres.vorm"),
        ("Kerkstraat 0", "adres.vorm"),
        ("Kerkstraat 12345", "adres.vorm"),
        ("Kerkstraat 1" + " " * 300, "adres.vorm"),
        ("12 13", "adres.straat"),
        ("Kerkstraat bus 12", "adres.straat"),
        ("Kerkstraat 12/101", "adres.bereik"),
        ("Kerkstraat 49-47", "adres.bereik"),
        ("Kerkstraat 49/47 bus 2", "adres.bereik"),
        ("Kerkstraat 12 bus <b>", "adres.bus"),
    ],
)
def test_what_is_no_address_is_refused_in_dutch(tekst: str, code: str) -> None:
    with pytest.raises(OngeldigeWaarde) as refused:
        Adres.lees(tekst)
    assert refused.value.code == code
    assert refused.value.tekst.endswith(".")


def test_a_range_that_looks_like_a_bus_is_asked_about() -> None:
    with pytest.raises(OngeldigeWaarde, match="Bedoelt u een bus, schrijf dan '12 bus 101'"):
        Adres.lees("Kerkstraat 12/101")


@pytest.mark.parametrize("tekst", ["", "A", "47/", "/49", "47/49/51", "12ABC", "1 2"])
def test_what_is_no_house_number_is_refused(tekst: str) -> None:
    with pytest.raises(OngeldigeWaarde) as refused:
        Huisnummer.lees(tekst)
    assert refused.value.code == "adres.huisnummer"


@pytest.mark.parametrize(("postcode", "gemeente"), [("263", "Aartselaar"), ("0630", "Aartselaar"), ("2630", "")])
def test_a_postcode_has_four_digits_and_a_gemeente(postcode: str, gemeente: str) -> None:
    with pytest.raises(OngeldigeWaarde, match="vier cijfers"):
        Adres("Kerkstraat", Huisnummer("1", "1"), None, gemeente, postcode)


def test_a_gemeente_is_a_name() -> None:
    with pytest.raises(OngeldigeWaarde, match="geen geldige gemeente"):
        Adres.lees("Kerkstraat 1", gemeente="2630 Aartselaar")


@pytest.mark.parametrize(("huisnummer", "uiteinden"), [("47/49", ["47", "49"]), ("12A", ["12A"])])
def test_a_range_stands_for_its_lowest_and_highest_address(huisnummer: str, uiteinden: list[str]) -> None:
    adres = Adres.lees(f"Kerkstraat {huisnummer} bus 2, 9300 Aalst")
    assert [str(one) for one in adres.uiteinden] == [f"Kerkstraat {one} bus 2, 9300 Aalst" for one in uiteinden]


def test_addresses_sort_as_people_expect() -> None:
    in_order = [
        "Ééndrachtstraat 3, Aalst",
        "Kerkstraat 2, Aalst",
        "Kerkstraat 10, Aalst",
        "Kerkstraat 12, Aalst",
        "Kerkstraat 12 bus 2, Aalst",
        "Kerkstraat 12 bus 10, Aalst",
        "Kerkstraat 12A, Aalst",
        "Zwartestraat 1, Aalst",
        "Achterweg 1, Gent",
    ]
    read = sorted((Adres.lees(tekst) for tekst in reversed(in_order)), key=lambda adres: adres.sorteersleutel)
    assert [str(adres) for adres in read] == in_order


@pytest.mark.parametrize(
    "tekst", ["SINT-Pietersnieuwstraat 1", "sint pietersnieuwstraat 1", "Sint–Piétersnieuwstraat 1"]
)
def test_a_search_ignores_accents_capitals_and_punctuation(tekst: str) -> None:
    assert Adres.lees(tekst).zoeksleutel == "sint pietersnieuwstraat 1"


WOORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéëïABCDEFG'-.0123456789", min_size=1, max_size=12)
STRATEN = st.lists(WOORD, min_size=1, max_size=4).map(" ".join)
NUMMERS = st.builds("{}{}".format, st.integers(1, 9999), st.sampled_from(["", "A", "Z", "AB", "bis", "ter"]))
BUSSEN = st.none() | st.text(alphabet="ABCabc0123456789()/._+-", min_size=1, max_size=8)
GEMEENTEN = st.sampled_from(["Aalst", "De Haan", "Heist-op-den-Berg", "'s-Gravenvoeren"])


@given(STRATEN, NUMMERS, st.none() | NUMMERS, BUSSEN, GEMEENTEN | st.just(""), st.sampled_from([None, "9300"]))
def test_every_address_survives_writing_and_reading(
    straat: str, laagste: str, hoogste: str | None, bus: str | None, gemeente: str, postcode: str | None
) -> None:
    try:
        adres = Adres(straat, Huisnummer(laagste, hoogste or laagste), bus, gemeente, postcode)
    except OngeldigeWaarde:
        assume(False)
    assert Adres.lees(str(adres)) == adres


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(tekst: str) -> None:
    try:
        adres = Adres.lees(tekst)
    except OngeldigeWaarde:
        return
    assert Adres.lees(str(adres)) == adres


@given(st.text(max_size=40))
def test_a_search_key_is_its_own_search_key(tekst: str) -> None:
    assert zoeksleutel(zoeksleutel(tekst)) == zoeksleutel(tekst)


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbers_in_a_text_sort_by_size(one: int, other: int) -> None:
    assert (sorteersleutel(f"bus {one}") < sorteersleutel(f"bus {other}")) == (one < other)
