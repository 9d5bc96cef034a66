"""Files: ``POST /bestanden`` takes a PDF and gives an id to answer with; ``GET /documenten/{id}`` gives a document."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

from sqlalchemy import select
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive

from vlok.api.actor import Actor
from vlok.api.errors import Refusal
from vlok.api.tables import Bestand, Document
from vlok.audit.tables import Soort
from vlok.documents.pdfcheck import PdfReport, check_pdf
from vlok.graph.context import NIET_AANGEMELD
from vlok.graph.names import parse_global_id
from vlok.identity.who import Who
from vlok.kernel import Kernel
from vlok.web.guards import FILE_POLICY

MEGABYTE = 1024 * 1024
FORM_OVERHEAD = 64 * 1024
STATUS = {"NIET_AANGEMELD": 401, "ONBEKEND": 404, "NOG_NIET_KLAAR": 409, "PDF_TE_GROOT": 413}


class Metered:
    """The body of a request, of which no more is read than ``limit`` bytes."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit

    @property
    def over(self) -> bool:
        """Whether more was sent."""
        return self._left < 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self.over:
            raise MultiPartException("too large")  # the form parser then removes what it kept so far
        return message


class Files:
    """The two file routes."""

    def __init__(self, kernel: Kernel, actors: Who) -> None:
        self.kernel = kernel
        self.actors = actors
        self.max_bytes = kernel.settings.max_upload_mb * MEGABYTE

    async def upload(self, request: Request) -> Response:
        """Check and keep one PDF of the acting organisation; refused: nothing is stored."""
        if request.method != "POST":
            raise HTTPException(405)
        try:
            actor = await self._actor(request)
            naam, content = await self._content(request)
            report = await asyncio.to_thread(check_pdf, content, max_bytes=self.max_bytes)
            bestand = await self._keep(actor, naam, content, report)
        except Refusal as no:
            return JSONResponse({"code": no.code, "tekst": no.tekst}, STATUS.get(no.code, 422))
        return JSONResponse({"id": str(bestand.id), "naam": bestand.naam, "grootte": bestand.grootte}, 201)

    async def document(self, request: Request) -> Response:
        """The file of a visible document, inline, or as attachment with ``?download=1``."""
        try:
            actor = await self._actor(request)
            document, bestand = await self._visible(actor, request.path_params["id"])
        except Refusal as no:
            return JSONResponse({"code": no.code, "tekst": no.tekst}, STATUS.get(no.code, 422))
        content = await self.kernel.store.get(bestand.sleutel)
        kind = "attachment" if request.query_params.get("download") else "inline"
        headers = {
            "content-disposition": f'{kind}; filename="{document.soort}_{document.referte}.pdf"',
            "content-security-policy": FILE_POLICY,
            "accept-ranges": "none",
        }
        return Response(content, media_type="application/pdf", headers=headers)

    async def _actor(self, request: Request) -> Actor:
        actor = await self.actors.of(request)
        if actor is None:
            raise Refusal("NIET_AANGEMELD", NIET_AANGEMELD)
        return actor

    async def _content(self, request: Request) -> tuple[str, bytes]:
        """The uploaded part; of a body that is too large, or says so, no more is read than the limit."""
        too_large = Refusal(
            "PDF_TE_GROOT",
            f"Het bestand is te groot: hoogstens {self.kernel.settings.max_upload_mb} MB."
            " Verklein de pdf en probeer opnieuw.",
        )
        declared = request.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > self.max_bytes + FORM_OVERHEAD:
            raise too_large
        metered = Metered(request.receive, self.max_bytes + FORM_OVERHEAD)
        try:
            async with Request(request.scope, metered).form(
                max_files=1, max_fields=2, max_part_size=FORM_OVERHEAD
            ) as form:
                part = form.get("bestand")
                if not isinstance(part, UploadFile):
                    raise Refusal("ONGELDIG", "Kies een bestand om op te laden.")
                content = await part.read(self.max_bytes + 1)
                if len(content) > self.max_bytes:
                    raise too_large
                return part.filename or "document.pdf", content
        except HTTPException as fout:
            if metered.over:
                raise too_large from fout
            raise Refusal("ONGELDIG", "Het bestand kon niet gelezen worden. Probeer het opnieuw.") from fout

    async def _keep(self, actor: Actor, naam: str, content: bytes, report: PdfReport) -> Bestand:
        key = await self.kernel.store.put(actor.domein, content)
        try:
            async with self.kernel.work(actor) as work:
                bestand = Bestand(
                    id=uuid4(),
                    domein=actor.domein,
                    gebruiker_id=actor.gebruiker_id,
                    naam=naam[-200:],
                    mediatype="application/pdf",
                    grootte=report.grootte,
                    sha256=report.sha256,
                    sleutel=key,
                    aangemaakt_op=work.now,
                )
                work.session.add(bestand)
                work.audit("bestand:opladen", {"grootte": report.grootte}, bestand)
        except BaseException:
            await self.kernel.store.delete(key)
            raise
        return bestand

    async def _visible(self, actor: Actor, given: str) -> tuple[Document, Bestand]:
        unknown = Refusal("ONBEKEND", "Niet gevonden, of u hebt er geen toegang toe.")
        key = _document_key(given)
        if key is None:
            raise unknown
        reach = self.kernel.policy.visible(actor, "kernel.document", "lezen", Document)
        async with self.kernel.work(actor) as work:
            found = select(Document, Bestand).outerjoin(Bestand, Bestand.id == Document.bestand_id)
            row = (await work.session.execute(found.where(Document.id == key, reach))).first()
            if row is None:
                raise unknown
            if row.Bestand is None:
                raise Refusal("NOG_NIET_KLAAR", "Het document wordt nog gemaakt. Even geduld.")
            work.audit("document", {"referte": row.Document.referte}, row.Document, Soort.OPENEN)
            return row.Document, row.Bestand


def _document_key(given: str) -> UUID | None:
    parsed = parse_global_id(given)
    if parsed and parsed[0] == "Document":
        return parsed[1]
    try:
        return UUID(given)
    except ValueError:
        return None
