"""The result of an onderzoek or advies is one of eight written forms; a proposal says which decisions it becomes."""

from datetime import date

import pytest

from vlok_oo.voorstel import (
    BESLISSINGSTYPE_LABELS,
    KWALITEIT_LABELS,
    Beslissingstype,
    Kwaliteit,
    Uitslag,
    Voorstel,
)

VANDAAG = date(2026, 3, 2)


@pytest.mark.parametrize("tekst", ["VOL", "OG", "OG/OB", "VOL/OVB", "OG/OVB", "OG/OB/OVB", "OVB", "GADV"])
def test_a_result_is_written_as_it_is_read(tekst: str) -> None:
    assert str(Uitslag.lees(tekst)) == tekst
    assert Uitslag.lees(f" {tekst.lower()} ") == Uitslag.lees(tekst)


@pytest.mark.parametrize("tekst", ["", "OB", "GADV/OVB", "OVB/OG", "/OVB", "OG/OG", "OG/OB/OVB/OVB"])
def test_another_result_is_refused(tekst: str) -> None:
    with pytest.raises(ValueError, match="geen geldige uitslag"):
        Uitslag.lees(tekst)


def test_a_result_must_say_something() -> None:
    with pytest.raises(ValueError, match="kwaliteit of overbewoning"):
        Uitslag(None)


def test_every_code_has_its_dutch_words() -> None:
    assert set(BESLISSINGSTYPE_LABELS) == set(Beslissingstype)
    assert set(KWALITEIT_LABELS) == set(Kwaliteit)


@pytest.mark.parametrize(
    ("datum", "nog_te_nemen"), [(None, False), (date(2026, 3, 1), False), (VANDAAG, True), (date(2026, 3, 3), True)]
)
def test_a_decision_of_today_or_later_is_still_to_be_taken(datum: date | None, nog_te_nemen: bool) -> None:
    assert Voorstel(referte="EN18-016485", vandaag=VANDAAG, datum=datum).is_nog_te_nemen is nog_te_nemen


def test_without_decision_it_becomes_none() -> None:
    assert Voorstel(referte="EN18-016485", vandaag=VANDAAG, extra_overbewoning=True).soorten == ()
