"""Remarks: on dossiers and their documents, and what can be done to a remark afterwards.

Afsprakenkader VLOK: the author's organisation decides whether the other side reads a remark. What that side has read
cannot be taken back; of a narrowing and a reading at the same moment exactly one succeeds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actions import Action, AnyAction, Done
from vlok.api.actor import Actor, OrganisatieSoort
from vlok.api.errors import Refusal
from vlok.api.facts import Afgeschermd, AnyReaction, Reaction
from vlok.api.graph import ObjectType, column, derived, expression
from vlok.api.opmerkingen import OpmerkingLezers, Plaats, Schrijven
from vlok.api.orm import Base
from vlok.api.tables import Document, Dossier, Onderwerp, Opmerking
from vlok.api.wizard import Answers
from vlok.api.work import Work
from vlok.core.eigendom import is_eigen, organisatie_naam

GELEZEN = "De andere organisatie las deze opmerking al."
NIET_GEDEELD = "De andere organisatie ziet dit document niet."
INGEHAALD = "Een opmerking werd zonet gewijzigd. Laad de pagina opnieuw."


class OpmerkingSchrijven(Schrijven[Dossier]):
    """Opmerking schrijven bij een dossier."""

    key = "kernel.opmerkingSchrijven"
    subject = Dossier

    def plaats(self, subject: Dossier) -> Plaats:
        return Plaats(subject.onderwerp_id, subject.id)


class DocumentOpmerkingSchrijven(Schrijven[Document]):
    """Opmerking schrijven bij een document."""

    key = "kernel.documentOpmerkingSchrijven"
    subject = Document

    def plaats(self, subject: Document) -> Plaats:
        return Plaats(subject.onderwerp_id, subject.dossier_id, subject.id, subject.gedeeld_op is not None)


@dataclass(frozen=True)
class MetPlaats:
    """A remark, what it is on, and whether the acting person wrote it."""

    opmerking: Opmerking
    onderwerp: Base
    deelbaar: bool
    van_mij: bool


class OpmerkingHandeling(Action[Opmerking, MetPlaats]):
    """An action of the author's organisation on its remark; the other side sees nothing of it."""

    subject = Opmerking
    group = "Opmerkingen"
    changes_dossier = False

    async def load(self, work: Work, subject: Opmerking) -> MetPlaats:
        dossier, key = subject.dossier_id, subject.onderwerp_id
        place: Base = await (
            work.session.get_one(Dossier, dossier) if dossier else work.session.get_one(Onderwerp, key)
        )
        deelbaar = subject.document_id is None or await self._gedeeld(work, subject.document_id)
        return MetPlaats(subject, place, deelbaar, subject.auteur_id == work.actor.gebruiker_id)

    async def _gedeeld(self, work: Work, document_id: UUID) -> bool:
        """Whether both sides see a document; the document of another organisation may have been shielded since."""
        document = await work.session.get(Document, document_id)
        return document is not None and document.gedeeld_op is not None

    async def ongelezen(self, work: Work, subject: Opmerking) -> None:
        """Hold the remark; Refusal when the other side read it in the meantime, or is doing so now."""
        await work.session.refresh(subject, with_for_update=True)
        if subject.gelezen_op is not None:
            raise Refusal("NIET_BESCHIKBAAR", GELEZEN)


class OpmerkingBeperken(OpmerkingHandeling):
    """Opmerking beperken tot de eigen organisatie."""

    key = "kernel.opmerkingBeperken"
    title = "Opmerking beperken tot de eigen organisatie"
    description = "Dat kan zolang de andere organisatie de opmerking niet las."
    button = "Beperken"

    def unavailable(self, facts: MetPlaats) -> str | None:
        if facts.opmerking.gedeeld_op is None:
            return "Enkel uw organisatie leest deze opmerking."
        return GELEZEN if facts.opmerking.gelezen_op else None

    async def apply(self, work: Work, subject: Opmerking, facts: MetPlaats, answers: Answers) -> Done:
        await self.ongelezen(work, subject)
        subject.gedeeld_op = None
        return Done("Enkel uw organisatie leest deze opmerking nog.")


class OpmerkingDelen(OpmerkingHandeling):
    """Opmerking delen met de andere organisatie."""

    key = "kernel.opmerkingDelen"
    title = "Opmerking delen met de andere organisatie"
    button = "Delen"
    reveals = (Opmerking,)

    def unavailable(self, facts: MetPlaats) -> str | None:
        if facts.opmerking.gedeeld_op is not None:
            return "Beide organisaties lezen deze opmerking al."
        return None if facts.deelbaar else NIET_GEDEELD

    async def apply(self, work: Work, subject: Opmerking, facts: MetPlaats, answers: Answers) -> Done:
        subject.gedeeld_op = work.now
        return Done("Beide organisaties lezen deze opmerking.")


class OpmerkingVerwijderen(OpmerkingHandeling):
    """Opmerking verwijderen."""

    key = "kernel.opmerkingVerwijderen"
    title = "Opmerking verwijderen"
    description = "Enkel wie de opmerking schreef, en zolang de andere organisatie ze niet las."
    button = "Verwijderen"
    dangerous = True

    def unavailable(self, facts: MetPlaats) -> str | None:
        if not facts.van_mij:
            return "Enkel wie de opmerking schreef, kan ze verwijderen."
        return GELEZEN if facts.opmerking.gelezen_op else None

    async def apply(self, work: Work, subject: Opmerking, facts: MetPlaats, answers: Answers) -> Done:
        await self.ongelezen(work, subject)
        await work.session.delete(subject)
        return Done("De opmerking is verwijderd.", toon=facts.onderwerp)


async def markeer_gelezen(session: AsyncSession, actor: Actor, moment: datetime, keys: Sequence[UUID]) -> None:
    """Remarks of another domain were shown to the actor: keep when that first happened.

    The inspectorate reads without a trace. Refusal ``CONFLICT`` when one of them is no longer the actor's to see: it
    was narrowed or removed after it was read and before this answer left, so the answer may not leave.
    """
    if actor.soort is OrganisatieSoort.WI:
        return
    shown = select(Opmerking.id, Opmerking.domein, Opmerking.gelezen_op).where(Opmerking.id.in_(keys))
    rows = (await session.execute(shown)).all()
    unread = {row.id for row in rows if row.domein != actor.domein and row.gelezen_op is None}
    if len(rows) < len(set(keys)):
        raise Refusal("CONFLICT", INGEHAALD)
    if not unread:
        return
    # Held in one order, so that two readers of the same remarks never wait for each other.
    held = select(Opmerking.id).where(Opmerking.id.in_(unread)).order_by(Opmerking.id).with_for_update()
    if len((await session.execute(held)).all()) < len(unread):
        raise Refusal("CONFLICT", INGEHAALD)
    first = update(Opmerking).where(Opmerking.id.in_(unread), Opmerking.gelezen_op.is_(None))
    await session.execute(first.values(gelezen_op=moment).execution_options(synchronize_session=False))


async def verberg_opmerkingen(work: Work, feit: Afgeschermd) -> None:
    """An own remark on a document would tell that the document exists: it follows it."""
    own = (Opmerking.document_id == feit.object_id, Opmerking.domein == work.actor.domein)
    on_it = update(Opmerking).where(*own, Opmerking.gedeeld_op.is_not(None))
    await work.session.execute(on_it.values(gedeeld_op=None, versie=Opmerking.versie + 1))


def _zichtbaarheid(gedeeld_op: str | None) -> str:
    return (OpmerkingLezers.BEIDE if gedeeld_op else OpmerkingLezers.EIGEN).label


class OpmerkingType(ObjectType):
    """Een opmerking bij een pand, een dossier of een document."""

    key = "kernel.opmerking"
    name = "Opmerking"
    model = Opmerking
    gelogd = "opmerking"
    toon_aan_ander = markeer_gelezen

    tekst = column("Gewone tekst")
    auteur = column("Wie ze schreef")
    organisatie_naam = expression(str, organisatie_naam, "Voor welke organisatie")
    geschreven_op = column()
    zichtbaarheid = derived(str, ("gedeeld_op",), _zichtbaarheid, "Eigen organisatie of Beide")
    gelezen_door_andere = derived(
        bool, ("gelezen_op",), lambda moment: moment is not None, "De andere organisatie las ze al"
    )
    eigen = expression(bool, is_eigen, "Van de eigen organisatie")
    versie = column()


ACTIONS: Iterable[AnyAction] = (
    OpmerkingSchrijven(),
    DocumentOpmerkingSchrijven(),
    OpmerkingBeperken(),
    OpmerkingDelen(),
    OpmerkingVerwijderen(),
)
REACTIONS: tuple[AnyReaction, ...] = (Reaction("kernel.opmerkingenVerbergen", Afgeschermd, verberg_opmerkingen),)
