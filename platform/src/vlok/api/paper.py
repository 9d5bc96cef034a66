"""Putting documents in a dossier: ordered from a letter, or attached from an uploaded file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

import orjson
from sqlalchemy import update

from vlok.api.documents import AnyLetter, HouseStyle, RenderOrder
from vlok.api.parameters import Parameter
from vlok.api.tables import Document, Dossier
from vlok.api.work import Work

RENDER_JOB = "kernel.documentRenderen"

HUISSTIJL: Parameter[HouseStyle | None] = Parameter(
    "kernel.huisstijl",
    "Huisstijl van brieven en besluiten",
    soort=HouseStyle | None,  # type: ignore[arg-type]
    default=None,
    bron="infosessie VLOK 11/03/2020: eigen huisstijl per organisatie",
)


class Documentstatus(StrEnum):
    """The statuses of a document (manual, manuele en digitale ondertekenflow)."""

    IN_OPMAAK = "In opmaak"
    TER_MANUELE_ONDERTEKENING = "Ter manuele ondertekening"
    TER_ONDERTEKENING = "Ter ondertekening"
    ONDERTEKEND = "Ondertekend"
    OPGELADEN = "Opgeladen"


@dataclass(frozen=True)
class DocumentOrder:
    """One document to make: which letter, what it says, and what it is about."""

    letter: AnyLetter
    content: Any
    titel: str
    onderwerp_id: UUID
    stap_id: UUID | None = None
    signature_fields: bool = False
    datum: date | None = None
    """The date the document bears; without it the day it is made."""


async def order_documents(work: Work, dossier: Dossier, orders: Sequence[DocumentOrder]) -> list[Document]:
    """Make the documents, in opmaak and with watermark; the files follow by job.

    Who does not sign yet keeps them to itself: ``gedeeld_op`` stays empty until the signature.
    """
    house = await _house(work)
    refertes = await work.numbers("DO", len(orders))
    made = [_ordered(work, dossier, order, referte, house) for order, referte in zip(orders, refertes, strict=True)]
    work.session.add_all(made)
    for document in made:
        work.defer(RENDER_JOB, document_id=document.id)
    return made


def _ordered(work: Work, dossier: Dossier, order: DocumentOrder, referte: str, house: HouseStyle) -> Document:
    printed = RenderOrder(
        template=order.letter.template,
        content=order.letter.plain(order.content),
        house=house,
        referte=referte,
        title=order.titel,
        date=order.datum or work.today,
        concept=True,
        signature_fields=order.signature_fields,
    )
    return Document(
        id=uuid4(),
        referte=referte,
        soort=order.letter.soort,
        titel=order.titel,
        status=Documentstatus.IN_OPMAAK,
        concept=True,
        opdracht=orjson.loads(printed.to_json()),
        onderwerp_id=order.onderwerp_id,
        stap_id=order.stap_id,
        **_place(work, dossier),
    )


@dataclass(frozen=True)
class Attachment:
    """An uploaded file to put in the dossier: its document type and title, and what it is about."""

    soort: str
    titel: str
    bestand_id: UUID
    onderwerp_id: UUID
    stap_id: UUID | None = None


async def attach_documents(work: Work, dossier: Dossier, given: Sequence[Attachment]) -> list[Document]:
    """Put uploaded files in the dossier, in a fixed number of statements; one file may serve several documents.

    Uploaded documents count as signed: both sides see them. Refusal ``ONBEKEND`` when a file is not the own
    organisation's.
    """
    bestanden = await work.claim_files({one.bestand_id for one in given})
    refertes = await work.numbers("DO", len(given))
    made = [
        Document(
            id=uuid4(),
            referte=referte,
            soort=one.soort,
            titel=one.titel,
            status=Documentstatus.OPGELADEN,
            concept=False,
            bestand_id=bestanden[one.bestand_id].id,
            ondertekend_op=work.now,
            gedeeld_op=work.now,
            onderwerp_id=one.onderwerp_id,
            stap_id=one.stap_id,
            **_place(work, dossier),
        )
        for one, referte in zip(given, refertes, strict=True)
    ]
    work.session.add_all(made)
    return made


async def send_documents(work: Work, stappen: Collection[UUID]) -> None:
    """What these steps of a procedure made is sent to the other organisation: from now on it cannot be shielded.

    A procedure refuses to send what is shielded (signed, yet without ``gedeeld_op``).
    """
    sent = update(Document).where(Document.stap_id.in_(stappen), Document.verstuurd_op.is_(None))
    await work.session.execute(sent.values(verstuurd_op=work.now))


def _place(work: Work, dossier: Dossier) -> dict[str, Any]:
    return {
        "dossier_id": dossier.id,
        "domein": work.actor.domein,
        "gebied": dossier.gebied,
        "aangemaakt_op": work.now,
    }


async def _house(work: Work) -> HouseStyle:
    """The acting organisation's house style; one that set none gets its name on plain paper."""
    chosen = (await work.parameters(work.actor.domein))[HUISSTIJL]
    name = work.actor.organisatie_naam
    return chosen or HouseStyle(organisatie=name, adres=(), telefoon="", email="", website="", afzender=name)
