"""The policy files speak only of roles, objects, actions and scopes that exist, and say where each line comes from."""

from collections import Counter

from vlok.app import contributions, policy_folder
from vlok.identity.roles import rollen
from vlok.policy.decisions import permissions
from vlok.policy.reader import Line, read
from vlok.settings import Settings

FOUND = contributions(Settings())
LINES = read(policy_folder(Settings()))
GRANTS = [line for line in LINES if line.kind == "p"]
INCLUDES = [line for line in LINES if line.kind == "g"]


def wrong(lines: list[Line], fine: object) -> list[str]:
    return [f"{line.place}: {', '.join(line.cells)}" for line in lines if not fine(line)]  # type: ignore[operator]


def test_every_role_exists():
    assert wrong(GRANTS, lambda line: line.cells[0] in rollen()) == []
    assert wrong(INCLUDES, lambda line: set(line.cells) <= set(rollen())) == []


def test_every_object_and_action_exist():
    declared = set(permissions(FOUND))
    assert wrong(GRANTS, lambda line: (line.cells[1], line.cells[2]) in declared) == []


def test_every_scope_exists():
    scopes = {scope.key for scope in FOUND.all_scopes}
    assert wrong(GRANTS, lambda line: line.cells[3] in scopes) == []


def test_a_line_stands_in_the_file_of_the_plugin_it_is_about():
    assert wrong(GRANTS, lambda line: line.place.startswith(f"{line.cells[1].partition('.')[0]}.csv:")) == []


def test_no_line_is_written_twice():
    assert [cells for cells, times in Counter(line.cells for line in LINES).items() if times > 1] == []


def test_a_role_includes_roles_of_its_own_kind_of_organisation_and_never_itself():
    kind = {line: {role.partition(".")[0] for role in line.cells} for line in INCLUDES}
    assert wrong(INCLUDES, lambda line: len(kind[line]) == 1 and line.cells[0] != line.cells[1]) == []


WITHOUT_READING = {"vlabel.auditor": "leest enkel het logboek, dat nog geen scherm heeft"}
"""Role → why it reads nothing (yet). It only shrinks."""


def test_every_role_can_read_something():
    readers = {line.cells[0] for line in GRANTS if line.cells[2] == "lezen"}
    readers |= {line.cells[0] for line in INCLUDES if line.cells[1] in readers}
    assert set(rollen()) - readers == set(WITHOUT_READING)


def test_a_scope_fits_the_table_it_is_granted_on():
    """`gebied` needs a column gebied, `eigen` a domein, `gedeeld` a gedeeld_op: else it fails at the first reading."""
    needs = {"gebied": ["gebied"], "eigen": ["domein"], "gedeeld": ["domein", "gebied", "gedeeld_op"],
             "eigen_rol": ["rol", "gebruiker_id", "domein"]}  # fmt: skip
    models = {type_.key: type_.model for type_ in FOUND.object_types.values()}
    models |= {action.key: action.subject for action in FOUND.actions.values()}
    checked = [line for line in GRANTS if line.cells[1] in models and line.cells[3] in needs]
    assert checked
    assert wrong(checked, lambda line: all(hasattr(models[line.cells[1]], c) for c in needs[line.cells[3]])) == []
