"""A property in Aalst with one dwelling and a dossier about it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from uuid import uuid4

import pytest

from vlok.api.tables import Dossier
from vlok.testing.world import World
from vlok_register.api.register import Adres, NieuweEntiteit, NieuwPand, gemeente, make_entiteiten, make_panden
from vlok_register.api.tables import Entiteit

_numbers = count(1)


@dataclass(frozen=True)
class EenHuis:
    """The reference of the property, its dwelling, and the dossier."""

    pand: str
    entiteiten: list[Entiteit]
    dossier: Dossier


@pytest.fixture
def een_huis(world: World) -> Callable[[], Awaitable[EenHuis]]:
    """``await een_huis()``: a new one each time."""

    async def make() -> EenHuis:
        number = next(_numbers)
        async with world.kernel.work(await world.actor("dossierbeheerder@wvl")) as work:
            aalst = gemeente("Aalst", work.today)
            assert aalst is not None
            [pand] = await make_panden(work, [NieuwPand(Adres.lees(f"Schrapstraat {number}"), aalst)])
            entiteiten = await make_entiteiten(work, [NieuweEntiteit(pand, "ZW", "1")])
            dossier = Dossier(
                id=uuid4(),
                referte=f"OO20-{number:06d}",
                soort="oo",
                onderwerp_id=pand.id,
                status="Gestart",
                gestart_op=work.today,
                gewijzigd_op=work.now,
                gewijzigd_door=work.actor.naam,
                domein="lb:41002",
                gebied="41002",
            )
            work.session.add(dossier)
        return EenHuis(pand.referte, entiteiten, dossier)

    return make
