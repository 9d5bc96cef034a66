"""Durable jobs: they exist if and only if their transaction does, and run with the rights of who ordered them."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from vlok.audit.tables import Auditregel
from vlok.jobs.queue import freeze, thaw
from vlok.testing.practice_world import BEHEERDER, ELDERS, a_dossier, count_of


@pytest.fixture(autouse=True)
async def empty(proef):
    """Every test begins with an empty queue."""
    await proef.drain()


async def waiting(world) -> int:
    return len(list(await world.kernel.queue.app.job_manager.list_jobs_async(status="todo")))


async def order(world, persona, job, keep=True, **arguments):
    async with world.kernel.work(await world.actor(persona)) as work:
        work.keep = keep
        work.defer(job, **arguments)


async def order_and_fail(world):
    async with world.kernel.work(await world.actor(BEHEERDER)) as work:
        work.defer("proef.tellen", dossier_id=uuid4())
        raise RuntimeError("kapot")


async def test_a_job_exists_once_its_transaction_is_kept(proef):
    await order(proef, BEHEERDER, "proef.tellen", dossier_id=uuid4())
    assert await waiting(proef) == 1


async def test_a_job_of_a_transaction_that_is_taken_back_never_existed(proef):
    await order(proef, BEHEERDER, "proef.tellen", keep=False, dossier_id=uuid4())
    with pytest.raises(RuntimeError, match="kapot"):
        await order_and_fail(proef)
    assert await waiting(proef) == 0


async def test_a_job_runs_with_the_rights_of_who_ordered_it(proef):
    dossier = await a_dossier(proef)
    for persona in (BEHEERDER, ELDERS):
        await order(proef, persona, "proef.tellen", dossier_id=dossier.id)
    await proef.drain()
    seen = {}
    for persona in (BEHEERDER, ELDERS):
        async with proef.session(persona) as session:
            newest = select(Auditregel.gegevens).where(Auditregel.wat == "proef:geteld").order_by(Auditregel.volgnummer)
            seen[persona] = [row["dossier"] for row in await session.scalars(newest)]
    assert seen[BEHEERDER][-1] == dossier.referte
    assert seen[ELDERS] == [None]


async def test_a_job_that_fails_is_kept_for_another_try_and_leaves_nothing(proef):
    before = await count_of(proef, BEHEERDER, Auditregel)
    await order(proef, BEHEERDER, "proef.tellen", dossier_id="geen-id")
    await proef.drain()
    assert await waiting(proef) == 1
    assert await count_of(proef, BEHEERDER, Auditregel) == before
    [job] = await proef.kernel.queue.app.job_manager.list_jobs_async(status="todo")
    assert (job.attempts, job.scheduled_at is not None) == (1, True)


async def test_an_actor_goes_through_the_queue_unchanged(proef):
    actor = await proef.actor(BEHEERDER)
    assert thaw(freeze(actor)) == actor


async def test_printing_a_document_that_is_gone_is_nothing_to_do(proef):
    await order(proef, BEHEERDER, "kernel.documentRenderen", document_id=uuid4())
    await proef.drain()
    [newest] = sorted(await proef.kernel.queue.app.job_manager.list_jobs_async(), key=lambda job: job.id or 0)[-1:]
    assert (newest.status, newest.task_kwargs["job"]) == ("succeeded", "kernel.documentRenderen")
