"""Locks pin every package by hash and name no host, so that they hold behind any index or mirror."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-node.lock"]


@pytest.mark.parametrize("lock", [*LOCKS, "web/package-lock.json"])
def test_a_lock_names_no_host(lock: str) -> None:
    assert re.findall(r".*(?:\w+://|--\S*index|find-links).*", (ROOT / lock).read_text()) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_library_has_one_version_and_a_hash(lock: str) -> None:
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text(), flags=re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    assert [entry for entry in entries if not re.match(r"[\w.-]+==\S+.*\\\n +--hash=sha256:[0-9a-f]{64}", entry)] == []


def test_every_wish_is_locked() -> None:
    wishes = [line for line in (ROOT / "requirements.in").read_text().splitlines() if not line.startswith("#")]
    names = {re.split(r"[\[=<>!~; ]", line)[0].lower() for line in wishes if line}
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), flags=re.MULTILINE))
    assert names - locked == set()


def test_every_npm_package_has_a_hash() -> None:
    packages = json.loads((ROOT / "web/package-lock.json").read_text())["packages"]
    outside = {name: entry for name, entry in packages.items() if name and not entry.get("link")}
    assert outside
    assert [name for name, entry in outside.items() if not entry.get("integrity") and not entry.get("inBundle")] == []


def test_npm_leaves_addresses_out_of_its_lock() -> None:
    assert "omit-lockfile-registry-resolved=true" in (ROOT / "web/.npmrc").read_text().splitlines()
