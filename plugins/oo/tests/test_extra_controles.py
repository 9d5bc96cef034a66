"""A decision is weighed against the advies where that binds, and against the onderzoek where that leads."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vlok_oo.rules import controleer, waarschuwingen
from vlok_oo.voorstel import Beslissingstype, Ondertekenflow, Uitslag, Voorstel, Voorstellen

VANDAAG = date(2026, 3, 2)
ADVIES = date(2026, 2, 20)
ONDERZOEK = date(2026, 2, 10)

VOL, OG, OGOB, OVB, *_ = Beslissingstype


def u(tekst: str) -> Uitslag:
    return Uitslag.lees(tekst)


SOUND = Voorstel(
    referte="EN18-016485",
    vandaag=VANDAAG,
    beslissing=OGOB,
    datum=date(2026, 3, 12),
    datum_adviesvraag=date(2025, 12, 1),
    datum_onderzoek=ONDERZOEK,
    uitslag_onderzoek=u("OG/OB"),
    datum_advies=ADVIES,
    uitslag_advies=u("OG/OB"),
)


def broken(**change: Any) -> list[str]:
    """The labels of what the wizard is told about the sound decision after ``change``."""
    run = Voorstellen(per_entiteit=(replace(SOUND, **change),), vandaag=VANDAAG, ondertekenflow=Ondertekenflow.MANUEEL)
    return [melding.code for melding in controleer(run, VANDAAG)]


ZONDER, GEEN, OUDER, NIEUWER = "geen advies verstuurd", "GADV", "ouder dan advies", "nieuwer dan advies"
BRONNEN: dict[str, dict[str, Any]] = {
    ZONDER: {"uitslag_advies": None, "datum_advies": None},
    GEEN: {"uitslag_advies": u("GADV"), "datum_onderzoek": ONDERZOEK},
    OUDER: {"datum_onderzoek": ONDERZOEK},
    NIEUWER: {"datum_onderzoek": ADVIES + timedelta(days=1)},
}


@pytest.mark.parametrize("bron", BRONNEN)
@pytest.mark.parametrize(
    ("onderzoek", "beslissing", "extra", "label"),
    [
        ("OG", OGOB, False, "OO-W3"),
        ("OG/OVB", OGOB, False, "OO-W3"),
        ("VOL", OG, False, "OO-W4"),
        ("VOL/OVB", OGOB, False, "OO-W4"),
        ("OG/OB", OVB, False, "OO-W5"),
        ("VOL", VOL, True, "OO-W5"),
        ("OG", OG, True, "OO-W5"),
    ],
)
def test_the_onderzoek_weighs_where_it_leads(
    bron: str, onderzoek: str, beslissing: Beslissingstype, extra: bool, label: str
) -> None:
    change = {"uitslag_onderzoek": u(onderzoek), "beslissing": beslissing, "extra_overbewoning": extra}
    found = broken(**{"vrijgesteld": True, "uitslag_advies": u("OG/OB/OVB"), **change, **BRONNEN[bron]})
    assert found == ([] if bron == OUDER else [label])


@pytest.mark.parametrize(
    ("onderzoek", "beslissing", "extra"),
    [("OG/OB", OGOB, False), ("OG", OG, False), ("VOL", VOL, False), ("OVB", OVB, False), ("OG/OVB", OG, True)],
)
def test_a_decision_no_heavier_than_the_onderzoek_is_fine(
    onderzoek: str, beslissing: Beslissingstype, extra: bool
) -> None:
    change = {"uitslag_onderzoek": u(onderzoek), "beslissing": beslissing, "extra_overbewoning": extra}
    assert broken(vrijgesteld=True, **change, **BRONNEN[ZONDER]) == []


@pytest.mark.parametrize(
    ("advies", "beslissing", "extra", "labels"),
    [
        ("OG", OGOB, False, ["OO-W1"]),
        ("OG/OVB", OGOB, True, ["OO-W1"]),
        ("OG", OG, False, []),
        ("VOL", OG, False, ["OO-W2"]),
        ("VOL", VOL, False, []),
        ("OG/OB", OGOB, True, ["OO-W6"]),
        ("OG", OVB, False, ["OO-W6"]),
        ("VOL", VOL, True, ["OO-W6"]),
        ("OVB", OVB, False, []),
        ("VOL/OVB", VOL, True, []),
    ],
)
def test_the_advies_weighs_unless_the_gemeente_is_exempt(
    advies: str, beslissing: Beslissingstype, extra: bool, labels: list[str]
) -> None:
    change = {"uitslag_advies": u(advies), "beslissing": beslissing, "extra_overbewoning": extra}
    assert broken(**change) == labels
    assert broken(**change, vrijgesteld=True) == []


def test_after_geen_advies_deciding_on_the_own_onderzoek_warns_but_may_be_confirmed() -> None:
    assert broken(uitslag_advies=u("GADV")) == ["OO-W2"]


def test_a_gemeente_that_is_not_exempt_must_have_asked_advice() -> None:
    assert broken(uitslag_advies=None, datum_advies=None, datum_adviesvraag=None) == ["OO-W7"]


UITSLAGEN = st.sampled_from(["VOL", "OG", "OG/OB", "VOL/OVB", "OG/OVB", "OG/OB/OVB", "OVB"]).map(u)
DATUMS = st.none() | st.dates()
VOORSTELLEN = st.builds(
    Voorstel,
    referte=st.sampled_from(["EN18-016485", "EN18-020989", "EN18-007242"]),
    vandaag=st.just(VANDAAG),
    beslissing=st.none() | st.sampled_from(Beslissingstype),
    datum=DATUMS,
    uitstel_tot=DATUMS,
    datum_kennisgeving=DATUMS,
    datum_adviesvraag=DATUMS,
    datum_onderzoek=DATUMS,
    uitslag_onderzoek=st.none() | UITSLAGEN,
    datum_advies=DATUMS,
    uitslag_advies=st.none() | UITSLAGEN | st.just(u("GADV")),
    snelherstel_dagen=st.none() | st.integers(),
)
RUNS = st.builds(
    Voorstellen,
    per_entiteit=st.lists(VOORSTELLEN, max_size=3, unique_by=lambda v: v.referte).map(tuple),
    vandaag=st.just(VANDAAG),
    ondertekenflow=st.none() | st.sampled_from(Ondertekenflow),
)


@given(VOORSTELLEN)
def test_an_exempt_gemeente_never_hears_the_checks_on_advies(voorstel: Voorstel) -> None:
    exempt = replace(voorstel, vrijgesteld=True)
    heard = {rule.number for rule in waarschuwingen.broken(exempt, VANDAAG)}
    assert not heard & {1, 2, 6, 7}


@given(VOORSTELLEN)
def test_advies_and_onderzoek_only_weigh_what_was_found(voorstel: Voorstel) -> None:
    without = replace(voorstel, uitslag_onderzoek=None, uitslag_advies=None)
    assert {rule.number for rule in waarschuwingen.broken(without, VANDAAG)} <= {7}


@given(RUNS)
def test_the_answer_is_stable_and_every_entiteit_is_judged_alone(run: Voorstellen) -> None:
    assume(run.per_entiteit)
    whole = controleer(run, VANDAAG)
    assert whole == controleer(run, VANDAAG)
    for voorstel in run.per_entiteit:
        alone = controleer(replace(run, per_entiteit=(voorstel,)), VANDAAG)
        own = [melding for melding in whole if melding.entiteit == voorstel.referte]
        assert own == [melding for melding in alone if melding.entiteit]
