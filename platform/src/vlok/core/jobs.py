"""The kernel's durable jobs."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from vlok.api.documents import RenderOrder
from vlok.api.jobs import Job
from vlok.api.paper import RENDER_JOB
from vlok.api.tables import Bestand, Document
from vlok.procedures.subjects import lock

if TYPE_CHECKING:
    from vlok.unit_of_work import UnitOfWork


async def render_document(work: UnitOfWork, document_id: str) -> None:
    """Print a document and attach the file; nothing to do when it was deleted, replaced or printed already."""
    wanted = select(Document).where(Document.id == UUID(document_id), Document.bestand_id.is_(None))
    document = await work.session.scalar(wanted)
    if document is None or document.opdracht is None:
        return
    ordered = document.opdracht
    await work.session.rollback()  # no transaction stays open while the page is set
    pdf = await work.kernel.renderer.render(RenderOrder.from_json(json.dumps(ordered)))
    # The dossier is locked as an action locks it: an action that has just read the document would else find it changed.
    document = await work.session.scalar(wanted.execution_options(populate_existing=True))
    if document is None or await lock(work.session, document) is None:
        return
    if document.bestand_id is not None or document.opdracht != ordered:
        return
    bestand = Bestand(
        domein=document.domein,
        gebruiker_id=None,
        naam=f"{document.soort}_{document.referte}.pdf",
        mediatype="application/pdf",
        grootte=len(pdf),
        sha256=hashlib.sha256(pdf).hexdigest(),
        sleutel=await work.kernel.store.put(document.domein, pdf),
        aangemaakt_op=work.now,
    )
    work.session.add(bestand)
    await work.session.flush()
    document.bestand_id = bestand.id


JOBS = (Job(RENDER_JOB, render_document),)
