"""Find plugins, load them strictly, and collect what they contribute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from importlib.metadata import entry_points
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, cast

from pluggy import HookCaller, PluginManager

from vlok.api import hooks
from vlok.api.actions import AnyAction
from vlok.api.catalogue import doubled
from vlok.api.compartments import Compartment
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
ALWAYS = ("kernel", "register")
"""What every place has, whatever plugins are chosen."""


class Keyed(Protocol):
    """Anything a plugin contributes."""

    @property
    def key(self) -> str:
        """Begins with the plugin's own key."""
        ...


@dataclass(frozen=True)
class Contributions:
    """What the plugins of one place offer, by key. The field names are the hook names.

    ``plugins`` are the keys of those that live in the place. Of the common place ``migrations`` and ``compartments``
    are those of all plugins, and ``inside`` says what each compartment, by its schema, is made of.
    """

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
    compartments: Mapping[str, Compartment]
    migrations: Mapping[str, Path]
    plugins: tuple[str, ...] = ()
    inside: Mapping[str, Contributions] = field(default_factory=lambda: MappingProxyType({}))

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


def gather(manager: PluginManager) -> Contributions:
    """What the common place is made of, and each compartment. A plugin that has a compartment lives only there.

    Raises ContractError when a compartment needs a plugin that is not loaded.
    """
    everything = collect(manager)
    homes = {compartment.schema for compartment in everything.compartments.values()}
    inside = {one.schema: collect(manager, *_living_in(one, everything)) for one in everything.compartments.values()}
    common = collect(manager, *(key for key in everything.plugins if key not in homes))
    return replace(
        common,
        migrations=everything.migrations,
        compartments=everything.compartments,
        inside=MappingProxyType(inside),
    )


def _living_in(compartment: Compartment, everything: Contributions) -> Iterator[str]:
    for key in compartment.plugins:
        if key not in everything.plugins:
            raise ContractError(f"{compartment.key} needs the plugin {key}")
    return (key for key in everything.plugins if key in (*ALWAYS, *compartment.plugins))


def collect(manager: PluginManager, *only: str) -> Contributions:
    """Everything contributed by the loaded plugins (or only by those named), each claimed by its plugin."""
    loaded = tuple(sorted(key for key, _ in manager.list_name_plugin()))
    chosen = only or loaded
    left_out = [manager.get_plugin(key) for key in loaded if key not in chosen]

    def hook(name: str) -> HookCaller:
        return manager.subset_hook_caller(name, remove_plugins=left_out)

    apart: dict[str, Any] = {
        "migrations": MappingProxyType({i.plugin_name: i.function() for i in hook("migrations").get_hookimpls()}),
        "document_types": document_types(hook("document_types")),
        "plugins": tuple(key for key in loaded if key in chosen),
        "inside": MappingProxyType({}),
    }
    claimed: dict[str, Any] = {f.name: contributed(hook(f.name)) for f in fields(Contributions) if f.name not in apart}
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
