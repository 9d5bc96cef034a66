"""policies/decisions.csv and docs/rechten.md are the policy multiplied out: what reviewers read is what holds."""

import csv
import io

import pytest

from vlok.app import contributions, policy_folder
from vlok.generated import ROOT
from vlok.identity.roles import rollen
from vlok.policy.decisions import COMMON, HEADER, as_csv, decisions, generated, places
from vlok.settings import Settings

FOUND = contributions(Settings())
FOLDER = policy_folder(Settings())
PLACES = places(FOLDER, FOUND)

NOT_GRANTED = {
    ("wi", "kernel.afschermingOpheffen"): "in het compartiment is alles van de wooninspectie",
    ("wi", "kernel.documentAfschermen"): "in het compartiment is alles van de wooninspectie",
    ("wi", "kernel.documentOpmerkingSchrijven"): "de matrix geeft de wooninspectie geen opmerkingen",
    ("wi", "kernel.opmerkingBeperken"): "de matrix geeft de wooninspectie geen opmerkingen",
    ("wi", "kernel.opmerkingDelen"): "de matrix geeft de wooninspectie geen opmerkingen",
    ("wi", "kernel.opmerkingSchrijven"): "de matrix geeft de wooninspectie geen opmerkingen",
    ("wi", "kernel.opmerkingVerwijderen"): "de matrix geeft de wooninspectie geen opmerkingen",
    ("wi", "kernel.vervanging"): "geen vervanging in de wooninspectie",
    ("wi", "kernel.vervangingBeeindigen"): "geen vervanging in de wooninspectie",
    ("wi", "kernel.vervangingInstellen"): "geen vervanging in de wooninspectie",
    ("wi", "kernel.vervangingVoorCollega"): "geen vervanging in de wooninspectie",
    ("wi", "register.betrokkeneToevoegen"): "vanuit een compartiment wordt niets gedeelds geschreven",
    ("wi", "register.entiteitToevoegen"): "vanuit een compartiment wordt niets gedeelds geschreven",
    ("wi", "register.pandOpmerkingSchrijven"): "vanuit een compartiment wordt niets gedeelds geschreven",
    ("wi", "register.pandToevoegen"): "vanuit een compartiment wordt niets gedeelds geschreven",
}
"""(Place, permission's key) → why nobody has it there. It only shrinks: what is granted after all fails."""

EVERYBODY_DOES = {"kernel.vervangingInstellen", "kernel.vervangingBeeindigen"}
"""What every employee of a municipality or the agency does for themselves, also who otherwise only reads."""


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(list(decisions(PLACES)))), strict=True))


def test_the_reviewed_files_are_the_ones_that_follow_from_the_policy():
    for file, text in generated(FOLDER, ROOT / "docs", FOUND).items():
        assert file.read_text(encoding="utf-8") == text, f"{file.name}: voer './dev policies' uit, lees het verschil na"


def test_every_permission_is_granted_to_somebody_or_listed_with_a_reason(rows):
    granted = {(row["plaats"], row["sleutel"]) for row in rows}
    exist = {(place.naam, key) for place in PLACES for key, _ in place.policy.here.permissions}
    assert sorted(exist - granted) == sorted(NOT_GRANTED)


def test_the_table_says_in_words_who_and_what_and_for_which_rows_and_why(rows):
    assert tuple(rows[0]) == HEADER
    for row in rows:
        assert all(row.values()), row
        assert row["rolcode"] not in row["rol"]
        assert row["sleutel"] not in row["onderwerp"]
        assert row["bereikcode"] != row["bereik"], row


def test_every_role_stands_in_the_table(rows):
    assert set(rollen()) < {row["rolcode"] for row in rows}


def test_nobody_stands_in_a_place_where_they_cannot_be(rows):
    """In the compartment of the inspectorate there are its own people, and who works for it on an assignment."""
    kinds = {
        place.naam: {row["rolcode"].partition(".")[0] for row in rows if row["plaats"] == place.naam}
        for place in PLACES
    }
    assert kinds == {COMMON: {"lb", "wvl", "wi", "vlabel"}, "wi": {"wi"}}
    assert "wi.opdrachtnemer" not in {row["rolcode"] for row in rows if row["plaats"] == COMMON}


def test_the_common_place_speaks_of_nothing_of_the_compartment(rows):
    assert [row for row in rows if row["plaats"] == COMMON and row["sleutel"].startswith("wi.")] == []


def test_a_reader_of_any_organisation_changes_nothing_of_a_case(rows):
    done = {
        row["sleutel"] for row in rows if row["rolcode"].endswith((".lezer", ".auditor")) and row["actie"] != "lezen"
    }
    assert done == EVERYBODY_DOES


def test_the_tax_office_reads_and_never_executes_and_its_auditor_reads_only_the_log(rows):
    mine = [row for row in rows if row["rolcode"].startswith("vlabel.")]
    assert {row["actie"] for row in mine} == {"lezen"}
    assert {row["sleutel"] for row in mine if row["rolcode"] == "vlabel.auditor"} == {"kernel.auditregel"}
    assert {row["sleutel"] for row in mine if row["rolcode"] == "vlabel.lezer"} == {
        "kernel.organisatie", "vivoo.registratie"}  # fmt: skip


def test_a_municipality_never_has_a_scope_over_everything_that_lies_elsewhere(rows):
    """`alles` for a municipality is for catalogues only: rows of dwellings and dossiers stay in its territory."""
    wide = {row["sleutel"] for row in rows if row["rolcode"].startswith("lb.") and "alles" in row["bereikcode"].split()}
    lies_somewhere = {type_.key for type_ in FOUND.object_types.values() if hasattr(type_.model, "gebied")}
    assert wide & lies_somewhere == set()


def test_a_log_is_read_within_the_own_organisation_only(rows):
    assert {row["bereikcode"] for row in rows if row["sleutel"] == "kernel.auditregel"} == {"eigen"}


def test_the_page_has_a_section_for_every_role():
    page = (ROOT / "docs" / "rechten.md").read_text(encoding="utf-8")
    assert [code for code in rollen() if f"(`{code}`)\n" not in page] == []
