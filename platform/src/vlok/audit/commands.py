"""``vlok audit``: check the chains, write an anchor, take lines out to a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from vlok.api.errors import ContractError
from vlok.audit.anchors import Anchor, Anchors, by_place, too_old
from vlok.audit.daily import anchors_of
from vlok.audit.places import heads, lines_of
from vlok.audit.verify import check
from vlok.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Het logboek: nakijken, verankeren, uitvoeren.")


def owner_url() -> str:
    """The way in as owner, who sees the chains of every place."""
    from vlok.app import contributions
    from vlok.db.connect import connect

    settings = Settings()
    return connect(settings, contributions(settings).inside).owner


@app.command()
def verify(anker: Path | None = None, domein: str | None = None, zonder_anker: bool = False) -> None:
    """Reken elke ketting na, uit de regels zelf, en vergelijk ze met de ankers (--anker: een kopie van elders)."""
    settings, url = Settings(), owner_url()
    anchors: list[Anchor] = [] if zonder_anker else _anchors(settings, anker)
    wrong = 0
    for one in check(url, domein, by_place(anchors)):
        typer.echo(str(one.fault) if one.fault else f"{one.plaats}, domein {one.domein}: {one.regels} regels in orde")
        wrong += one.fault is not None
    old = [] if zonder_anker else [text for place in heads(url) if (text := too_old(anchors, place, _now()))]
    for text in old:
        typer.echo(text)
    if wrong or old:
        raise typer.Exit(1)


def _anchors(settings: Settings, copy: Path | None) -> list[Anchor]:
    own = anchors_of(settings)
    return (own if copy is None else Anchors(copy, own.key)).all()


@app.command()
def anker() -> None:
    """Leg de laatste schakel van elke ketting vast in het ankerbestand, buiten de databank."""
    anchors = anchors_of(Settings())
    for place, found in heads(owner_url()).items():
        made = anchors.add(place, found, _now())
        typer.echo(f"{place}: {made} legt {len(found)} kettingen vast; zegel {made.zegel}")


@app.command()
def export(file: Path, domein: str, plaats: str = "public") -> None:
    """Schrijf de hele ketting van een domein naar een csv-bestand, om elders te bewaren."""
    if file.exists():
        raise ContractError(f"{file} bestaat al.")
    count = lines_of(owner_url(), plaats, domein, file)
    typer.echo(f"{count} regels geschreven naar {file}")


def _now() -> datetime:
    return datetime.now(UTC)
