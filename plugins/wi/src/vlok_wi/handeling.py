"""What all actions on a WI-dossier share: the facts, the table of statuses, and the step it makes."""

from collections.abc import Iterable, Sequence
from datetime import date

from vlok.api.actions import Action
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks
from vlok.api.wizard import Keuze
from vlok.api.work import Work
from vlok_register.api.tables import Entiteit
from vlok_wi.feiten import WiFeiten, laad_feiten
from vlok_wi.procedure import EINDE, overgang

GROUP = "Gerechtelijke procedure"


class WiHandeling(Action[Dossier, WiFeiten]):
    """An action on a WI-dossier: the table says in which statuses, ``belet`` what more may stand in the way."""

    subject = Dossier
    group = GROUP

    async def load(self, work: Work, subject: Dossier) -> WiFeiten:
        return await laad_feiten(work, subject)

    def unavailable(self, facts: WiFeiten) -> str | None:
        if overgang(self.key, facts.dossier.status, facts.vandaag) is None:
            return f"Dit kan niet in een dossier met de status “{facts.dossier.status}”."
        return self.belet(facts)

    def belet(self, facts: WiFeiten) -> str | None:
        """Why the dossier does not allow it now, though its status does; ``None`` when it does."""
        return None


async def zet_stap(work: Work, dossier: Dossier, handeling: str) -> None:
    """Move the dossier on as the table says; in a status without follow-up all its tasks are closed."""
    stap = overgang(handeling, dossier.status, work.today)
    if stap is None or stap.naar is None:
        return
    dossier.status = stap.naar
    if stap.naar in EINDE:
        await close_tasks(work, dossier.id)


def keuzes(entiteiten: Iterable[Entiteit], facts: WiFeiten) -> Sequence[Keuze]:
    """Entiteiten to choose from, with what was found about them."""
    return [Keuze(e.referte, f"{e.referte} {e.titel}", _details(e, facts)) for e in entiteiten]


def _details(entiteit: Entiteit, facts: WiFeiten) -> tuple[tuple[str, str], ...]:
    resultaat = facts.resultaten.get(entiteit.id)
    return (("Onderzoek", f"{resultaat.uitslag} ({dag(resultaat.datum)})"),) if resultaat else ()


def dag(datum: date) -> str:
    """A date as people here write it."""
    return f"{datum:%d/%m/%Y}"


def niet_in_de_toekomst(datum: date | None, vandaag: date, stap: str, veld: str = "datum") -> Iterable[Melding]:
    """A day on which something happened has passed, or is today."""
    if datum is not None and datum > vandaag:
        yield Melding("Deze datum mag niet in de toekomst liggen.", code="DATUM", stap=stap, veld=veld)


def aantal(count: int, een: str, meer: str) -> str:
    """``1 entiteit``, ``3 entiteiten``."""
    return f"{count} {een if count == 1 else meer}"
