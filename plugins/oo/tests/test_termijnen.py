"""Terms are dated data: the one that held on the day counts, and a wrong file is refused with file, key and reason."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vlok.api.errors import ContractError
from vlok_oo.termijnen import Termijn, Termijnsoort, laad_termijnen, termijn


@pytest.mark.parametrize(
    ("soort", "aantal", "eenheid"),
    [
        (Termijnsoort.SNELHERSTEL, 15, "dagen"),
        (Termijnsoort.EIGEN_ONDERZOEK, 75, "dagen"),
        (Termijnsoort.BESLISSING, 3, "maanden"),
        (Termijnsoort.HOORPLICHT, 14, "dagen"),
        (Termijnsoort.BEROEP, 30, "dagen"),
        (Termijnsoort.BEROEP_STILZITTEN, 12, "maanden"),
        (Termijnsoort.BESLISSING_MINISTER, 3, "maanden"),
        (Termijnsoort.AFSLUITEN_WAARSCHUWING, 2, "maanden"),
    ],
)
def test_the_term_of_today(soort: Termijnsoort, aantal: int, eenheid: str) -> None:
    found = termijn(soort, date(2026, 3, 2))
    assert (found.aantal, found.eenheid) == (aantal, eenheid)


@pytest.mark.parametrize(
    ("dag", "aantal", "eenheid"),
    [
        (date(2022, 4, 7), 14, "dagen"),
        (date(2022, 4, 8), 1, "maanden"),
        (date(2010, 1, 1), 14, "dagen"),
    ],
)
def test_the_first_onderzoek_got_a_month_from_8_april_2022(dag: date, aantal: int, eenheid: str) -> None:
    found = termijn(Termijnsoort.EERSTE_ONDERZOEK_WAARSCHUWING, dag)
    assert (found.aantal, found.eenheid) == (aantal, eenheid)


def in_maanden(aantal: int) -> Termijn:
    return Termijn(
        omschrijving="proef", aantal=aantal, eenheid="maanden", geldig_van=date(2018, 6, 1), bron="deze test"
    )


@pytest.mark.parametrize(
    ("start", "einde"),
    [
        (date(2026, 1, 15), date(2026, 2, 15)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_month_ends_on_the_same_day_number_or_the_last_day(start: date, einde: date) -> None:
    assert in_maanden(1).einde(start) == einde


@given(st.dates(), st.sampled_from(Termijnsoort))
def test_every_term_ends_after_it_starts_on_any_day_of_the_calendar(start: date, soort: Termijnsoort) -> None:
    einde = termijn(soort, start).einde(start)
    assert einde > start or einde == date.max


BLOK = 'omschrijving = "proef"\naantal = 3\neenheid = "dagen"\nbron = "deze test"\n'
VAN, TOT = "geldig_van = 2021-01-01\n", "geldig_tot = 2022-04-07\n"


def bestand(folder: Path, *beroep: str) -> Path:
    """A complete data file in which ``beroep`` has the given blocks."""
    others = [f"[[{soort}]]\n{BLOK}{VAN}" for soort in Termijnsoort if soort is not Termijnsoort.BEROEP]
    file = folder / "proef.toml"
    file.write_text("\n".join([*others, *(f"[[beroep]]\n{blok}" for blok in beroep)]), encoding="utf-8")
    return file


def test_blocks_that_follow_each_other_are_accepted(tmp_path: Path) -> None:
    later = BLOK + "geldig_van = 2022-04-08\n"
    assert len(laad_termijnen(bestand(tmp_path, BLOK + VAN + TOT, later))[Termijnsoort.BEROEP]) == 2


@pytest.mark.parametrize(
    ("beroep", "reason"),
    [
        ([], "beroep: this term is missing"),
        ([BLOK + VAN + TOT], "beroep: the last block must stay open"),
        ([BLOK + VAN, BLOK + "geldig_van = 2022-04-08\n"], "beroep: the block of 2022-04-08 does not follow"),
        ([BLOK + VAN + TOT, BLOK + "geldig_van = 2022-04-09\n"], "beroep: the block of 2022-04-09 does not follow"),
        ([BLOK + VAN + "geldig_tot = 2020-01-01\n", BLOK + VAN], r"beroep\.0: geldig_tot 2020-01-01 is before"),
        ([BLOK], r"beroep\.0\.geldig_van: Field required"),
        ([BLOK.replace("3", "0") + VAN], r"beroep\.0\.aantal: Input should be greater than 0"),
        ([BLOK.replace("dagen", "weken") + VAN], r"beroep\.0\.eenheid: Input should be 'dagen' or 'maanden'"),
        ([BLOK.replace("deze test", "") + VAN], r"beroep\.0\.bron: String should have at least 3 characters"),
        ([BLOK + VAN + "dag = 1\n"], r"beroep\.0\.dag: Extra inputs are not permitted"),
        ([BLOK + VAN + "[[beroeb]]\n" + BLOK + VAN], "beroeb.*: Input should be 'snelherstel'"),
        (["aantal = drie"], "Invalid value"),
    ],
)
def test_a_wrong_file_is_refused_with_file_key_and_reason(tmp_path: Path, beroep: list[str], reason: str) -> None:
    with pytest.raises(ContractError, match=r"^proef\.toml: .*" + reason):
        laad_termijnen(bestand(tmp_path, *beroep))
