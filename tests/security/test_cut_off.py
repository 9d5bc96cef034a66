"""A statement that nobody wants any more, as another field of its question failed, is not cut off in the middle."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from vlok.graph.context import Context

pytestmark = pytest.mark.asyncio(loop_scope="session")

WHO = "dossierbeheerder@gent"
SHOWN = '{ panden(zoek: "Kanaalstraat", first: 1) { edges { node { id } } } }'


async def cut_off(context: Context) -> None:
    """As graphql-core does with what is still asked when the answer can only be null."""
    asked = asyncio.create_task(context.all(select(func.pg_sleep(1))))
    await asyncio.sleep(0.2)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked


async def test_what_was_shown_before_it_is_still_put_on_record(stage):
    async with Context(stage.world.kernel, stage.actors[WHO]) as context:
        context.compiled = False
        result = await stage.world.product.schema.execute(SHOWN, context_value=context)
        assert not result.errors
        await cut_off(context)


async def test_it_leaves_no_half_opened_connection(stage):
    waiting = "select count(*) from pg_stat_activity where backend_type = 'client backend' and state = 'starting'"
    for _ in range(5):
        await stage.world.kernel.database.engine.dispose()
        context = Context(stage.world.kernel, stage.actors[WHO])
        asked = asyncio.create_task(context.all(select(1)))
        for _ in range(3):
            await asyncio.sleep(0)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        await context.close()
    await asyncio.sleep(0.5)
    with stage.admin() as admin:
        assert admin.execute(waiting).fetchone() == (0,)
