"""What the plugin ``wi`` contributes, all of it inside its compartment; reads like a table of contents."""

from collections.abc import Iterable
from pathlib import Path

from vlok.api.actions import AnyAction
from vlok.api.compartments import Compartment
from vlok.api.documents import AnyLetter, DocumentType
from vlok.api.facts import AnyReaction
from vlok.api.graph import Extension, ObjectType, RootField
from vlok.api.hooks import hookimpl
from vlok.api.tasks import TaskType
from vlok.api.visibility import Scope
from vlok_wi import documents, graph, tasks
from vlok_wi import reactions as own_reactions
from vlok_wi import scopes as own_scopes
from vlok_wi.compartiment import COMPARTIMENT
from vlok_wi.gast import KennisNemen, OpdrachtUitvoeren
from vlok_wi.gevolg import Afsluiten, JuridischGevolg, UitspraakInvoeren, ZonderGevolg
from vlok_wi.opdracht import OnderzoekAanvragen, OnderzoekValideren, OpdrachtIntrekken
from vlok_wi.openen import DossierOpenen, MeldingAfhandelen
from vlok_wi.partijen import PartijToevoegen
from vlok_wi.pv import PvOpmaken, PvVanUitvoering, PvVerzenden
from vlok_wi.vordering import HerstelvorderingInschrijven, HerstelvorderingOpmaken, MeldingMetHerstelvordering


@hookimpl
def compartments() -> Iterable[Compartment]:
    """The shielded place of the Wooninspectie."""
    return (COMPARTIMENT,)


@hookimpl
def actions() -> Iterable[AnyAction]:
    """From the melding to the end of the dossier."""
    return (
        DossierOpenen(),
        MeldingAfhandelen(),
        PartijToevoegen(),
        OnderzoekAanvragen(),
        OpdrachtIntrekken(),
        OpdrachtUitvoeren(),
        OnderzoekValideren(),
        KennisNemen(),
        ZonderGevolg(),
        PvOpmaken(),
        PvVerzenden(),
        HerstelvorderingOpmaken(),
        HerstelvorderingInschrijven(),
        MeldingMetHerstelvordering(),
        JuridischGevolg(),
        UitspraakInvoeren(),
        PvVanUitvoering(),
        Afsluiten(),
    )


@hookimpl
def object_types() -> Iterable[type[ObjectType]]:
    """The dossier's own types."""
    return graph.OBJECT_TYPES


@hookimpl
def extensions() -> Iterable[Extension]:
    """``Dossier.wi`` and ``Pand.wiMeldingen``."""
    return graph.EXTENSIONS


@hookimpl
def root_fields() -> Iterable[RootField]:
    """``wiDossiers`` and ``wiMeldingen`` for members, ``opdrachten`` for a guest."""
    return graph.ROOT_FIELDS


@hookimpl
def scopes() -> Iterable[Scope]:
    """What an assignment opens, and what a verbalisant signs."""
    return own_scopes.SCOPES


@hookimpl
def reactions() -> Iterable[AnyReaction]:
    """To meldingen that come in and documents that are signed."""
    return own_reactions.REACTIONS


@hookimpl
def letters() -> Iterable[AnyLetter]:
    """Processen-verbaal and herstelvordering."""
    return documents.LETTERS


@hookimpl
def document_types() -> Iterable[DocumentType]:
    """What the procedure makes and keeps."""
    return documents.DOCUMENT_TYPES


@hookimpl
def task_types() -> Iterable[TaskType]:
    """The tasks of the procedure."""
    return tasks.TASK_TYPES


@hookimpl
def migrations() -> Path:
    """The compartment's schema, and the tables ``wi_…`` in it."""
    return Path(__file__).parent / "migrations"
