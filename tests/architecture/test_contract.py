"""What every plugin owes the kernel, asked of each of them alike: a new obligation stands here once."""

import json
from dataclasses import replace
from datetime import date
from importlib.metadata import entry_points

import pytest

from vlok.api.documents import RenderOrder
from vlok.api.orm import Base
from vlok.app import stationery_packages
from vlok.db.migrate import owner_of_table
from vlok.documents.stationery import html, stationery
from vlok.graph.types import Types
from vlok.plugins import GROUP, Contributions, collect, installed, load
from vlok.testing.documents import HUISSTIJL

OURS = ("kernel", "register")
PLUGINS = sorted(entry.name for entry in entry_points(group=GROUP) if entry.name not in OURS)
EVERYBODY = [*OURS, *PLUGINS]


def offered(*keys: str) -> Contributions:
    """What these plugins contribute when no others are installed."""
    return collect(load(installed(*keys)))


@pytest.mark.parametrize("key", PLUGINS)
def test_a_plugin_stands_on_kernel_and_register_alone(key):
    found = offered(*OURS, key)
    assert Types(found.object_types.values(), found.extensions.values())


@pytest.mark.parametrize("key", PLUGINS)
def test_its_tables_and_types_carry_its_name(key):
    found = offered(key)
    tables = [name for name in Base.metadata.tables if owner_of_table(name) == key]
    assert [name for name in tables if not name.startswith(f"{key}_")] == []
    assert [t.name for t in found.object_types.values() if not t.name.lower().startswith(key)] == []


@pytest.mark.parametrize("key", EVERYBODY)
def test_each_action_can_be_offered_and_asked(key):
    for action in offered(key).actions.values():
        assert action.title, action.key
        assert action.subject.__tablename__, action.key
        steps = [step.key for step in action.steps]
        assert len(steps) == len(set(steps)), action.key
        for step in action.steps:
            assert (step.per is None) == (step.item_key is None), f"{action.key}: {step.key}"


@pytest.mark.parametrize("key", EVERYBODY)
def test_the_forms_of_a_plugin_are_named_so_that_no_other_can_clash(key):
    mine = {step.form for action in offered(key).actions.values() for step in action.steps}
    others = [other for other in EVERYBODY if other != key]
    theirs = {s.form for a in offered(*others).actions.values() for s in a.steps}
    clashing = {form.__name__ for form in mine - theirs} & {form.__name__ for form in theirs - mine}
    assert clashing == set()


@pytest.mark.parametrize("key", EVERYBODY)
def test_every_letter_prints_its_sample(key):
    found = offered(key)
    environment = stationery(stationery_packages(found))
    for letter in found.letters.values():
        order = RenderOrder(letter.template, letter.plain(letter.sample), HUISSTIJL, "DO26-000001", letter.title, DAY)
        again = RenderOrder.from_json(json.dumps(json.loads(order.to_json())))
        assert letter.title in html(environment, replace(again, concept=False)), letter.key


DAY = date(2026, 11, 23)


@pytest.mark.parametrize("key", EVERYBODY)
def test_its_migrations_make_exactly_its_tables(key):
    folder = offered(key).migrations.get(key)
    mine = {name for name in Base.metadata.tables if owner_of_table(name) == key}
    text = "".join(file.read_text() for file in folder.glob("*.py")) if folder else ""
    assert [name for name in mine if f'"{name}"' not in text] == []
