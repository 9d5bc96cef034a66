"""The register's catalogues: municipalities and roles, by day, with their source."""

from datetime import date

import pytest

from vlok.api.catalogue import load
from vlok.api.errors import ContractError
from vlok_register.catalogus import DATA, Gemeente, Rol, gemeente, gemeenten, rollen

DAG = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("naam", "nis"),
    [("Aalst", "41002"), ("Aartselaar", "11001"), ("Antwerpen", "11002"), ("Gent", "44021"), ("Hasselt", "71022")],
)
def test_a_municipality_is_found_by_name_and_by_nis_code(naam, nis):
    for written in (naam, naam.upper(), f" {naam} ", nis):
        found = gemeente(written, DAG)
        assert found is not None
        assert (found.naam, found.nis) == (naam, nis)


@pytest.mark.parametrize("written", ["", "Parijs", "99999", "Gen"])
def test_what_is_no_municipality_is_not_guessed(written):
    assert gemeente(written, DAG) is None


def test_a_municipality_holds_only_in_its_time():
    block = {"nis": "44021", "naam": "Gent", "provincie": "Oost-Vlaanderen", "bron": "proef"}
    past = Gemeente.model_validate({**block, "geldig_van": "1977-01-01", "geldig_tot": "2024-12-31"})
    assert [past.geldt_op(day) for day in (date(1976, 12, 31), date(2024, 12, 31), date(2025, 1, 1))] == [
        False,
        True,
        False,
    ]


def test_no_two_municipalities_share_a_nis_code_on_a_day():
    held = [one.nis for one in gemeenten() if one.geldt_op(DAG)]
    assert len(held) == len(set(held))


def test_the_roles_of_the_manual_are_there_and_the_holders_of_a_right_in_rem_known():
    holders = {code for code, rol in rollen().items() if rol.houder}
    assert holders == {"volle_eigenaar", "vruchtgebruiker", "opstalhouder", "erfpachter"}
    assert set(rollen()) - holders == {
        "verzoeker",
        "belanghebbende",
        "bewoner",
        "verhuurder",
        "onderverhuurder",
        "vertegenwoordiger",
        "andere",
    }


def test_a_block_that_is_wrong_is_named_with_file_key_and_reason(tmp_path):
    wrong = tmp_path / "rollen.toml"
    whole = (DATA / "rollen.toml").read_text(encoding="utf-8")
    wrong.write_text(whole.replace('naam = "Bewoner"', 'name = "Bewoner"'), encoding="utf-8")
    with pytest.raises(ContractError, match=r"^rollen\.toml: bewoner\.naam: Field required; bewoner\.name: Extra"):
        load(wrong, dict[str, Rol])
