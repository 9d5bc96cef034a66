"""What a decision writes, by hand: the values that both references put in the product's tables.

That they are the product's own, column by column, is proved in every run (``bench.schrijven.gelijk``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import orjson

from vlok_oo.rechtsgronden import beroepsmogelijkheid, rechtsgronden

ACTION = "oo.beslissingBurgemeesterMaken"
TITLE = "Beslissing burgemeester maken"
CLOSED = (11, 13)
"""The tasks that a decision closes."""


class Who(NamedTuple):
    """The person of a session, as both references read them."""

    gebruiker_id: UUID
    naam: str
    organisatie_id: UUID
    organisatie_code: str
    organisatie_naam: str
    soort: str
    domein: str
    gebied: str
    rollen: list[str]


class Unit(NamedTuple):
    """A unit in the dossier and what its examination said."""

    entiteit_id: UUID
    referte: str
    soort: str
    busnummer: str | None
    ligging: str | None
    capakeys: list[str]
    deelprocedure_id: UUID
    vorige_status: str
    onderzoek: str
    datum: date
    uitslag: str


class Case(NamedTuple):
    """The dossier, its request and its property."""

    id: UUID
    versie: int
    onderwerp_id: UUID
    datum_verzoek: date
    straat: str
    huisnummer: str
    postcode: str
    gemeente: str


@dataclass(frozen=True)
class Asked:
    """What the wizard sends, and when and how it came in."""

    subject: str
    invoer: Mapping[str, Any]
    versie: int
    sleutel: str
    now: datetime
    verzoek: str

    @property
    def units(self) -> list[str]:
        """The chosen units."""
        return list(self.invoer["entiteiten"]["entiteiten"])

    @property
    def datum(self) -> date:
        """The day of the decision."""
        return date.fromisoformat(self.invoer["standaard"]["datum"])

    @property
    def hash(self) -> str:
        """Equal for equal requests."""
        asked = [ACTION, self.subject, self.invoer, self.versie]
        return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()


def beslissing(who: Who, case: Case, unit: Unit, asked: Asked) -> dict[str, Any]:
    """A row of ``oo_beslissing`` but for its key and reference; columns that stay empty are left out."""
    return {
        "dossier_id": case.id,
        "deelprocedure_id": unit.deelprocedure_id,
        "entiteit_id": unit.entiteit_id,
        "soort": asked.invoer["standaard"]["beslissing"],
        "status": "In opmaak",
        "vorige_status": unit.vorige_status,
        "datum": asked.datum,
        "ondertekenflow": asked.invoer["ondertekening"]["flow"],
        "aangemaakt_op": asked.now,
        "basis": "ONDERZOEK",
        "motivering": "",
        "reden": "",
        "gebreken": "",
        "werken_op_kosten_eigenaar": False,
        "herhuisvesting": False,
        "recuperatie_kosten": "",
        "poststempel": False,
        "domein": who.domein,
        "gebied": who.gebied,
    }


def document(who: Who, case: Case, unit: Unit, asked: Asked, made: tuple[UUID, str]) -> dict[str, Any]:
    """A row of ``document`` but for its key; ``made``: the decision it is about, and its own reference."""
    step, referte = made
    title = f"Besluit tot ongeschiktverklaring: {unit.referte}"
    return {
        "referte": referte,
        "soort": "DT034",
        "titel": title,
        "status": "In opmaak",
        "dossier_id": case.id,
        "onderwerp_id": unit.entiteit_id,
        "stap_id": step,
        "opdracht": order(who, case, unit, asked, (title, referte)),
        "concept": True,
        "aangemaakt_op": asked.now,
        "versie": 1,
        "domein": who.domein,
        "gebied": who.gebied,
    }


def order(who: Who, case: Case, unit: Unit, asked: Asked, named: tuple[str, str]) -> dict[str, Any]:
    """What the printer gets."""
    title, referte = named
    return {
        "template": "oo/beslissing.html",
        "content": content(case, unit, asked),
        "house": house(who.organisatie_naam),
        "referte": referte,
        "title": title,
        "date": day(asked.datum),
        "concept": True,
        "signature_fields": False,
        "language": "nl-BE",
    }


def content(case: Case, unit: Unit, asked: Asked) -> dict[str, Any]:
    """What the letter speaks about."""
    bus = f" bus {unit.busnummer}" if unit.busnummer else ""
    empty = ("advies", "bezetting", "kennisgeving_datum", "stopzetting_datum", "snelherstel", "sloop_of_herbestemming")
    return {
        "gemeente": case.gemeente,
        "beslissing": asked.invoer["standaard"]["beslissing"],
        "woning": {
            "entiteit": unit.referte,
            "soort": "zelfstandige woning",
            "adres": f"{case.straat} {case.huisnummer}{bus}",
            "gemeente": f"{case.postcode} {case.gemeente}",
            "capakeys": unit.capakeys,
            "ligging": unit.ligging or "",
        },
        "verzoek": {"datum": day(case.datum_verzoek), "verzoeker": "de belanghebbende"},
        "onderzoek": {
            "referte": unit.onderzoek,
            "datum": day(unit.datum),
            "uitvoerder": f"de woningcontroleur van {case.gemeente}",
            "uitslag": unit.uitslag,
        },
        **law(asked.datum),
        **dict.fromkeys(empty),
        **dict.fromkeys(("betrokkenen", "reacties"), ()),
        **dict.fromkeys(("motivering", "recuperatie"), ""),
        **dict.fromkeys(("vrijgesteld", "overbewoning_apart", "herhuisvesting"), False),
    }


@cache
def law(on: date) -> dict[str, Any]:
    """The grounds in law and the appeal, of a day."""
    appeal = beroepsmogelijkheid(on)
    where = {"termijn_dagen": appeal.termijn_dagen, "instantie": appeal.instantie, "adres": list(appeal.adres)}
    return {"rechtsgronden": list(rechtsgronden(["OG"], on)), "beroep": where}


def house(name: str) -> dict[str, Any]:
    """Plain paper with the name of the organisation."""
    lines = {"organisatie": name, "afzender": name, "kleur_hoofd": "#1f3a5f", "kleur_accent": "#f2b705"}
    return {**lines, "adres": [], "telefoon": "", "email": "", "website": "", "logo": None, "ondertekenaars": []}


def day(value: date) -> dict[str, str]:
    """A date in a print order."""
    return {"$datum": value.isoformat()}


def job(who: Who, asked: Asked, document_id: UUID) -> dict[str, Any]:
    """The arguments of the job that prints a document."""
    actor = {**who._asdict(), "igs": None, "gast": False, "vervangt": [], "verzoek_id": asked.verzoek}
    return {"job": "kernel.documentRenderen", "actor": actor, "arguments": {"document_id": document_id}}


def uitvoering(who: Who, case: Case, asked: Asked, count: int) -> dict[str, Any]:
    """The line on the timeline, but for its key."""
    made, about = ("beslissing", "entiteit") if count == 1 else ("beslissingen", "entiteiten")
    return {
        "handeling": ACTION,
        "titel": TITLE,
        "subject_id": case.id,
        "dossier_id": case.id,
        "gebruiker_id": who.gebruiker_id,
        "gebruiker": who.naam,
        "tijdstip": asked.now,
        "samenvatting": f"{count} {made} voor {count} {about}",
        "bevestigd": [],
        "domein": who.domein,
        "gebied": who.gebied,
    }


def antwoord(who: Who, case: Case, asked: Asked, count: int) -> dict[str, Any]:
    """The first answer to the idempotency key."""
    told = f"{count} {'beslissing' if count == 1 else 'beslissingen'} gemaakt."
    said = {"toon": ["Dossier", case.id], "bericht": told, "conflict": None, "meldingen": [], "uitgevoerd": True}
    own = {"gebruiker_id": who.gebruiker_id, "domein": who.domein, "sleutel": asked.sleutel}
    return {**own, "verzoek_hash": asked.hash, "antwoord": said, "tijdstip": asked.now}


def audit(who: Who, case: Case, asked: Asked) -> Sequence[dict[str, Any]]:
    """The lines of the audit trail, but for their keys: the change, and that the dossier was shown after it."""
    line = {
        "tijdstip": asked.now,
        "domein": who.domein,
        "gebruiker_id": who.gebruiker_id,
        "gebruiker": who.naam,
        "organisatie": who.organisatie_naam,
        "rollen": who.rollen,
        "wat": f"handeling:{ACTION}",
        "subject_type": "Dossier",
        "subject_id": case.id,
        "verzoek_id": asked.verzoek,
    }
    changed = {"soort": "wijziging", "getoond": [case.id, case.onderwerp_id], "gegevens": {"titel": TITLE}}
    changed["gegevens"]["bevestigd"] = []  # type: ignore[index]
    shown = {"soort": "openen", "getoond": [case.id], "gegevens": {"aantal": {"dossier": 1}}}
    return {**line, **changed}, {**line, **shown}
