"""The product acting by itself on the command line: a named person of its own, with the roles the task needs."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actor import Actor, OrganisatieSoort
from vlok.api.errors import ContractError
from vlok.api.tables import Organisatie
from vlok.identity.tables import Gebruiker

ISS = "vlok:systeem"


async def system_actor(session: AsyncSession, taak: str, organisatie_code: str, *rollen: str) -> Actor:
    """The actor for a command such as ``import``: policy, audit trail and row security hold for it as for anybody.

    Raises ContractError when the organisation does not exist yet.
    """
    organisatie = await session.scalar(select(Organisatie).where(Organisatie.code == organisatie_code))
    if organisatie is None:
        raise ContractError(f"de organisatie {organisatie_code} bestaat nog niet in deze databank")
    person = insert(Gebruiker).values(iss=ISS, sub=taak, voornaam="VLOK", naam=taak)
    upsert = person.on_conflict_do_update(index_elements=[Gebruiker.iss, Gebruiker.sub], set_={"naam": taak})
    gebruiker_id = (await session.execute(upsert.returning(Gebruiker.id))).scalar_one()
    return Actor(
        gebruiker_id=gebruiker_id,
        naam=f"VLOK {taak}",
        organisatie_id=organisatie.id,
        organisatie_code=organisatie.code,
        organisatie_naam=organisatie.naam,
        soort=OrganisatieSoort(organisatie.soort),
        domein=organisatie.domein,
        gebied=organisatie.gebied,
        rollen=frozenset(rollen),
    )
