"""policies/decisions.csv is the policy multiplied out: what reviewers read is what holds."""

import csv

import pytest

from vlok.app import contributions, policy_folder
from vlok.policy.decisions import HEADER, decided, permissions
from vlok.settings import Settings

FOUND = contributions(Settings())
FOLDER = policy_folder(Settings())

NOT_GRANTED: dict[tuple[str, str], str] = {}
"""Permission → why nobody has it (yet). It only shrinks: a permission that is granted after all fails."""


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    return list(csv.reader(decided(FOLDER, FOUND).splitlines()))


def test_the_reviewed_decisions_are_the_ones_that_hold():
    kept = (FOLDER / "decisions.csv").read_text(encoding="utf-8")
    assert kept == decided(FOLDER, FOUND), "voer './dev policies' uit en lees het verschil na"


def test_every_permission_is_granted_to_somebody_or_listed_with_a_reason(rows):
    granted = {(object_, action) for _, object_, action, _ in rows[1:]}
    assert sorted(set(permissions(FOUND)) - granted) == sorted(NOT_GRANTED)


def test_the_table_names_role_permission_and_scopes(rows):
    assert tuple(rows[0]) == HEADER
    assert all(len(row) == len(HEADER) and all(row) for row in rows)
    assert rows[1:] == sorted(rows[1:], key=lambda row: row[:3])


@pytest.mark.parametrize("action", ["uitvoeren"])
def test_a_reader_of_any_organisation_executes_nothing(rows, action):
    assert [row for row in rows if row[0].endswith((".lezer", ".auditor")) and row[2] == action] == []


def test_the_tax_office_reads_and_never_executes(rows):
    assert {row[2] for row in rows if row[0].startswith("vlabel.")} == {"lezen"}


def test_a_municipality_never_has_a_scope_over_everything_that_lies_elsewhere(rows):
    """`alles` for a municipality is for catalogues only: rows of dwellings and dossiers stay in its territory."""
    wide = {row[1] for row in rows if row[0].startswith("lb.") and "alles" in row[3].split()}
    lies_somewhere = {type_.key for type_ in FOUND.object_types.values() if hasattr(type_.model, "gebied")}
    assert wide & lies_somewhere == set()
