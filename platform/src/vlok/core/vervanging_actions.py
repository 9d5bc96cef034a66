"""Vervanging: for a while a colleague does what an absent person may do in one organisation.

Nobody's rights leave the organisation and nobody's are handed on: who replaces the replacer gets only the replacer's
own (``identity.rights.replaced_by``). Who sets it is the policy's: anybody for themselves, the taakbeheerder and the
toepassingsbeheerder for a colleague (handleiding VLOK: the taakbeheerder redistributes the work of who is away).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, or_, select

from vlok.api.actions import Action, AnyAction, Done
from vlok.api.actor import Actor
from vlok.api.parameters import Parameter
from vlok.api.rules import Ernst, Melding
from vlok.api.tables import Organisatie
from vlok.api.visibility import Scope
from vlok.api.wizard import Answers, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work
from vlok.identity.rights import holds_on
from vlok.identity.roles import in_force, rollen
from vlok.identity.tables import Gebruiker, Roltoekenning, Vervanging

MAX_REDEN = 200

DUUR: Parameter[int] = Parameter(
    "kernel.vervangingDuur",
    "Langste duur van een vervanging (dagen)",
    soort=int,
    default=92,
    minimum=1,
    maximum=366,
    bron="eigen keuze: een kwartaal; geen artikel regelt de duur",
    uitleg="Wie langer afwezig is, stelt de vervanging opnieuw in.",
)


def _betrokken(actor: Actor, rij: Any) -> ColumnElement[bool]:
    concerned = or_(rij.afwezige_id == actor.gebruiker_id, rij.vervanger_id == actor.gebruiker_id)
    return and_(rij.domein == actor.domein, concerned)


def _zelf(actor: Actor, rij: Any) -> ColumnElement[bool]:
    return and_(rij.domein == actor.domein, rij.afwezige_id == actor.gebruiker_id)


SCOPES = (
    Scope("kernel.vervanging_betrokken", _betrokken, "de eigen, als afwezige of als vervanger in deze organisatie"),
    Scope("kernel.vervanging_zelf", _zelf, "de eigen, als afwezige in deze organisatie"),
)


class WieForm(Form):
    """Wie afwezig is."""

    afwezige: str | None = vraag("Wie is afwezig", verplicht=True, keuze=True)


class VervangingForm(Form):
    """Wie vervangt, en wanneer."""

    vervanger: str | None = vraag("Vervanger", verplicht=True, keuze=True)
    van: date | None = vraag("Eerste dag", verplicht=True)
    tot: date | None = vraag("Laatste dag", verplicht=True)
    reden: str | None = vraag(
        "Reden", verplicht=True, hulp="Bijvoorbeeld verlof of opleiding. Vermeld geen gezondheidsgegevens."
    )


WIE = Step("wie", "Afwezige", WieForm)
VERVANGING = Step("vervanging", "Vervanging", VervangingForm)


@dataclass(frozen=True)
class Collega:
    """Somebody who holds a role in the organisation today."""

    id: UUID
    naam: str
    rollen: frozenset[str]

    @property
    def keuze(self) -> Keuze:
        """As offered, with the roles the choice is about."""
        namen = ", ".join(rollen()[code].naam for code in sorted(self.rollen))
        return Keuze(str(self.id), self.naam, (("Rollen", namen),))


@dataclass(frozen=True)
class Toestand:
    """Who works here, which substitutions still run or are to come, and how long one may last."""

    ik: str
    duur: int = 0
    collegas: Mapping[str, Collega] = field(default_factory=dict)
    lopend: Sequence[Vervanging] = ()

    def during(self, persoon: str | None, van: date, tot: date) -> Vervanging | None:
        """A substitution of that person that overlaps the period."""
        return next((v for v in self.lopend if str(v.afwezige_id) == persoon and v.van <= tot and v.tot >= van), None)


class VervangingInstellen(Action[Organisatie, Toestand]):
    """Zich laten vervangen in de organisatie waarvoor men optreedt."""

    key = "kernel.vervangingInstellen"
    title = "Mij laten vervangen"
    description = (
        "Uw vervanger kan in die periode alles wat u in deze organisatie kan en ziet de taken die aan u toegewezen"
        " zijn. Het logboek vermeldt dat hij of zij u vervangt."
    )
    group = "Vervanging"
    button = "Instellen"
    subject = Organisatie
    steps: ClassVar[tuple[Step[Any], ...]] = (VERVANGING,)

    async def load(self, work: Work, subject: Organisatie) -> Toestand:
        duur = (await work.parameters(subject.domein))[DUUR]
        return Toestand(
            str(work.actor.gebruiker_id), duur, await _collegas(work, subject), await _lopend(work, subject)
        )

    def unavailable(self, facts: Toestand) -> str | None:
        return None if len(facts.collegas) > 1 else "In deze organisatie heeft niemand anders een rol."

    def choices(self, facts: Toestand, answers: Answers) -> Choices:
        everybody = [collega.keuze for collega in facts.collegas.values()]
        away = _afwezige(facts, answers)
        return {"wie.afwezige": everybody, "vervanging.vervanger": [one for one in everybody if one.waarde != away]}

    def defaults(self, facts: Toestand, answers: Answers) -> Mapping[str, Any]:
        return {"vervanging": {"van": answers.today}}

    def check(self, facts: Toestand, answers: Answers) -> Iterable[Melding]:
        given = answers[VERVANGING]
        if given.reden and len(given.reden) > MAX_REDEN:
            tekst = f"Hou de reden korter: hoogstens {MAX_REDEN} tekens."
            yield Melding(tekst, code="ONGELDIG", stap="vervanging", veld="reden")
        if given.van is not None and given.tot is not None:
            yield from _period(facts.duur, given.van, given.tot, answers.today)
            yield from _overlaps(facts, _afwezige(facts, answers), given.vervanger, given.van, given.tot)

    async def apply(self, work: Work, subject: Organisatie, facts: Toestand, answers: Answers) -> Done:
        given = answers[VERVANGING]
        assert given.vervanger is not None
        assert given.van is not None
        assert given.tot is not None
        away, present = facts.collegas[_afwezige(facts, answers)], facts.collegas[given.vervanger]
        vervanging = Vervanging(
            id=uuid4(),
            organisatie_id=subject.id,
            domein=subject.domein,
            gebied=subject.gebied,
            afwezige_id=away.id,
            vervanger_id=present.id,
            van=given.van,
            tot=given.tot,
            reden=given.reden,
            ingesteld_door=work.actor.naam,
            ingesteld_op=work.now,
        )
        work.session.add(vervanging)
        work.audit("vervanging:instellen", _line(vervanging), vervanging)
        return Done(
            f"{present.naam} vervangt {away.naam} van {given.van:%d/%m/%Y} tot en met {given.tot:%d/%m/%Y}.", vervanging
        )


class VervangingVoorCollega(VervangingInstellen):
    """Een collega laten vervangen."""

    key = "kernel.vervangingVoorCollega"
    title = "Een collega laten vervangen"
    description = "De vervanger kan in die periode alles wat de afwezige in deze organisatie kan."
    steps: ClassVar[tuple[Step[Any], ...]] = (WIE, VERVANGING)


class VervangingBeeindigen(Action[Vervanging, Vervanging]):
    """Een vervanging vroeger beëindigen, of een die nog moet beginnen schrappen."""

    key = "kernel.vervangingBeeindigen"
    title = "Vervanging beëindigen"
    description = "De vervanger verliest de rechten van de afwezige meteen."
    group = "Vervanging"
    button = "Beëindigen"
    subject = Vervanging

    async def load(self, work: Work, subject: Vervanging) -> Vervanging:
        return subject

    def unavailable(self, facts: Vervanging) -> str | None:
        return "Deze vervanging is al beëindigd." if facts.beeindigd_op is not None else None

    async def apply(self, work: Work, subject: Vervanging, facts: Vervanging, answers: Answers) -> Done:
        subject.beeindigd_op, subject.beeindigd_door = work.now, work.actor.naam
        work.audit("vervanging:beeindigen", _line(subject), subject)
        return Done("De vervanging is beëindigd.")


def _afwezige(facts: Toestand, answers: Answers) -> str:
    """The absent person: as chosen, else the actor."""
    return answers[WIE].afwezige or facts.ik


def _period(duur: int, van: date, tot: date, today: date) -> Iterable[Melding]:
    if van < today:
        tekst = "Een vervanging begint ten vroegste vandaag."
        yield Melding(tekst, code="DATUM", stap="vervanging", veld="van")
    if tot < van:
        tekst = "De laatste dag ligt voor de eerste."
        yield Melding(tekst, code="DATUM", stap="vervanging", veld="tot")
    if (tot - van).days >= duur:
        tekst = (
            f"Een vervanging duurt hoogstens {duur} dagen: ten laatste tot {van + timedelta(days=duur - 1):%d/%m/%Y}."
        )
        yield Melding(tekst, code="DATUM", stap="vervanging", veld="tot")


def _overlaps(facts: Toestand, away: str, present: str | None, van: date, tot: date) -> Iterable[Melding]:
    """One substitute at a time; and whoever is away themselves hardly replaces anybody."""
    if found := facts.during(away, van, tot):
        tekst = (
            f"Er is al een vervanging van {found.van:%d/%m/%Y} tot en met {found.tot:%d/%m/%Y}. Beëindig die eerst of"
            " kies andere dagen."
        )
        yield Melding(tekst, code="DATUM", stap="vervanging", veld="van")
    if found := facts.during(present, van, tot):
        tekst = (
            f"De gekozen vervanger is zelf afwezig van {found.van:%d/%m/%Y} tot en met {found.tot:%d/%m/%Y}. Wie hem of"
            " haar dan vervangt, krijgt deze rechten niet."
        )
        yield Melding(tekst, Ernst.WAARSCHUWING, code="DATUM", stap="vervanging", veld="vervanger")


def _line(vervanging: Vervanging) -> Mapping[str, Any]:
    """What the audit trail keeps of it: who, whom, when; the reason stays with the row."""
    return {
        "vervanging": str(vervanging.id),
        "afwezige": str(vervanging.afwezige_id),
        "vervanger": str(vervanging.vervanger_id),
        "van": vervanging.van.isoformat(),
        "tot": vervanging.tot.isoformat(),
    }


async def _collegas(work: Work, subject: Organisatie) -> Mapping[str, Collega]:
    """Who holds a role in the organisation today, by name."""
    asked = (
        select(Gebruiker.id, Gebruiker.voornaam, Gebruiker.naam, Roltoekenning.rol)
        .join(Roltoekenning, Roltoekenning.gebruiker_id == Gebruiker.id)
        .where(Roltoekenning.organisatie_id == subject.id, holds_on(work.today))
        .order_by(Gebruiker.voornaam, Gebruiker.naam, Gebruiker.id)
    )
    found: dict[str, Collega] = {}
    for row in await work.session.execute(asked):
        if roles := in_force([row.rol], work.today):
            known = found.get(str(row.id))
            both = roles | known.rollen if known else roles
            found[str(row.id)] = Collega(row.id, f"{row.voornaam} {row.naam}", both)
    return found


async def _lopend(work: Work, subject: Organisatie) -> Sequence[Vervanging]:
    asked = select(Vervanging).where(
        Vervanging.organisatie_id == subject.id, Vervanging.beeindigd_op.is_(None), Vervanging.tot >= work.today
    )
    return (await work.session.scalars(asked.order_by(Vervanging.van, Vervanging.id))).all()


ACTIONS: tuple[AnyAction, ...] = (VervangingInstellen(), VervangingVoorCollega(), VervangingBeeindigen())
