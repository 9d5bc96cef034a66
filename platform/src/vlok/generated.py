"""Files that follow from code and data: written by a verb of the command line, checked by the same verb."""

from pathlib import Path

import typer

ROOT = Path(__file__).parents[3]


def keep(file: Path, text: str, verb: str, *, check: bool) -> None:
    """Write a generated file, or end with code 1 when it is not what the code says."""
    if not check:
        file.write_text(text, encoding="utf-8")
        typer.echo(f"{file.name} geschreven")
    elif not file.exists() or file.read_text(encoding="utf-8") != text:
        typer.echo(f"{file.name} klopt niet meer: voer './dev {verb}' uit.")
        raise typer.Exit(1)
