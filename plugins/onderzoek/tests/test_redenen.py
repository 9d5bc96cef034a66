"""The reasons of an examination are data: what holds on a day, and what a wrong file says."""

from datetime import date
from pathlib import Path

import pytest

from vlok.api.catalogue import blocks
from vlok.api.errors import ContractError
from vlok_onderzoek.redenen import REDENEN, Reden, naam_van

BLOK = """
[[reden]]
code = "varia"
naam = "Varia"
voor = ["lokaal_bestuur"]
geldig_van = 2018-06-01
geldig_tot = 2020-12-31
bron = "handleiding VLOK"
"""


def lijst(folder: Path, tekst: str) -> Path:
    file = folder / "redenen.toml"
    file.write_text(tekst, encoding="utf-8")
    return file


def test_a_code_holds_on_its_first_and_last_day(tmp_path: Path) -> None:
    [varia] = blocks(lijst(tmp_path, BLOK), "reden", Reden)
    assert varia.geldt_op(date(2018, 6, 1))
    assert varia.geldt_op(date(2020, 12, 31))
    assert not varia.geldt_op(date(2021, 1, 1))


@pytest.mark.parametrize(
    ("tekst", "reason"),
    [
        (BLOK + BLOK, "redenen.toml: varia: two blocks hold on the same day"),
        (BLOK.replace("bron", "herkomst"), "redenen.toml: varia.bron: Field required"),
        (BLOK.replace('code = "varia"', ""), "redenen.toml: reden.0.code: Field required"),
        ("[[reden", "redenen.toml: "),
    ],
    ids=["double", "no source", "no code", "no toml"],
)
def test_a_wrong_list_names_file_and_key(tmp_path: Path, tekst: str, reason: str) -> None:
    with pytest.raises(ContractError) as fault:
        blocks(lijst(tmp_path, tekst), "reden", Reden)
    assert str(fault.value).startswith(reason)


def test_each_side_has_its_own_reasons() -> None:
    voor = {soort: {r.code for r in REDENEN if soort in r.voor} for soort in ("lokaal_bestuur", "wvl")}
    assert voor["lokaal_bestuur"] == {"vooronderzoek", "hercontrole", "conformiteitsattest", "varia"}
    assert "advies" in voor["wvl"]


def test_a_reason_has_a_name_and_one_that_is_unknown_shows_its_code() -> None:
    assert (naam_van("hercontrole"), naam_van("vroeger")) == ("Hercontrole", "vroeger")
