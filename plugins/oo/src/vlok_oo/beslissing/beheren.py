"""What can be done to one decision that was not sent: remove it, or upload its document."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import delete

from vlok.api.actions import Action, Done
from vlok.api.paper import Attachment, attach_documents
from vlok.api.tables import Document, Dossier
from vlok.api.tasks import close_tasks
from vlok.api.wizard import Answers, BestandId, Form, Step, vraag
from vlok.api.work import Work
from vlok_oo.beslissing.rijen import DOCUMENT, document_titel
from vlok_oo.feiten import OoFeiten, laad_feiten
from vlok_oo.handeling import zet_statussen
from vlok_oo.procedure import Dossierstatus, DpStatus, status_na
from vlok_oo.tables import OoBeslissing
from vlok_oo.tasks import VERSTUUR_BESLISSING, VERWERK_BESLISSING
from vlok_oo.validaties import NIET_VERSTUURD
from vlok_oo.voorstel import Beslissingsstatus

GROUP = "Beslissing burgemeester"


@dataclass(frozen=True)
class MetDossier:
    """A decision, and the facts of the dossier it belongs to."""

    beslissing: OoBeslissing
    feiten: OoFeiten

    @property
    def andere(self) -> Sequence[OoBeslissing]:
        """The other decisions of the procedure."""
        return [b for b in self.feiten.alle_beslissingen if b.id != self.beslissing.id]


class BeslissingHandeling(Action[OoBeslissing, MetDossier]):
    """An action on a decision of a running procedure that was not sent."""

    subject = OoBeslissing
    group = GROUP

    async def load(self, work: Work, subject: OoBeslissing) -> MetDossier:
        dossier = await work.session.get_one(Dossier, subject.dossier_id)
        return MetDossier(subject, await laad_feiten(work, dossier))

    def unavailable(self, facts: MetDossier) -> str | None:
        if facts.feiten.dossier.status != Dossierstatus.GESTART:
            return f"Dit dossier is {facts.feiten.dossier.status.lower()}."
        if facts.beslissing.status not in NIET_VERSTUURD:
            return "Deze beslissing is al verstuurd."
        return self.belet(facts)

    def belet(self, facts: MetDossier) -> str | None:
        """Why this decision does not allow it; ``None`` when it does."""
        return None


class BeslissingVerwijderen(BeslissingHandeling):
    """Beslissing verwijderen (handleiding VLOK: "het verwijderkruisje")."""

    key = "oo.beslissingVerwijderen"
    title = "Beslissing verwijderen"
    description = "De beslissing verdwijnt met al haar documenten. Daarna kan u ze opnieuw maken."
    button = "Verwijderen"
    dangerous = True

    async def apply(self, work: Work, subject: OoBeslissing, facts: MetDossier, answers: Answers) -> Done:
        await work.session.execute(delete(Document).where(Document.stap_id == subject.id))
        await work.session.delete(subject)
        await work.session.flush()
        rest = [b.status for b in facts.andere if b.entiteit_id == subject.entiteit_id]
        await zet_statussen(work, {subject.deelprocedure_id: status_na(rest) or DpStatus(subject.vorige_status)})
        if not any(b.status == Beslissingsstatus.TE_VERSTUREN for b in facts.andere):
            await close_tasks(work, subject.dossier_id, [VERSTUUR_BESLISSING, VERWERK_BESLISSING])
        return Done(
            f"Beslissing {subject.referte} is verwijderd.", toon=facts.feiten.dossier, samenvatting=subject.referte
        )


class OoBesluitBestand(Form):
    """The document of a decision."""

    bestand: BestandId | None = vraag("Beslissingsdocument (pdf)", verplicht=True, bestand=True)


class DocumentOpladen(BeslissingHandeling):
    """Beslissingsdocument opladen."""

    key = "oo.beslissingDocumentOpladen"
    title = "Beslissingsdocument opladen"
    description = "Een beslissing kan pas verstuurd worden als haar document is opgeladen."
    button = "Opladen"
    steps: ClassVar[tuple[Step[Any], ...]] = (Step("document", "Document", OoBesluitBestand),)

    def belet(self, facts: MetDossier) -> str | None:
        if facts.beslissing.status != Beslissingsstatus.TE_VERSTUREN:
            return "VLOK maakte de documenten van deze beslissing; vervang ze door de ondertekende."
        return "Deze beslissing heeft al een document." if facts.feiten.documenten.get(facts.beslissing.id) else None

    async def apply(self, work: Work, subject: OoBeslissing, facts: MetDossier, answers: Answers) -> Done:
        given: UUID = answers[self.steps[0]].bestand
        entiteit = facts.feiten.entiteiten[subject.entiteit_id]
        titel = document_titel(subject, entiteit)
        document = Attachment(DOCUMENT, titel, given, entiteit.id, subject.id)
        await attach_documents(work, facts.feiten.dossier, [document])
        return Done(f"Het document van {subject.referte} is opgeladen.", samenvatting=subject.referte)
