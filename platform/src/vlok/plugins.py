"""Find plugins, load them strictly, and collect what they contribute."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from importlib.metadata import entry_points
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, cast

from pluggy import HookCaller, PluginManager

from vlok.api import hooks
from vlok.api.actions import AnyAction
from vlok.api.catalogue import doubled
from vlok.api.documents import AnyLetter, DocumentType
from vlok.api.errors import ContractError
from vlok.api.facts import AnyReaction
from vlok.api.graph import Extension, ObjectType, RootField
from vlok.api.imports import Importer
from vlok.api.jobs import Job
from vlok.api.parameters import AnyParameter
from vlok.api.tasks import TaskType
from vlok.api.visibility import KERNEL_SCOPES, Scope

GROUP = "vlok.plugins"


class Keyed(Protocol):
    """Anything a plugin contributes."""

    @property
    def key(self) -> str:
        """Begins with the plugin's own key."""
        ...


@dataclass(frozen=True)
class Contributions:
    """Everything the loaded plugins offer, by key. The field names are the hook names."""

    actions: Mapping[str, AnyAction]
    object_types: Mapping[str, type[ObjectType]]
    extensions: Mapping[str, Extension]
    root_fields: Mapping[str, RootField]
    scopes: Mapping[str, Scope]
    reactions: Mapping[str, AnyReaction]
    jobs: Mapping[str, Job]
    letters: Mapping[str, AnyLetter]
    document_types: tuple[DocumentType, ...]
    task_types: Mapping[str, TaskType]
    parameters: Mapping[str, AnyParameter]
    imports: Mapping[str, Importer]
    migrations: Mapping[str, Path]

    @property
    def all_scopes(self) -> list[Scope]:
        """The kernel's scopes and the plugins'."""
        return [*KERNEL_SCOPES, *self.scopes.values()]


def installed(*only: str) -> Iterator[tuple[str, object]]:
    """The installed plugins (or only those named) as key and module; ContractError for a name that is not there."""
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    for key in only:
        if key not in found:
            raise ContractError(f"plugin {key} is not installed")
    return ((key, entry.load()) for key, entry in found.items() if not only or key in only)


def load(plugins: Iterable[tuple[str, object]]) -> PluginManager:
    """Register in key order, so that nothing depends on the order of installation."""
    manager = PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    for key, plugin in sorted(plugins, key=lambda pair: pair[0]):
        manager.register(plugin, name=key)
    manager.check_pending()  # a misspelt hook is an error, not a silence
    return manager


def collect(manager: PluginManager) -> Contributions:
    """Everything contributed, each claimed by its plugin."""
    hook = manager.hook
    apart: dict[str, Any] = {
        "migrations": MappingProxyType({i.plugin_name: i.function() for i in hook.migrations.get_hookimpls()}),
        "document_types": document_types(hook.document_types),
    }
    claimed: dict[str, Any] = {
        f.name: contributed(getattr(hook, f.name)) for f in fields(Contributions) if f.name not in apart
    }
    return Contributions(**claimed, **apart)


def document_types(hook: HookCaller) -> tuple[DocumentType, ...]:
    """The document types of all plugins; a number that two of them give for the same day is refused, and named."""
    given = (cast(Callable[[], Iterable[DocumentType]], impl.function)() for impl in hook.get_hookimpls())
    found = tuple(sorted(chain.from_iterable(given), key=lambda type_: (type_.nummer, type_.geldig_van)))
    if (twice := doubled(found, "nummer")) is not None:
        raise ContractError(f"document type {twice} is contributed twice for the same day")
    return found


def contributed(hook: HookCaller) -> Mapping[str, Any]:
    """Everything contributed to ``hook`` by key; foreign and repeated keys are refused, and named."""
    claimed: dict[str, Any] = {}
    for impl in sorted(hook.get_hookimpls(), key=lambda impl: impl.plugin_name):
        for item in cast(Callable[[], Iterable[Keyed]], impl.function)():
            if item.key.partition(".")[0] != impl.plugin_name:
                raise ContractError(f"{impl.plugin_name} may not contribute {item.key}")
            if item.key in claimed:
                raise ContractError(f"{item.key} is contributed twice")
            claimed[item.key] = item
    return MappingProxyType(claimed)
