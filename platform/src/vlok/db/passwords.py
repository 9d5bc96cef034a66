"""Passwords that the installation makes for itself: generated once, kept in a file that only its owner reads."""

import os
import secrets
from pathlib import Path


def kept_password(file: Path) -> str:
    """The password in ``file``; made and written with mode 0600 when there is none yet.

    Safe when two processes ask at the same time: the file appears whole under its name, and the first one wins.
    Raises OSError when the folder cannot be written.
    """
    if not file.exists():
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(32))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass  # another process was first; its password holds
        finally:
            draft.unlink()
    return file.read_text().strip()
