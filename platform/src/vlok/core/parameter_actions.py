"""Mijn organisatie: setting an organisation parameter, from a day on, within its legal bounds.

Who changes: the toepassingsbeheerder of the organisation (handleiding VLOK, "Manuele ondertekenflow"); what only Wonen
in Vlaanderen decides (``door = "wvl"``, such as the exemption of the duty to ask advice) its own toepassingsbeheerder.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, ClassVar, Union, get_args, get_origin

from pydantic import TypeAdapter
from sqlalchemy import select

from vlok.api.actions import Action, Done
from vlok.api.actor import OrganisatieSoort
from vlok.api.errors import Refusal
from vlok.api.parameters import AnyParameter, Parameters
from vlok.api.rules import Melding
from vlok.api.tables import Organisatie
from vlok.api.wizard import Answers, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work
from vlok.tenancy.tables import Parameterwaarde
from vlok.unit_of_work import UnitOfWork

SIMPLE = (int, bool, str)


class ParameterKeuze(Form):
    """Welke parameter, vanaf wanneer."""

    parameter: str | None = vraag("Parameter", verplicht=True, keuze=True)
    geldig_van: date | None = vraag("Geldig vanaf", verplicht=True)


class ParameterWaarde(Form):
    """De nieuwe waarde."""

    waarde: str | None = vraag("Nieuwe waarde", verplicht=True, keuze=True, vrij=True)


KEUZE = Step("parameter", "Parameter", ParameterKeuze)
WAARDE = Step("waarde", "Waarde", ParameterWaarde)


def bare(parameter: AnyParameter) -> Any:
    """The type of a value, without ``| None``."""
    soort: Any = parameter.soort
    if get_origin(soort) in (Union, UnionType):
        return next(arg for arg in get_args(soort) if arg is not NoneType)
    return soort


def settable(parameter: AnyParameter) -> bool:
    """Whether a value can be typed in one field (a house style cannot)."""
    kind = bare(parameter)
    return isinstance(kind, type) and issubclass(kind, SIMPLE)


def shown(waarde: Any) -> str:
    """A value in words."""
    if isinstance(waarde, bool):
        return "Ja" if waarde else "Nee"
    return getattr(waarde, "label", str(waarde)) if waarde is not None else "niet ingevuld"


def options(parameter: AnyParameter) -> list[Keuze]:
    """The values to choose from; empty when the value is typed."""
    kind = bare(parameter)
    if kind is bool:
        return [Keuze("true", "Ja"), Keuze("false", "Nee")]
    return [Keuze(one.value, shown(one)) for one in kind] if issubclass(kind, StrEnum) else []


@dataclass(frozen=True)
class Instellingen:
    """An organisation, what the actor may set for it, and the values of today."""

    organisatie: Organisatie
    parameters: Mapping[str, AnyParameter] = field(default_factory=dict)
    vandaag: Parameters | None = None


class ParameterInstellen(Action[Organisatie, Instellingen]):
    """Organisatieparameter instellen."""

    key = "kernel.parameterInstellen"
    title = "Parameter van de organisatie instellen"
    description = "De vorige waarde blijft gelden tot de dag ervoor; lopende dossiers volgen de waarde van de dag."
    group = "Mijn organisatie"
    button = "Instellen"
    subject = Organisatie
    steps: ClassVar[tuple[Step[Any], ...]] = (KEUZE, WAARDE)

    async def load(self, work: Work, subject: Organisatie) -> Instellingen:
        assert isinstance(work, UnitOfWork)  # the kernel's own action may ask the kernel what plugins declared
        declared = work.kernel.contributions.parameters
        mine = {k: p for k, p in declared.items() if settable(p) and _may_set(p, work.actor.domein, subject)}
        return Instellingen(subject, mine, await work.parameters(subject.domein))

    def unavailable(self, facts: Instellingen) -> str | None:
        return None if facts.parameters else "Er is voor deze organisatie niets in te stellen."

    def choices(self, facts: Instellingen, answers: Answers) -> Choices:
        assert facts.vandaag is not None
        now = facts.vandaag
        offered = [
            Keuze(key, p.titel, (("Nu", shown(now[p])), ("Bron", p.bron))) for key, p in facts.parameters.items()
        ]
        chosen = facts.parameters.get(answers[KEUZE].parameter or "")
        values = options(chosen) if chosen else []
        return {"parameter.parameter": offered, **({"waarde.waarde": values} if values else {})}

    def defaults(self, facts: Instellingen, answers: Answers) -> Mapping[str, Any]:
        return {"parameter": {"geldig_van": answers.today}}

    def check(self, facts: Instellingen, answers: Answers) -> Iterable[Melding]:
        chosen, waarde = facts.parameters.get(answers[KEUZE].parameter or ""), answers[WAARDE].waarde
        if chosen is not None and waarde:
            try:
                chosen.parse(waarde)
            except Refusal as no:
                yield Melding(no.tekst, code=no.code, stap="waarde", veld="waarde")
        begin = answers[KEUZE].geldig_van
        if begin is not None and begin < answers.today:
            tekst = "Een parameter kan enkel vanaf vandaag of later wijzigen."
            yield Melding(tekst, code="DATUM", stap="parameter", veld="geldigVan")

    async def apply(self, work: Work, subject: Organisatie, facts: Instellingen, answers: Answers) -> Done:
        keuze = answers[KEUZE]
        assert keuze.parameter is not None
        assert keuze.geldig_van is not None
        parameter = facts.parameters[keuze.parameter]
        value = parameter.parse(answers[WAARDE].waarde)
        await _end_earlier(work, subject, parameter, keuze.geldig_van)
        work.session.add(
            Parameterwaarde(
                organisatie_id=subject.id,
                domein=subject.domein,
                gebied=subject.gebied,
                sleutel=parameter.key,
                waarde=TypeAdapter(parameter.soort).dump_python(value, mode="json"),
                geldig_van=keuze.geldig_van,
                gewijzigd_door=work.actor.naam,
                gewijzigd_op=work.now,
            )
        )
        return Done(f"{parameter.titel}: {shown(value)} vanaf {keuze.geldig_van:%d/%m/%Y}.", samenvatting=parameter.key)


def _may_set(parameter: AnyParameter, domein: str, subject: Organisatie) -> bool:
    if parameter.door == "eigen":
        return subject.domein == domein
    return domein == parameter.door and subject.soort == OrganisatieSoort.LOKAAL_BESTUUR


async def _end_earlier(work: Work, subject: Organisatie, parameter: AnyParameter, begin: date) -> None:
    """The value before ends the day before; one that would begin on the same day or later gives way."""
    same = select(Parameterwaarde).where(
        Parameterwaarde.organisatie_id == subject.id, Parameterwaarde.sleutel == parameter.key
    )
    for earlier in await work.session.scalars(same):
        if earlier.geldig_van >= begin:
            await work.session.delete(earlier)
        elif earlier.geldig_tot is None or earlier.geldig_tot >= begin:
            earlier.geldig_tot = begin - timedelta(days=1)
    await work.session.flush()
