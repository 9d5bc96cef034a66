"""Is an uploaded PDF fit to keep? It is judged, never rewritten: it may bear signatures.

The parsing runs in a process of its own with limits on memory and time (about 0.3 s a file), because a hostile PDF can
make a parser loop or eat memory; the server only looks at the size and the first bytes.
"""

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import puremagic

from vlok.api.errors import Refusal
from vlok.documents.limits import limit_cpu, limit_process

MAX_PAGES = 500
WALL_SECONDS = 20
CPU_SECONDS = 10
MEMORY = 1024 * 1024 * 1024
MEGABYTE = 1024 * 1024
_WHITESPACE = b"\0\t\n\f\r "
_ACTIVE_KEYS = ("/JS", "/JavaScript", "/AA", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent")
_ACTIVE_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition")
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
        raise _refused("PDF_TE_GROOT", limiet=f"{max_bytes / MEGABYTE:g}")
    data = source if isinstance(source, bytes) else source.read_bytes()
    if not data.startswith(b"%PDF-") or "application/pdf" not in _types(data):
        raise _refused("PDF_GEEN_PDF")
    if data[data.rfind(b"%%EOF") + len(b"%%EOF") :].strip(_WHITESPACE) and b"%%EOF" in data:
        raise _refused("PDF_STAART")
    return PdfReport(grootte=size, sha256=hashlib.sha256(data).hexdigest(), **_judge_apart(data))


def _refused(code: str, **about: object) -> PdfRefused:
    return PdfRefused(code, _TEKSTEN[code].format(**about))


def _types(data: bytes) -> set[str]:
    return {match.mime_type for match in puremagic.magic_string(data[:4096])}


def _judge_apart(data: bytes) -> dict[str, Any]:
    """``judge`` in a limited process; one that dies or does not answer in time means "damaged"."""
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "vlok.documents.pdfcheck"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, env=environment, timeout=WALL_SECONDS, check=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as fault:
        raise _refused("PDF_BESCHADIGD") from fault
    verdict: dict[str, Any] = json.loads(done.stdout)
    if "code" in verdict:
        raise PdfRefused(verdict["code"], verdict["tekst"])
    return verdict


def judge(data: bytes) -> dict[str, Any]:
    """Version, pages and signatures. Raises ``PdfRefused``. Without limits: only a process apart calls it."""
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as document:
            return _judge(document)
    except pikepdf.PasswordError as fault:
        raise _refused("PDF_VERSLEUTELD") from fault
    except pikepdf.PdfError as fault:
        raise _refused("PDF_BESCHADIGD") from fault


def _judge(document: pikepdf.Pdf) -> dict[str, Any]:
    if document.is_encrypted:
        raise _refused("PDF_VERSLEUTELD")
    pages = len(document.pages)
    if pages > MAX_PAGES:
        raise _refused("PDF_TE_LANG", paginas=pages, limiet=MAX_PAGES)
    signatures = 0
    for entry in _dictionaries(document):
        if (found := _active(entry)) is not None:
            raise _refused("PDF_ACTIEF", vondst=found.lstrip("/"))
        signatures += entry.get("/FT") == pikepdf.Name.Sig and "/V" in entry
    if document.get_warnings() or not pages:
        raise _refused("PDF_BESCHADIGD")
    return {"versie": document.pdf_version, "paginas": pages, "handtekeningen": signatures}


def _dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, those inside other objects and of streams included, each once."""
    waiting: list[pikepdf.Object] = [document.trailer, *document.objects]
    while waiting:
        value = waiting.pop()
        if isinstance(value, pikepdf.Array):
            inside = list(value)
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            entry = value.stream_dict if isinstance(value, pikepdf.Stream) else value
            yield entry
            inside = [entry[str(key)] for key in entry]
        else:
            continue
        # What is referred to is in `document.objects` itself.
        waiting += [child for child in inside if isinstance(child, pikepdf.Object) and not child.is_indirect]


def _active(entry: pikepdf.Object) -> str | None:
    """The name of what acts or is attached in this dictionary, if anything."""
    opening = entry.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") != pikepdf.Name.GoTo:
        return "/OpenAction"
    if (action := str(entry.get("/S", ""))) in _ACTIVE_ACTIONS:
        return action
    return next((key for key in _ACTIVE_KEYS if key in entry), None)


def main() -> None:
    """Judge the PDF on standard input; write the verdict, or the refusal, as JSON."""
    limit_process(MEMORY, file_size=0)
    limit_cpu(CPU_SECONDS)
    try:
        verdict = judge(sys.stdin.buffer.read())
    except PdfRefused as refusal:
        verdict = {"code": refusal.code, "tekst": refusal.tekst}
    sys.stdout.write(json.dumps(verdict))


if __name__ == "__main__":
    main()
