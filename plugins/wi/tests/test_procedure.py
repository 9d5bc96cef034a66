"""The table of statuses: complete, with a source in every row, and the same as the actions that the plugin offers."""

from datetime import date

import pytest

from vlok.api.catalogue import ContractError
from vlok_wi.plugin import actions
from vlok_wi.procedure import EINDE, STAPPEN, Dossierstatus, laad, overgang, overgangen, statussen_van

VANDAAG = date(2026, 11, 23)
BUITEN = {"wi.meldingAfhandelen", "wi.opdrachtIntrekken", "wi.opdrachtUitvoeren", "wi.kennisNemen"}
"""Actions on a melding or an assignment: the status of a dossier says nothing about them."""
ZELF = {"wi.uitvoeringVastgesteld"}
"""Steps that a signature makes and nobody asks for."""


def test_every_action_on_a_dossier_has_its_rows_and_every_row_its_action():
    offered = {action.key for action in actions()} - BUITEN
    assert {row.handeling for row in overgangen()} == offered | ZELF


def test_every_status_can_be_reached_and_only_an_end_has_no_way_out():
    reached = {row.naar for row in overgangen() if row.naar}
    assert reached == set(Dossierstatus)
    assert {status for status in Dossierstatus if not any(status in row.van for row in overgangen())} == set(EINDE)


def test_the_straight_line_leaves_out_the_dossier_without_consequence():
    assert Dossierstatus.ZONDER_GEVOLG not in STAPPEN
    assert len(STAPPEN) == len(Dossierstatus) - 1


def test_an_action_outside_its_statuses_has_no_row():
    assert overgang("wi.pvOpmaken", "Voortraject", VANDAAG) is None
    assert overgang("wi.pvOpmaken", "Afgesloten", VANDAAG) is None


def test_an_action_on_a_day_before_the_procedure_has_no_row():
    assert overgang("wi.pvOpmaken", "Vastgesteld", date(2018, 5, 31)) is None


def test_the_first_examination_moves_the_dossier_and_a_later_one_does_not():
    eerste, later = (overgang("wi.onderzoekValideren", status, VANDAAG) for status in ("Onderzoek", "Uitspraak"))
    assert (eerste.naar, later.naar) == (Dossierstatus.VASTGESTELD, None)


def test_two_rows_of_one_action_never_share_a_status():
    for handeling in {row.handeling for row in overgangen()}:
        rows = [row for row in overgangen() if row.handeling == handeling]
        assert sum(len(row.van) for row in rows) == len(statussen_van(handeling))


def test_a_status_that_does_not_exist_stops_the_start_with_file_and_row(tmp_path):
    file = tmp_path / "procedure.toml"
    file.write_text(
        '[[overgang]]\ncode = "x"\nhandeling = "wi.x"\nvan = ["Verjaard"]\nafgeleid = true\n'
        'geldig_van = 2020-01-01\nbron = "proef"\n'
    )
    with pytest.raises(ContractError, match=r"procedure.toml: x\.van"):
        laad(file)
