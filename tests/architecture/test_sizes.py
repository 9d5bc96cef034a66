"""Budgets on the tail: a file that outgrows its reader is split, not excused."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40

EXEMPT: dict[str, str] = {}
"""``path`` or ``path::function`` → why it may be longer. It only shrinks: an entry that is no longer needed fails."""


def sources() -> list[Path]:
    """Everything that is read and edited: generated types and migrations, which are history, are neither."""
    python = [ROOT / "dev", *ROOT.glob("tools/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("p*/**/*.py")]
    web = [path for path in ROOT.glob("web/src/**/*.ts*") if "gql" not in path.parts]
    return sorted(path for path in python + web if path.is_file() and "migrations" not in path.parts)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def too_long() -> dict[str, int]:
    """Everything over its budget, with its number of lines."""
    found: dict[str, int] = {}
    for path in sources():
        text = path.read_text()
        if (lines := len(text.splitlines())) > LONGEST_FILE:
            found[name(path)] = lines
        if path.suffix in {".py", ""}:
            found |= {f"{name(path)}::{function}": size for function, size in long_functions(text)}
    return found


def long_functions(text: str) -> list[tuple[str, int]]:
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    sizes = [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in nodes]
    return [(function, size) for function, size in sizes if size > LONGEST_FUNCTION]


def test_the_budget_looks_at_the_whole_product() -> None:
    seen = {name(path) for path in sources()}
    assert {"dev", "tools/prepare.py", "platform/src/vlok/db/embedded.py", "plugins/oo/src/vlok_oo/rules.py"} <= seen


def test_nothing_is_longer_than_its_budget() -> None:
    assert {what: size for what, size in too_long().items() if what not in EXEMPT} == {}


def test_no_exemption_has_become_needless() -> None:
    assert sorted(EXEMPT.keys() - too_long().keys()) == []


def test_a_function_over_the_budget_is_found() -> None:
    text = "def lang():\n" + "    x = 1\n" * LONGEST_FUNCTION
    assert long_functions(text) == [("lang", LONGEST_FUNCTION + 1)]
