"""Files: only a sound PDF of who is signed in is kept; a document is read by who may see it, and by nobody else."""

from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest

from vlok.api.tables import Bestand
from vlok.audit.tables import Auditregel
from vlok.graph.names import global_id
from vlok.testing.practice_world import BEHEERDER, ELDERS, WVL, a_document, a_dossier, browser, count_of
from vlok.testing.world import a_pdf

LIMIT = 20 * 1024 * 1024


def encrypted() -> bytes:
    with pikepdf.new() as document, BytesIO() as out:
        document.add_blank_page()
        document.save(out, encryption=pikepdf.Encryption(owner="geheim", user="geheim"))
        return out.getvalue()


def with_script() -> bytes:
    with pikepdf.new() as document, BytesIO() as out:
        document.add_blank_page()
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.save(out)
        return out.getvalue()


def stored(world) -> list[Path]:
    return [path for path in (world.kernel.settings.data / "bestanden").rglob("*") if path.is_file()]


async def kept(world) -> tuple[int, int]:
    return await count_of(world, BEHEERDER, Bestand), len(stored(world))


async def upload(world, persona, content, name="brief.pdf", field="bestand", headers=None):
    async with browser(world, persona, **({} if persona else {"x-vlok": "1"})) as client:
        return await client.post("/bestanden", files={field: (name, content, "application/pdf")}, headers=headers or {})


REFUSED = {
    "text with the name of a PDF": (b"dit is tekst", 422, "PDF_GEEN_PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"0" * 100, 422, "PDF_GEEN_PDF"),
    "a program": (b"MZ\x90\x00" + b"0" * 100, 422, "PDF_GEEN_PDF"),
    "nothing": (b"", 422, "PDF_GEEN_PDF"),
    "half a PDF": (a_pdf()[:200], 422, None),
    "a PDF with a password": (encrypted(), 422, "PDF_VERSLEUTELD"),
    "a PDF with a script": (with_script(), 422, "PDF_ACTIEF"),
    "a PDF with something behind it": (a_pdf() + b"<script>alert(1)</script>", 422, "PDF_STAART"),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_what_is_no_sound_pdf_is_refused_in_dutch_and_not_kept(proef, what):
    content, status, code = REFUSED[what]
    await proef.actor(BEHEERDER)
    before = await kept(proef)
    answer = await upload(proef, BEHEERDER, content)
    assert answer.status_code == status
    assert code in (None, answer.json()["code"])
    assert answer.json()["code"].startswith("PDF_")
    assert answer.json()["tekst"].endswith(".")
    assert await kept(proef) == before


async def test_a_file_that_is_too_large_is_refused_and_not_kept(proef):
    before = await kept(proef)
    answer = await upload(proef, BEHEERDER, a_pdf() + b"0" * LIMIT)
    assert (answer.status_code, answer.json()["code"]) == (413, "PDF_TE_GROOT")
    assert "20 MB" in answer.json()["tekst"]
    assert await kept(proef) == before


async def test_a_body_that_says_it_is_too_large_is_not_read(proef):
    sent = []

    async def body():
        sent.append(1)
        yield b"x"

    async with browser(proef, BEHEERDER) as client:
        answer = await client.post("/bestanden", content=body(), headers={
            "content-length": str(LIMIT * 2), "content-type": "multipart/form-data; boundary=x",
        })  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (413, "PDF_TE_GROOT")
    assert not sent


async def test_a_body_that_does_not_say_how_large_it_is_is_cut_off(proef):
    read = 0

    async def body():
        nonlocal read
        yield b'--x\r\nContent-Disposition: form-data; name="bestand"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'
        while read < 4 * LIMIT:
            read += 1024 * 1024
            yield b"0" * 1024 * 1024

    before = await kept(proef)
    async with browser(proef, BEHEERDER) as client:
        answer = await client.post(
            "/bestanden", content=body(), headers={"content-type": "multipart/form-data; boundary=x"}
        )
    assert (answer.status_code, answer.json()["code"]) == (413, "PDF_TE_GROOT")
    assert read <= LIMIT + 2 * 1024 * 1024
    assert await kept(proef) == before


FORM = "multipart/form-data; boundary=x"
TEXT_FIELD = b'--x\r\nContent-Disposition: form-data; name="bestand"\r\n\r\ntekst\r\n--x--\r\n'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"--x\r\n", FORM),
        (b"", "multipart/form-data"),
        (b"bestand=x", "application/x-www-form-urlencoded"),
        (a_pdf(), "application/pdf"),
        (b"{}", "application/json"),
        (TEXT_FIELD, FORM),
    ],
)  # fmt: skip
async def test_a_body_without_a_file_is_refused_in_dutch(proef, content, kind):
    async with browser(proef, BEHEERDER) as client:
        answer = await client.post("/bestanden", content=content, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (422, "ONGELDIG")


async def test_a_file_under_another_field_is_refused(proef):
    before = await kept(proef)
    answer = await upload(proef, BEHEERDER, a_pdf(), field="file")
    assert (answer.status_code, answer.json()) == (
        422, {"code": "ONGELDIG", "tekst": "Kies een bestand om op te laden."},
    )  # fmt: skip
    assert await kept(proef) == before


async def test_who_is_not_signed_in_keeps_nothing(proef):
    before = await kept(proef)
    answer = await upload(proef, None, a_pdf())
    assert (answer.status_code, answer.json()["code"]) == (401, "NIET_AANGEMELD")
    assert await kept(proef) == before


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b.pdf", "é" * 500 + ".pdf", "", 'x".pdf', "a\r\nb.pdf"])
async def test_the_name_of_a_file_is_text_and_never_a_path(proef, name):
    before = set(stored(proef))
    answer = await upload(proef, BEHEERDER, a_pdf(), name=name)
    assert answer.status_code in (201, 422)
    for path in set(stored(proef)) - before:
        assert path.parent.name == "lb-41002"
        assert len(path.name) == 32


async def test_a_sound_pdf_is_kept_for_its_organisation(proef):
    answer = await upload(proef, BEHEERDER, a_pdf())
    assert (answer.status_code, set(answer.json())) == (201, {"id", "naam", "grootte"})
    key = answer.json()["id"]
    assert await count_of(proef, BEHEERDER, Bestand, Bestand.id == key) == 1
    assert await count_of(proef, ELDERS, Bestand, Bestand.id == key) == 0
    assert await count_of(proef, BEHEERDER, Auditregel, Auditregel.wat == "bestand:opladen") >= 1


async def with_file(world, *, signed):
    """A document of Aalst with its file."""
    return await a_document(world, await a_dossier(world), signed=signed, bestand=await world.upload(BEHEERDER))


async def fetch(world, persona, key, query=""):
    async with browser(world, persona) as client:
        return await client.get(f"/documenten/{key}{query}")


async def test_a_document_is_shown_as_a_pdf_that_can_do_nothing(proef):
    document = await with_file(proef, signed=True)
    for key in (document.id, global_id("Document", document.id)):
        answer = await fetch(proef, BEHEERDER, key)
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF-")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"] == f'inline; filename="DT001_{document.referte}.pdf"'
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "script-src" not in answer.headers["content-security-policy"]
        assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == ("no-store", "nosniff")


async def test_a_download_is_an_attachment(proef):
    document = await with_file(proef, signed=True)
    answer = await fetch(proef, BEHEERDER, document.id, "?download=1")
    assert answer.headers["content-disposition"].startswith("attachment; ")


async def test_an_unsigned_document_is_its_own_organisations_and_a_signed_one_both_sides(proef):
    draft, signed = await with_file(proef, signed=False), await with_file(proef, signed=True)
    statuses = {
        persona: [(await fetch(proef, persona, one.id)).status_code for one in (draft, signed)]
        for persona in (BEHEERDER, "lezer@aalst", WVL, ELDERS, "lezer@vlabel", None)
    }
    assert statuses == {
        BEHEERDER: [200, 200], "lezer@aalst": [200, 200], WVL: [404, 200], ELDERS: [404, 404],
        "lezer@vlabel": [404, 404], None: [401, 401],
    }  # fmt: skip


async def test_a_document_of_another_and_one_that_does_not_exist_are_one_answer(proef):
    draft = await with_file(proef, signed=False)
    keys = [
        draft.id,
        uuid4(),
        "onzin",
        global_id("Dossier", draft.id),
        global_id("Document", uuid4()),
        "%00",
        "a" * 3000,
    ]
    answers = [await fetch(proef, ELDERS, key) for key in keys]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert answers[0].json()["code"] == "ONBEKEND"


async def test_a_document_that_is_still_being_made_says_so_to_its_own_organisation_only(proef):
    document = await a_document(proef, await a_dossier(proef))
    assert (await fetch(proef, BEHEERDER, document.id)).status_code == 409
    assert (await fetch(proef, ELDERS, document.id)).status_code == 404


async def test_every_reading_of_a_document_is_on_record(proef):
    document = await with_file(proef, signed=True)
    for persona in (BEHEERDER, WVL, ELDERS):
        await fetch(proef, persona, document.id)
    mine = Auditregel.subject_id == document.id
    assert [await count_of(proef, who, Auditregel, mine) for who in (BEHEERDER, WVL, ELDERS)] == [1, 1, 0]
