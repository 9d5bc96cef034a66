"""The embedded PostgreSQL: private on disk, found again, recovered after a kill."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from vlok.db.embedded import Cluster, ClusterError
from vlok.db.roles import connected
from vlok.testing.cluster import sweep, throwaway


@pytest.fixture
def server() -> Iterator[Cluster]:
    """A cluster of this test's own."""
    with short_folder() as folder:
        cluster = Cluster.at(folder / "pg", fast=True)
        yield cluster
        cluster.reset()


@contextmanager
def short_folder() -> Iterator[Path]:
    """A folder like /var/lib/vlok: everyone may pass through it, nobody may look in."""
    with tempfile.TemporaryDirectory(prefix="vlok-", dir="/tmp") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def value(url: str, query: str) -> object:
    with connected(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def test_a_second_start_attaches_to_the_running_server(server: Cluster) -> None:
    first = server.start()
    pid = postmaster(server)
    assert Cluster.at(server.folder).start() == first
    assert postmaster(server) == pid


def test_starts_at_the_same_time_make_one_server(server: Cluster) -> None:
    urls: list[str] = []
    threads = [threading.Thread(target=lambda: urls.append(Cluster.at(server.folder).start())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(urls) == 3
    assert len(set(urls)) == 1


def test_committed_rows_survive_a_kill_of_the_server() -> None:
    with short_folder() as folder:
        server = Cluster.at(folder / "pg")
        with connected(server.start()) as connection:
            connection.execute("create table blijft as select 42 as getal")
        os.kill(postmaster(server), signal.SIGKILL)
        assert value(server.start(), "select getal from blijft") == 42
        server.reset()


def test_a_pid_file_that_names_a_stranger_does_not_stop_the_start(server: Cluster) -> None:
    server.start()
    file = server.data / "postmaster.pid"
    lines = file.read_text().splitlines()
    server.stop()
    file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    server.user.own(file, 0o600)
    assert value(server.start(), "select 1") == 1
    assert postmaster(server) != os.getpid()


def test_stop_ends_the_server_and_may_be_repeated(server: Cluster) -> None:
    url = server.start()
    server.stop()
    server.stop()
    with pytest.raises(psycopg.OperationalError), connected(url):
        pass


def test_reset_forgets_what_was_stored(server: Cluster) -> None:
    with connected(server.start()) as connection:
        connection.execute("create table weg ()")
    server.reset()
    assert value(server.start(), "select to_regclass('weg') is null") is True


def test_nothing_on_disk_is_open_to_group_or_world(server: Cluster) -> None:
    server.start()
    assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700
    for name in ("superuser.password", "server.log", "data", "run", "data/vlok.conf"):
        assert stat.S_IMODE((server.folder / name).stat().st_mode) & 0o077 == 0, name


def test_the_folders_above_are_left_as_they_were(server: Cluster) -> None:
    before = stat.S_IMODE(server.folder.parent.stat().st_mode)
    server.start()
    assert stat.S_IMODE(server.folder.parent.stat().st_mode) == before


def test_the_server_never_runs_as_root(server: Cluster) -> None:
    server.start()
    assert Path(f"/proc/{postmaster(server)}").stat().st_uid != 0


def test_a_wrong_password_is_refused(server: Cluster) -> None:
    wrong = make_url(server.start()).set(password="fout").render_as_string(hide_password=False)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"), connected(wrong):
        pass


def test_a_folder_too_deep_for_a_socket_gets_a_private_one_elsewhere(server: Cluster) -> None:
    deep = Cluster.at(server.folder.parent / ("diep" * 25) / "pg")
    try:
        url = deep.start()
        sockets = Path(str(make_url(url).query["host"]))
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert value(url, "select 1") == 1
    finally:
        deep.reset()
    assert not sockets.exists()


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("listen_addresses", ""),
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("password_encryption", "scram-sha-256"),
        ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"),
        ("log_error_verbosity", "terse"),
        ("log_min_error_statement", "panic"),
        ("server_encoding", "UTF8"),
    ],
)
def test_settings_of_production(production: str, setting: str, expected: str) -> None:
    assert value(production, f"show {setting}") == expected


@pytest.fixture(scope="module")
def production() -> Iterator[str]:
    """One server with the settings of production, for tests that only look."""
    with short_folder() as folder:
        cluster = Cluster.at(folder / "pg")
        yield cluster.start()
        cluster.reset()


def test_lower_case_knows_accents(production: str) -> None:
    assert value(production, "select lower('ÉÉNGEZINSWONING')") == "ééngezinswoning"


def test_a_folder_that_cannot_be_made_is_one_line_in_dutch(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(ClusterError, match=r"^De map .*VLOK_DATA\.$"):
        Cluster.at(tmp_path / "bestand" / "pg").start()


CRASH = """
import os
from vlok.testing.cluster import throwaway
run = throwaway()
print(next(run).admin_url, flush=True)
os.kill(os.getpid(), 9)
"""


def folder_of(admin_url: str) -> Path:
    return Path(str(make_url(admin_url).query["host"])).parents[1]


def test_what_a_crashed_test_run_left_is_swept_and_a_living_run_is_not() -> None:
    with closing(throwaway()) as run:
        living = folder_of(next(run).admin_url)
        crashed = subprocess.run([sys.executable, "-c", CRASH], stdout=subprocess.PIPE, text=True)
        left = folder_of(crashed.stdout.strip())
        assert left.exists()
        sweep()
        assert not left.exists()
        assert living.exists()
