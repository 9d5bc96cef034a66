"""What plugins and imports do with the register: make properties and units, start deelprocedures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Text, Uuid, column, select, update, values
from sqlalchemy.orm.attributes import set_committed_value

from vlok.api.tables import Dossier, Onderwerp
from vlok.api.work import Work
from vlok_register.adres import Adres, Huisnummer, zoeksleutel, zoektekst
from vlok_register.capakey import Capakey
from vlok_register.catalogus import Gemeente, gemeente, rollen
from vlok_register.identificatie import Insz, Kbo
from vlok_register.tables import Deelprocedure, Entiteit, Pand
from vlok_register.waarde import OngeldigeWaarde

__all__ = [
    "Adres",
    "Capakey",
    "Gemeente",
    "Huisnummer",
    "Insz",
    "Kbo",
    "NieuwPand",
    "NieuweEntiteit",
    "OngeldigeWaarde",
    "entiteit_titel",
    "gemeente",
    "make_entiteiten",
    "make_panden",
    "natural_order",
    "rollen",
    "start_deelprocedures",
    "zoeksleutel",
    "zoektekst",
]


@dataclass(frozen=True)
class NieuwPand:
    """A property to make. Its domain is the municipality's: it may be made by WVL for a municipality."""

    adres: Adres
    gemeente: Gemeente
    capakeys: tuple[str, ...] = ()

    @property
    def titel(self) -> str:
        """How the property is called: the address without bus, with the municipality."""
        plaats = f"{self.adres.postcode} {self.gemeente.naam}" if self.adres.postcode else self.gemeente.naam
        return f"{self.adres.straat} {self.adres.huisnummer}, {plaats}"


@dataclass(frozen=True)
class NieuweEntiteit:
    """A unit to make in ``pand``: ZW, NZW or NWF. ``referte`` when it comes from elsewhere."""

    pand: Pand
    soort: str
    busnummer: str | None = None
    ligging: str | None = None
    capakeys: tuple[str, ...] = ()
    referte: str | None = None


async def make_panden(work: Work, wanted: Sequence[NieuwPand]) -> list[Pand]:
    """Make properties, each with its onderwerp; references in one go."""
    refertes = await work.numbers("PA", len(wanted))
    made = [_pand(new, referte) for new, referte in zip(wanted, refertes, strict=True)]
    work.session.add_all(_onderwerp("pand", pand) for pand in made)
    await work.session.flush()
    work.session.add_all(made)
    await work.session.flush()
    return made


def _pand(new: NieuwPand, referte: str) -> Pand:
    return Pand(
        id=uuid4(),
        referte=referte,
        titel=new.titel,
        domein=f"lb:{new.gemeente.nis}",
        gebied=new.gemeente.nis,
        straat=new.adres.straat,
        huisnummer=str(new.adres.huisnummer),
        postcode=new.adres.postcode,
        gemeente=new.gemeente.naam,
        provincie=new.gemeente.provincie,
        capakeys=list(new.capakeys),
        actief=True,
        zoek=zoektekst(new.titel, referte, *new.capakeys),
        sorteer=natural_order(new.gemeente.naam, new.adres.straat, str(new.adres.huisnummer)),
    )


async def make_entiteiten(work: Work, wanted: Sequence[NieuweEntiteit]) -> list[Entiteit]:
    """Make units, each with its onderwerp; given references are kept and never given out again."""
    await work.reserve([new.referte for new in wanted if new.referte])
    fresh = iter(await work.numbers("EN", sum(new.referte is None for new in wanted)))
    made = [_entiteit(new, new.referte or next(fresh)) for new in wanted]
    work.session.add_all(_onderwerp("entiteit", entiteit) for entiteit in made)
    await work.session.flush()
    work.session.add_all(made)
    await work.session.flush()
    await _findable(work, {new.pand for new in wanted}, made)
    return made


async def _findable(work: Work, panden: Iterable[Pand], entiteiten: Iterable[Entiteit]) -> None:
    """A property is found by the references of its units too; one statement for all of them."""
    words: dict[UUID, str] = {}
    for entiteit in entiteiten:
        words[entiteit.pand_id] = f"{words.get(entiteit.pand_id, '')}{zoektekst(entiteit.referte)}"
    if not words:
        return
    added = values(column("id", Uuid()), column("woorden", Text()), name="added").data(list(words.items()))
    adding = update(Pand).where(Pand.id == added.c.id).values(zoek=Pand.zoek + added.c.woorden)
    await work.session.execute(adding.execution_options(synchronize_session=False))
    for pand in panden:
        set_committed_value(pand, "zoek", f"{pand.zoek}{words[pand.id]}")


def _entiteit(new: NieuweEntiteit, referte: str) -> Entiteit:
    return Entiteit(
        id=uuid4(),
        referte=referte,
        titel=entiteit_titel(new.pand, new.busnummer, new.ligging),
        domein=new.pand.domein,
        gebied=new.pand.gebied,
        pand_id=new.pand.id,
        soort=new.soort,
        busnummer=new.busnummer,
        ligging=new.ligging,
        capakeys=list(new.capakeys or new.pand.capakeys),
        sorteer=natural_order(new.busnummer or "", new.ligging or "", referte),
    )


def entiteit_titel(pand: Pand, busnummer: str | None, ligging: str | None) -> str:
    """``Kerkstraat 12 bus 3``; without bus its place in the property says which."""
    bus = f" bus {busnummer}" if busnummer else f" ({ligging})" if ligging else ""
    return f"{pand.straat} {pand.huisnummer}{bus}"


def _onderwerp(soort: str, row: Pand | Entiteit) -> Onderwerp:
    return Onderwerp(id=row.id, soort=soort, referte=row.referte, titel=row.titel, domein=row.domein, gebied=row.gebied)


def natural_order(*parts: str) -> str:
    """A text that sorts as a person would: without accents or capitals, numbers by size (2 before 10, 12 before 12A).

    Parts are kept apart by what sorts below every sign in them, so that what ends comes before what goes on.
    """
    return "\t".join(re.sub(r"\d+", lambda number: number[0].zfill(8), zoeksleutel(part)) for part in parts)


async def start_deelprocedures(
    work: Work, dossier: Dossier, entiteiten: Iterable[Entiteit], status: str
) -> list[Deelprocedure]:
    """The deelprocedures of these units in a dossier; those that do not exist yet start now, with ``status``."""
    wanted = {entiteit.id: entiteit for entiteit in entiteiten}
    running = select(Deelprocedure).where(
        Deelprocedure.dossier_id == dossier.id, Deelprocedure.entiteit_id.in_(list(wanted))
    )
    found = {one.entiteit_id: one for one in await work.session.scalars(running)}
    missing = [key for key in wanted if key not in found]
    for key, referte in zip(missing, await work.numbers("DP", len(missing)), strict=True):
        found[key] = _deelprocedure(dossier, key, referte, status, work.today)
        work.session.add(found[key])
    return [found[key] for key in wanted]


def _deelprocedure(dossier: Dossier, entiteit_id: UUID, referte: str, status: str, day: date) -> Deelprocedure:
    return Deelprocedure(
        id=uuid4(),
        referte=referte,
        dossier_id=dossier.id,
        entiteit_id=entiteit_id,
        domein=dossier.domein,
        gebied=dossier.gebied,
        status=status,
        gestart_op=day,
    )
