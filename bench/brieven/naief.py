"""WeasyPrint as its documentation begins: style sheets and fonts anew for every letter. A process that stays warm.

The same letters, style sheets, fonts and kind of PDF as the product's worker, and the same frames
(``vlok.documents.worker``), so that nothing else differs.
"""

from __future__ import annotations

import json
import os
import sys

os.environ["FONTCONFIG_FILE"] = os.environ["BENCH_FONTCONFIG"]  # read once per process, hence before the import

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from vlok.api.documents import RenderOrder
from vlok.documents.frames import LENGTH
from vlok.documents.pdf import ASSETS, VARIANT
from vlok.documents.stationery import html, stationery


def printed(text: str, *, concept: bool) -> bytes:
    """One letter, with everything made for it."""
    fonts = FontConfiguration()
    names = ("base.css", "concept.css") if concept else ("base.css",)
    sheets = [weasyprint.CSS(filename=str(ASSETS / name), font_config=fonts) for name in names]
    page = weasyprint.HTML(string=text, media_type="print")
    result: bytes = page.write_pdf(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT, pdf_tags=True)
    return result


def main() -> None:
    """Serve orders until the input ends."""
    environment = stationery(json.loads(sys.argv[1]))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        order = RenderOrder.from_json(source.read(LENGTH.unpack(head)[0]).decode())
        answer = b"P" + printed(html(environment, order), concept=order.concept)
        sink.write(LENGTH.pack(len(answer)) + answer)
        sink.flush()


if __name__ == "__main__":
    main()
