"""Wonen in Vlaanderen sends the signed adviezen to the gemeente, which gets task 11 (handleiding VLOK)."""

from collections.abc import Sequence
from uuid import UUID

from vlok.api.actions import Done
from vlok.api.paper import send_documents
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks, open_task
from vlok.api.wizard import Answers
from vlok.api.work import Work
from vlok_oo.advies.maken import te_maken
from vlok_oo.feiten import OoFeiten
from vlok_oo.handeling import DossierHandeling, aantal, afscherming_belet, zet_statussen
from vlok_oo.procedure import ADVIESFASE, Adviesstatus, DpStatus
from vlok_oo.tables import OoAdvies
from vlok_oo.tasks import VERSTUUR_ADVIES, VERWERK_ADVIES, VERWERK_ADVIESVRAAG


def te_versturen(facts: OoFeiten) -> Sequence[OoAdvies]:
    """The adviezen whose documents are signed."""
    return [advies for advies in facts.adviezen.values() if advies.status == Adviesstatus.TE_VERSTUREN]


def stappen(adviezen: Sequence[OoAdvies]) -> Sequence[UUID]:
    """The steps whose documents go along: each advies, and the round for its covering letter."""
    return [key for advies in adviezen for key in (advies.id, advies.ronde_id)]


class AdviesVersturen(DossierHandeling):
    """Advies versturen naar de gemeente."""

    key = "oo.adviesVersturen"
    title = "Advies versturen naar de gemeente"
    description = "Alle ondertekende adviezen gaan naar de gemeente, die daarna een beslissing kan nemen."
    button = "Versturen"
    shown_to_both = True
    reveals = (OoAdvies,)

    def belet(self, facts: OoFeiten) -> str | None:
        if not te_versturen(facts):
            return "Er is geen ondertekend advies om te versturen."
        return afscherming_belet(stappen(te_versturen(facts)), facts)

    async def apply(self, work: Work, subject: Dossier, facts: OoFeiten, answers: Answers) -> Done:
        adviezen = te_versturen(facts)
        for advies in adviezen:
            advies.status, advies.gedeeld_op = Adviesstatus.VERSTUURD, work.now
        await send_documents(work, stappen(adviezen))
        moved = [dp for a in adviezen if (dp := facts.deelprocedures[a.entiteit_id]).status in ADVIESFASE]
        await zet_statussen(work, {dp.id: DpStatus.ADVIES_VERSTUURD for dp in moved})
        busy = te_maken(facts) or any(a.status != Adviesstatus.VERSTUURD for a in facts.adviezen.values())
        await close_tasks(work, subject.id, [VERSTUUR_ADVIES] if busy else [VERSTUUR_ADVIES, VERWERK_ADVIESVRAAG])
        await open_task(work, VERWERK_ADVIES, subject, deadline=facts.procedure.termijn_burgemeester)
        som = aantal(len(adviezen), "advies", "adviezen")
        return Done(f"{som} verstuurd naar de gemeente.", samenvatting=som)
