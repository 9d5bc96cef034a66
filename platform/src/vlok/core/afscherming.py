"""Shielding a document, and what follows from any shielding in the kernel's own tables."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Update, update

from vlok.api.actions import AnyAction
from vlok.api.afscherming import Afschermen, Opheffen, reden_naam
from vlok.api.facts import Afgeschermd, AfschermingOpgeheven, AnyReaction, Reaction
from vlok.api.graph import ObjectType, column, derived
from vlok.api.tables import Afscherming, Document
from vlok.api.work import Work
from vlok.procedures.tables import Uitvoering
from vlok.unit_of_work import UnitOfWork


class DocumentAfschermen(Afschermen[Document]):
    """Document afschermen."""

    key = "kernel.documentAfschermen"
    title = "Document afschermen"
    subject = Document

    def belet(self, rij: Document) -> str | None:
        if rij.verstuurd_op is None:
            return None
        return (
            f"{rij.referte} is verstuurd naar de andere organisatie. Wat volgens de regelgeving verstuurd moet worden,"
            " kan niet afgeschermd worden."
        )


class DocumentAfschermingOpheffen(Opheffen[Document]):
    """Afscherming van een document opheffen."""

    key = "kernel.afschermingOpheffen"
    subject = Document
    reveals = (Document,)


async def verberg_tijdlijn(work: Work, feit: Afgeschermd) -> None:
    """What the timeline tells of a shielded row is the own organisation's too."""
    told = _eigen_regels(work, feit.object_id).where(Uitvoering.gedeeld_op.is_not(None))
    await work.session.execute(told.values(gedeeld_op=None))


async def toon_tijdlijn(work: Work, feit: AfschermingOpgeheven) -> None:
    """And comes back with the row: the lines of actions that both sides see."""
    assert isinstance(work, UnitOfWork)  # the kernel's own reaction may ask the kernel what plugins declared
    shown = [action.key for action in work.kernel.actions.values() if action.shown_to_both]
    told = _eigen_regels(work, feit.object_id).where(Uitvoering.handeling.in_(shown))
    await work.session.execute(told.values(gedeeld_op=work.now))


def _eigen_regels(work: Work, object_id: UUID) -> Update:
    return update(Uitvoering).where(Uitvoering.subject_id == object_id, Uitvoering.domein == work.actor.domein)


class AfschermingType(ObjectType):
    """Waarom en door wie iets van de andere organisatie afgeschermd is. Enkel de eigen organisatie leest dit."""

    key = "kernel.afscherming"
    name = "Afscherming"
    model = Afscherming

    reden = column("Code van de reden")
    reden_naam = derived(str, ("reden",), reden_naam, "De reden in woorden")
    toelichting = column()
    afgeschermd_op = column()
    afgeschermd_door = column()
    opgeheven_op = column("Leeg: geldt nog")
    opgeheven_door = column()


ACTIONS: Iterable[AnyAction] = (DocumentAfschermen(), DocumentAfschermingOpheffen())
REACTIONS: tuple[AnyReaction, ...] = (
    Reaction("kernel.tijdlijnVerbergen", Afgeschermd, verberg_tijdlijn),
    Reaction("kernel.tijdlijnTonen", AfschermingOpgeheven, toon_tijdlijn),
)
