"""Whatever goes wrong while deciding opens nothing, and is an alarm in the log."""

import ast
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from vlok.api.actor import Actor, OrganisatieSoort
from vlok.api.tables import Document, Dossier
from vlok.api.visibility import KERNEL_SCOPES, Scope
from vlok.app import policy_folder
from vlok.identity.tables import Gebruiker
from vlok.policy.policy import NOTHING, Policy
from vlok.policy.slot import write_lock
from vlok.policy.vocabulary import SOMEBODY, Vocabulary
from vlok.settings import Settings

LINES = """\
p, lb.lezer, een.ding, lezen, gebied, allow, bron
p, lb.lezer, een.ding, uitvoeren, een.later_stuk, allow, bron
p, lb.lezer, een.ding, uitvoeren, alles, allow, bron
p, lb.lezer, een.geheim, lezen, alles, allow, bron
p, lb.lezer, een.geheim, lezen, een.later_stuk, deny, bron
"""
PERMISSIONS = [("ding", "lezen", Dossier), ("ding", "uitvoeren", Dossier), ("geheim", "lezen", Document)]
READER = Actor(
    uuid4(), "An", uuid4(), "c", "n", OrganisatieSoort.LOKAAL_BESTUUR, "lb:41002", "41002", frozenset(["lb.lezer"])
)


def _later_broken(actor, rij):
    """Fits when the product starts, and breaks for a real actor."""
    if actor is not SOMEBODY:
        raise RuntimeError("stuk")
    return rij.id.is_not(None)


@pytest.fixture
def policy(tmp_path):
    words = Vocabulary(
        plugins=frozenset({"een"}),
        roles={"lb.lezer": "Lezer", "lb.hoofd": "Hoofd"},
        permissions={(f"een.{what}", how): of for what, how, of in PERMISSIONS},
        scopes={scope.key: scope for scope in (*KERNEL_SCOPES, Scope("een.later_stuk", _later_broken, "stuk"))},
    )
    (tmp_path / "grants").mkdir()
    (tmp_path / "model.conf").write_text((policy_folder(Settings()) / "model.conf").read_text())
    (tmp_path / "grants" / "een.csv").write_text(LINES)
    write_lock(tmp_path)
    return Policy(tmp_path, words)


def denied_with_alarm(policy, roles, object_="een.ding", action="lezen") -> bool:
    with capture_logs() as said:
        decided = policy.opened(roles, object_, action)
    return decided == NOTHING and [line["log_level"] for line in said] == ["critical"]


def shows_nothing_with_alarm(policy, actor, object_, action, model) -> bool:
    with capture_logs() as said:
        sql = str(select(model.id).where(policy.visible(actor, object_, action, model)))
    return sql.endswith("WHERE false") and {line["log_level"] for line in said} == {"critical"}


def test_the_control_is_open(policy):
    assert policy.opened({"lb.lezer"}, "een.ding", "lezen") == ({"gebied"}, frozenset())
    assert "gebied" in str(select(Dossier.id).where(policy.visible(READER, "een.ding", "lezen", Dossier)))


def test_nobody_in_particular(policy):
    assert policy.opened(frozenset(), "een.ding", "lezen") == NOTHING
    assert policy.opened([""], "een.ding", "lezen") == NOTHING


def test_a_subject_that_is_none(policy):
    assert denied_with_alarm(policy, None)
    assert denied_with_alarm(policy, [None, {}])
    assert shows_nothing_with_alarm(policy, None, "een.ding", "lezen", Dossier)


def test_an_unknown_action_or_object(policy):
    assert denied_with_alarm(policy, {"lb.lezer"}, action="verwijderen")
    assert denied_with_alarm(policy, {"lb.lezer"}, "een.onbekend")
    assert denied_with_alarm(policy, {"lb.lezer"}, "", "")
    assert denied_with_alarm(policy, {"lb.lezer"}, None, None)


def test_a_question_of_the_wrong_size(policy):
    policy._enforcer.model.model["r"]["r"].tokens.append("extra")
    assert denied_with_alarm(policy, {"lb.lezer"})


def test_a_line_of_the_wrong_size(policy):
    policy._enforcer.model.model["p"]["p"].tokens.append("extra")
    assert denied_with_alarm(policy, {"lb.lezer"})


def test_a_row_without_the_attribute(policy):
    assert shows_nothing_with_alarm(policy, READER, "een.ding", "lezen", Gebruiker)


def test_an_exception_in_a_scope(policy):
    assert shows_nothing_with_alarm(policy, READER, "een.ding", "uitvoeren", Dossier)


def test_an_exception_in_a_scope_that_takes_rows_away(policy):
    assert shows_nothing_with_alarm(policy, READER, "een.geheim", "lezen", Document)


def test_an_exception_in_the_function_of_the_model(policy):
    def broken(roles, role):
        raise RuntimeError("stuk")

    policy._enforcer.add_function("holds", broken)
    assert denied_with_alarm(policy, {"lb.lezer"})


@pytest.mark.parametrize("result", [None, "ja", object()])
def test_a_function_of_the_model_that_answers_no_yes_and_no_no(policy, result):
    policy._enforcer.add_function("holds", lambda roles, role: result)
    assert policy.opened({"lb.lezer"}, "een.ding", "lezen") == NOTHING


def test_an_enforcer_that_was_switched_off(policy):
    policy._enforcer.enable_enforce(False)
    assert denied_with_alarm(policy, {"lb.lezer"})
    assert denied_with_alarm(policy, frozenset())


def test_a_matcher_that_opens_to_everybody(policy):
    policy._enforcer.add_function("holds", lambda roles, role: True)
    assert denied_with_alarm(policy, {"lb.hoofd"})


def test_an_enforcer_that_lost_its_lines(policy):
    policy._enforcer.clear_policy()
    assert policy.opened({"lb.lezer"}, "een.ding", "lezen") == NOTHING


def test_a_failed_decision_is_asked_again_and_not_remembered(policy):
    holds = policy._enforcer.fm.get_functions()["holds"]
    policy._enforcer.add_function("holds", lambda roles, role: 1 / 0)
    assert denied_with_alarm(policy, {"lb.lezer"})
    policy._enforcer.add_function("holds", holds)
    assert policy.opened({"lb.lezer"}, "een.ding", "lezen") == ({"gebied"}, frozenset())


def test_there_is_no_watcher_and_no_way_to_change_a_policy_that_runs(policy):
    """A policy is read once, at the start: no copy of it can be out of date, and no message can change it."""
    assert policy._enforcer.watcher is None
    changing = ("enable_", "add_named_policy", "add_policy", "add_grouping", "remove_policy", "load_policy")
    source = Path(policy_folder(Settings()).parent, "platform", "src", "vlok")
    touching = {
        f"{file.name}: {node.attr}"
        for file in source.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr.startswith(changing)
    }
    assert touching == {"policy.py: add_named_policy", "policy.py: add_grouping_policy"}


def test_the_scopes_of_a_place_cannot_be_replaced_by_key(policy):
    with pytest.raises(AttributeError):
        policy.scopes = {}
