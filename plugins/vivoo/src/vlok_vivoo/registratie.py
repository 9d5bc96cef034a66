"""Making registrations: address and capakeys are copied from the register at that moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import uuid4

from vlok.api.work import Work
from vlok_register.api.register import natural_order, zoektekst
from vlok_register.api.tables import Entiteit, Pand
from vlok_vivoo.tables import VivooRegistratie

BEHEERDER = "wvl"
"""The agency keeps the inventory: its domain owns every registration."""


class Lijst(StrEnum):
    """The two lists of the inventory (handleiding VLOK, VIVOO)."""

    OO = "OO"
    NGW = "NGW"


class Herkomst(StrEnum):
    """How a registration came about."""

    BESLUIT = "besluit"
    IMPORT = "import"


@dataclass(frozen=True)
class Nieuw:
    """A registration to make."""

    entiteit: Entiteit
    pand: Pand
    lijst: Lijst
    herkomst: Herkomst
    opname: date | None
    schrapping: date | None = None
    reden: str | None = None
    besluit: str | None = None
    opmerking: str | None = None


async def make(work: Work, wanted: Sequence[Nieuw]) -> list[VivooRegistratie]:
    """Put registrations on the list; references in one go."""
    refertes = await work.numbers("VI", len(wanted))
    made = [_row(new, referte) for new, referte in zip(wanted, refertes, strict=True)]
    work.session.add_all(made)
    return made


def _row(new: Nieuw, referte: str) -> VivooRegistratie:
    entiteit, pand = new.entiteit, new.pand
    capakeys = entiteit.capakeys or pand.capakeys
    return VivooRegistratie(
        id=uuid4(),
        referte=referte,
        domein=BEHEERDER,
        gebied=pand.gebied,
        entiteit_id=entiteit.id,
        pand_id=pand.id,
        entiteit_referte=entiteit.referte,
        adres=entiteit.titel,
        gemeente=pand.gemeente,
        provincie=pand.provincie,
        lijst=new.lijst,
        datum_opname=new.opname,
        datum_schrapping=new.schrapping,
        reden_schrapping=new.reden,
        capakeys=list(capakeys),
        besluit=new.besluit,
        herkomst=new.herkomst,
        opmerking=new.opmerking,
        zoek=zoektekst(entiteit.titel, pand.gemeente, entiteit.referte, referte, *capakeys),
        sorteer=_order(new),
    )


def _order(new: Nieuw) -> str:
    """By municipality, then as a person sorts addresses, then by begin."""
    begin = new.opname.isoformat() if new.opname else ""
    return natural_order(new.pand.gemeente, new.pand.straat, new.pand.huisnummer, new.entiteit.busnummer or "", begin)
