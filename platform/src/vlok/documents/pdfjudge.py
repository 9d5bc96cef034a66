"""The process that reads an uploaded PDF, with limits on memory and time: ``vlok.documents.pdfcheck`` starts it.

A module of its own, so that only this process loads a PDF library, and the server never does.
"""

import io
import json
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf

from vlok.documents.limits import limit_cpu, limit_process
from vlok.documents.pdfcheck import MAX_PAGES, PdfRefused, refused

CPU_SECONDS = 10
MEMORY = 1024 * 1024 * 1024
_ACTIVE_KEYS = ("/JS", "/JavaScript", "/AA", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent")
_ACTIVE_ACTIONS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition")


def judge(data: bytes) -> dict[str, Any]:
    """Version, pages and signatures. Raises ``PdfRefused``."""
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as document:
            return _judge(document)
    except pikepdf.PasswordError as fault:
        raise refused("PDF_VERSLEUTELD") from fault
    except pikepdf.PdfError as fault:
        raise refused("PDF_BESCHADIGD") from fault


def _judge(document: pikepdf.Pdf) -> dict[str, Any]:
    if document.is_encrypted:
        raise refused("PDF_VERSLEUTELD")
    pages = len(document.pages)
    if pages > MAX_PAGES:
        raise refused("PDF_TE_LANG", paginas=pages, limiet=MAX_PAGES)
    signatures = 0
    for entry in _dictionaries(document):
        if (found := _active(entry)) is not None:
            raise refused("PDF_ACTIEF", vondst=found.lstrip("/"))
        signatures += entry.get("/FT") == pikepdf.Name.Sig and "/V" in entry
    if document.get_warnings() or not pages:
        raise refused("PDF_BESCHADIGD")
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
