"""From what a client sends to typed answers: defaults filled in, moot steps dropped, every mistake told in Dutch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from vlok.api.actions import AnyAction
from vlok.api.rules import Melding
from vlok.api.wizard import Answers, Form, Step, Vraag
from vlok.api.work import Work

Raw = Mapping[str, Any]

TEXTS = {
    "date": "Vul een geldige datum in (dd/mm/jjjj).",
    "int": "Vul een geheel getal in.",
    "decimal": "Vul een bedrag in.",
    "bool": "Kies ja of nee.",
    "uuid": "Laad het bestand opnieuw op.",
    "enum": "Kies een van de mogelijkheden.",
    "list": "Kies uit de lijst.",
    "extra": "Dit veld bestaat niet.",
    "missing": "Vul dit veld in.",
}


@dataclass
class Filled:
    """The typed answers, what was shown for them, and what is wrong with their form."""

    answers: Answers
    asked: list[Step[Any]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    meldingen: list[Melding] = field(default_factory=list)


def fill(action: AnyAction, facts: Any, work: Work, given: Raw) -> Filled:
    """Walk the steps in order: is it asked, with which defaults, what was answered, is that well formed?"""
    filled = Filled(Answers(work.today))
    for step in action.steps:
        if not step.asked(facts, filled.answers):
            continue
        filled.asked.append(step)
        sent = given.get(step.key) or {}
        if not isinstance(sent, Mapping):
            filled.meldingen.append(Melding("Deze stap is niet leesbaar.", code="ONGELDIG", stap=step.key))
            continue
        raw = _effective(action, facts, filled.answers, step, sent)
        filled.values[step.key] = raw
        try:
            page = step.form.model_validate(raw)
        except ValidationError as fout:
            filled.meldingen.extend(_malformed(step, raw, fout))
            continue
        filled.answers = Answers(work.today, {**filled.answers.given, step.key: page})
        filled.meldingen.extend(_missing(step, page))
        filled.meldingen.extend(_not_offered(action, facts, filled.answers, step, page))
    known = {step.key for step in action.steps}
    filled.meldingen.extend(
        Melding(f"De stap '{key}' bestaat niet in deze handeling.", code="ONGELDIG")
        for key in given
        if key not in known
    )
    return filled


def _effective(action: AnyAction, facts: Any, answers: Answers, step: Step[Any], given: Raw) -> dict[str, Any]:
    """Defaults below, what the user gave on top; a value given as null stays null."""
    defaults = action.defaults(facts, answers).get(step.key, {})
    if step.per is None:
        return {**by_alias(step.form, defaults), **given}
    name, row_form = alias(step.form, step.per), row_form_of(step)
    item_key = alias(row_form, step.item_key or "")
    rows = given.get(name) or []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return dict(given)  # the form says what is wrong with it
    sent = {str(row.get(item_key)): row for row in rows}
    items = [item.sleutel for item in action.items(facts, answers, step)]
    merged = [{item_key: key, **by_alias(row_form, defaults.get(key, {})), **sent.get(key, {})} for key in items]
    return {**given, name: [*merged, *(row for key, row in sent.items() if key not in items)]}


def row_form_of(step: Step[Any]) -> type[Form]:
    """The form of one row of a repeated step."""
    annotation = step.form.model_fields[step.per or ""].annotation
    row: type[Form] = annotation.__args__[0]
    return row


def alias(form: type[Form], name: str) -> str:
    """The camelCase name of a field."""
    return form.model_fields[name].alias or name


def by_alias(form: type[Form], values: Mapping[str, Any]) -> dict[str, Any]:
    """Python names → the names clients use."""
    return {alias(form, name): value for name, value in values.items()}


def vraag_of(info: FieldInfo) -> Vraag:
    """How a field is asked."""
    extra = info.json_schema_extra
    assert isinstance(extra, dict)
    shown = extra["vraag"]
    assert isinstance(shown, Vraag)
    return shown


@cache
def _questions(form: type[Form]) -> tuple[tuple[str, str, Vraag], ...]:
    """The questions of a form: name, the name that clients use, and how it is asked."""
    return tuple((name, info.alias or name, vraag_of(info)) for name, info in form.model_fields.items())


def _malformed(step: Step[Any], raw: Mapping[str, Any], fout: ValidationError) -> Iterator[Melding]:
    for error in fout.errors():
        loc = error["loc"]
        kind = next((text for word, text in TEXTS.items() if word in error["type"]), "Deze waarde is niet geldig.")
        veld = str(next((part for part in reversed(loc) if isinstance(part, str)), ""))
        yield Melding(kind, code="ONGELDIG", stap=step.key, veld=veld, entiteit=_item(step, raw, loc))


def _item(step: Step[Any], raw: Mapping[str, Any], loc: tuple[int | str, ...]) -> str | None:
    if step.per is None or len(loc) < 2 or not isinstance(loc[1], int):
        return None
    row = raw[str(loc[0])][loc[1]]
    return str(row.get(alias(row_form_of(step), step.item_key or ""))) if isinstance(row, Mapping) else None


def _pages(step: Step[Any], page: Form) -> Iterator[tuple[Form, str | None]]:
    yield page, None
    if step.per:
        for row in getattr(page, step.per):
            yield row, str(getattr(row, step.item_key or ""))


def shown(form: Form, vraag: Vraag) -> bool:
    """Whether a question is on screen given its sibling's answer."""
    if vraag.toon_als is None:
        return True
    value = getattr(form, vraag.toon_als[0])
    return (str(value).lower() if isinstance(value, bool) else str(value)) in vraag.toon_als[1]


def _missing(step: Step[Any], page: Form) -> Iterator[Melding]:
    for form, item in _pages(step, page):
        for name, known_as, vraag in _questions(type(form)):
            if name in (step.per, step.item_key):
                continue
            if vraag.verplicht and shown(form, vraag) and getattr(form, name) in (None, "", []):
                tekst = f"Vul '{vraag.label}' in."
                yield Melding(tekst, code="VERPLICHT", stap=step.key, veld=known_as, entiteit=item)


def _not_offered(action: AnyAction, facts: Any, answers: Answers, step: Step[Any], page: Form) -> Iterator[Melding]:
    choices = action.choices(facts, answers)
    items = {item.sleutel for item in action.items(facts, answers, step)} if step.per else set()
    for form, item in _pages(step, page):
        if item is not None and item not in items:
            yield Melding(TEXTS["enum"], code="ONGELDIGE_KEUZE", stap=step.key, entiteit=item)
        for name, known_as, vraag in _questions(type(form)) if choices else ():
            offered = choices.get(f"{step.key}.{name}")
            if offered is None or vraag.vrij:
                continue
            value = getattr(form, name)
            given = value if isinstance(value, list) else [value] if value is not None else []
            if not {str(one) for one in given} <= {keuze.waarde for keuze in offered}:
                yield Melding(TEXTS["enum"], code="ONGELDIGE_KEUZE", stap=step.key, veld=known_as)
