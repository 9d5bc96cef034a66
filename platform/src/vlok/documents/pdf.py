"""From HTML to PDF: nothing else in the product knows WeasyPrint.

WeasyPrint is imported at the first print, so that everything else runs on a machine without Pango.
"""

import os
import warnings
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

ASSETS = Path(str(files("vlok.documents") / "assets"))
VARIANT = "pdf/a-3a"
MAX_DATA_URI = 2_000_000


class RenderFailed(Exception):
    """A document could not be printed: a defect in a template or its data, or a limit that was reached."""


class _Printer:
    """WeasyPrint with the bundled fonts, the parsed style sheets and the fetcher that fetches nothing.

    Parsing the style sheets once saves a quarter of the time of a letter; it is done per process.
    """

    def __init__(self) -> None:
        # Read by fontconfig once per process, hence before the first import.
        os.environ["FONTCONFIG_FILE"] = str(ASSETS / "fonts.conf")
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher

        class DenyAll(URLFetcher):  # type: ignore[misc]
            """Only inline images. The default fetcher reads the network and local files (``file:///etc/passwd``)."""

            def fetch(self, url: str, headers: Any = None) -> Any:
                if not url.startswith("data:image/") or len(url) > MAX_DATA_URI:
                    raise FatalURLFetchingError(f"verwijzing geweigerd: {url[:80]}")
                return super().fetch(url, headers)

        self.refused: type[BaseException] = FatalURLFetchingError
        self._html = weasyprint.HTML
        self._fonts = FontConfiguration()
        self._fetcher = DenyAll(timeout=2, allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True)
        self._base, self._concept = (
            weasyprint.CSS(
                string=(ASSETS / name).read_text("utf-8"), url_fetcher=self._fetcher, font_config=self._fonts
            )
            for name in ("base.css", "concept.css")
        )

    def print(self, html: str, concept: bool) -> bytes:
        sheets = [self._base, self._concept] if concept else [self._base]
        page = self._html(string=html, base_url=None, url_fetcher=self._fetcher, media_type="print")
        with warnings.catch_warnings():
            # WeasyPrint leaves closing its colour profile to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            result: bytes = page.write_pdf(
                stylesheets=sheets, font_config=self._fonts, pdf_variant=VARIANT, pdf_tags=True
            )
        return result


@cache
def _printer() -> _Printer:
    return _Printer()


def pdf(html: str, *, concept: bool) -> bytes:
    """``html`` as a tagged PDF/A-3a; with ``concept`` the watermark ONTWERP stands on every page.

    The same HTML gives the same bytes. Language, title and author come from the HTML itself. Nothing outside the text
    is ever read: a reference to a file or an address raises ``RenderFailed``; so does text WeasyPrint cannot print.
    Prints in this process, without limits: only ``vlok.documents.renderer`` and tests call it.
    """
    printer = _printer()
    try:
        return printer.print(html, concept)
    except printer.refused as refusal:  # derives from BaseException: uncaught it would end the worker
        raise RenderFailed(str(refusal)) from refusal
