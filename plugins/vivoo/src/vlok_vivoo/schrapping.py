"""Schrapping: a registration leaves the inventory, decided by the inventarisbeheerder.

When the agency itself established that a dwelling meets the norms, a task asks for it (infosessie 11/03/2020). What the
inventory is told is the entiteit, a reason and a date, and nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar

from sqlalchemy import select

from vlok.api.actions import Action, Done
from vlok.api.catalogue import Code, blocks
from vlok.api.facts import Reaction
from vlok.api.rules import Melding
from vlok.api.tasks import close_tasks_about, open_task_about
from vlok.api.wizard import Answers, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_register.api.facts import SchrappingGevraagd
from vlok_vivoo.tables import VivooRegistratie, VivooSchrappingsvraag
from vlok_vivoo.tasks import SCHRAP


@cache
def redenen() -> Sequence[Code]:
    """Why a registration may leave the inventory."""
    return blocks(files("vlok_vivoo") / "data" / "schrappingsredenen.toml", "reden", Code)


async def schrapping_gevraagd(work: Work, feit: SchrappingGevraagd) -> None:
    """Task 911 for an entiteit that is on the list; for another one there is nothing to remove."""
    listed = select(VivooRegistratie).where(VivooRegistratie.entiteit_id == feit.entiteit_id)
    running = [row for row in await work.session.scalars(listed) if row.loopt]
    work.session.add_all(
        VivooSchrappingsvraag(
            registratie_id=row.id, reden=feit.reden_code, datum=feit.datum, domein=row.domein, gebied=row.gebied
        )
        for row in running
    )
    if running:
        await open_task_about(work, SCHRAP, feit.entiteit_id, running[0].gebied)


class VivooSchrapping(Form):
    """Since when, and why."""

    datum: date | None = vraag("Datum schrapping", verplicht=True)
    reden: str | None = vraag("Reden", verplicht=True, keuze=True)


SCHRAPPING = Step("schrapping", "Schrapping", VivooSchrapping)


@dataclass(frozen=True)
class Opname:
    """A registration, what was asked about it, and whether the entiteit stands on the other list too."""

    vandaag: date
    registratie: VivooRegistratie
    vragen: Sequence[VivooSchrappingsvraag]
    elders: bool


class Schrappen(Action[VivooRegistratie, Opname]):
    """Van VIVOO schrappen."""

    key = "vivoo.schrappen"
    title = "Van VIVOO schrappen"
    description = "De entiteit staat vanaf de gekozen datum niet meer op de inventaris."
    group = "VIVOO"
    button = "Schrappen"
    subject = VivooRegistratie
    shown_to_both = True
    steps: ClassVar[tuple[Step[Any], ...]] = (SCHRAPPING,)

    async def load(self, work: Work, subject: VivooRegistratie) -> Opname:
        asked = select(VivooSchrappingsvraag).where(
            VivooSchrappingsvraag.registratie_id == subject.id, VivooSchrappingsvraag.verwerkt_op.is_(None)
        )
        other = select(VivooRegistratie).where(
            VivooRegistratie.entiteit_id == subject.entiteit_id, VivooRegistratie.id != subject.id
        )
        found = (await work.session.scalars(asked.order_by(VivooSchrappingsvraag.datum))).all()
        return Opname(work.today, subject, found, any(row.loopt for row in await work.session.scalars(other)))

    def unavailable(self, facts: Opname) -> str | None:
        return None if facts.registratie.loopt else "Deze opname is al geschrapt."

    def choices(self, facts: Opname, answers: Answers) -> Choices:
        return {"schrapping.reden": [Keuze(r.code, r.naam) for r in redenen() if r.geldt_op(facts.vandaag)]}

    def defaults(self, facts: Opname, answers: Answers) -> Mapping[str, Any]:
        if not facts.vragen:
            return {}
        asked = facts.vragen[0]
        return {SCHRAPPING.key: {"datum": asked.datum, "reden": asked.reden}}

    def check(self, facts: Opname, answers: Answers) -> Iterable[Melding]:
        datum, begin = answers[SCHRAPPING].datum, facts.registratie.datum_opname
        if datum is not None and datum > answers.today:
            yield Melding("Deze datum mag niet in de toekomst liggen.", code="DATUM", stap=SCHRAPPING.key, veld="datum")
        if datum is not None and begin is not None and datum < begin:
            tekst = "De schrapping kan niet voor de opname liggen."
            yield Melding(tekst, code="DATUM", stap=SCHRAPPING.key, veld="datum")

    async def apply(self, work: Work, subject: VivooRegistratie, facts: Opname, answers: Answers) -> Done:
        gegeven = answers[SCHRAPPING]
        subject.datum_schrapping = gegeven.datum
        subject.reden_schrapping = next(r.naam for r in redenen() if r.code == gegeven.reden)
        for asked in facts.vragen:
            asked.verwerkt_op = work.today
        if not facts.elders:
            await close_tasks_about(work, subject.entiteit_id, [SCHRAP])
        return Done(f"{subject.adres} is van VIVOO geschrapt.", samenvatting=subject.referte)


ACTIONS: tuple[Action[Any, Any], ...] = (Schrappen(),)
REACTIONS = (Reaction("vivoo.schrappingGevraagd", SchrappingGevraagd, schrapping_gevraagd),)
