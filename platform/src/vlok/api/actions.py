"""An action is one thing a user can do to a subject, in one class.

Its key, title and subject say what it is; the policy files say who (object = the action's key, action = ``uitvoeren``);
``unavailable`` says when; ``steps`` what is asked; ``check`` what is checked; ``apply`` what happens. ``execute`` runs
it: authorise, lock, available?, check, confirm?, apply, in one transaction. Nothing else changes data.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from vlok.api.orm import Base
from vlok.api.rules import Melding
from vlok.api.wizard import Answers, Choices, Item, Step
from vlok.api.work import Work

S = TypeVar("S", bound=Base)
F = TypeVar("F")


@dataclass(frozen=True)
class Done:
    """What an action reports: a Dutch sentence for the user and the row to show next (default: the subject)."""

    bericht: str
    toon: Base | None = None
    samenvatting: str | None = None
    """One line for the timeline, without personal data."""
    meldingen: tuple[Melding, ...] = ()
    """What the user must know besides (INFO), such as the outcome per row of an import."""


class Action(ABC, Generic[S, F]):
    """Subclass it, fill in the class attributes, and contribute one instance through the hook ``actions``."""

    key: ClassVar[str]
    """``<plugin>.<naam>`` in camelCase; names the typed mutation too (``oo.adviesVragen`` → ``ooAdviesVragen``)."""
    title: ClassVar[str]
    subject: ClassVar[type[Base]]
    group: ClassVar[str] = ""
    """Heading in the action menu."""
    description: ClassVar[str] = ""
    button: ClassVar[str] = "Uitvoeren"
    dangerous: ClassVar[bool] = False
    in_menu: ClassVar[bool] = True
    """False for what only programs call, such as the rows of an import."""
    shown_to_both: ClassVar[bool] = False
    """Whether the other side sees the execution in the timeline; false for what is still the own organisation's."""
    reveals: ClassVar[tuple[type[Base], ...]] = ()
    """The tables of which it shares rows; empty: a subject that can be shared, else only the line in the timeline."""
    changes_dossier: ClassVar[bool] = True
    """Whether it counts as a change of the dossier (or subject) that others see and may be in conflict with."""
    steps: ClassVar[tuple[Step[Any], ...]] = ()

    @abstractmethod
    async def load(self, work: Work, subject: S) -> F:
        """All that the rest looks at, loaded once: ``unavailable``, ``check`` and the steps read nothing else."""

    def unavailable(self, facts: F) -> str | None:
        """Why it cannot be done now, as a Dutch sentence; ``None`` when it can."""
        return None

    def shares(self, facts: F) -> bool:
        """Whether the other side really sees what ``shown_to_both`` or ``reveals`` promise; not what is shielded."""
        return True

    def choices(self, facts: F, answers: Answers) -> Choices:
        """The values of the fields that are chosen from a list, by ``step.field``."""
        return {}

    def items(self, facts: F, answers: Answers, step: Step[Any]) -> Sequence[Item]:
        """The items of a repeated step."""
        return ()

    def defaults(self, facts: F, answers: Answers) -> Mapping[str, Any]:
        """Answers offered before the user types: by step, for a repeated step by item key within the step."""
        return {}

    def check(self, facts: F, answers: Answers) -> Iterable[Melding]:
        """What is wrong (FOUT) or deserves a second thought (WAARSCHUWING) in these answers."""
        return ()

    @abstractmethod
    async def apply(self, work: Work, subject: S, facts: F, answers: Answers) -> Done:
        """Do it. Raise ``Refusal`` for a "no" that only shows while doing; the transaction rolls back whole."""


AnyAction = Action[Any, Any]
