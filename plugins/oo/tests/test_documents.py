"""What the letters of procedure OO say, tested on their text: the PDF is only their print."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from vlok.api.documents import Letter
from vlok.testing.documents import letter_html
from vlok_oo import voorbeelden
from vlok_oo.documents import BESLUIT, BESLUIT_VARIANTEN, DOCUMENT_TYPES, LETTERS, TEMPLATES, UITSTEL, besluit_titel
from vlok_oo.inhoud import BesluitInhoud
from vlok_oo.rechtsgronden import beroepsmogelijkheid, rechtsgronden


def markup(letter: Letter[Any], content: object, *, signature_fields: bool = False) -> str:
    return letter_html(TEMPLATES, letter, content, signature_fields=signature_fields)


def said(letter: Letter[Any], content: object) -> str:
    body = markup(letter, content).split("<main>")[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def articles(content: BesluitInhoud) -> list[str]:
    return re.findall(r"<h3>(.*?)</h3>", markup(BESLUIT, content))


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.key)
def test_every_letter_prints_its_sample_and_is_a_known_document_type(letter: Letter[Any]) -> None:
    text = said(letter, letter.sample)
    assert voorbeelden.WONING.entiteit in text
    assert "22 november 2026" in text
    assert letter.soort in {soort.nummer for soort in DOCUMENT_TYPES if soort.geldt_op(voorbeelden.DAG)}


@pytest.mark.parametrize(
    ("content", "verdict"),
    [
        (voorbeelden.ONGESCHIKT, "wordt ongeschikt verklaard"),
        (voorbeelden.ONGESCHIKT_EN_ONBEWOONBAAR, "wordt ongeschikt en onbewoonbaar verklaard"),
        (voorbeelden.VOLDOET, "wordt niet ongeschikt en niet onbewoonbaar verklaard"),
        (voorbeelden.OVERBEWOOND, "wordt overbewoond verklaard"),
    ],
)
def test_each_variant_decides_its_own_thing_and_only_that(content: BesluitInhoud, verdict: str) -> None:
    decided = re.findall(r"\(entiteit EN26-004217\) (wordt.*? verklaard)", said(BESLUIT, content))
    assert [words.replace("  ", " ") for words in decided] == [verdict]


def test_every_variant_has_a_title_a_verdict_and_an_appeal() -> None:
    assert len({besluit_titel(content.beslissing) for content in BESLUIT_VARIANTEN}) == len(BESLUIT_VARIANTEN)
    for content in BESLUIT_VARIANTEN:
        text = said(BESLUIT, content)
        assert "binnen 30 dagen na de kennisgeving" in text
        assert "Havenlaan 88 bus 40 C" in text


def test_the_options_of_the_wizard_choose_the_articles() -> None:
    assert articles(voorbeelden.ONGESCHIKT_EN_ONBEWOONBAAR) == [
        "Ongeschikt- en onbewoonbaarverklaring",
        "Stopzetting van de bewoning",
        "Snelherstel",
        "Uitvoering op kosten van de eigenaar",
        "Herhuisvesting",
        "Inventarisatie",
        "Opheffing",
        "Kennisgeving",
    ]
    assert articles(voorbeelden.ONGESCHIKT) == [
        "Ongeschiktverklaring",
        "Sloop",
        "Inventarisatie",
        "Opheffing",
        "Kennisgeving",
    ]
    assert articles(replace(voorbeelden.ONGESCHIKT, sloop_of_herbestemming="HERBESTEMMING"))[1] == "Herbestemming"


@pytest.mark.parametrize("content", [voorbeelden.VOLDOET, voorbeelden.OVERBEWOOND], ids=["VOL", "OVB"])
def test_only_an_unfit_dwelling_enters_the_inventory(content: BesluitInhoud) -> None:
    assert "VIVOO" not in said(BESLUIT, content)


def test_quick_repair_names_its_term_and_its_defects() -> None:
    text = said(BESLUIT, voorbeelden.ONGESCHIKT_EN_ONBEWOONBAAR)
    assert "binnen 10 dagen na de kennisgeving" in text
    assert "gasgeiser: onvoldoende afvoer van rookgassen" in text


def test_costs_are_recovered_only_when_it_is_said() -> None:
    without = replace(voorbeelden.ONGESCHIKT_EN_ONBEWOONBAAR, recuperatie="")
    assert "teruggevorderd" in said(BESLUIT, voorbeelden.ONGESCHIKT_EN_ONBEWOONBAAR)
    assert "teruggevorderd" not in said(BESLUIT, without)


def test_the_decision_says_what_it_rests_on() -> None:
    content = voorbeelden.ONGESCHIKT_EN_ONBEWOONBAAR
    assert "advies uit (AD26-002954)" in said(BESLUIT, content)
    assert "vrijgesteld van de verplichting" in said(BESLUIT, replace(content, advies=None, vrijgesteld=True))
    assert "geen advies van de gewestelijk ambtenaar ontvangen" in said(BESLUIT, replace(content, advies=None))
    assert "op eigen initiatief" in said(BESLUIT, replace(content, verzoek=None))


def test_the_hearing_is_reported_whatever_came_of_it() -> None:
    assert "Lotte Verhelst reageerde schriftelijk op 23 oktober 2026" in said(
        BESLUIT, voorbeelden.ONGESCHIKT_EN_ONBEWOONBAAR
    )
    assert "geen opmerkingen meegedeeld" in said(BESLUIT, voorbeelden.ONGESCHIKT)


def test_overcrowding_is_a_decision_of_its_own() -> None:
    assert "Over de overbewoning van de woning wordt een afzonderlijk besluit genomen." in said(
        BESLUIT, voorbeelden.ONGESCHIKT
    )
    assert "er wonen 7 personen" in said(BESLUIT, voorbeelden.OVERBEWOOND)


def test_a_document_to_sign_digitally_has_fields_and_one_on_paper_has_lines() -> None:
    digital, paper = (markup(BESLUIT, voorbeelden.VOLDOET, signature_fields=digital) for digital in (True, False))
    assert (digital.count('class="veld"'), digital.count('class="stippellijn"')) == (2, 0)
    assert (paper.count('class="veld"'), paper.count('class="stippellijn"')) == (0, 2)
    assert digital.count("#BM#") == 1


def test_a_postponement_says_until_when() -> None:
    assert "verleent uitstel tot 28 februari 2027" in said(UITSTEL, voorbeelden.UITSTEL)


def test_the_law_named_is_the_law_of_the_day() -> None:
    before, after = (rechtsgronden(("OG",), day) for day in (date(2020, 12, 31), date(2021, 1, 1)))
    assert "Vlaamse Wooncode, in het bijzonder artikel 15" in before[0]
    assert "artikel 3.12" in after[0]
    assert not set(before) & {grond for grond in after if "Vlaamse Codex Wonen" in grond}
    assert beroepsmogelijkheid(voorbeelden.DAG).termijn_dagen == 30


def test_options_add_their_own_ground() -> None:
    plain, more = (rechtsgronden(soorten, voorbeelden.DAG) for soorten in (("OG/OB",), ("OG/OB", "HERHUISVESTING")))
    assert [grond for grond in more if grond not in plain] == [
        "de Vlaamse Codex Wonen van 2021, in het bijzonder boek 3, deel 8 (herhuisvesting)"
    ]


@pytest.mark.asyncio(loop_scope="session")
async def test_whoever_is_signed_in_can_ask_what_a_document_type_is(world) -> None:
    query = "{ documenttypes { nummer naam ondertekenaars aanmaak } }"
    found = {one.pop("nummer"): one for one in (await world.query("lezer@vlabel", query))["documenttypes"]}
    assert set(found) == {soort.nummer for soort in DOCUMENT_TYPES}
    burgemeester = ["burgemeester", "algemeen directeur"]
    assert found["DT016"] == {"naam": "Adviesvraag", "ondertekenaars": burgemeester, "aanmaak": ["U"]}
    assert (await world.result(None, query)).errors
