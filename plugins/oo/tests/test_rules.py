"""The 27 validations and 7 extra checks of the wizard "Beslissing burgemeester maken", one by one.

The sentences are those of the handleiding VLOK, letter by letter, and so are the missing full stops.
"""

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vlok.api.rules import Ernst, Melding, Rule
from vlok_oo.rules import controleer, fouten, keuze, waarschuwingen
from vlok_oo.termijnen import Termijnsoort, termijn
from vlok_oo.voorstel import (
    Basis,
    Beslissingsstatus,
    Beslissingstype,
    BestaandeBeslissing,
    Ondertekenflow,
    SloopOfHerbestemming,
    Uitslag,
    Voorstel,
    Voorstellen,
)

VANDAAG = date(2026, 3, 2)
DATUM = date(2026, 3, 12)
ADVIES = date(2026, 2, 20)
ONDERZOEK = date(2026, 2, 10)
ADVIESVRAAG = date(2026, 1, 5)
DAG = timedelta(days=1)

VOL, OG, OGOB, OVB, UITSTEL, ANDERE = Beslissingstype
RULES: tuple[Rule[Any], ...] = (*keuze.rules, *fouten.rules, *waarschuwingen.rules)


def u(tekst: str) -> Uitslag:
    return Uitslag.lees(tekst)


SOUND = Voorstel(
    referte="EN18-016485",
    vandaag=VANDAAG,
    beslissing=OGOB,
    datum=DATUM,
    basis=Basis.ADVIES,
    datum_adviesvraag=ADVIESVRAAG,
    datum_onderzoek=ONDERZOEK,
    uitslag_onderzoek=u("OG/OB"),
    datum_advies=ADVIES,
    uitslag_advies=u("OG/OB"),
)
KEUZE = Voorstellen(per_entiteit=(SOUND,), vandaag=VANDAAG, ondertekenflow=Ondertekenflow.DIGITAAL)
SNEL: dict[str, Any] = {"snelherstel": True, "snelherstel_dagen": 15, "gebreken": "De dakgoot hangt los."}


def al(status: Beslissingsstatus, soort: Beslissingstype = OGOB, datum: date = DATUM) -> dict[str, Any]:
    return {"bestaande": (BestaandeBeslissing(soort, datum, status),)}


BREAKS: dict[str, dict[str, Any]] = {
    "OO-B1": {"per_entiteit": ()},
    "OO-B2": {"beslissing": UITSTEL},
    "OO-B3": {"beslissing": UITSTEL, "uitstel_tot": DATUM},
    "OO-B4": {"beslissing": ANDERE, "reden": "  "},
    "OO-B5": {"datum": None},
    "OO-B6": {"datum_adviesvraag": DATUM},
    "OO-B7": {"basis": Basis.ONDERZOEK, "datum_onderzoek": DATUM},
    "OO-B8": {"datum_advies": DATUM + DAG},
    "OO-B9": {"beslissing": None},
    "OO-B10": {"datum_kennisgeving": VANDAAG + DAG},
    "OO-B11": {"datum": VANDAAG, "datum_kennisgeving": VANDAAG},
    "OO-B12": {"stopzetting_bewoning": True},
    "OO-B13": {"stopzetting_bewoning": True, "datum_stopzetting": DATUM},
    "OO-B14": SNEL | {"snelherstel_dagen": None},
    "OO-B15": SNEL | {"snelherstel_dagen": 16},
    "OO-B16": {"beslissing": OVB, "extra_overbewoning": True, "uitslag_advies": u("OVB")},
    "OO-B17": SNEL | {"beslissing": OG},
    "OO-B18": {"beslissing": OG, "herhuisvesting": True},
    "OO-B19": {"recuperatie_kosten": "1 250 euro"},
    "OO-B20": SNEL | {"gebreken": " "},
    "OO-B21": {"werken_op_kosten_eigenaar": True},
    "OO-B22": SNEL | {"sloop_of_herbestemming": SloopOfHerbestemming.SLOOP},
    "OO-B23": {"ondertekenflow": None, "datum": VANDAAG},
    "OO-B24": al(Beslissingsstatus.IN_OPMAAK),
    "OO-B25": al(Beslissingsstatus.MB_IN_DE_PLAATS_GEKOMEN),
    "OO-B26": al(Beslissingsstatus.GELDIG),
    "OO-B27": {"beslissing": VOL, "sloop_of_herbestemming": SloopOfHerbestemming.HERBESTEMMING},
    "OO-W1": {"uitslag_advies": u("OG")},
    "OO-W2": {"uitslag_advies": u("VOL")},
    "OO-W3": {"datum_onderzoek": ADVIES + DAG, "uitslag_onderzoek": u("OG")},
    "OO-W4": {"datum_onderzoek": ADVIES + DAG, "uitslag_onderzoek": u("VOL")},
    "OO-W5": {"extra_overbewoning": True, "datum_onderzoek": ADVIES + DAG, "uitslag_advies": u("OG/OB/OVB")},
    "OO-W6": {"extra_overbewoning": True},
    "OO-W7": {"datum_advies": None, "uitslag_advies": None, "datum_adviesvraag": DATUM - 74 * DAG},
}

SENTENCES = {
    "OO-B1": "Kies de entiteiten waarvoor u een beslissing wilt maken.",
    "OO-B2": "Entiteit EN18-016485: Vul in tot wanneer u uitstel verleent.",
    "OO-B3": "Entiteit EN18-016485: De datum voor het uitstel moet later dan de datum beslissing liggen.",
    "OO-B4": "Entiteit EN18-016485: Vul de reden in waarom u geen beslissing neemt.",
    "OO-B5": "Entiteit EN18-016485: Vul de datum beslissing in.",
    "OO-B6": "Entiteit EN18-016485: Datum beslissing moet na de datum adviesvraag liggen",
    "OO-B7": "Entiteit EN18-016485: Datum beslissing moet na de datum van het onderzoek liggen",
    "OO-B8": "Entiteit EN18-016485: Datum beslissing kan niet voor de datum advies liggen",
    "OO-B9": "Entiteit EN18-016485: Vul de beslissing in voor de entiteit.",
    "OO-B10": "Entiteit EN18-016485: Datum kennisgeving advies en/of onderzoek mag niet in de toekomst liggen",
    "OO-B11": "Entiteit EN18-016485: Datum kennisgeving advies en/of onderzoek moet voor de datum beslissing liggen",
    "OO-B12": "Entiteit EN18-016485: Vul in wanneer de bewoning moet stopgezet zijn",
    "OO-B13": "Entiteit EN18-016485: De datum stopzetting bewoning moet later dan de datum beslissing liggen.",
    "OO-B14": "Entiteit EN18-016485: Vul de termijn in voor het snelherstel.",
    "OO-B15": "Entiteit EN18-016485: De termijn voor het snelherstel mag maximum 15 dagen zijn.",
    "OO-B16": "Entiteit EN18-016485: Extra aanduiding overbewoning kan enkel samen met de beslissing ongeschikt, "
    "ongeschikt en onbewoonbaar of voldoet.",
    "OO-B17": "Entiteit EN18-016485: Snelherstel is enkel mogelijk bij beslissing ongeschikt en onbewoonbaar.",
    "OO-B18": "Entiteit EN18-016485: Herhuisvesting is enkel mogelijk bij beslissing ongeschikt en onbewoonbaar.",
    "OO-B19": "Entiteit EN18-016485: Recuperatie herhuisvestingskosten enkel mogelijk indien in herhuisvesting is "
    "aangeduid.",
    "OO-B20": "Entiteit EN18-016485: Duid de gebreken aan die voor snelherstel in aanmerking komen.",
    "OO-B21": "Entiteit EN18-016485: U kan de werken enkel op kosten van de eigenaar laten uitvoeren indien "
    "snelherstel is aangeduid.",
    "OO-B22": "Entiteit EN18-016485: U kan niet het snelherstel en sloop of herbestemming samen opleggen",
    "OO-B23": "Duid aan of de besluiten manueel of digitaal worden ondertekend.",
    "OO-B24": "Entiteit EN18-016485: Deze beslissing is al gemaakt maar nog niet verstuurd. Laad en vervang indien "
    "gewenst het gekoppelde document en verstuur naar Wonen in Vlaanderen.",
    "OO-B25": "Entiteit EN18-016485: Er is al een MB dat deze beslissing vervangt. U kan deze beslissing niet meer "
    "opnieuw maken.",
    "OO-B26": "Entiteit EN18-016485: Deze beslissing is al gemaakt. U kan deze niet opnieuw maken.",
    "OO-B27": "Entiteit EN18-016485: U kan enkel sloop of herbestemming opleggen bij een beslissing ongeschikt of "
    "ongeschikt en onbewoonbaar.",
    "OO-W1": "Entiteit EN18-016485: De beslissing mag niet zwaarder zijn dan het advies voor een gemeente die niet "
    "ontvoogd is.",
    "OO-W2": "Entiteit EN18-016485: De beslissing mag niet zwaarder zijn dan het advies voor een gemeente die niet "
    "ontvoogd is.",
    "OO-W3": "Entiteit EN18-016485: De beslissing mag niet zwaarder zijn dan de resultaten van het onderzoek.",
    "OO-W4": "Entiteit EN18-016485: De beslissing mag niet zwaarder zijn dan de resultaten van het onderzoek.",
    "OO-W5": "Entiteit EN18-016485: De beslissing overbewoning kan niet worden genomen als in het onderzoek de "
    "overbewoning niet werd aangeduid.",
    "OO-W6": "Entiteit EN18-016485: De beslissing overbewoning kan niet worden genomen als er geen advies voor "
    "overbewoning is gegeven.",
    "OO-W7": "Entiteit EN18-016485: U kan pas een beslissing nemen op basis van het eigen onderzoek na 75 dagen na de "
    "adviesvraag.",
}


def meldingen(**change: Any) -> list[Melding]:
    """What a run of the wizard is told after ``change`` to the sound one."""
    whole = {name: change.pop(name) for name in ("per_entiteit", "ondertekenflow") if name in change}
    run = replace(KEUZE, **{"per_entiteit": (replace(SOUND, **change),), **whole})
    return controleer(run, VANDAAG)


def broken(**change: Any) -> list[str]:
    return [melding.code for melding in meldingen(**change)]


def test_a_sound_run_hears_nothing() -> None:
    assert controleer(KEUZE, VANDAAG) == []


def test_there_are_27_validations_and_7_extra_checks_each_with_an_example_that_breaks_it() -> None:
    labels = [rule.label for rule in RULES]
    assert sorted(labels) == sorted([*(f"OO-B{n}" for n in range(1, 28)), *(f"OO-W{n}" for n in range(1, 8))])
    assert set(BREAKS) == set(labels)


@pytest.mark.parametrize("label", BREAKS)
def test_an_example_breaks_exactly_its_rule(label: str) -> None:
    assert broken(**BREAKS[label]) == [label]


@pytest.mark.parametrize("label", BREAKS)
def test_the_sentence_is_the_one_of_the_manual(label: str) -> None:
    assert [melding.tekst for melding in meldingen(**BREAKS[label])] == [SENTENCES[label]]


@pytest.mark.parametrize("label", BREAKS)
def test_a_validation_blocks_and_an_extra_check_warns(label: str) -> None:
    (melding,) = meldingen(**BREAKS[label])
    assert melding.ernst is (Ernst.FOUT if label.startswith("OO-B") else Ernst.WAARSCHUWING)
    assert label == f"{label[:4]}{melding.nummer}"


@pytest.mark.parametrize("label", BREAKS)
def test_a_melding_points_at_the_step_and_the_entiteit(label: str) -> None:
    (melding,) = meldingen(**BREAKS[label])
    whole = {"OO-B1": "entiteiten", "OO-B23": "ondertekening"}
    assert melding.stap == whole.get(label, "beslissingen")
    assert melding.entiteit == (None if label in whole else SOUND.referte)


def test_every_rule_is_on_a_field_of_the_form() -> None:
    of_voorstel = {re.sub("_(.)", lambda hit: hit[1].upper(), field.name) for field in fields(Voorstel)}
    assert {rule.veld for rule in (*fouten.rules, *waarschuwingen.rules)} <= of_voorstel
    assert [rule.veld for rule in keuze.rules] == ["entiteiten", "flow"]


NET_GOED: dict[str, dict[str, Any]] = {
    "OO-B3": {"beslissing": UITSTEL, "uitstel_tot": DATUM + DAG},
    "OO-B6": {"datum_adviesvraag": DATUM - DAG},
    "OO-B7": {"basis": Basis.ONDERZOEK, "datum_onderzoek": DATUM - DAG},
    "OO-B8": {"datum_advies": DATUM},
    "OO-B10": {"datum_kennisgeving": VANDAAG},
    "OO-B11": {"datum": VANDAAG, "datum_kennisgeving": VANDAAG - DAG},
    "OO-B13": {"stopzetting_bewoning": True, "datum_stopzetting": DATUM + DAG},
    "OO-B15": SNEL,
    "OO-B23": {"ondertekenflow": None, "datum": VANDAAG - DAG},
    "OO-W3": {"datum_onderzoek": ADVIES, "uitslag_onderzoek": u("OG")},
    "OO-W7": {"datum_advies": None, "uitslag_advies": None, "datum_adviesvraag": DATUM - 75 * DAG},
}


@pytest.mark.parametrize("label", NET_GOED)
def test_one_day_beside_the_breaking_example_all_is_well(label: str) -> None:
    assert broken(**NET_GOED[label]) == []


def test_the_order_is_blocking_per_entiteit_then_signing_then_warnings() -> None:
    second = replace(SOUND, referte="EN18-020989", uitslag_advies=u("VOL"), datum_kennisgeving=DATUM)
    first = replace(SOUND, uitslag_advies=u("OG"), werken_op_kosten_eigenaar=True, stopzetting_bewoning=True)
    gezegd = controleer(Voorstellen(per_entiteit=(second, first), vandaag=VANDAAG), VANDAAG)
    assert [(melding.code, melding.entiteit) for melding in gezegd] == [
        ("OO-B10", "EN18-020989"),
        ("OO-B11", "EN18-020989"),
        ("OO-B12", "EN18-016485"),
        ("OO-B21", "EN18-016485"),
        ("OO-B23", None),
        ("OO-W2", "EN18-020989"),
        ("OO-W1", "EN18-016485"),
    ]


def test_an_empty_form_is_asked_only_for_what_is_missing() -> None:
    empty = Voorstel(referte="EN18-016485", vandaag=VANDAAG, snelherstel=True, herhuisvesting=True)
    gezegd = controleer(Voorstellen(per_entiteit=(empty,), vandaag=VANDAAG), VANDAAG)
    assert [melding.nummer for melding in gezegd] == [5, 9, 14, 20]


NIET_VERSTUURD = (Beslissingsstatus.IN_OPMAAK, Beslissingsstatus.TER_ONDERTEKENING, Beslissingsstatus.TE_VERSTUREN)
EERDER: dict[Beslissingsstatus, list[str]] = {
    **{status: ["OO-B24"] for status in NIET_VERSTUURD},
    Beslissingsstatus.MB_IN_DE_PLAATS_GEKOMEN: ["OO-B25"],
    Beslissingsstatus.VERSTUURD: ["OO-B26"],
    Beslissingsstatus.GELDIG: ["OO-B26"],
    Beslissingsstatus.OPGEHEVEN: [],
    Beslissingsstatus.OPGELOST: [],
    Beslissingsstatus.ONGELDIG: [],
}


@pytest.mark.parametrize("status", Beslissingsstatus)
def test_an_earlier_decision_of_the_same_type_and_date_stands_in_the_way(status: Beslissingsstatus) -> None:
    assert broken(**al(status)) == EERDER[status]
    assert broken(**al(status, soort=OG)) == []
    assert broken(**al(status, datum=DATUM - DAG)) == []


@pytest.mark.parametrize("status", Beslissingsstatus)
def test_the_extra_mark_is_a_decision_overbewoning_of_its_own(status: Beslissingsstatus) -> None:
    met_overbewoning = {"extra_overbewoning": True, "uitslag_advies": u("OG/OB/OVB")}
    assert broken(**al(status, soort=OVB), **met_overbewoning) == EERDER[status]
    assert broken(**al(status, soort=OVB)) == []


@pytest.mark.parametrize(("beslissing", "mag"), [(VOL, True), (OG, True), (OGOB, True), (OVB, False), (UITSTEL, False)])
def test_the_extra_mark_goes_with_a_judgement_only(beslissing: Beslissingstype, mag: bool) -> None:
    change: dict[str, Any] = {"beslissing": beslissing, "extra_overbewoning": True, "uitstel_tot": DATUM + DAG}
    assert ("OO-B16" in broken(**change)) is not mag
    assert replace(SOUND, **change).soorten == ((beslissing, OVB) if mag else (beslissing,))


def test_the_numbers_in_the_sentences_are_the_terms_in_force() -> None:
    assert f"maximum {termijn(Termijnsoort.SNELHERSTEL, DATUM).aantal} dagen" in SENTENCES["OO-B15"]
    assert f"na {termijn(Termijnsoort.EIGEN_ONDERZOEK, DATUM).aantal} dagen" in SENTENCES["OO-W7"]


@given(st.integers())
def test_a_quick_repair_of_more_than_15_days_is_refused_and_no_other(dagen: int) -> None:
    assert broken(**SNEL | {"snelherstel_dagen": dagen}) == (["OO-B15"] if dagen > 15 else [])
