"""What the acts of the Wooninspectie say, tested on their text: the PDF is only their print."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from vlok.testing.documents import letter_html
from vlok_wi import voorbeelden
from vlok_wi.documents import (
    AANVANKELIJK,
    DOCUMENT_TYPES,
    LETTERS,
    NAVOLGEND,
    TEMPLATES,
    UITVOERING,
    VORDERING,
    rechtsgronden,
)


def said(letter, content):
    body = letter_html(TEMPLATES, letter, content).split("<main>")[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.soort)
def test_every_act_prints_its_sample_with_number_place_and_signatory(letter):
    text = said(letter, letter.sample)
    assert letter.sample.nummer in text
    assert "Kerkstraat 12, 9999 Kapelrode" in text
    assert text.count("Waarvan akte") == 1


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.soort)
def test_every_act_is_a_document_type_with_one_signatory(letter):
    [soort] = [soort for soort in DOCUMENT_TYPES if soort.nummer == letter.soort]
    assert len(soort.ondertekenaars) == 1


def test_a_proces_verbaal_stands_under_the_secrecy_of_the_inquiry_and_a_herstelvordering_does_not():
    assert "geheim van het onderzoek" in said(AANVANKELIJK, voorbeelden.PV)
    assert "geheim van het onderzoek" not in said(VORDERING, voorbeelden.VORDERING)


def test_a_proces_verbaal_names_its_parties_or_says_that_they_are_unknown():
    assert "Immo Voorbeeld BV" in said(AANVANKELIJK, voorbeelden.PV)
    assert "nog niet bekend" in said(AANVANKELIJK, replace(voorbeelden.PV, partijen=()))


def test_a_later_proces_verbaal_refers_to_the_first():
    later = replace(voorbeelden.PV, soort="navolgend", navolgend_op="PV26-000001")
    assert "als gevolg op het proces-verbaal PV26-000001" in said(NAVOLGEND, later)


def test_a_herstelvordering_asks_the_measure_within_its_term_with_its_dwangsom():
    text = said(VORDERING, voorbeelden.VORDERING)
    assert "vordert het herstel van alle gebreken" in text
    assert "10 maanden" in text
    assert "150 euro" in text


def test_a_herstelvordering_without_dwangsom_names_none():
    text = said(VORDERING, replace(voorbeelden.VORDERING, dwangsom=None, maatregel="sloop", termijn_maanden=1))
    assert "de sloop van het goed" in text
    assert "dwangsom" not in text
    assert "1 maand " in text


def test_a_pv_van_uitvoering_counts_as_conformiteitsattest():
    assert "geldt als conformiteitsattest" in said(UITVOERING, voorbeelden.UITVOERING)


def test_the_law_named_is_that_of_the_day():
    assert any("Codex Wonen" in grond for grond in rechtsgronden(("PV",), date(2026, 1, 1)))
    assert any("Wooncode" in grond for grond in rechtsgronden(("PV",), date(2020, 6, 1)))
