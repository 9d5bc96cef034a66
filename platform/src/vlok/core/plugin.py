"""The kernel's own contributions; reads like a table of contents."""

from collections.abc import Iterable
from pathlib import Path

from vlok.api.actions import AnyAction
from vlok.api.facts import AnyReaction
from vlok.api.graph import ObjectType, RootField
from vlok.api.hooks import hookimpl
from vlok.api.jobs import Job
from vlok.api.paper import HUISSTIJL
from vlok.api.parameters import AnyParameter
from vlok.api.visibility import Scope
from vlok.compartments import crossing
from vlok.core import afscherming, document_actions, logboek, opmerkingen, queries, types, vervanging_actions
from vlok.core import jobs as own_jobs
from vlok.core.parameter_actions import ParameterInstellen


@hookimpl
def actions() -> Iterable[AnyAction]:
    """Making documents ready, replacing them by the signed file, setting parameters, replacing absent colleagues."""
    own = (*document_actions.ACTIONS, *afscherming.ACTIONS, *opmerkingen.ACTIONS)
    return (*own, ParameterInstellen(), *vervanging_actions.ACTIONS)


@hookimpl
def reactions() -> Iterable[AnyReaction]:
    """What a shield takes along: lines of the timeline, remarks."""
    return (*afscherming.REACTIONS, *opmerkingen.REACTIONS)


@hookimpl
def object_types() -> Iterable[type[ObjectType]]:
    """Organisations, subjects, dossiers, tasks, documents; the audit trail."""
    return (*types.OBJECT_TYPES, *logboek.OBJECT_TYPES)


@hookimpl
def scopes() -> Iterable[Scope]:
    """Substitutions that concern the user."""
    return vervanging_actions.SCOPES


@hookimpl
def root_fields() -> Iterable[RootField]:
    """``ik``, ``documenttypes``, ``dossier``, ``werklijst``, ``logboek``, ``inzageredenen``."""
    return (*queries.ROOT_FIELDS, *logboek.ROOT_FIELDS)


@hookimpl
def jobs() -> Iterable[Job]:
    """Printing documents, telling a fact in the place that it crosses to."""
    return (*own_jobs.JOBS, *crossing.JOBS)


@hookimpl
def parameters() -> Iterable[AnyParameter]:
    """The house style, and how long a substitution may last."""
    return (HUISSTIJL, vervanging_actions.DUUR)


@hookimpl
def migrations() -> Path:
    """The kernel's tables."""
    return Path(__file__).parent.parent / "migrations"
