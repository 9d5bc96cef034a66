"""Lists of rows in one statement: what comes out is what went in, and the checks of a change by one hold for many."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DataError
from sqlalchemy.orm.exc import StaleDataError

from vlok.api.tables import Document, Taak
from vlok.procedures.tables import Uitvoering
from vlok.testing.practice_world import BEHEERDER, a_dossier
from vlok.testing.statements import counted, own

MOMENT = datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=UTC)
CONTENT = {"tekst": "é \\ \" ' {} %(x)s %% €", "lijst": [1, 2.5, None, {"leeg": {}}], "waar": True}


def documents(work, dossier, numbers, **changed):
    """New documents; every second one has no content."""
    given = {
        "soort": "DT001",
        "status": "In opmaak",
        "concept": True,
        "dossier_id": dossier.id,
        "onderwerp_id": dossier.onderwerp_id,
        "aangemaakt_op": MOMENT,
        "domein": work.actor.domein,
        "gebied": dossier.gebied,
        **changed,
    }
    return [
        Document(referte=referte, titel=f"brief {at}", opdracht=None if at % 2 else {**CONTENT, "nr": at}, **given)
        for at, referte in enumerate(numbers)
    ]


async def made(world, count=4):
    """A dossier with some documents, made in one unit of work."""
    dossier = await a_dossier(world)
    async with world.kernel.work(await world.actor(BEHEERDER)) as work:
        rows = documents(work, dossier, await work.numbers("DO", count))
        with counted(world.kernel.database) as sent:
            work.session.add_all(rows)
            await work.session.flush()
    assert len(own(sent)) == 1
    return dossier, [row.id for row in rows]


async def read(world, keys):
    """The documents as they are in the database, in the order of their references."""
    async with world.session(BEHEERDER) as session:
        wanted = select(Document).where(Document.id.in_(keys)).order_by(Document.referte)
        return (await session.scalars(wanted)).all()


async def test_new_rows_come_out_as_they_went_in(proef):
    _, keys = await made(proef)
    found = await read(proef, keys)
    assert [row.id for row in found] == keys
    assert [row.titel for row in found] == [f"brief {at}" for at in range(4)]
    assert [row.opdracht for row in found] == [{**CONTENT, "nr": 0}, None, {**CONTENT, "nr": 2}, None]
    assert {(row.aangemaakt_op, row.concept, row.ondertekend_op, row.versie) for row in found} == {
        (MOMENT, True, None, 1)
    }


async def test_an_absent_content_is_null_and_not_the_json_null(proef):
    _, keys = await made(proef)
    async with proef.session(BEHEERDER) as session:
        absent = select(Document.id).where(Document.id.in_(keys), Document.opdracht.is_(None))
        assert len((await session.scalars(absent)).all()) == 2


async def tasks(world, count=3):
    """The keys of some tasks of a dossier, in the order of their numbers."""
    dossier = await a_dossier(world)
    async with world.kernel.work(await world.actor(BEHEERDER)) as work:
        rows = [
            Taak(
                id=uuid4(),
                referte=referte,
                nummer=at,
                naam="taak",
                rol="dossierbeheerder",
                onderwerp_id=dossier.onderwerp_id,
                dossier_id=dossier.id,
                sorteerdatum=work.today,
                aangemaakt_op=work.now,
                domein=work.actor.domein,
                gebied=dossier.gebied,
            )
            for at, referte in enumerate(await work.numbers("TK", count))
        ]
        work.session.add_all(rows)
    return [row.id for row in rows]


async def test_changed_rows_are_one_statement_and_each_gets_its_own_values(proef):
    keys = await tasks(proef)
    async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
        rows = (await work.session.scalars(select(Taak).where(Taak.id.in_(keys)))).all()
        for row in rows:
            row.naam, row.deadline, row.gesloten_op = f"taak {row.nummer}", date(2027, 1, row.nummer + 1), MOMENT
            row.gebruiker_id = keys[row.nummer]
        with counted(proef.kernel.database) as sent:
            await work.session.flush()
        assert len(own(sent)) == 1
    async with proef.session(BEHEERDER) as session:
        found = (await session.scalars(select(Taak).where(Taak.id.in_(keys)).order_by(Taak.nummer))).all()
    assert [(row.naam, row.deadline.day, row.gebruiker_id) for row in found] == [
        (f"taak {at}", at + 1, key) for at, key in enumerate(keys)
    ]
    assert {row.gesloten_op for row in found} == {MOMENT}


async def test_one_row_that_is_gone_refuses_the_whole_list(proef):
    keys = await tasks(proef)
    actor = await proef.actor(BEHEERDER)
    async with proef.kernel.work(actor) as mine:
        mine.keep = False
        rows = (await mine.session.scalars(select(Taak).where(Taak.id.in_(keys)))).all()
        await mine.session.commit()
        async with proef.kernel.work(actor) as other:
            await other.session.execute(delete(Taak).where(Taak.id == keys[1]))
        for row in rows:
            row.naam = f"van mij {row.nummer}"
        with pytest.raises(StaleDataError):
            await mine.session.flush()
    async with proef.session(BEHEERDER) as session:
        left = select(Taak.naam).where(Taak.id.in_(keys))
        assert set((await session.scalars(left)).all()) == {"taak"}


async def test_a_text_that_the_database_cannot_hold_is_refused_as_alone(proef):
    dossier = await a_dossier(proef)
    async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
        work.keep = False
        work.session.add_all(documents(work, dossier, await work.numbers("DO", 2), soort="nul\0"))
        with pytest.raises(DataError):
            await work.session.flush()


async def test_lists_in_a_row_and_jobs_of_a_list_travel_too(proef):
    dossier = await a_dossier(proef)
    async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
        for at in range(3):
            work.session.add(
                Uitvoering(
                    handeling="proef.noteren",
                    titel=f"{at}",
                    subject_id=dossier.id,
                    dossier_id=dossier.id,
                    domein=work.actor.domein,
                    gebied=dossier.gebied,
                    gebruiker_id=work.actor.gebruiker_id,
                    gebruiker=work.actor.naam,
                    tijdstip=work.now,
                    bevestigd=[{"code": "W1", "tekst": f"{at}"}, {"code": "W2", "tekst": "\N{SNOWMAN}"}][at % 2 :],
                )
            )
            work.defer("proef.taak", document_id=uuid4())
        with counted(proef.kernel.database) as sent:
            await work.session.flush()
            await work.kernel.queue.defer(work.session, work.actor, work.jobs)
        work.jobs.clear()
        assert len(own(sent)) == 2
        kept = select(Uitvoering).where(Uitvoering.dossier_id == dossier.id).order_by(Uitvoering.titel)
        rows = (await work.session.scalars(kept.execution_options(populate_existing=True))).all()
        assert [[one["code"] for one in row.bevestigd] for row in rows] == [["W1", "W2"], ["W2"], ["W1", "W2"]]
        work.keep = False


async def test_an_update_by_hand_stays_as_it_was_written(proef):
    dossier = await a_dossier(proef)
    async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
        work.keep = False
        with counted(proef.kernel.database) as sent:
            await work.session.execute(update(Taak).where(Taak.dossier_id == dossier.id).values(gesloten_op=work.now))
    assert len(own(sent)) == 1
