"""The lock on the policy: what was reviewed is what starts.

``slot.toml`` names every policy file with its number of lines and its SHA-256. It is written by ``vlok policies``,
together with the table that reviewers read; a file that was changed, cut short, added or taken away since then stops
the start. It keeps accidents and half-copied folders out, not somebody who may write the folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pydantic import Field, ValidationError

from vlok.api.catalogue import Entry
from vlok.api.errors import ContractError
from vlok.policy.reader import grant_files, read_file

NAME = "slot.toml"
AGAIN = "Lees het verschil na en voer './dev policies' uit"
HEADER = """\
# Het slot op het beleid: geschreven door './dev policies', nagekeken bij elke start. Wijzig het niet met de hand.
"""


class Vergrendeld(Entry):
    """One file as it was reviewed."""

    naam: str = Field(min_length=1)
    regels: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Slot(Entry):
    """The whole lock."""

    bestand: tuple[Vergrendeld, ...] = Field(min_length=2)


def locked(folder: Path) -> str:
    """The text of the lock that fits the files as they are; ContractError when one of them cannot be read."""
    blocks = [
        f'\n[[bestand]]\nnaam = "{one.naam}"\nregels = {one.regels}\nsha256 = "{one.sha256}"\n'
        for one in _present(folder)
    ]
    return HEADER + "".join(blocks)


def write_lock(folder: Path) -> None:
    """Lock the folder as it is."""
    (folder / NAME).write_text(locked(folder), encoding="utf-8")


def check_lock(folder: Path) -> None:
    """Compare the files with the lock; ContractError with one Dutch line that names the file and the reason."""
    reviewed = {one.naam: one for one in _read(folder).bestand}
    present = {one.naam: one for one in _present(folder)}
    for name in sorted(reviewed.keys() | present.keys()):
        if reason := _difference(reviewed.get(name), present.get(name)):
            raise ContractError(f"beleid {name}: {reason}. {AGAIN}.")


def _difference(reviewed: Vergrendeld | None, present: Vergrendeld | None) -> str | None:
    if present is None:
        return "het bestand is nagekeken en ontbreekt nu"
    if reviewed is None:
        return "het bestand is nooit nagekeken (het staat niet in slot.toml)"
    if present.regels < reviewed.regels:
        return f"{present.regels} regels, terwijl er {reviewed.regels} nagekeken zijn: het beleid is gekrompen"
    if present.sha256 != reviewed.sha256:
        return "het bestand is gewijzigd sinds het nagekeken werd"
    return None


def _read(folder: Path) -> Slot:
    try:
        return Slot.model_validate(tomllib.loads((folder / NAME).read_text(encoding="utf-8")))
    except FileNotFoundError as wrong:
        raise ContractError(f"beleid {NAME}: het slot ontbreekt in {folder}. {AGAIN}.") from wrong
    except (OSError, ValueError, ValidationError) as wrong:
        raise ContractError(f"beleid {NAME}: het slot kan niet gelezen worden. {AGAIN}.") from wrong


def _present(folder: Path) -> Iterator[Vergrendeld]:
    files = grant_files(folder)
    yield _entry(folder / "model.conf", "model.conf", 0)
    for file in files:
        yield _entry(file, f"grants/{file.name}", len(read_file(file)))


def _entry(file: Path, name: str, lines: int) -> Vergrendeld:
    try:
        content = file.read_bytes()
    except OSError as wrong:
        raise ContractError(f"beleid {name}: kan niet gelezen worden ({type(wrong).__name__})") from wrong
    return Vergrendeld(naam=name, regels=lines, sha256=sha256(content).hexdigest())
