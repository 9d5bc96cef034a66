"""Anchors: what a chain alone cannot show (its end cut off, all of it written again, an old anchor put back)."""

import csv
import shutil
from datetime import timedelta

import pytest
from tests.kernel.trail import AALST, NOW, anchor, anchors, database, faults, fill, kept, tamper
from typer.testing import CliRunner

from vlok.api.errors import ContractError
from vlok.audit import commands
from vlok.audit.anchors import OLDEST, Anchors, too_old
from vlok.db.roles import connected

__all__ = ["anchors", "database", "kept"]


def test_a_tail_cut_off_is_found_against_the_anchor(database, anchors):
    fill(database, aalst=6, gent=3)
    anchor(database, anchors)
    tamper(database, "delete from auditregel where domein = 'lb:41002' and volgnummer > 4")
    assert faults(database) == []
    [found] = faults(database, anchors)
    named = "het anker van 23/11/2026 09:00 (nr. 1) telt 6 regels"
    assert found.startswith(f"public, domein {AALST}, regel 5: ontbreekt; {named}")


def test_a_chain_of_which_nothing_is_left_is_found_against_the_anchor(database, anchors):
    fill(database, aalst=2, gent=3)
    anchor(database, anchors)
    tamper(database, "delete from auditregel where domein = 'lb:44021'")
    assert faults(database) == []
    assert [one.split(":")[1] for one in faults(database, anchors)] == ["44021, regel 1"]


def test_a_chain_written_again_from_its_first_line_is_found_against_the_anchor(database, anchors):
    fill(database, aalst=6, gent=3)
    anchor(database, anchors)
    with connected(database.admin_url) as admin, admin.transaction():
        admin.execute("create temporary table oud as select * from auditregel where domein = 'lb:41002'")
        admin.execute("set local session_replication_role = replica")
        admin.execute("delete from auditregel where domein = 'lb:41002'")
        admin.execute("set local session_replication_role = origin")
        admin.execute("update oud set gebruiker = 'Piet' where volgnummer = 2")
        admin.execute("insert into auditregel select * from oud order by volgnummer")  # with sound links
    assert faults(database) == []
    [found] = faults(database, anchors)
    assert "de ketting is herschreven" in found
    assert "regel 6" in found


def test_an_old_anchor_put_back_is_found_by_its_age_and_against_a_copy(database, anchors, tmp_path):
    fill(database, aalst=3, gent=1)
    anchor(database, anchors, NOW - timedelta(days=1))
    old = anchors.file.read_bytes()
    fill(database, aalst=3, gent=1)
    anchor(database, anchors, NOW)
    copy = Anchors(tmp_path / "elders.jsonl", tmp_path / "anker.sleutel")
    copy.file.write_bytes(anchors.file.read_bytes())
    tamper(database, "delete from auditregel where volgnummer > 3")
    anchors.file.write_bytes(old)
    assert faults(database, anchors) == []
    assert "te oud" in (too_old(anchors.all(), "public", NOW + timedelta(hours=3)) or "")
    assert [one[:30] for one in faults(database, copy)] == [f"public, domein {AALST}, regel 4"[:30]]


def test_a_recent_anchor_is_not_too_old_and_a_place_without_one_is(database, anchors):
    fill(database, aalst=1, gent=0)
    anchor(database, anchors)
    assert too_old(anchors.all(), "public", NOW + OLDEST) is None
    assert too_old(anchors.all(), "wi_logboek", NOW) == "Van wi_logboek is er geen anker."


LINES = {
    "changed": lambda lines: [lines[0].replace(b"41002", b"41003"), *lines[1:]],
    "left out": lambda lines: [lines[0], *lines[2:]],
    "first one gone": lambda lines: lines[1:],
    "twice": lambda lines: [*lines, lines[-1]],
    "swapped": lambda lines: [lines[1], lines[0], *lines[2:]],
    "no anchor": lambda lines: [*lines, b"{}"],
}


@pytest.mark.parametrize("way", LINES)
def test_a_file_of_anchors_cannot_be_changed(database, anchors, way):
    fill(database, aalst=1, gent=1)
    for day in range(3):
        anchor(database, anchors, NOW + timedelta(days=day))
    anchors.file.write_bytes(b"\n".join(LINES[way](anchors.file.read_bytes().splitlines())))
    with pytest.raises(ContractError, match="klopt niet"):
        anchors.all()
    with pytest.raises(ContractError, match="klopt niet"):
        anchor(database, anchors)


def test_an_anchor_of_another_key_is_none(database, anchors, tmp_path):
    fill(database, aalst=1, gent=0)
    anchor(database, Anchors(anchors.file, tmp_path / "andere.sleutel"))
    with pytest.raises(ContractError, match="klopt niet"):
        anchors.all()


def test_without_a_file_of_anchors_the_answer_is_no(anchors):
    with pytest.raises(ContractError, match="geen ankerbestand"):
        anchors.all()


def test_a_key_that_others_can_read_is_refused(database, anchors, tmp_path):
    anchor(database, anchors)
    (tmp_path / "anker.sleutel").chmod(0o640)
    with pytest.raises(ContractError, match="0600"):
        anchors.all()


def test_the_files_are_the_owners_alone(database, anchors, tmp_path):
    anchor(database, anchors)
    assert anchors.file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "anker.sleutel").stat().st_mode & 0o777 == 0o600


def test_a_shorter_log_cannot_be_anchored_over_a_longer_one(database, anchors):
    fill(database, aalst=3, gent=0)
    anchor(database, anchors)
    tamper(database, "delete from auditregel where volgnummer > 1")
    anchor(database, anchors, NOW + timedelta(days=1))
    with pytest.raises(ContractError, match="werd het logboek van domein lb:41002 korter"):
        anchors.all()


@pytest.fixture
def command(database, tmp_path, monkeypatch):
    """``vlok audit …`` on this database."""
    monkeypatch.setenv("VLOK_DATA", str(tmp_path))
    monkeypatch.setattr(commands, "owner_url", lambda: database.owner_url)
    return lambda *words: CliRunner().invoke(commands.app, words)


def test_the_command_says_which_line_is_wrong_and_fails(database, command):
    fill(database, aalst=3, gent=1)
    assert command("anker").exit_code == 0
    sound = command("verify")
    assert (sound.exit_code, f"public, domein {AALST}: 3 regels in orde" in sound.output) == (0, True)
    tamper(database, "update auditregel set wat = 'iets anders' where domein = 'lb:41002' and volgnummer = 2")
    wrong = command("verify", "--domein", AALST)
    assert wrong.exit_code == 1
    assert f"public, domein {AALST}, regel 2: is gewijzigd: de inhoud past niet bij haar hash." in wrong.output


def test_the_command_compares_with_a_copy_of_the_anchors_kept_elsewhere(database, command, tmp_path):
    fill(database, aalst=3, gent=1)
    command("anker")
    copy = shutil.copy(tmp_path / "anker" / "logboek.jsonl", tmp_path / "elders.jsonl")
    (tmp_path / "anker" / "logboek.jsonl").unlink()
    tamper(database, "delete from auditregel where domein = 'lb:41002' and volgnummer = 3")
    assert isinstance(command("verify").exception, ContractError)
    assert command("verify", "--zonder-anker").exit_code == 0
    found = command("verify", "--anker", str(copy))
    assert (found.exit_code, "het einde van het logboek is verwijderd" in found.output) == (1, True)


def test_the_command_takes_a_chain_out_to_a_file_and_says_so_in_the_chain(database, command, tmp_path):
    fill(database, aalst=2, gent=1)
    out = tmp_path / "aalst.csv"
    assert command("export", str(out), AALST).exit_code == 0
    rows = list(csv.reader(out.read_text().splitlines(), delimiter=";"))
    assert [row[12] for row in rows[1:]] == ["vraag 0", "vraag 1", "vlok audit export"]
    assert out.stat().st_mode & 0o777 == 0o600
    assert isinstance(command("export", str(out), AALST).exception, ContractError)
    assert faults(database) == []
