"""Catalogues are dated data: what holds on a day, and what a wrong file says."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from vlok.api.catalogue import Code, Dated, Entry, blocks, codes, load
from vlok.api.documents import DocumentType
from vlok.api.errors import ContractError
from vlok.testing.practice_world import BEHEERDER


class Kleur(Code):
    """A code list of its own."""

    rgb: int


class Palet(Entry):
    """A whole file."""

    kleur: tuple[Kleur, ...]


ROOD = """
[[kleur]]
code = "rood"
naam = "Rood"
rgb = 1
geldig_van = 2020-01-01
geldig_tot = 2020-12-31
bron = "proef"
"""
LATER = ROOD.replace("2020-", "2021-").replace("Rood", "Vermiljoen")
BLAUW = ROOD.replace("rood", "blauw").replace("Rood", "Blauw")


@pytest.fixture
def palet(tmp_path):
    """``palet(text)``: a file with that text."""

    def write(text: str) -> Path:
        file = tmp_path / "palet.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_it_holds_on_its_first_and_last_day_and_without_end_for_good():
    one = Dated(geldig_van=date(2020, 1, 1), geldig_tot=date(2020, 12, 31), bron="proef")
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1))
    assert [one.geldt_op(day) for day in days] == [False, True, True, False]
    assert Dated(geldig_van=date(2020, 1, 1), bron="proef").geldt_op(date.max)


def test_a_period_of_one_day_is_a_period():
    day = date(2020, 1, 1)
    assert Dated(geldig_van=day, geldig_tot=day, bron="proef").geldt_op(day)


def test_the_blocks_come_in_the_order_of_the_file_with_all_their_periods(palet):
    found = blocks(palet(LATER + BLAUW + ROOD), "kleur", Kleur)
    assert [(one.code, one.geldig_van.year) for one in found] == [("rood", 2021), ("blauw", 2020), ("rood", 2020)]


def test_a_code_with_more_periods_has_the_name_of_the_last(palet):
    found = codes(palet(LATER + BLAUW + ROOD), "kleur", Kleur)
    assert {code: one.naam for code, one in found.items()} == {"rood": "Vermiljoen", "blauw": "Blauw"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ROOD.replace("rgb = 1", 'rgb = "veel"'), "rood.rgb: Input should be a valid integer"),
        (ROOD.replace("rgb = 1\n", ""), "rood.rgb: Field required"),
        (ROOD + "tint = 2\n", "rood.tint: Extra inputs are not permitted"),
        (ROOD.replace("bron", "herkomst"), "rood.bron: Field required; rood.herkomst: Extra inputs"),
        (ROOD.replace("2020-12-31", "2019-12-31"), "rood: geldig_tot 2019-12-31 is before geldig_van 2020-01-01"),
        (BLAUW + ROOD.replace('code = "rood"\n', ""), "kleur.1.code: Field required"),
        (ROOD.replace('"rood"', "7"), "7.code: Input should be a valid string"),
        (ROOD + BLAUW + ROOD, "rood: two blocks hold on the same day"),
        (LATER + ROOD.replace("geldig_tot = 2020-12-31\n", ""), "rood: two blocks hold on the same day"),
        (ROOD + LATER.replace("2021-01-01", "2020-12-31"), "rood: two blocks hold on the same day"),
        (ROOD.replace("[[kleur]]", "[[kluer]]"), "kleur: the file must hold [[kleur]] and nothing else"),
        ("", "kleur: the file must hold [[kleur]] and nothing else"),
        (ROOD.replace("[[kleur]]", "[kleur]"), "kleur: Input should be a valid list"),
        ("kleur = [1]", "kleur.0: Input should be a valid dictionary"),
        ("[[kleur", "Expected"),
    ],
)
def test_a_wrong_list_is_refused_with_file_key_and_reason(palet, text, reason):
    with pytest.raises(ContractError) as refused:
        codes(palet(text), "kleur", Kleur)
    assert str(refused.value).startswith(f"palet.toml: {reason}")


def test_a_whole_file_is_read_as_its_model_or_refused_with_every_wrong_key(palet):
    assert [one.naam for one in load(palet(ROOD + BLAUW), Palet).kleur] == ["Rood", "Blauw"]
    with pytest.raises(ContractError, match=r"^palet\.toml: kleur\.0\.rgb: Field required; tint: Extra inputs"):
        load(palet("tint = 1\n" + ROOD.replace("rgb = 1\n", "")), Palet)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "binair.toml").write_bytes(b"\xff\xfe")
    for name in ("geen.toml", "binair.toml"):
        with pytest.raises(ContractError, match=rf"^{name}: "):
            load(tmp_path / name, Palet)


def soort(nummer: str, van: date, tot: date) -> DocumentType:
    return DocumentType(
        nummer=nummer, naam="Brief", aanmaak=frozenset("UA"), geldig_van=van, geldig_tot=tot, bron="proef"
    )


async def test_the_document_types_of_today_are_shown_to_who_is_signed_in(proef, monkeypatch):
    today = proef.clock.day
    known = (
        soort("DT001", date(2018, 6, 1), today - timedelta(days=1)),
        soort("DT002", today, today),
        soort("DT003", today + timedelta(days=1), date.max),
    )
    monkeypatch.setattr(proef.kernel, "contributions", replace(proef.kernel.contributions, document_types=known))
    query = "{ documenttypes { nummer naam ondertekenaars aanmaak } }"
    expected = {"nummer": "DT002", "naam": "Brief", "ondertekenaars": [], "aanmaak": ["A", "U"]}
    assert await proef.query(BEHEERDER, query) == {"documenttypes": [expected]}
    nobody = await proef.result(None, query)
    assert nobody.data is None
    assert [fault.extensions["code"] for fault in nobody.errors] == ["NIET_AANGEMELD"]
