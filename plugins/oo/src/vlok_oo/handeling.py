"""What all actions on a dossier OO share: one way to load the facts, one way to say that it cannot be done."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import update

from vlok.api.actions import Action
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.wizard import Keuze
from vlok.api.work import Work
from vlok_oo.feiten import OoFeiten, laad_feiten
from vlok_oo.procedure import SOORT, Dossierstatus, DpStatus, Procedureinfo
from vlok_register.api.tables import Deelprocedure, Entiteit


class DossierHandeling(Action[Dossier, OoFeiten]):
    """An action on a running dossier OO. Subclasses say in ``belet`` what more may stand in the way."""

    subject = Dossier
    group = "Procedure OO"

    async def load(self, work: Work, subject: Dossier) -> OoFeiten:
        return await laad_feiten(work, subject)

    def unavailable(self, facts: OoFeiten) -> str | None:
        if facts.dossier.soort != SOORT:
            return "Deze handeling hoort bij een procedure OO."
        if facts.dossier.status != Dossierstatus.GESTART:
            return f"Dit dossier is {facts.dossier.status.lower()}."
        return self.belet(facts)

    def belet(self, facts: OoFeiten) -> str | None:
        """Why a running procedure does not allow it now; ``None`` when it does."""
        return None


def in_waarschuwing(facts: OoFeiten) -> str | None:
    """A waarschuwingsprocedure knows no advice and no decision (handleiding VLOK, "De waarschuwingsprocedure")."""
    if facts.dossier.info == Procedureinfo.WAARSCHUWING:
        return "Dit is niet mogelijk in de waarschuwingsprocedure."
    return None


def afscherming_belet(stappen: Iterable[UUID], facts: OoFeiten) -> str | None:
    """What is sent must be read by who gets it: the shield of its documents comes off first."""
    refertes = [referte for stap in dict.fromkeys(stappen) for referte in facts.afgeschermd.get(stap, ())]
    if not refertes:
        return None
    return f"Hef eerst de afscherming op van {', '.join(refertes)}: wie dit ontvangt, moet het kunnen lezen."


async def zet_statussen(work: Work, nieuwe: Mapping[UUID, DpStatus]) -> None:
    """Give deelprocedures (by id) their new status, with one statement per status."""
    for status in sorted(set(nieuwe.values())):
        keys = [key for key, new in nieuwe.items() if new is status]
        changed = update(Deelprocedure).where(Deelprocedure.id.in_(keys))
        await work.session.execute(changed.values(status=status, versie=Deelprocedure.versie + 1))


def keuzes(entiteiten: Iterable[Entiteit], facts: OoFeiten) -> Sequence[Keuze]:
    """Entiteiten to choose from, with where they stand."""
    return [Keuze(e.referte, f"{e.referte} {e.titel}", _details(e, facts)) for e in entiteiten]


def _details(entiteit: Entiteit, facts: OoFeiten) -> tuple[tuple[str, str], ...]:
    deelprocedure = facts.deelprocedures.get(entiteit.id)
    status = (("Status", deelprocedure.status),) if deelprocedure else ()
    return (*status, *resultaten(entiteit.id, facts))


def resultaten(entiteit_id: UUID, facts: OoFeiten) -> tuple[tuple[str, str], ...]:
    """What examination and advice say about an entiteit, in words for the user."""
    bevinding, advies = facts.bevindingen.get(entiteit_id), facts.adviezen.get(entiteit_id)
    found = []
    if bevinding is not None:
        found.append(("Onderzoek", f"{bevinding.uitslag} ({dag(bevinding.datum)}, {bevinding.onderzoek_referte})"))
    if advies is not None and advies.datum is not None:
        found.append(("Advies", f"{advies.uitslag} ({dag(advies.datum)}, {advies.referte})"))
    return tuple(found)


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
