"""What a user may upload as a PDF, and what the clerk is told when it is refused."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from vlok.documents.pdfcheck import PdfRefused, PdfReport, check_pdf

MAX = 5 * 1024 * 1024
Change = Callable[[pikepdf.Pdf], object]


def made(change: Change = lambda document: None, pages: int = 1, **options: object) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    change(document)
    target = io.BytesIO()
    document.save(target, **options)  # type: ignore[arg-type]
    return target.getvalue()


def refusal(data: bytes, max_bytes: int = MAX) -> PdfRefused:
    with pytest.raises(PdfRefused) as caught:
        check_pdf(data, max_bytes=max_bytes)
    return caught.value


def opens_with(action: Dictionary) -> Change:
    return lambda document: document.Root.__setattr__("OpenAction", action)


def attached(document: pikepdf.Pdf) -> None:
    document.attachments["bijlage.txt"] = b"inhoud"


def launching_link(document: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    document.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)])


def test_a_sound_pdf_is_accepted_and_described(tmp_path: Path) -> None:
    data = made(pages=3)
    path = tmp_path / "besluit.pdf"
    path.write_bytes(data)
    report = check_pdf(path, max_bytes=MAX)
    assert report == PdfReport(len(data), hashlib.sha256(data).hexdigest(), report.versie, paginas=3, handtekeningen=0)
    assert path.read_bytes() == data


def test_a_signature_is_counted() -> None:
    def sign(document: pikepdf.Pdf) -> None:
        field = document.make_indirect(Dictionary(FT=Name.Sig, T=String("Burgemeester"), V=Dictionary(Type=Name.Sig)))
        document.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)

    assert check_pdf(made(sign), max_bytes=MAX).handtekeningen == 1


def test_an_opening_view_is_not_an_action() -> None:
    def view(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])

    assert check_pdf(made(view), max_bytes=MAX).paginas == 1


def test_a_file_that_is_too_large_names_the_limit() -> None:
    no = refusal(made(), max_bytes=200)
    assert no.code == "PDF_TE_GROOT"
    assert "groter dan 20 MB" in refusal(b"%PDF-" + b"0" * (20 * 1024 * 1024), max_bytes=20 * 1024 * 1024).tekst


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 een Word-bestand", b"<html></html>", b"MZ" + made()])
def test_another_kind_of_file_is_not_a_pdf(data: bytes) -> None:
    assert refusal(data).code == "PDF_GEEN_PDF"


@pytest.mark.parametrize("user", ["", "geheim"])
def test_a_locked_pdf_is_refused_with_or_without_password_to_open(user: str) -> None:
    no = refusal(made(encryption=pikepdf.Encryption(owner="beheer", user=user)))
    assert no.code == "PDF_VERSLEUTELD"
    assert "zonder beveiliging" in no.tekst


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
def test_a_truncated_pdf_is_damaged(keep: float) -> None:
    data = made(pages=20)
    assert refusal(data[: int(len(data) * keep)]).code == "PDF_BESCHADIGD"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (opens_with(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))), "OpenAction"),
        (opens_with(Dictionary(S=Name.Launch, F=String("cmd.exe"))), "OpenAction"),
        (lambda document: document.Root.__setattr__("AA", Dictionary(WC=Dictionary(S=Name.URI))), "AA"),
        (launching_link, "Launch"),
        (attached, "EF"),
    ],
)
def test_what_acts_or_is_attached_is_refused_and_named(change: Change, found: str) -> None:
    no = refusal(made(change))
    assert no.code == "PDF_ACTIEF"
    assert found in no.tekst


def test_a_script_hidden_in_an_object_stream_is_found() -> None:
    change = opens_with(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
    data = made(change, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in data
    assert refusal(data).code == "PDF_ACTIEF"


def test_more_than_five_hundred_pages_is_too_long() -> None:
    assert check_pdf(made(pages=500), max_bytes=MAX).paginas == 500
    no = refusal(made(pages=501))
    assert no.code == "PDF_TE_LANG"
    assert "501 pagina's; het maximum is 500" in no.tekst


def test_data_after_the_end_is_refused_but_white_space_is_not() -> None:
    assert refusal(made() + b"<script>").code == "PDF_STAART"
    assert check_pdf(made() + b"\r\n\0", max_bytes=MAX).paginas == 1
