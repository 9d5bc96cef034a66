"""The usual write: a Strawberry mutation that loops over the units with the async ORM, one flush per unit."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import strawberry
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from strawberry.scalars import JSON

from bench.schrijven import rijen
from bench.schrijven.kaal import JOBS, TELL, WHO, _json
from bench.schrijven.rijen import Asked, Case, Unit, Who
from vlok.api.tables import Document, Dossier, Taak
from vlok.audit.tables import Auditregel
from vlok.db.series import Nummerreeks
from vlok.procedures.tables import Antwoord, Uitvoering
from vlok_oo.tables import OoBeslissing, OoBevinding, OoProcedure
from vlok_register.api.tables import Deelprocedure, Entiteit, Pand


@strawberry.type
class Uitgevoerd:
    """What the wizard shows."""

    uitgevoerd: bool
    bericht: str
    referte: str


@strawberry.type
class Mutation:
    """The one change that the reference knows."""

    @strawberry.mutation
    async def beslissing_maken(
        self, info: strawberry.Info[Any, Any], subject: str, invoer: JSON, versie: int, sleutel: str
    ) -> Uitgevoerd:
        """Decide about every chosen unit."""
        session: AsyncSession = info.context["session"]
        who = await writer(session, info.context["request"].cookies["vlok"])
        asked = Asked(subject, invoer, versie, sleutel, datetime.now(UTC), uuid4().hex)  # type: ignore[arg-type]
        count = await decide(session, who, asked)
        await session.commit()
        return Uitgevoerd(uitgevoerd=True, bericht=f"{count} beslissingen gemaakt.", referte=subject)


async def driver(session: AsyncSession) -> Any:
    """The connection below the session."""
    return (await (await session.connection()).get_raw_connection()).driver_connection


async def writer(session: AsyncSession, cookie: str) -> Who:
    """Who asks, told to the database for this transaction."""
    raw = await driver(session)
    found = await (await raw.execute(WHO, [hashlib.sha256(cookie.encode()).hexdigest()])).fetchone()
    who = Who(*found)
    await raw.execute(TELL, {**who._asdict(), "gebruiker_id": str(who.gebruiker_id)})
    return who


async def decide(session: AsyncSession, who: Who, asked: Asked) -> int:
    """The rows of every unit, one unit after the other; how many."""
    dossier = (await session.scalars(select(Dossier).where(Dossier.referte == asked.subject).with_for_update())).one()
    assert (dossier.domein, dossier.status, dossier.versie) == (who.domein, "Gestart", asked.versie)
    assert await session.get(Antwoord, (who.gebruiker_id, who.domein, asked.sleutel)) is None
    pand, procedure = await session.get_one(Pand, dossier.onderwerp_id), await session.get_one(OoProcedure, dossier.id)
    place = (pand.straat, pand.huisnummer, pand.postcode or "", pand.gemeente)
    case = Case(dossier.id, dossier.versie, dossier.onderwerp_id, procedure.datum_verzoek, *place)
    for referte in asked.units:
        await _unit(session, who, case, asked, referte)
    await _close(session, who, dossier, asked)
    count = len(asked.units)
    session.add(Uitvoering(id=uuid4(), **rijen.uitvoering(who, case, asked, count)))
    said = rijen.antwoord(who, case, asked, count)
    session.add(Antwoord(**{**said, "antwoord": {**said["antwoord"], "toon": ["Dossier", str(case.id)]}}))
    await session.flush()
    for line in rijen.audit(who, case, asked):
        session.add(Auditregel(id=uuid4(), **line))
        await session.flush()
    return count


async def _unit(session: AsyncSession, who: Who, case: Case, asked: Asked, referte: str) -> None:
    """What is found about a unit, and its decision, document and job."""
    entiteit = (await session.scalars(select(Entiteit).where(Entiteit.referte == referte))).one()
    here = {"dossier_id": case.id, "entiteit_id": entiteit.id}
    part = (await session.scalars(select(Deelprocedure).filter_by(**here))).one()
    found = (await session.scalars(select(OoBevinding).filter_by(**here))).one()
    about = (entiteit.id, referte, entiteit.soort, entiteit.busnummer, entiteit.ligging, entiteit.capakeys)
    unit = Unit(*about, part.id, part.status, found.onderzoek_referte, found.datum, found.uitslag)
    key, paper = uuid4(), uuid4()
    session.add(
        OoBeslissing(id=key, referte=await number(session, "BS", asked), **rijen.beslissing(who, case, unit, asked))
    )
    made = key, await number(session, "DO", asked)
    columns = rijen.document(who, case, unit, asked, made)
    del columns["versie"]  # the ORM counts it
    session.add(Document(id=paper, **columns))
    part.status = "Beslissing in opmaak"
    await session.flush()
    await (await driver(session)).execute(JOBS, [_json([rijen.job(who, asked, paper)])])


async def number(session: AsyncSession, prefix: str, asked: Asked) -> str:
    """The next reference of a series."""
    year = asked.now.year
    start = insert(Nummerreeks).values(prefix=prefix, jaar=year, laatste=1)
    step = start.on_conflict_do_update(
        index_elements=["prefix", "jaar"], set_={"laatste": Nummerreeks.laatste + 1}
    ).returning(Nummerreeks.laatste)
    return f"{prefix}{year % 100}-{(await session.execute(step)).scalar_one():06d}"


async def _close(session: AsyncSession, who: Who, dossier: Dossier, asked: Asked) -> None:
    """The tasks that are done, and the dossier's own line."""
    mine = update(Taak).where(Taak.dossier_id == dossier.id, Taak.gesloten_op.is_(None), Taak.nummer.in_(rijen.CLOSED))
    await session.execute(mine.values(gesloten_op=asked.now, gesloten_door=who.naam))
    dossier.gewijzigd_op, dossier.gewijzigd_door = asked.now, who.naam
