"""A rulebook keeps numbered, dated sentences and says which of them do not hold."""

from dataclasses import dataclass
from datetime import date

import pytest

from vlok.api.errors import ContractError
from vlok.api.rules import Ernst, Melding, Rulebook

DAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Brief:
    naam: str
    bladen: int


def brieven(*, confirmable: bool = False) -> Rulebook[Brief]:
    """Two rules about a letter, the first written with the higher number."""
    book = Rulebook[Brief]("BR", stap="inhoud", bron="postreglement", confirmable=confirmable)

    @book(2, "bladen", "Brief {naam}: te dik.")
    def dun_genoeg(brief: Brief) -> bool:
        return brief.bladen <= 3

    @book(1, "naam", "Geef de brief een naam.", stap="begin", bron="huisregel")
    def heeft_een_naam(brief: Brief) -> bool:
        return bool(brief.naam)

    return book


def test_a_sound_subject_breaks_nothing() -> None:
    assert list(brieven().broken(Brief("a", 3), DAY)) == []


def test_all_broken_rules_are_told_in_the_order_they_are_written() -> None:
    assert [rule.label for rule in brieven().broken(Brief("", 4), DAY)] == ["BR2", "BR1"]


def test_a_melding_says_what_is_wrong_and_where() -> None:
    (melding,) = brieven().meldingen(Brief("a", 4), DAY, about={"naam": "a"}, entiteit="EN18-016485")
    assert melding == Melding(
        tekst="Brief a: te dik.",
        ernst=Ernst.FOUT,
        nummer=2,
        code="BR2",
        stap="inhoud",
        veld="bladen",
        entiteit="EN18-016485",
    )


def test_what_is_filled_in_is_never_read_as_a_template() -> None:
    (melding,) = brieven().meldingen(Brief("a", 4), DAY, about={"naam": "{bladen}"})
    assert melding.tekst == "Brief {bladen}: te dik."


def test_a_confirmable_rulebook_warns() -> None:
    (melding,) = brieven(confirmable=True).meldingen(Brief("a", 4), DAY, about={"naam": "a"})
    assert melding.ernst is Ernst.WAARSCHUWING


def test_a_rule_takes_step_and_source_from_its_book_unless_it_has_its_own() -> None:
    assert [(rule.stap, rule.bron) for rule in brieven().rules] == [("inhoud", "postreglement"), ("begin", "huisregel")]


def test_declaring_a_rule_leaves_the_predicate_usable() -> None:
    book = Rulebook[Brief]("BR")

    @book(1, "naam", "Geef de brief een naam.")
    def heeft_een_naam(brief: Brief) -> bool:
        return bool(brief.naam)

    assert heeft_een_naam(Brief("a", 1))
    assert not heeft_een_naam(Brief("", 1))


LAST, FIRST = date(2022, 4, 7), date(2022, 4, 8)


def twee_tijden() -> Rulebook[Brief]:
    """Number 1 said something else until the end of LAST than from FIRST on."""
    book = Rulebook[Brief]("BR")
    book(1, "bladen", "oud", until=LAST)(lambda brief: brief.bladen <= 1)
    book(1, "bladen", "nieuw", since=FIRST)(lambda brief: brief.bladen <= 2)
    return book


@pytest.mark.parametrize(("day", "bladen", "told"), [(LAST, 2, ["oud"]), (FIRST, 2, []), (FIRST, 3, ["nieuw"])])
def test_a_number_may_be_given_again_for_another_period(day: date, bladen: int, told: list[str]) -> None:
    assert [rule.message for rule in twee_tijden().broken(Brief("a", bladen), day)] == told


@pytest.mark.parametrize(
    ("since", "until"),
    [(date.min, date.max), (LAST, LAST), (FIRST, FIRST), (date(2022, 1, 1), date(2022, 12, 31))],
)
def test_the_same_number_twice_at_one_time_is_refused(since: date, until: date) -> None:
    with pytest.raises(ContractError, match="BR1 is already taken"):
        twee_tijden()(1, "bladen", "nog eens", since=since, until=until)


def test_a_rule_that_was_never_in_force_is_refused() -> None:
    with pytest.raises(ContractError, match="the period ends before it starts"):
        Rulebook[Brief]("BR")(1, "bladen", "nooit", since=FIRST, until=LAST)
