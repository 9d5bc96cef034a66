"""Signing by hand: documents are made ready, printed, signed outside, and replaced by the signed file.

Handleiding VLOK, "Manuele ondertekenflow": making ready removes the watermark and freezes the text; the signed PDF then
replaces the document. The signature is the switch: from then on both sides see it, unless it is shielded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import cast, func, select, update
from sqlalchemy.dialects.postgresql import JSONB

from vlok.api.actions import Action, Done
from vlok.api.afscherming import lopende_afscherming
from vlok.api.facts import DocumentOndertekend
from vlok.api.paper import RENDER_JOB, Documentstatus
from vlok.api.tables import Document, Dossier
from vlok.api.wizard import Answers, BestandId, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work

GROUP = "Documenten"


class DocumentenKeuze(Form):
    """Welke documenten klaargemaakt worden."""

    documenten: list[str] = vraag("Documenten", [], verplicht=True, keuze=True)


@dataclass(frozen=True)
class Concepten:
    """The acting organisation's documents in opmaak of a dossier."""

    documenten: Mapping[str, Document]


class Klaarmaken(Action[Dossier, Concepten]):
    """Documenten klaarmaken voor manuele ondertekening."""

    key = "kernel.documentenKlaarmaken"
    title = "Documenten klaarmaken voor manuele ondertekening"
    description = (
        "Het watermerk ONTWERP verdwijnt en de tekst ligt vast. Druk de documenten daarna af, laat ze ondertekenen en"
        " vervang ze door het ondertekende bestand."
    )
    group = GROUP
    button = "Klaarmaken"
    subject = Dossier
    steps: ClassVar[tuple[Step[Any], ...]] = (Step("documenten", "Documenten", DocumentenKeuze),)

    async def load(self, work: Work, subject: Dossier) -> Concepten:
        mine = select(Document).where(
            Document.dossier_id == subject.id,
            Document.domein == work.actor.domein,
            Document.status == Documentstatus.IN_OPMAAK,
        )
        found = (await work.session.scalars(mine.order_by(Document.referte))).all()
        return Concepten({document.referte: document for document in found})

    def unavailable(self, facts: Concepten) -> str | None:
        return None if facts.documenten else "Er zijn geen documenten in opmaak."

    def choices(self, facts: Concepten, answers: Answers) -> Choices:
        return {"documenten.documenten": [_keuze(document) for document in facts.documenten.values()]}

    def defaults(self, facts: Concepten, answers: Answers) -> Mapping[str, Any]:
        return {"documenten": {"documenten": list(facts.documenten)}}

    async def apply(self, work: Work, subject: Dossier, facts: Concepten, answers: Answers) -> Done:
        chosen = answers[self.steps[0]].documenten
        await _make_ready(work, [facts.documenten[referte].id for referte in chosen])
        return Done(f"{_count(chosen)} klaar voor manuele ondertekening.", samenvatting=", ".join(chosen))


async def _make_ready(work: Work, keys: Sequence[UUID]) -> None:
    """Remove the watermarks and freeze the texts, in one statement; the clean files follow by job.

    Their versions need no check: who changes a document holds the lock on its dossier, as this does.
    """
    ordered = func.coalesce(Document.opdracht, cast({}, JSONB)).op("||")(cast({"concept": False}, JSONB))
    changed = update(Document).where(Document.id.in_(keys)).execution_options(synchronize_session=False)
    ready = {"status": Documentstatus.TER_MANUELE_ONDERTEKENING, "concept": False, "bestand_id": None}
    await work.session.execute(changed.values(**ready, opdracht=ordered, versie=Document.versie + 1))
    for key in keys:
        work.defer(RENDER_JOB, document_id=key)


def _keuze(document: Document) -> Keuze:
    return Keuze(document.referte, f"{document.soort} {document.titel}", (("Referte", document.referte),))


def _count(chosen: Sequence[str]) -> str:
    return "1 document" if len(chosen) == 1 else f"{len(chosen)} documenten"


class OndertekendBestand(Form):
    """Het ondertekende bestand."""

    bestand: BestandId | None = vraag(
        "Ondertekend document (pdf)", verplicht=True, bestand=True, hulp="De ingescande of digitaal ondertekende pdf."
    )


@dataclass(frozen=True)
class TeVervangen:
    """A document, and whether it is shielded: then the signature does not share it."""

    document: Document
    afgeschermd: bool


class Vervangen(Action[Document, TeVervangen]):
    """Document vervangen door het ondertekende bestand."""

    key = "kernel.documentVervangen"
    title = "Document vervangen door het ondertekende bestand"
    description = (
        "Na het vervangen geldt het document als ondertekend en zien beide organisaties het, tenzij het afgeschermd is."
    )
    group = GROUP
    button = "Vervangen"
    subject = Document
    shown_to_both = True
    steps: ClassVar[tuple[Step[Any], ...]] = (Step("bestand", "Ondertekend bestand", OndertekendBestand),)

    async def load(self, work: Work, subject: Document) -> TeVervangen:
        return TeVervangen(subject, await lopende_afscherming(work, subject.id) is not None)

    def shares(self, facts: TeVervangen) -> bool:
        return not facts.afgeschermd

    def unavailable(self, facts: TeVervangen) -> str | None:
        if facts.document.status == Documentstatus.IN_OPMAAK:
            return "Maak het document eerst klaar voor manuele ondertekening."
        if facts.document.status != Documentstatus.TER_MANUELE_ONDERTEKENING:
            return "Enkel een document dat klaar is voor manuele ondertekening kan vervangen worden."
        return None

    async def apply(self, work: Work, subject: Document, facts: TeVervangen, answers: Answers) -> Done:
        given: UUID = answers[self.steps[0]].bestand
        bestand = await work.claim_file(given)
        subject.bestand_id = bestand.id
        subject.status = Documentstatus.ONDERTEKEND
        subject.ondertekend_op = work.now
        subject.gedeeld_op = None if facts.afgeschermd else work.now
        await work.session.flush()
        await work.tell(DocumentOndertekend(subject.id, subject.soort, subject.dossier_id, subject.stap_id))
        return Done(f"{subject.soort} is vervangen door het ondertekende bestand.", samenvatting=subject.referte)


ACTIONS: Iterable[Action[Any, Any]] = (Klaarmaken(), Vervangen())
