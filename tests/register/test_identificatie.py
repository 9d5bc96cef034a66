"""Numbers of persons and organisations are checked on entry; a person's number never shows itself."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vlok_register.identificatie import Insz, Kbo
from vlok_register.waarde import OngeldigeWaarde

# invented numbers whose check digits are right: a man born in 1985, a person born in 2001, two bisnummers
INSZ = ["85073003328", "01020300467", "98472899765", "01490700185"]
# public bodies
KBO = ["0316380841", "0212214026", "0401314140", "0216773125"]


@pytest.mark.parametrize("nummer", INSZ)
def test_an_insz_is_read_with_or_without_signs(nummer: str) -> None:
    written = f"{nummer[:2]}.{nummer[2:4]}.{nummer[4:6]}-{nummer[6:9]}.{nummer[9:]}"
    assert Insz.lees(nummer) == Insz.lees(f" {written} ") == Insz(nummer)
    assert Insz.lees(nummer).opgemaakt == written


def test_an_insz_never_shows_itself(caplog: pytest.LogCaptureFixture) -> None:
    insz = Insz.lees("85.07.30-033.28")
    logging.getLogger("proef").warning("gevonden: %s %r %s", insz, insz, [insz])
    assert "***" in caplog.text
    assert "850730" not in caplog.text
    assert f"{insz}" == "***"


@pytest.mark.parametrize(("nummer", "bis"), [*zip(INSZ, [False, False, True, True], strict=True)])
def test_a_bisnummer_is_known_by_its_month(nummer: str, bis: bool) -> None:
    assert Insz(nummer).is_bisnummer is bis


@pytest.mark.parametrize(
    ("tekst", "code"),
    [
        ("", "insz.vorm"),
        ("8507300332", "insz.vorm"),
        ("850730033281", "insz.vorm"),
        ("8507300332A", "insz.vorm"),
        ("85٠73003328", "insz.vorm"),
        ("1" * 10_000, "insz.vorm"),
        ("85073003329", "insz.controlegetal"),
        ("00000000000", "insz.ongeldig"),
        ("85153003384", "insz.ongeldig"),
    ],
)
def test_a_wrong_insz_is_refused_without_repeating_it(tekst: str, code: str) -> None:
    with pytest.raises(OngeldigeWaarde) as refused:
        Insz.lees(tekst)
    assert refused.value.code == code
    assert tekst == "" or tekst not in refused.value.tekst


@pytest.mark.parametrize("nummer", KBO)
def test_an_ondernemingsnummer_is_read_with_or_without_signs(nummer: str) -> None:
    written = f"{nummer[:4]}.{nummer[4:7]}.{nummer[7:]}"
    assert str(Kbo.lees(nummer)) == written
    assert Kbo.lees(written) == Kbo.lees(f"BE {nummer}") == Kbo.lees(nummer[1:]) == Kbo(nummer)


@pytest.mark.parametrize(
    ("tekst", "code", "zin"),
    [
        ("", "kbo.vorm", "Een ondernemingsnummer bestaat uit 10 cijfers."),
        ("03163808411", "kbo.vorm", "Een ondernemingsnummer bestaat uit 10 cijfers."),
        (
            "0316380842",
            "kbo.controlegetal",
            "Dit ondernemingsnummer klopt niet: het controlegetal past niet bij de andere cijfers.",
        ),
        ("2199303566", "kbo.ongeldig", "Dit is geen geldig ondernemingsnummer."),
    ],
)
def test_a_wrong_ondernemingsnummer_is_refused_in_dutch(tekst: str, code: str, zin: str) -> None:
    with pytest.raises(OngeldigeWaarde) as refused:
        Kbo.lees(tekst)
    assert (refused.value.code, refused.value.tekst) == (code, zin)


@pytest.mark.parametrize("tekst", ["85.07.30-033.28", "BE0316380841", "0316.380.841"])
def test_a_value_is_made_of_bare_digits_only(tekst: str) -> None:
    for soort in (Insz, Kbo):
        with pytest.raises(OngeldigeWaarde, match="bestaat uit"):
            soort(tekst)


@pytest.mark.parametrize("place", range(11))
def test_one_wrong_digit_is_noticed(place: int) -> None:
    nummer = "85073003328"
    for digit in set("0123456789") - {nummer[place]}:
        with pytest.raises(OngeldigeWaarde):
            Insz.lees(nummer[:place] + digit + nummer[place + 1 :])


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_refused(tekst: str) -> None:
    for soort in (Insz, Kbo):
        try:
            value = soort.lees(tekst)
        except OngeldigeWaarde:
            continue
        assert soort.lees(value.nummer) == value
