"""Under which operating system user the embedded server runs: PostgreSQL refuses root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

UNPRIVILEGED = ("postgres", "nobody")
"""Existing users that may own the server when we are root, in order; none is ever created."""


@dataclass(frozen=True, slots=True)
class ServerUser:
    """The user that owns the data folder and the server process. ``switch`` says whether we must become that user."""

    name: str
    uid: int
    gid: int
    switch: bool

    @classmethod
    def current(cls) -> "ServerUser":
        """Ourselves, or as root the first existing unprivileged user; LookupError when root finds none."""
        if os.geteuid() != 0:
            return cls(name=str(os.geteuid()), uid=os.geteuid(), gid=os.getegid(), switch=False)
        for name in UNPRIVILEGED:
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(name=name, uid=entry.pw_uid, gid=entry.pw_gid, switch=True)
        raise LookupError(f"geen van de gebruikers {', '.join(UNPRIVILEGED)} bestaat")

    def run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run ``command`` as this user, in a clean environment and a folder all can enter; OSError if it cannot."""
        # The caller's environment may hold PGHOST, PGDATA or a locale that the server must not follow.
        clean = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
        if not self.switch:
            return subprocess.run(command, env=clean, cwd="/", capture_output=True, text=True)
        return subprocess.run(
            command,
            env=clean,
            cwd="/",
            capture_output=True,
            text=True,
            user=self.uid,
            group=self.gid,
            extra_groups=[],
        )

    def can_run(self, program: str) -> bool:
        """Whether this user can start ``program`` where it stands."""
        try:
            return self.run([program, "--version"]).returncode == 0
        except OSError:
            return False

    def can_enter(self, folder: Path) -> bool:
        """Whether this user can reach and write ``folder``."""
        return self.run(["test", "-w", str(folder)]).returncode == 0

    def own(self, path: Path, mode: int) -> None:
        """Make ``path`` this user's with exactly ``mode``; nothing above it is touched."""
        path.chmod(mode)
        if self.switch:
            os.chown(path, self.uid, self.gid)
