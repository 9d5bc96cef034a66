"""Ending entries of the public register: the execution was established, or the court did not order the measure."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from vlok.api.work import Work
from vlok_register.api.tables import Entiteit, Pand
from vlok_wi.tables import Vorderingstatus, WiHerstelvordering
from vlok_wi.vrijgave import herstelvordering_ingeschreven


async def beeindig_inschrijvingen(work: Work, dossier_id: UUID, entiteit_ids: Sequence[UUID], datum: date) -> None:
    """R4 with "no more" for these entiteiten, except where another WI-dossier keeps the entry alive."""
    elsewhere = await _elders_gevorderd(work, dossier_id, entiteit_ids)
    places = (
        select(Entiteit.id, Entiteit.titel, Pand.gemeente)
        .join(Pand, Pand.id == Entiteit.pand_id)
        .where(Entiteit.id.in_([key for key in entiteit_ids if key not in elsewhere]))
        .order_by(Entiteit.referte)
    )
    for row in await work.session.execute(places):
        adres = f"{row.titel}, {row.gemeente}"
        herstelvordering_ingeschreven(work, onderwerp_id=row.id, adres=adres, ja=False, datum=datum)


async def _elders_gevorderd(work: Work, dossier_id: UUID, entiteit_ids: Sequence[UUID]) -> Collection[UUID]:
    other = select(WiHerstelvordering.entiteit_ids).where(
        WiHerstelvordering.dossier_id != dossier_id,
        WiHerstelvordering.status == Vorderingstatus.INGESCHREVEN,
        WiHerstelvordering.entiteit_ids.bool_op("&&")(entiteit_ids),
    )
    return {key for keys in await work.session.scalars(other) for key in keys}
