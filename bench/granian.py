"""Granian: another server for the same application. Of the bench alone; fetched once into a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bench.omgeving import FOLDER

LOCK = Path(__file__).parent / "granian_server" / "requirements.lock"
PLACE = FOLDER / "granian"


def missing() -> str | None:
    """Why Granian cannot run here, in Dutch; None when it can. Installs it when a package index can be reached."""
    if (PLACE / "granian").exists():
        return None
    wish = ["--target", str(PLACE), "--require-hashes", "-r", str(LOCK)]
    command = [sys.executable, "-m", "uv", "pip", "install", "-q", "--python", sys.executable, *wish]
    done = subprocess.run(command, capture_output=True, text=True)
    return None if done.returncode == 0 else f"installeren is mislukt ({done.stderr.strip().splitlines()[-1:]})"


def command(port: int, workers: int) -> list[str]:
    """The words that start it."""
    options = ["--interface", "asgi", "--factory", "--no-ws", "--workers", str(workers), "--log-level", "warning"]
    where = ["--host", "127.0.0.1", "--port", str(port)]
    return [sys.executable, "-m", "granian", *options, *where, "bench.dienst:product"]


def variables() -> dict[str, str]:
    """Where Python finds it."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(PLACE), os.environ.get("PYTHONPATH"))))}
