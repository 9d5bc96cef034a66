"""A capakey is read in the ways people and registers write it, and always written in one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vlok_register.capakey import Capakey
from vlok_register.waarde import OngeldigeWaarde

# the published rows of the report "VIVOO - inventarisatie en schrapping" (infosessie VLOK 11/03/2020)
PUBLISHED = [
    "11001B0129/00F003",
    "11001B0135/00M011",
    "11372A0165/00B000",
    "11372D0012/00R000",
    "11372D0254/00E000",
    "11372A0064/00G000",
    "11001B0161/00E003",
    "11001C0244/00M000",
    "11001C0244/00M000",
    "11372D0353/00D000",
    "11001B0309/00R002",
    "11001B0361/00R004",
    "11372D0253/00F002",
    "11001B0167/00X000",
    "41303D0920/00T002",
    "41303E0282/00L004",
    "41042D0797/00P000",
    "41002B0499/00L003",
    "41304G0230/00D000",
    "41342B0402/00A002",
    "41002A0243/00S000",
    "41002A0242/00C000",
    "41002A0242/00C000",
    "41002A1591/00G000",
    "41002A2135/00B002",
    "41002A2022/00Z002",
]
CAPAKEYS = st.builds(
    Capakey,
    afdeling=st.integers(0, 99_999).map("{:05d}".format),
    sectie=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    grondnummer=st.integers(0, 9999),
    bisnummer=st.integers(0, 99),
    exponent=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"),
    macht=st.integers(0, 999),
)


@pytest.mark.parametrize("tekst", PUBLISHED)
def test_a_published_capakey_is_written_as_it_was_read(tekst: str) -> None:
    assert str(Capakey.lees(tekst)) == tekst


def test_the_parts_have_a_meaning() -> None:
    assert Capakey.lees("11001B0135/02M011") == Capakey(
        afdeling="11001", sectie="B", grondnummer=135, bisnummer=2, exponent="M", macht=11
    )


@pytest.mark.parametrize(
    "tekst",
    [
        "11001b0129/00f003",
        " 11001 B 0129/00 F 003 ",
        "11001B129F3",
        "11001B129/F3",
        "11001B0129/0F3",
        "11001B0129-00F003",
        "11001B012900F003",
        "https://data.vlaanderen.be/id/perceel/11001B0129-00F003",
        "http://data.vlaanderen.be/id/perceel/11001b0129-00f003",
    ],
)
def test_other_ways_of_writing_mean_the_same_parcel(tekst: str) -> None:
    assert str(Capakey.lees(tekst)) == "11001B0129/00F003"


@pytest.mark.parametrize(
    ("tekst", "voluit"), [("11001B129_", "11001B0129/00_000"), ("11001B129/2F", "11001B0129/02F000")]
)
def test_a_parcel_may_lack_exponent_or_power(tekst: str, voluit: str) -> None:
    assert str(Capakey.lees(tekst)) == voluit


@pytest.mark.parametrize(
    "tekst",
    [
        "",
        "Kerkstraat 12",
        "1001B0129/00F003",
        "11001B0129/00",
        "11001B01290F003",
        "11001B0129/000F003",
        "11001B0129/00FF03",
        "11001B0129/00F0031",
        "110010129/00F003",
        "11001É0129/00F003",
        "١١٠٠١B0129/00F003",
        "https://data.vlaanderen.be/id/gebouw/11001B0129-00F003",
    ],
)
def test_what_could_be_another_parcel_is_refused(tekst: str) -> None:
    with pytest.raises(OngeldigeWaarde, match="is geen geldige capakey") as refused:
        Capakey.lees(tekst)
    assert refused.value.code == "capakey.vorm"


@pytest.mark.parametrize("part", [{"afdeling": "1100"}, {"sectie": "b"}, {"macht": 1000}, {"macht": -1}])
def test_a_capakey_with_a_wrong_part_cannot_be_made(part: dict[str, object]) -> None:
    sound: dict[str, object] = {"afdeling": "11001", "sectie": "B", "grondnummer": 129}
    rest: dict[str, object] = {"bisnummer": 0, "exponent": "F", "macht": 3}
    with pytest.raises(OngeldigeWaarde):
        Capakey(**{**sound, **rest, **part})  # type: ignore[arg-type]


def test_a_refusal_does_not_repeat_a_long_text() -> None:
    with pytest.raises(OngeldigeWaarde) as refused:
        Capakey.lees("x" * 100_000)
    assert len(refused.value.tekst) < 200


@given(CAPAKEYS)
def test_every_capakey_survives_writing_and_reading(capakey: Capakey) -> None:
    assert re.fullmatch(r"\d{5}[A-Z]\d{4}/\d{2}[A-Z_]\d{3}", str(capakey))
    assert Capakey.lees(str(capakey)) == capakey
    assert Capakey.lees(capakey.perceel_uri) == capakey
    assert Capakey.lees(str(capakey).replace("/", "").lower()) == capakey


@given(st.text(max_size=30))
def test_any_text_is_a_capakey_or_refused(tekst: str) -> None:
    try:
        capakey = Capakey.lees(tekst)
    except OngeldigeWaarde:
        return
    assert Capakey.lees(str(capakey)) == capakey
