"""The public register of herstelvorderingen: what the agency made public is entered, and ended, here."""

from collections.abc import Iterable

from sqlalchemy import select

from vlok.api.facts import AnyReaction, Reaction
from vlok.api.tables import Onderwerp
from vlok.api.work import Work
from vlok_register.api.facts import HerstelvorderingIngeschreven
from vlok_register.tables import Herstelvordering


async def ingeschreven(work: Work, feit: HerstelvorderingIngeschreven) -> None:
    """Enter a herstelvordering that runs from now on, or end the entry; told twice, it changes nothing."""
    running = select(Herstelvordering).where(
        Herstelvordering.onderwerp_id == feit.onderwerp_id, Herstelvordering.tot.is_(None)
    )
    entry = await work.session.scalar(running)
    if entry is not None and not feit.ja:
        entry.tot = feit.datum
    elif entry is None and feit.ja:
        onderwerp = await work.session.get_one(Onderwerp, feit.onderwerp_id)
        work.session.add(
            Herstelvordering(
                onderwerp_id=onderwerp.id,
                adres=feit.adres,
                sinds=feit.datum,
                domein=work.actor.domein,
                gebied=onderwerp.gebied,
            )
        )


REACTIONS: Iterable[AnyReaction] = (
    Reaction("register.herstelvorderingIngeschreven", HerstelvorderingIngeschreven, ingeschreven),
)
