"""What a place is asked to hold: the words that a policy line may use, and the columns that a scope needs."""

from vlok.app import contributions, policy_folder
from vlok.identity.roles import rollen
from vlok.policy.decisions import places
from vlok.policy.reader import read
from vlok.policy.vocabulary import Vocabulary, permissions
from vlok.settings import Settings

FOUND = contributions(Settings())
PLACES = places(policy_folder(Settings()), FOUND)
[INSPECTORATE] = FOUND.compartments.values()


def test_everything_published_and_everything_done_asks_a_permission():
    asked = permissions(FOUND)
    assert {(type_.key, "lezen") for type_ in FOUND.object_types.values()} <= asked.keys()
    assert {(action.key, "uitvoeren") for action in FOUND.actions.values()} <= asked.keys()
    assert asked["kernel.werklijst", "lezen"] is asked["kernel.taak", "lezen"]


def test_the_common_place_knows_all_26_roles_and_no_guest():
    assert set(Vocabulary.of(FOUND).roles) == set(rollen())


def test_a_compartment_knows_its_members_and_its_guests_and_nobody_else():
    roles = set(Vocabulary.of(FOUND.inside[INSPECTORATE.schema], INSPECTORATE).roles)
    assert roles == {code for code in rollen() if code.startswith("wi.")} | set(INSPECTORATE.rollen)


def test_every_line_of_every_file_holds_in_some_place():
    """A line that is read nowhere would look like a right and be none."""
    held = {line.place for place in PLACES for line in place.policy.lines}
    assert {line.place for line in read(policy_folder(Settings()))} == held


def test_every_role_can_read_something():
    readers = {code for place in PLACES for code in rollen() if readable(place, code)}
    assert readers == set(rollen())


def readable(place, code: str) -> bool:
    asked = [key for key, action in place.policy.here.permissions if action == "lezen"]
    return any(place.policy.opened({code}, key, "lezen")[0] for key in asked)


def test_every_line_names_its_source_and_says_so_when_it_is_inferred():
    """A source is a law, the Afsprakenkader, the presentation or the manual; else the word "afgeleid" stands there."""
    known = ("afgeleid", "handleiding", "infosessie", "Afsprakenkader", "VCW", "afgeleid:")
    wrong = [line for place in PLACES for line in place.policy.lines if not any(word in line.bron for word in known)]
    assert wrong == []
