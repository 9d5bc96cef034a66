"""Where files stand: the traps of a folder called ``platform``, and lists of plugins that equal the folders."""

import ast
import tomllib
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KEYS = sorted(folder.parent.name for folder in ROOT.glob("plugins/*/pyproject.toml"))
PACKAGES = [f"vlok_{key}" for key in KEYS]


def toml(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / path).read_text())


def contracts() -> dict[str, dict[str, list[str]]]:
    """Contract → option → its lines, of .importlinter."""
    parser = ConfigParser()
    parser.read(ROOT / ".importlinter")
    prefix = "importlinter:contract:"
    return {
        section.removeprefix(prefix): {key: text.split("\n")[1:] or [text] for key, text in parser[section].items()}
        for section in parser.sections()
        if section.startswith("importlinter")
    }


def test_nothing_makes_platform_a_package() -> None:
    """pytest or an __init__.py would put our folder in the place of the standard library's ``platform``."""
    outside = [path for path in (ROOT / "platform").rglob("*.py") if ROOT / "platform" / "src" not in path.parents]
    assert outside == []
    tests = [
        path for path in (ROOT / "platform").rglob("*.py") if path.match("test_*.py") or path.name == "conftest.py"
    ]
    assert tests == []


def test_test_folders_are_no_packages() -> None:
    inits = [*ROOT.glob("tests/**/__init__.py"), *ROOT.glob("plugins/*/tests/**/__init__.py")]
    assert inits == []


def test_every_folder_of_plugins_is_a_distribution() -> None:
    folders = sorted(path.name for path in (ROOT / "plugins").iterdir() if any(path.glob("*")))
    assert folders == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_a_plugin_is_named_after_its_folder(key: str) -> None:
    project = toml(f"plugins/{key}/pyproject.toml")
    assert project["project"]["name"] == f"vlok-{key}"
    assert project["project"]["entry-points"]["vlok.plugins"] == {key: f"vlok_{key}.plugin"}
    assert project["tool"]["uv"]["build-backend"]["module-name"] == f"vlok_{key}"
    assert (ROOT / f"plugins/{key}/src/vlok_{key}/plugin.py").is_file()


@pytest.mark.parametrize("key", KEYS)
def test_a_plugin_depends_on_no_other_plugin(key: str) -> None:
    assert not [name for name in toml(f"plugins/{key}/pyproject.toml")["project"]["dependencies"] if "vlok-" in name]


@pytest.mark.parametrize("key", KEYS)
def test_a_plugin_has_a_charter(key: str) -> None:
    charter = (ROOT / f"plugins/{key}/README.md").read_text()
    assert charter.startswith(f"# {key}: ")
    assert "**Legal basis.**" in charter
    assert "**Owner.**" in charter


def test_the_import_contracts_name_every_plugin() -> None:
    held = contracts()
    assert held["importlinter"]["root_packages"] == ["vlok", "vlok_register", *PACKAGES]
    assert held["kernel-knows-no-plugin"]["forbidden_modules"] == ["vlok_register", *PACKAGES]
    assert held["register-knows-no-plugin"]["forbidden_modules"] == PACKAGES
    assert held["plugins-know-no-plugin"]["modules"] == PACKAGES
    assert held["front-door"]["source_modules"] == PACKAGES


def test_only_the_two_front_doors_are_taken_out_of_the_contract() -> None:
    doors = ["vlok.api", "vlok.api.**", "vlok_register.api", "vlok_register.api.**"]
    assert contracts()["front-door"]["ignore_imports"] == [f"{p}.** -> {door}" for p in PACKAGES for door in doors]


def test_mypy_reads_every_plugin() -> None:
    mypy = toml("pyproject.toml")["tool"]["mypy"]
    assert sorted(mypy["packages"]) == sorted(["vlok", "vlok_register", *PACKAGES])
    assert mypy["mypy_path"] == ["platform/src", *(f"plugins/{key}/src" for key in KEYS)]


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("plugins/*/tests/**/*.py")), ids=lambda path: f"{path.relative_to(ROOT)}"
)
def test_tests_of_a_plugin_use_only_its_own_package_and_the_front_doors(path: Path) -> None:
    own = f"vlok_{path.relative_to(ROOT).parts[1]}"
    doors = (own, "vlok.api", "vlok.testing", "vlok_register.api")
    ours = [name for name in imported(path) if name.split(".")[0].startswith("vlok")]
    assert [name for name in ours if not name.startswith(doors)] == []


def imported(path: Path) -> set[str]:
    """Names of all modules that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names
