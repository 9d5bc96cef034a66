"""Every row of the rights matrix is granted to exactly its roles, or stands in the list of what is still to be built.

``policies/matrix.csv`` is the matrix of the 26 profiles as the sources give it (what they do not say is marked
"afgeleid"), with the permissions that realise each row. A permission that no row knows, fails: nothing is granted
without a place in the matrix.
"""

import csv
import re
from collections import defaultdict
from datetime import date

import pytest

from vlok.app import contributions, policy_folder
from vlok.identity.roles import PREFIX, rollen
from vlok.policy.decisions import places
from vlok.settings import Settings

FOLDER = policy_folder(Settings())
PLACES = places(FOLDER, contributions(Settings()))
ROLES = {code for place in PLACES for code in place.policy.here.roles}
"""The 26 profiles, and what a compartment gives to guests."""
KINDS = {"LB": "lb", "WVL": "wvl", "WI": "wi", "VLABEL": "vlabel"}


def table(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, strict=True))


MATRIX, LATER = table("matrix.csv"), table("nog-te-bouwen.csv")


def kind(row: dict[str, str]) -> str:
    return KINDS[row["rij"].partition("-")[0]]


def wanted() -> dict[tuple[str, str], set[str]]:
    """(kind of organisation, permission's key) → the roles that the matrix gives it."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in MATRIX:
        for key in row["rechten"].split():
            found[kind(row), key] |= set(row["rollen"].split())
    return found


def granted() -> dict[tuple[str, str], set[str]]:
    """(kind of organisation, permission's key) → the roles to which the policy opens it, in whichever place."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place in PLACES:
        for code in place.policy.here.roles:
            for key, action in place.policy.here.permissions:
                if place.policy.opened({code}, key, action)[0]:
                    found[code.partition(".")[0], key].add(code)
    return found


def test_every_row_has_an_answer():
    assert [
        row["rij"] for row in MATRIX if not row["rechten"] and row["rij"] not in {later["rij"] for later in LATER}
    ] == []


def test_what_is_still_to_be_built_belongs_to_a_row_and_is_dated():
    rows = {row["rij"]: row for row in MATRIX}
    for later in LATER:
        assert later["rij"] in rows, later
        assert later["handeling"], later
        assert later["bron"], later
        assert date.fromisoformat(later["gezien_op"]) <= date(2026, 12, 31), later
        assert {code.partition(".")[0] for code in later["rollen"].split()} == {kind(rows[later["rij"]])}, later


def test_every_row_names_roles_of_its_kind_and_a_source():
    for row in MATRIX:
        roles = row["rollen"].split()
        assert roles, row
        assert {code.partition(".")[0] for code in roles} == {kind(row)}, row
        assert set(roles) <= ROLES, row
        assert row["bron"], row
        assert row["handeling"], row


def test_rows_are_numbered_once():
    numbers = [row["rij"] for row in MATRIX]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("soort", sorted(PREFIX.values()))
def test_the_policy_grants_what_the_matrix_gives_and_to_nobody_else(soort):
    def of_kind(found: dict[tuple[str, str], set[str]]) -> dict[str, list[str]]:
        return {key: sorted(roles) for (of, key), roles in found.items() if of == soort}

    assert of_kind(granted()) == of_kind(wanted())


def test_every_role_occurs_in_the_matrix():
    assert {code for row in MATRIX for code in row["rollen"].split()} == ROLES
    assert set(rollen()) < ROLES


def test_a_source_that_cites_a_row_cites_one_that_exists():
    sources = {line.bron for place in PLACES for line in place.policy.lines}
    cited = {row for source in sources for row in re.findall(r"matrix (\w+-\w+)", source)}
    assert cited - {row["rij"] for row in MATRIX} == set()
    assert len(cited) > 20
