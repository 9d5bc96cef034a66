"""What the plugin ``oo`` contributes; reads like a table of contents."""

from collections.abc import Iterable
from pathlib import Path

from vlok.api.actions import AnyAction
from vlok.api.documents import AnyLetter, DocumentType
from vlok.api.facts import AnyReaction
from vlok.api.graph import Extension, ObjectType
from vlok.api.hooks import hookimpl
from vlok.api.parameters import AnyParameter
from vlok.api.tasks import TaskType
from vlok_oo import documents, graph, tasks
from vlok_oo import parameters as own_parameters
from vlok_oo import reactions as own_reactions
from vlok_oo.advies.maken import AdviesMaken
from vlok_oo.advies.versturen import AdviesVersturen
from vlok_oo.advies.vragen import AdviesVragen
from vlok_oo.beslissing.beheren import BeslissingVerwijderen, DocumentOpladen
from vlok_oo.beslissing.maken import BeslissingMaken
from vlok_oo.beslissing.valideren import BeslissingNietValideren, BeslissingValideren
from vlok_oo.beslissing.versturen import BeslissingVersturen
from vlok_oo.hoorplicht import HoorplichtStarten
from vlok_oo.koppelen import OnderzoekKoppelen
from vlok_oo.reactie import ReactieRegistreren
from vlok_oo.start import Starten
from vlok_oo.verhuring import VerhuringMelden


@hookimpl
def actions() -> Iterable[AnyAction]:
    """From the verzoek to the valid decision."""
    return (
        Starten(),
        OnderzoekKoppelen(),
        AdviesVragen(),
        AdviesMaken(),
        AdviesVersturen(),
        HoorplichtStarten(),
        ReactieRegistreren(),
        BeslissingMaken(),
        BeslissingVerwijderen(),
        DocumentOpladen(),
        BeslissingVersturen(),
        BeslissingValideren(),
        BeslissingNietValideren(),
        VerhuringMelden(),
    )


@hookimpl
def object_types() -> Iterable[type[ObjectType]]:
    """The procedure and its steps."""
    return graph.OBJECT_TYPES


@hookimpl
def extensions() -> Iterable[Extension]:
    """``Dossier.oo``."""
    return (graph.DOSSIER,)


@hookimpl
def reactions() -> Iterable[AnyReaction]:
    """To signed examinations and documents, and to what ends a procedure."""
    return own_reactions.REACTIONS


@hookimpl
def letters() -> Iterable[AnyLetter]:
    """Advies and beslissing."""
    return documents.LETTERS


@hookimpl
def document_types() -> Iterable[DocumentType]:
    """What the procedure sends, receives and keeps."""
    return documents.DOCUMENT_TYPES


@hookimpl
def task_types() -> Iterable[TaskType]:
    """The tasks of the procedure."""
    return tasks.TASK_TYPES


@hookimpl
def parameters() -> Iterable[AnyParameter]:
    """What organisations set for the procedure."""
    return own_parameters.PARAMETERS


@hookimpl
def migrations() -> Path:
    """The tables ``oo_…``."""
    return Path(__file__).parent / "migrations"
