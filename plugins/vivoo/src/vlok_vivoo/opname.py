"""Opname: a decision that became valid puts its dwellings on the inventory.

The date of opname is the date of the decision, which counts as registratieattest (VCW boek 3, deel 5; vlaanderen.be,
Inventarisatie van ongeschikte en onbewoonbare woningen). A dwelling that is on the list already stays on it from its
first date: an existing registration runs on.
"""

from sqlalchemy import select

from vlok.api.facts import Reaction
from vlok.api.tables import Dossier
from vlok.api.tasks import open_task
from vlok.api.work import Work
from vlok_register.api.facts import OngeschiktVerklaard
from vlok_register.api.tables import Entiteit, Pand
from vlok_vivoo.registratie import Herkomst, Lijst, Nieuw, make
from vlok_vivoo.tables import VivooRegistratie
from vlok_vivoo.tasks import KENNISGEVING


async def opname(work: Work, feit: OngeschiktVerklaard) -> None:
    """Register the dwellings that are not on the list yet and ask the inventarisbeheerder to notify (task 100)."""
    besluiten = {woning.entiteit_id: woning for woning in feit.woningen}
    lijst = Lijst(feit.grond)
    running = select(VivooRegistratie).where(
        VivooRegistratie.entiteit_id.in_(list(besluiten)), VivooRegistratie.lijst == lijst
    )
    listed = {row.entiteit_id for row in await work.session.scalars(running) if row.loopt}
    units = (
        select(Entiteit, Pand)
        .join(Pand, Pand.id == Entiteit.pand_id)
        .where(Entiteit.id.in_([key for key in besluiten if key not in listed]))
        .order_by(Entiteit.referte)
    )
    rows = (await work.session.execute(units)).all()
    if not rows:
        return
    await make(
        work,
        [
            Nieuw(
                entiteit,
                pand,
                lijst,
                Herkomst.BESLUIT,
                opname=besluiten[entiteit.id].datum,
                besluit=besluiten[entiteit.id].besluit,
            )
            for entiteit, pand in rows
        ],
    )
    dossier = await work.session.get_one(Dossier, feit.dossier_id)
    await open_task(work, KENNISGEVING, dossier)


REACTIONS = (Reaction("vivoo.opname", OngeschiktVerklaard, opname),)
