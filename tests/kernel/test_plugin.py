"""Plugins are loaded strictly: what is misspelt, foreign or double stops the start and says who."""

from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest
from pluggy import PluginValidationError

from vlok.api.documents import DocumentType
from vlok.api.errors import ContractError
from vlok.api.graph import Extension, ObjectType, column, one
from vlok.api.hooks import hookimpl
from vlok.api.jobs import Job
from vlok.api.tables import Onderwerp
from vlok.app import contributions
from vlok.core import plugin as kernel_plugin
from vlok.core.types import OnderwerpType
from vlok.graph.schema import Assembly
from vlok.graph.types import Types
from vlok.plugins import collect, installed, load
from vlok.settings import Settings
from vlok.testing.practice import practice_contributions


async def run(work: Any) -> None:
    """Nothing."""


def plugin(**hooks: Any) -> ModuleType:
    """A plugin module whose hooks answer with these values."""
    module = ModuleType("een_plugin")
    for name, value in hooks.items():
        setattr(module, name, hookimpl(lambda value=value: value))
    return module


def collected(**plugins: ModuleType):
    return collect(load(plugins.items()))


def test_a_hook_that_does_not_exist_is_an_error_and_no_silence() -> None:
    with pytest.raises(PluginValidationError, match="acties"):
        collected(een=plugin(acties=()))


def test_a_hook_with_an_argument_the_contract_lacks_is_an_error() -> None:
    module = ModuleType("een_plugin")
    module.jobs = hookimpl(lambda eigenaar: ())
    with pytest.raises(PluginValidationError, match="eigenaar"):
        collected(een=module)


def test_a_contribution_under_another_plugins_key_is_refused_and_named() -> None:
    with pytest.raises(ContractError, match=r"^een may not contribute twee\.werk$"):
        collected(een=plugin(jobs=[Job("twee.werk", run)]))


def test_a_key_without_its_plugins_prefix_is_refused() -> None:
    for key in ("werk", "eentje.werk", "", ".een"):
        with pytest.raises(ContractError, match="een may not contribute"):
            collected(een=plugin(jobs=[Job(key, run)]))


def test_a_key_contributed_twice_is_refused_and_named() -> None:
    with pytest.raises(ContractError, match=r"een\.werk is contributed twice"):
        collected(een=plugin(jobs=[Job("een.werk", run), Job("een.werk", run)]))


def een_type(van: int, tot: int) -> DocumentType:
    """DT034 in these years."""
    period = {"geldig_van": date(van, 1, 1), "geldig_tot": date(tot, 12, 31), "bron": "proef"}
    return DocumentType.model_validate({"nummer": "DT034", "naam": "Beslissing", "aanmaak": ["A"], **period})


def test_a_document_type_that_two_plugins_give_for_the_same_day_is_refused_and_named() -> None:
    early, late = een_type(2018, 2020), een_type(2021, 2030)
    found = collected(een=plugin(document_types=[late]), twee=plugin(document_types=[early]))
    assert found.document_types == (early, late)
    with pytest.raises(ContractError, match=r"DT034 is contributed twice for the same day"):
        collected(een=plugin(document_types=[early]), twee=plugin(document_types=[een_type(2020, 2020)]))


def test_the_order_of_installation_does_not_matter() -> None:
    modules = {key: plugin(jobs=[Job(f"{key}.b", run), Job(f"{key}.a", run)]) for key in ("twee", "een")}
    there, back = collected(**modules), collect(load(reversed(list(modules.items()))))
    assert list(there.jobs) == list(back.jobs) == ["een.b", "een.a", "twee.b", "twee.a"]


def test_a_plugin_that_is_not_installed_is_named() -> None:
    with pytest.raises(ContractError, match="plugin bestaatniet is not installed"):
        installed("bestaatniet")


def test_settings_choose_plugins_and_the_kernel_always_comes_along() -> None:
    keys = {key.partition(".")[0] for key in contributions(Settings(plugins=("vivoo",))).object_types}
    assert {"kernel", "register", "vivoo"} <= keys
    assert "oo" not in keys


def test_what_is_contributed_cannot_be_changed_afterwards() -> None:
    found = practice_contributions()
    with pytest.raises(TypeError):
        found.actions["proef.nog"] = found.actions["proef.noteren"]  # type: ignore[index]


class Nog(ObjectType):
    """Nog een type."""

    key = "een.nog"
    name = "Onderwerp"
    model = Onderwerp
    referte = column()


class Wijst(ObjectType):
    """Wijst naar niets."""

    key = "een.wijst"
    name = "Wijst"
    model = Onderwerp
    elders = one("Nergens", lambda a, b: a.id == b.id)


class Kolom(ObjectType):
    """Noemt een kolom die er niet is."""

    key = "een.kolom"
    name = "Kolom"
    model = Onderwerp
    onbestaand = column()


DOUBLE = {"titel": column()}


@pytest.mark.parametrize(
    ("types", "extensions", "reason"),
    [
        ([OnderwerpType, Nog], [], "een.nog: type Onderwerp is published twice"),
        ([Wijst], [], "een.wijst: elders points at Nergens, which nobody publishes"),
        ([Kolom], [], "een.kolom: onbestaand is no column of Onderwerp"),
        ([OnderwerpType], [Extension("een.x", "Nergens", {})], "een.x: there is no type Nergens to extend"),
        ([OnderwerpType], [Extension("een.x", "Onderwerp", DOUBLE)], "een.x: Onderwerp.titel exists already"),
    ],
)  # fmt: skip
def test_a_type_that_does_not_fit_the_others_is_refused_and_named(types, extensions, reason) -> None:
    with pytest.raises(ContractError) as refused:
        Types(types, extensions)
    assert str(refused.value) == reason


def test_two_queries_under_one_name_are_refused() -> None:
    found = collected(kernel=kernel_plugin)
    ik = found.root_fields["kernel.ik"]
    double = replace(found, root_fields={"een.ik": ik, "twee.ik": ik})
    with pytest.raises(ContractError, match="the query ik exists already"):
        Assembly(double, Types(found.object_types.values(), [])).schema(introspection=False)


def test_everything_declared_appears_in_the_schema() -> None:
    found = practice_contributions()
    sdl = Assembly(found, Types(found.object_types.values(), found.extensions.values())).schema(introspection=True)
    text = sdl.as_str()
    assert "proefNoteren(" in text
    assert "documentVervangen(" in text
    assert "input ProefNota" in text
    assert "enum ProefSoort" in text
