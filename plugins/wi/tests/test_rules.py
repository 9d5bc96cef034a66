"""Each rule is broken once, by exactly the value it is about, and a sound act breaks none."""

from dataclasses import replace
from datetime import date

import pytest

from vlok_wi import rules

VANDAAG = date(2026, 11, 23)
GISTEREN, MORGEN = date(2026, 11, 22), date(2026, 11, 24)

PV = rules.Pvgegevens(vandaag=VANDAAG, datum=VANDAAG, onderzoeken=((GISTEREN, "OG"),), verdachten=1)
UITVOERING = rules.Uitvoering(vandaag=VANDAAG, datum=VANDAAG, onderzoeken=((GISTEREN, "VOL"),), buiten_vordering=0)
VORDERING = rules.Vordering(
    vandaag=VANDAAG,
    datum=VANDAAG,
    maatregel="herstel",
    termijn_maanden=10,
    dwangsom=150,
    conforme=0,
    al_gevorderd=0,
)
VONNIS = rules.Vonnis(
    vandaag=VANDAAG,
    datum=VANDAAG,
    herstel=True,
    hersteltermijn=date(2027, 9, 23),
    dwangsom=150,
    eerste_gevolg=GISTEREN,
)

GEBROKEN = [
    (rules.pv, PV, {"datum": MORGEN}, "WI-P1"),
    (rules.pv, PV, {"onderzoeken": ((GISTEREN, "OG"),), "datum": date(2026, 11, 21)}, "WI-P2"),
    (rules.pv, PV, {"onderzoeken": ((GISTEREN, "OG"), (GISTEREN, "VOL"))}, "WI-P3"),
    (rules.pv, PV, {"onderzoeken": ()}, "WI-P3"),
    (rules.pv_twijfel, PV, {"verdachten": 0}, "WI-W1"),
    (rules.uitvoering, UITVOERING, {"datum": MORGEN}, "WI-U1"),
    (rules.uitvoering, UITVOERING, {"datum": date(2026, 11, 21)}, "WI-U2"),
    (rules.uitvoering, UITVOERING, {"onderzoeken": ((GISTEREN, "VOL/OVB"),)}, "WI-U3"),
    (rules.uitvoering, UITVOERING, {"buiten_vordering": 1}, "WI-U4"),
    (rules.vordering, VORDERING, {"datum": MORGEN}, "WI-H1"),
    (rules.vordering, VORDERING, {"termijn_maanden": 25}, "WI-H2"),
    (rules.vordering, VORDERING, {"termijn_maanden": 0}, "WI-H2"),
    (rules.vordering, VORDERING, {"conforme": 1}, "WI-H3"),
    (rules.vordering, VORDERING, {"al_gevorderd": 1}, "WI-H4"),
    (rules.vordering_twijfel, VORDERING, {"dwangsom": None}, "WI-T1"),
    (rules.vonnis, VONNIS, {"datum": MORGEN}, "WI-V1"),
    (rules.vonnis, VONNIS, {"datum": date(2026, 11, 21)}, "WI-V2"),
    (rules.vonnis, VONNIS, {"hersteltermijn": None}, "WI-V3"),
    (rules.vonnis, VONNIS, {"hersteltermijn": VANDAAG}, "WI-V4"),
    (rules.vonnis, VONNIS, {"hersteltermijn": date(2028, 11, 24)}, "WI-V4"),
    (rules.vonnis, VONNIS, {"herstel": False}, "WI-V5"),
]


@pytest.mark.parametrize(("book", "sound", "change", "label"), GEBROKEN, ids=[case[3] for case in GEBROKEN])
def test_a_rule_is_broken_by_exactly_this(book, sound, change, label):
    assert [rule.label for rule in book.broken(sound, VANDAAG)] == []
    assert [rule.label for rule in book.broken(replace(sound, **change), VANDAAG)] == [label]


def test_every_rule_has_a_case():
    books = (rules.pv, rules.pv_twijfel, rules.uitvoering, rules.vordering, rules.vordering_twijfel, rules.vonnis)
    assert {rule.label for book in books for rule in book.rules} == {case[3] for case in GEBROKEN}


def test_the_last_day_of_two_years_is_still_in_time():
    assert not list(rules.vonnis.broken(replace(VONNIS, hersteltermijn=date(2028, 11, 23)), VANDAAG))
