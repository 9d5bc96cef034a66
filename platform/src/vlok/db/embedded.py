"""The embedded PostgreSQL: made, started, found again and stopped in one folder, reachable by a Unix socket only.

The default when no DATABASE_URL is set. No network port is open, the superuser has a password, files are 0600 and
folders 0700. A server that outlived its application (crash, kill -9) is attached to; one that died recovers at start.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from vlok.db.binaries import OLDEST, Binaries, available
from vlok.db.passwords import kept_password
from vlok.db.server_config import INCLUDE, server_config
from vlok.db.server_user import ServerUser

LONGEST_SOCKET_FOLDER = 90
"""Characters; the kernel allows 107 for a socket path and the socket's own name takes the rest."""

START_SECONDS = "120"
"""How long a start may take: recovery after a crash replays the log first."""

NO_PROCESS = str(2**31 - 1)
"""A process number that Linux never gives out."""

ORPHAN_SECONDS = 10
"""How long the children of a killed server may take to notice and end; until then a new one cannot start."""


class ClusterError(RuntimeError):
    """The embedded database cannot be made, started or stopped; the text is one Dutch line that says why."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One embedded PostgreSQL in ``folder``. ``fast`` gives up durability for speed: for tests only."""

    folder: Path
    fast: bool = False
    user: ServerUser = field(default_factory=ServerUser.current)

    @classmethod
    def at(cls, folder: Path, *, fast: bool = False) -> "Cluster":
        """The cluster in ``folder`` (which need not exist yet). Raises ClusterError when root finds no user for it."""
        try:
            return cls(folder.resolve(), fast)  # one folder, by whatever way it is reached
        except LookupError as error:
            raise ClusterError(f"De ingebouwde databank kan niet als root draaien: {error}.") from error

    @property
    def data(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.folder / "data"

    def start(self) -> str:
        """Start the server, or attach to it when it runs, and give the superuser's URL. Raises ClusterError."""
        self._prepare()
        with self._alone():
            if (sockets := self._settled()) is None:
                binaries = self._binaries()
                self._initialise(binaries)
                sockets = self._launch(binaries)
            password = kept_password(self.folder / "superuser.password")
        return f"postgresql+psycopg://postgres:{quote(password)}@/postgres?host={quote(str(sockets), safe='')}"

    def stop(self) -> None:
        """Stop the server, wherever it was started from; nothing happens when it does not run. Raises ClusterError."""
        if not self.folder.exists():
            return
        with self._alone():
            sockets = self._settled()
            if sockets is None:
                return
            self._run(self._binaries(), "pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-t", START_SECONDS)
            self._drop_sockets(sockets)

    def reset(self) -> None:
        """Stop the server and delete all that it holds, and nothing else that may stand in ``folder``."""
        self.stop()
        for part in (self.data, self.folder / "run"):
            shutil.rmtree(part, ignore_errors=True)
        for copy in self.folder.glob("postgresql-*"):
            shutil.rmtree(copy)
        for file in ("superuser.password", "server.log", "lock"):
            (self.folder / file).unlink(missing_ok=True)

    def _prepare(self) -> None:
        """Make the folder, 0700 and the server user's; folders above it are made passable but never changed."""
        try:
            for parent in reversed([each for each in self.folder.parents if not each.exists()]):
                parent.mkdir()
                parent.chmod(0o711)
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self.user.own(self.folder, 0o700)
        except OSError as error:
            raise ClusterError(f"De map {self.folder} is niet bruikbaar ({error.strerror}): zet VLOK_DATA.") from error
        if not self.user.can_enter(self.folder):
            raise ClusterError(
                f"Gebruiker {self.user.name} kan {self.folder} niet bereiken: zet VLOK_DATA op een map buiten /root."
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or stops this cluster."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _binaries(self) -> Binaries:
        """The programs for this folder: of the major version that made the data, when there are data."""
        found = available()
        made_by = self.data / "PG_VERSION"
        if made_by.exists():
            major = int(made_by.read_text())
            found = [each for each in found if each.major == major]
            if not found:
                raise ClusterError(f"De gegevens in {self.data} vragen PostgreSQL {major}, dat hier niet staat.")
        if not found:
            raise ClusterError(f"Geen PostgreSQL >= {OLDEST[0]}.{OLDEST[1]} gevonden: apt-get install postgresql")
        return found[0].beside(self.folder, self.user)

    def _initialise(self, binaries: Binaries) -> None:
        """Make the data folder once; half a folder left by a crash is made anew."""
        if (self.data / INCLUDE).exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        secret = self.folder / "superuser.password"
        kept_password(secret)
        self.user.own(secret, 0o600)
        # From PostgreSQL 17 the collation is built in and the same on every system; before, the C library gives it.
        words = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        locale = words if binaries.major >= 17 else ["--locale=C.UTF-8"]
        access = ["--username=postgres", f"--pwfile={secret}", "--auth=scram-sha-256"]
        sync = ["--no-sync"] if self.fast else []
        self._run(
            binaries, "initdb", "-D", str(self.data), "--encoding=UTF8", "--data-checksums", *locale, *access, *sync
        )
        with (self.data / "postgresql.conf").open("a") as config:
            config.write(f"\ninclude = '{INCLUDE}'\n")
        self._write_config(Path("/"))  # its presence says that the folder is complete

    def _launch(self, binaries: Binaries) -> Path:
        """Start the server with its settings of today and give the folder of its socket."""
        self._disown_the_dead()
        sockets = self._socket_folder()
        self._write_config(sockets)
        log = self.folder / "server.log"
        log.touch(mode=0o600)
        self.user.own(log, 0o600)
        for patience in reversed(range(ORPHAN_SECONDS)):
            before = log.stat().st_size
            try:
                self._run(binaries, "pg_ctl", "start", "-D", str(self.data), "-l", str(log), "-w", "-t", START_SECONDS)
                break
            except ClusterError as error:
                reason = _why(log.read_bytes()[before:].decode(errors="replace")) or str(error)
                if not patience or "shared memory" not in reason:
                    raise ClusterError(f"De ingebouwde databank start niet: {reason}") from error
                time.sleep(1)
        return sockets

    def _write_config(self, sockets: Path) -> None:
        file = self.data / INCLUDE
        file.write_text(server_config(sockets, fast=self.fast))
        self.user.own(file, 0o600)

    def _socket_folder(self) -> Path:
        """The folder for the socket: our own, or a fresh private one when that path is too long for a socket."""
        sockets = self.folder / "run"
        if len(os.fsencode(sockets)) >= LONGEST_SOCKET_FOLDER:
            sockets = Path(tempfile.mkdtemp(prefix="vlok-socket-", dir="/tmp"))
        sockets.mkdir(exist_ok=True)
        self.user.own(sockets, 0o700)
        return sockets

    def _settled(self) -> Path | None:
        """The socket folder of the running server, after waiting for a start or stop that is under way; else None."""
        deadline = time.monotonic() + int(START_SECONDS)
        while (state := self._state()) and state[1] != "ready" and time.monotonic() < deadline:
            time.sleep(0.05)
        return state[0] if state else None

    def _state(self) -> tuple[Path, str] | None:
        """Socket folder and state word of the running server; None when there is none, whatever the pid file says."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            command = Path(f"/proc/{int(lines[0])}/cmdline").read_bytes().split(b"\0")
            return (Path(lines[4]), lines[7].strip()) if os.fsencode(self.data) in command else None
        except (OSError, ValueError, IndexError):
            return None

    def _disown_the_dead(self) -> None:
        """Make what a dead server left harmless: by now its number may be a stranger's, or a zombie nobody reaps.

        PostgreSQL would refuse to start for either. The pid file keeps all but the number, because PostgreSQL finds in
        it whether a child of the dead server still works on the data.
        """
        file = self.data / "postmaster.pid"
        if not file.exists():
            return
        lines = file.read_text().splitlines()
        if len(lines) > 4:
            self._drop_sockets(Path(lines[4]))
        file.write_text("\n".join([NO_PROCESS, *lines[1:]]) + "\n")

    def _drop_sockets(self, sockets: Path) -> None:
        for left in sockets.glob(".s.PGSQL.*"):
            left.unlink()
        if sockets.name.startswith("vlok-socket-"):
            shutil.rmtree(sockets, ignore_errors=True)

    def _run(self, binaries: Binaries, program: str, *arguments: str) -> None:
        """Run one program as the server's user; ClusterError with its last line when it fails."""
        command: Sequence[str] = [binaries.program(program), *arguments]
        try:
            done: subprocess.CompletedProcess[str] = self.user.run(command)
        except OSError as error:
            raise ClusterError(f"{program} kan niet worden uitgevoerd: {error.strerror}.") from error
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip().splitlines() or ["zonder uitleg"]
            raise ClusterError(f"{program} mislukt: {said[-1]}")


def _why(log: str) -> str:
    """The line of a server log that says why it did not start; empty when it says nothing."""
    lines = log.strip().splitlines()
    fatal = [line for line in lines if "FATAL" in line]
    return (fatal or lines or [""])[-1]
