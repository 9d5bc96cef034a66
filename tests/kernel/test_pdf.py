"""The printer: archival, accessible, deterministic, blind to the outside, and unable to take the server down."""

import asyncio
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from vlok.api.documents import HouseStyle, RenderOrder, Signatory
from vlok.documents.pdf import RenderFailed, pdf
from vlok.documents.renderer import Renderer
from vlok.documents.stationery import html, stationery

ORDER = RenderOrder(
    template="kernel/layout.html",
    content={},
    house=HouseStyle(
        organisatie="Gemeente Kapelrode",
        adres=("Marktplein 1", "9999 Kapelrode"),
        telefoon="09 000 00 00",
        email="wonen@kapelrode.example",
        website="www.kapelrode.example",
        afzender="Dienst Wonen",
        ondertekenaars=(Signatory("Burgemeester", "Hilde Maes"),),
    ),
    referte="BS26-000001",
    title="Proefbrief",
    date=date(2026, 11, 22),
)
PAGE = '<html lang="nl-BE"><head><title>T</title></head><body>{}</body></html>'


def page(concept: bool) -> bytes:
    return pdf(html(stationery({}), ORDER), concept=concept)


def unicode_map(font: pikepdf.Object) -> dict[str, str]:
    """Glyph code to letter, from the font's own ToUnicode map."""
    lines = font.ToUnicode.read_bytes().decode("ascii").splitlines()
    pairs = [line.strip("<>").split("> <") for line in lines if line.startswith("<") and "> <" in line]
    return {pair[0].upper(): bytes.fromhex(pair[-1]).decode("utf-16-be") for pair in pairs if len(pair) == 2}


def shown(canvas: pikepdf.Object) -> Iterator[str]:
    """The text drawn on a page or form, piece by piece, forms within it included."""
    letters: dict[str, str] = {}
    resources = canvas.get("/Resources", pikepdf.Dictionary())
    for step in pikepdf.parse_content_stream(canvas):
        operands, operator = step.operands, step.operator
        if str(operator) == "Tf":
            letters = unicode_map(resources.Font[str(operands[0])])
        elif str(operator) in ("Tj", "TJ"):
            strings = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
            codes = "".join(bytes(part).hex().upper() for part in strings if isinstance(part, pikepdf.String))
            yield "".join(letters[codes[i : i + 4]] for i in range(0, len(codes), 4))
        elif str(operator) == "Do" and (form := resources.XObject[str(operands[0])]).get("/Subtype") == "/Form":
            yield from shown(form)


def text(data: bytes) -> str:
    with pikepdf.open(io.BytesIO(data)) as document:
        return "".join(piece for sheet in document.pages for piece in shown(sheet.obj))


def test_a_document_is_tagged_and_marked_as_pdf_a_3a_in_its_language() -> None:
    with pikepdf.open(io.BytesIO(page(concept=False))) as document:
        assert document.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in document.Root
        assert str(document.Root.Lang) == "nl-BE"
        with document.open_metadata() as metadata:
            assert metadata.pdfa_status == "3A"
            assert metadata["dc:title"] == "Proefbrief – BS26-000001"


def test_every_font_is_the_bundled_one_and_embedded() -> None:
    with pikepdf.open(io.BytesIO(page(concept=True))) as document:
        fonts = [entry for entry in document.objects if isinstance(entry, pikepdf.Dictionary) and "/FontName" in entry]
        assert fonts
        assert all("Source-Sans-3" in str(font.FontName) and "/FontFile2" in font for font in fonts)


def test_only_a_concept_bears_the_watermark() -> None:
    assert "ONTWERP" in text(page(concept=True))
    final = text(page(concept=False))
    assert "ONTWERP" not in final
    assert "BS26-000001" in final


def test_the_same_document_gives_the_same_bytes() -> None:
    assert page(concept=True) == page(concept=True)


@pytest.mark.parametrize(
    "body",
    [
        '<img src="file:///etc/hostname">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<style>@import "http://127.0.0.1:9/x.css";</style>',
        '<object data="file:///etc/hostname"></object>',
        '<img src="data:text/html,x">',
    ],
)
def test_nothing_outside_the_text_is_read(body: str) -> None:
    with pytest.raises(RenderFailed, match="verwijzing geweigerd"):
        pdf(PAGE.format(body), concept=False)


async def test_the_pool_prints_what_the_printer_prints() -> None:
    async with Renderer({}) as renderer:
        first, second = await asyncio.gather(renderer.render(ORDER), renderer.render(replace(ORDER, concept=False)))
    assert first == page(concept=True)
    assert second == page(concept=False)


async def test_a_fault_in_a_template_is_told_and_the_worker_goes_on() -> None:
    async with Renderer({}, workers=1) as renderer:
        with pytest.raises(RenderFailed, match="Proefbrief: TemplateNotFound"):
            await renderer.render(replace(ORDER, template="kernel/bestaat-niet.html"))
        assert (await renderer.render(ORDER)).startswith(b"%PDF")


async def test_a_worker_that_dies_is_replaced(hostile: dict[str, str]) -> None:
    async with Renderer(hostile, workers=1) as renderer:
        with pytest.raises(RenderFailed, match=r"viel weg|MemoryError"):
            await renderer.render(replace(ORDER, template="vijand/geheugen.html"))
        assert (await renderer.render(ORDER)).startswith(b"%PDF")


async def test_a_document_that_does_not_end_is_broken_off(hostile: dict[str, str]) -> None:
    async with Renderer(hostile, workers=1, wall_seconds=4) as renderer:
        with pytest.raises(RenderFailed, match="niet klaar binnen 4 seconden"):
            await renderer.render(replace(ORDER, template="vijand/eindeloos.html"))
        assert (await renderer.render(ORDER)).startswith(b"%PDF")


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A plugin whose templates double a text until memory ends, or never end."""
    templates = tmp_path / "vlok_vijand" / "templates"
    templates.mkdir(parents=True)
    (templates.parent / "__init__.py").touch()
    double = "{% set x = x ~ x %}"
    (templates / "geheugen.html").write_text("{% set x = brief.title %}" + double * 40 + "{{ x }}")
    loops = "{% for a in x %}" * 12
    (templates / "eindeloos.html").write_text("{% set x = 'aaaaaaaaaa' %}" + loops + "{% endfor %}" * 12)
    monkeypatch.syspath_prepend(tmp_path)
    return {"vijand": "vlok_vijand"}
