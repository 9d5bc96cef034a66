"""Taking rows of the published inventory in: a batch is one action, each row has its own outcome.

A row is known by entiteit, list and begin. The same row again: unchanged; with another ending: updated. A row never
undoes a schrapping, and never puts an entiteit on a list it is on: such a row is refused and the others go on.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import select

from vlok.api.actions import Action, Done
from vlok.api.imports import Importer, Uitkomst
from vlok.api.rules import Ernst, Melding
from vlok.api.tables import Organisatie
from vlok.api.wizard import Answers, Form, Step, vraag
from vlok.api.work import Work
from vlok_register.api.register import NieuweEntiteit, NieuwPand, make_entiteiten, make_panden, natural_order
from vlok_register.api.tables import Entiteit, Pand
from vlok_vivoo import bestand
from vlok_vivoo.registratie import Herkomst, Nieuw, make
from vlok_vivoo.rij import Rij, judge
from vlok_vivoo.tables import VivooRegistratie

NUMMER = re.compile(r"[0-9]{1,9}")
Key = tuple[str, str, date | None]


class VivooRij(Form):
    """Een rij van de gepubliceerde VIVOO-lijst."""

    rij: str
    leesfout: str = ""
    referte_entiteit: str = ""
    adres: str = ""
    gemeente: str = ""
    provincie: str = ""
    procedure: str = ""
    datum_aanvang: str = ""
    datum_schrapping: str = ""
    reden_schrapping: str = ""
    capakey: str = ""


class VivooRijen(Form):
    """Rijen van de gepubliceerde VIVOO-lijst."""

    rijen: list[VivooRij] = vraag("Rijen", [], verplicht=True)


@dataclass
class Batch:
    """The rows of one batch and what the database knows about them."""

    goed: dict[str, Rij] = field(default_factory=dict)
    panden: dict[str, Pand] = field(default_factory=dict)
    entiteiten: dict[str, Entiteit] = field(default_factory=dict)
    registraties: dict[Key, VivooRegistratie] = field(default_factory=dict)
    lopend: dict[tuple[str, str], date] = field(default_factory=dict)
    """Begin of the registration that runs, by entiteit and list."""
    gezien: dict[Key, tuple[date | None, str | None]] = field(default_factory=dict)
    """The ending that the first row of a registration gave."""
    meldingen: list[Melding] = field(default_factory=list)

    def tell(self, rij: str, uitkomst: Uitkomst, referte: str, opmerking: str = "") -> None:
        """Report on a row."""
        self.meldingen.append(Melding(opmerking, Ernst.INFO, code=uitkomst.name, veld=rij, entiteit=referte))


class RijenImporteren(Action[Organisatie, None]):
    """Rijen van de gepubliceerde VIVOO-lijst inlezen."""

    key = "vivoo.rijenImporteren"
    title = "Rijen van de VIVOO-lijst inlezen"
    subject = Organisatie
    in_menu = False
    steps: ClassVar[tuple[Step[Any], ...]] = (Step("rijen", "Rijen", VivooRijen),)

    async def load(self, work: Work, subject: Organisatie) -> None:
        return None

    def check(self, facts: None, answers: Answers) -> Iterable[Melding]:
        numbers = [row.rij for row in answers[self.steps[0]].rijen]
        if len(set(numbers)) < len(numbers) or not all(NUMMER.fullmatch(number) for number in numbers):
            yield Melding("Elke rij heeft een eigen nummer.", code="ONGELDIG", stap="rijen", veld="rijen")

    async def apply(self, work: Work, subject: Organisatie, facts: None, answers: Answers) -> Done:
        batch = Batch()
        _judge(batch, answers[self.steps[0]].rijen, work.today)
        await _known(work, batch)
        await _register(work, batch)
        await _registrations(work, batch)
        batch.meldingen.sort(key=lambda melding: int(melding.veld or 0))
        return Done(f"{len(batch.goed)} rijen gelezen.", meldingen=tuple(batch.meldingen))


def _judge(batch: Batch, rows: Iterable[VivooRij], day: date) -> None:
    for row in rows:
        judged = judge(row.model_dump(), day)
        if isinstance(judged, Rij):
            batch.goed[row.rij] = judged
        else:
            batch.tell(row.rij, Uitkomst.GEWEIGERD, row.referte_entiteit, judged)


def place(rij: Rij) -> str:
    """Where a property is found: its natural order is made of municipality, street and number."""
    return natural_order(rij.gemeente.naam, rij.adres.straat, str(rij.adres.huisnummer))


async def _known(work: Work, batch: Batch) -> None:
    """What is there already, in one statement per kind."""
    refertes = [rij.referte for rij in batch.goed.values()]
    units = select(Entiteit).where(Entiteit.referte.in_(refertes))
    batch.entiteiten = {unit.referte: unit for unit in await work.session.scalars(units)}
    panden = select(Pand).where(Pand.sorteer.in_({place(rij) for rij in batch.goed.values()}))
    batch.panden = {pand.sorteer: pand for pand in await work.session.scalars(panden)}
    rows = select(VivooRegistratie).where(VivooRegistratie.entiteit_referte.in_(refertes))
    for row in await work.session.scalars(rows):
        batch.registraties[row.entiteit_referte, row.lijst, row.datum_opname] = row
        if row.loopt and row.datum_opname:
            batch.lopend[row.entiteit_referte, row.lijst] = row.datum_opname


async def _register(work: Work, batch: Batch) -> None:
    """Make the properties and units that the register does not have."""
    fresh = {rij.referte: rij for rij in batch.goed.values() if rij.referte not in batch.entiteiten}
    unknown = {place(rij): rij for rij in fresh.values() if place(rij) not in batch.panden}
    new = [NieuwPand(rij.adres, rij.gemeente, rij.capakeys) for rij in unknown.values()]
    batch.panden.update({pand.sorteer: pand for pand in await make_panden(work, new)})
    units = [
        NieuweEntiteit(batch.panden[place(rij)], "ZW", rij.adres.busnummer, None, rij.capakeys, rij.referte)
        for rij in fresh.values()
    ]
    batch.entiteiten.update({unit.referte: unit for unit in await make_entiteiten(work, units)})


async def _registrations(work: Work, batch: Batch) -> None:
    """Make, update or leave each registration, and say which."""
    by_id = {pand.id: pand for pand in batch.panden.values()}
    missing = [unit.pand_id for unit in batch.entiteiten.values() if unit.pand_id not in by_id]
    if missing:
        by_id.update({p.id: p for p in await work.session.scalars(select(Pand).where(Pand.id.in_(missing)))})
    new: dict[Key, Nieuw] = {}
    for number, rij in batch.goed.items():
        key = (rij.referte, rij.lijst.value, rij.aanvang)
        ending = (rij.schrapping, rij.reden)
        if batch.gezien.setdefault(key, ending) != ending:
            batch.tell(number, Uitkomst.GEWEIGERD, rij.referte, "spreekt een eerdere rij over deze registratie tegen")
            continue
        existing = batch.registraties.get(key)
        if existing is not None or key in new:
            _compare(batch, number, rij, existing)
            continue
        unit = batch.entiteiten[rij.referte]
        if why := _contradicts(batch, rij, unit, by_id[unit.pand_id]):
            batch.tell(number, Uitkomst.GEWEIGERD, rij.referte, why)
            continue
        new[key] = _new(rij, unit, by_id[unit.pand_id])
        if rij.loopt and rij.aanvang:
            batch.lopend[rij.referte, rij.lijst] = rij.aanvang
        outcome = Uitkomst.AANVAARD_MET_OPMERKING if rij.opmerkingen else Uitkomst.AANVAARD
        batch.tell(number, outcome, rij.referte, "; ".join(rij.opmerkingen))
    await make(work, list(new.values()))


def _contradicts(batch: Batch, rij: Rij, unit: Entiteit, pand: Pand) -> str | None:
    """Why a row cannot be true beside what VLOK knows."""
    if unit.gebied != rij.gemeente.nis:
        return f"{unit.referte} ligt in VLOK in {pand.gemeente}, niet in {rij.gemeente.naam}"
    since = batch.lopend.get((rij.referte, rij.lijst))
    if rij.loopt and rij.aanvang and since:
        return f"{unit.referte} staat al op VIVOO-{rij.lijst} sinds {since:%d/%m/%Y}"
    return None


def _new(rij: Rij, unit: Entiteit, pand: Pand) -> Nieuw:
    return Nieuw(
        unit,
        pand,
        rij.lijst,
        Herkomst.IMPORT,
        opname=rij.aanvang,
        schrapping=rij.schrapping,
        reden=rij.reden,
        opmerking="; ".join(rij.opmerkingen) or None,
    )


def _compare(batch: Batch, number: str, rij: Rij, existing: VivooRegistratie | None) -> None:
    if existing is None or (existing.datum_schrapping, existing.reden_schrapping) == (rij.schrapping, rij.reden):
        batch.tell(number, Uitkomst.ONGEWIJZIGD, rij.referte)
        return
    if rij.loopt:
        when = f" op {existing.datum_schrapping:%d/%m/%Y}" if existing.datum_schrapping else ""
        batch.tell(number, Uitkomst.GEWEIGERD, rij.referte, f"in VLOK geschrapt{when}: inlezen maakt dat niet ongedaan")
        return
    if existing.loopt:
        batch.lopend.pop((rij.referte, rij.lijst), None)
    existing.datum_schrapping, existing.reden_schrapping = rij.schrapping, rij.reden
    batch.tell(number, Uitkomst.BIJGEWERKT, rij.referte, "schrapping gewijzigd")


ACTIONS: Sequence[Action[Any, Any]] = (RijenImporteren(),)


def rows(path: Any) -> Sequence[Mapping[str, Any]]:
    """The rows of a file under the names the action reads."""
    return [VivooRij.model_validate(row).model_dump(by_alias=True) for row in bestand.read(path)]


IMPORTS = (
    Importer(
        "vivoo.lijst",
        "VIVOO-lijst",
        RijenImporteren.key,
        rows,
        organisatie="wvl",
        rol="wvl.inventarisbeheerder",
        voorbeeld=Path(__file__).parent / "data" / "vivoo_extract.csv",
    ),
)
