"""The wizard "Beslissing burgemeester maken" and what it brings about.

Source: handleiding VLOK, "Hoe maakt de gemeente de beslissing van de burgemeester en laat ze ondertekenen?".
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from vlok.api.actions import Done
from vlok.api.paper import Attachment, attach_documents, order_documents
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks, open_task
from vlok.api.wizard import Answers, Choices, Item, Step
from vlok.api.work import Work
from vlok_oo.beslissing.brieven import documenten
from vlok_oo.beslissing.formulieren import (
    BESLISSINGEN,
    DOCUMENTEN,
    ONDERTEKENING,
    STANDAARD,
    STAPPEN,
    datums,
)
from vlok_oo.beslissing.rijen import DOCUMENT, beslissingen, document_titel
from vlok_oo.beslissing.voorstellen import aangeboden, gekozen, oordeel, verstuurd_advies, voorstellen
from vlok_oo.feiten import OoFeiten, per_entiteit
from vlok_oo.handeling import DossierHandeling, aantal, in_waarschuwing, keuzes, resultaten, zet_statussen
from vlok_oo.parameters import ONDERTEKENFLOW, SNELHERSTEL_TERMIJN
from vlok_oo.procedure import Adviesstatus, DpStatus, status_na
from vlok_oo.tables import OoBeslissing
from vlok_oo.tasks import TERMIJN_REACTIES, VERSTUUR_BESLISSING, VERWERK_ADVIES
from vlok_oo.voorstel import Basis, Beslissingsstatus, Ondertekenflow
from vlok_register.api.tables import Entiteit


class BeslissingMaken(DossierHandeling):
    """Beslissing burgemeester maken."""

    key = "oo.beslissingBurgemeesterMaken"
    title = "Beslissing burgemeester maken"
    description = "Maak de beslissingen van de burgemeester, of voer in wat buiten VLOK beslist is."
    button = "Voltooien"
    steps: ClassVar[tuple[Step[Any], ...]] = STAPPEN

    def belet(self, facts: OoFeiten) -> str | None:
        if reason := in_waarschuwing(facts):
            return reason
        advies = any(advies.status == Adviesstatus.VERSTUURD for advies in facts.adviezen.values())
        if advies or facts.eigen_onderzocht:
            return None
        return "Een beslissing kan pas na een verstuurd advies of een ondertekend onderzoek van de gemeente."

    def choices(self, facts: OoFeiten, answers: Answers) -> Choices:
        return {"entiteiten.entiteiten": keuzes(aangeboden(facts), facts)}

    def items(self, facts: OoFeiten, answers: Answers, step: Step[Any]) -> Sequence[Item]:
        chosen = gekozen(facts, answers)
        if step.key == DOCUMENTEN.key:
            vroeger = {referte for referte, datum in datums(answers).items() if datum < answers.today}
            chosen = [entiteit for entiteit in chosen if entiteit.referte in vroeger]
        return [Item(e.referte, e.titel, resultaten(e.id, facts)) for e in chosen]

    def defaults(self, facts: OoFeiten, answers: Answers) -> Mapping[str, Any]:
        flow = facts.parameters[ONDERTEKENFLOW]
        standaard = {k: v for k, v in answers[STANDAARD].model_dump().items() if v is not None}
        standaard["snelherstel_dagen"] = facts.parameters[SNELHERSTEL_TERMIJN]
        return {
            ONDERTEKENING.key: {"flow": flow},
            BESLISSINGEN.key: {e.referte: {"basis": _basis(e, facts), **standaard} for e in gekozen(facts, answers)},
        }

    def check(self, facts: OoFeiten, answers: Answers) -> Iterable[Melding]:
        return oordeel(facts, answers)

    async def apply(self, work: Work, subject: Dossier, facts: OoFeiten, answers: Answers) -> Done:
        voorgesteld = voorstellen(facts, answers).per_entiteit
        gemaakt = await beslissingen(work, facts, answers, voorgesteld)
        work.session.add_all(gemaakt)
        await work.session.flush()
        await _maak_documenten(work, facts, answers, gemaakt)
        await _laad_documenten_op(work, facts, answers, gemaakt)
        await zet_statussen(work, _statussen(facts, gemaakt))
        await close_tasks(work, subject.id, [TERMIJN_REACTIES, VERWERK_ADVIES])
        if any(b.status == Beslissingsstatus.TE_VERSTUREN for b in gemaakt):
            await open_task(work, VERSTUUR_BESLISSING, subject)
        som = aantal(len(gemaakt), "beslissing", "beslissingen")
        voor = aantal(len(voorgesteld), "entiteit", "entiteiten")
        return Done(f"{som} gemaakt.", samenvatting=f"{som} voor {voor}")


def _basis(entiteit: Entiteit, facts: OoFeiten) -> Basis | None:
    """What the decision most likely leans on: an advies that says something, else the examination."""
    advies = verstuurd_advies(entiteit, facts)
    if advies is not None and advies.uitslag != "GADV":
        return Basis.ADVIES
    return Basis.ONDERZOEK if entiteit.id in facts.bevindingen else None


async def _maak_documenten(work: Work, facts: OoFeiten, answers: Answers, gemaakt: Sequence[OoBeslissing]) -> None:
    """The documents of decisions still to be taken: VLOK composes them."""
    digitaal = answers[ONDERTEKENING].flow is Ondertekenflow.DIGITAAL
    nieuw = [b for b in gemaakt if b.status == Beslissingsstatus.IN_OPMAAK]
    await order_documents(work, facts.dossier, documenten(nieuw, facts, digitaal=digitaal))


async def _laad_documenten_op(work: Work, facts: OoFeiten, answers: Answers, gemaakt: Sequence[OoBeslissing]) -> None:
    """The documents of decisions taken outside VLOK: one file per entiteit, for each of its decisions."""
    given = {rij.entiteit: rij.bestand for rij in answers[DOCUMENTEN].per_entiteit if rij.bestand is not None}
    genomen = [
        (beslissing, facts.entiteiten[beslissing.entiteit_id])
        for beslissing in gemaakt
        if beslissing.status == Beslissingsstatus.TE_VERSTUREN
    ]
    opgeladen = [
        Attachment(DOCUMENT, document_titel(beslissing, entiteit), given[entiteit.referte], entiteit.id, beslissing.id)
        for beslissing, entiteit in genomen
        if entiteit.referte in given
    ]
    await attach_documents(work, facts.dossier, opgeladen)


def _statussen(facts: OoFeiten, gemaakt: Sequence[OoBeslissing]) -> Mapping[UUID, DpStatus]:
    """Where the deelprocedures of the new decisions stand, with the decisions they already had."""
    found = {}
    for key, nieuw in per_entiteit(gemaakt).items():
        status = status_na(b.status for b in (*facts.beslissingen.get(key, ()), *nieuw))
        assert status is not None
        found[facts.deelprocedures[key].id] = status
    return found
