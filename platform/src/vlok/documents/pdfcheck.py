"""Is an uploaded PDF fit to keep? It is judged, never rewritten: it may bear signatures.

The parsing runs in a process of its own with limits on memory and time (about 0.3 s a file), because a hostile PDF can
make a parser loop or eat memory (``vlok.documents.pdfjudge``); the server only looks at the size and the first bytes.
"""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import puremagic

from vlok.api.errors import Refusal

MAX_PAGES = 500
WALL_SECONDS = 20
MEGABYTE = 1024 * 1024
_WHITESPACE = b"\0\t\n\f\r "
_TEKSTEN = {
    "PDF_TE_GROOT": "Dit bestand is groter dan {limiet} MB. Verklein het, bijvoorbeeld door met lagere resolutie te "
    "scannen, en laad het opnieuw op.",
    "PDF_GEEN_PDF": "Dit bestand is geen PDF. Bewaar of scan het document als PDF en laad het opnieuw op.",
    "PDF_VERSLEUTELD": "Deze PDF is beveiligd met een wachtwoord of versleuteling. Laad een exemplaar zonder "
    "beveiliging op.",
    "PDF_BESCHADIGD": "Deze PDF is beschadigd of onvolledig en kan niet worden gelezen. Maak of scan het document "
    "opnieuw en laad het opnieuw op.",
    "PDF_ACTIEF": "Deze PDF bevat actieve inhoud of een bijlage ({vondst}) en wordt daarom niet aanvaard. Druk het "
    "document af naar een nieuwe PDF of scan het, en laad die op.",
    "PDF_TE_LANG": "Deze PDF telt {paginas} pagina's; het maximum is {limiet}. Splits het document en laad de delen "
    "afzonderlijk op.",
    "PDF_STAART": "Na het einde van deze PDF staan nog andere gegevens. Bewaar het document opnieuw als PDF en laad "
    "het opnieuw op.",
}


class PdfRefused(Refusal):
    """A PDF that is not accepted: ``code`` is one of the ``PDF_…`` codes, ``tekst`` tells the clerk what to do."""


@dataclass(frozen=True)
class PdfReport:
    """What was seen of an accepted PDF: size in bytes, SHA-256 in hex, PDF version, pages, signatures it bears."""

    grootte: int
    sha256: str
    versie: str
    paginas: int
    handtekeningen: int


def check_pdf(source: Path | bytes, *, max_bytes: int) -> PdfReport:
    """Accept ``source`` as a PDF, or raise ``PdfRefused`` with the reason in Dutch.

    Refused: larger than ``max_bytes``; not a PDF; encrypted; damaged; more than 500 pages; data after the last
    ``%%EOF``; scripts, forms that act, attachments, and anything that opens by itself. An opening view (which page, how
    wide), which word processors write into every PDF, is not an action and is accepted. Blocks for about 0.3 s, at
    most 20 s: call it in a thread.
    """
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > max_bytes:
        raise refused("PDF_TE_GROOT", limiet=f"{max_bytes / MEGABYTE:g}")
    data = source if isinstance(source, bytes) else source.read_bytes()
    if not data.startswith(b"%PDF-") or "application/pdf" not in _types(data):
        raise refused("PDF_GEEN_PDF")
    if data[data.rfind(b"%%EOF") + len(b"%%EOF") :].strip(_WHITESPACE) and b"%%EOF" in data:
        raise refused("PDF_STAART")
    return PdfReport(grootte=size, sha256=hashlib.sha256(data).hexdigest(), **_judge_apart(data))


def refused(code: str, **about: object) -> PdfRefused:
    """The refusal with that code, its text filled in."""
    return PdfRefused(code, _TEKSTEN[code].format(**about))


def _types(data: bytes) -> set[str]:
    return {match.mime_type for match in puremagic.magic_string(data[:4096])}


def _judge_apart(data: bytes) -> dict[str, Any]:
    """The judgement of a limited process; one that dies or does not answer in time means "damaged"."""
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "vlok.documents.pdfjudge"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, env=environment, timeout=WALL_SECONDS, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as fault:
        raise refused("PDF_BESCHADIGD") from fault
    verdict: dict[str, Any] = json.loads(done.stdout)
    if "code" in verdict:
        raise PdfRefused(verdict["code"], verdict["tekst"])
    return verdict
