"""Rules are numbered sentences with a predicate.

The number is what a clerk quotes on the telephone. A rulebook either blocks or is ``confirmable``: then a person may
knowingly pass it, on record. Law changes by date, so a rule has a period, and a number may be given again only for
another period. One predicate tests one thing; an empty optional value is another rule's business.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from vlok.api.errors import ContractError

Subject = TypeVar("Subject")
Predicate = Callable[[Subject], bool]


class Ernst(StrEnum):
    """How serious a melding is: FOUT blocks, WAARSCHUWING asks to be confirmed, INFO only tells."""

    FOUT = "FOUT"
    WAARSCHUWING = "WAARSCHUWING"
    INFO = "INFO"


@dataclass(frozen=True)
class Melding:
    """One sentence to the user, and where it belongs.

    ``tekst`` is Dutch and complete. ``nummer`` and ``code`` (``OO-B3``) name the rule; ``stap`` and ``veld`` (API name)
    point at the question, ``entiteit`` at the referte of the entiteit it is about; ``None`` means "the whole form".
    """

    tekst: str
    ernst: Ernst = Ernst.FOUT
    nummer: int | None = None
    code: str = ""
    stap: str | None = None
    veld: str | None = None
    entiteit: str | None = None


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """A rule as it stood from ``since`` to ``until`` (both included).

    ``message`` may name ``{fields}`` that the caller fills in; ``bron`` is the article or manual page it comes from.
    """

    number: int
    label: str
    stap: str | None
    veld: str
    message: str
    holds: Predicate[Subject]
    since: date
    until: date
    bron: str


@dataclass(frozen=True)
class Rulebook(Generic[Subject]):
    """Rules about one kind of subject, under one ``prefix`` (``OO-B``); ``stap`` and ``bron`` are their defaults.

    Calling it declares a rule: ``@fouten(3, "uitstelTot", "Entiteit {referte}: …")`` above the predicate that holds
    when all is well.
    """

    prefix: str
    confirmable: bool = False
    stap: str | None = None
    bron: str = ""
    rules: list[Rule[Subject]] = field(default_factory=list)

    @property
    def ernst(self) -> Ernst:
        """What a broken rule of this book means to the user."""
        return Ernst.WAARSCHUWING if self.confirmable else Ernst.FOUT

    def __call__(
        self,
        number: int,
        veld: str,
        message: str,
        *,
        stap: str | None = None,
        bron: str | None = None,
        since: date = date.min,
        until: date = date.max,
    ) -> Callable[[Predicate[Subject]], Predicate[Subject]]:
        """Declare rule ``number`` on ``veld``, in force from ``since`` to ``until`` (both included).

        Raises ContractError when the period is empty or the number is already taken in part of it.
        """
        label = f"{self.prefix}{number}"
        if until < since:
            raise ContractError(f"{label}: the period ends before it starts ({since} to {until})")
        if any(rule.label == label and rule.since <= until and since <= rule.until for rule in self.rules):
            raise ContractError(f"{label} is already taken between {since} and {until}")

        def enter(holds: Predicate[Subject]) -> Predicate[Subject]:
            where, source = stap or self.stap, self.bron if bron is None else bron
            self.rules.append(Rule(number, label, where, veld, message, holds, since, until, source))
            return holds

        return enter

    def broken(self, subject: Subject, day: date) -> Iterator[Rule[Subject]]:
        """The rules in force on ``day`` that do not hold, in the order they are written."""
        return (rule for rule in self.rules if rule.since <= day <= rule.until and not rule.holds(subject))

    def meldingen(
        self, subject: Subject, day: date, *, about: Mapping[str, str], entiteit: str | None = None
    ) -> Iterator[Melding]:
        """What to tell the user about ``subject``; ``about`` fills in the ``{fields}`` of the messages."""
        for rule in self.broken(subject, day):
            yield Melding(
                tekst=rule.message.format_map(about),
                ernst=self.ernst,
                nummer=rule.number,
                code=rule.label,
                stap=rule.stap,
                veld=rule.veld,
                entiteit=entiteit,
            )
