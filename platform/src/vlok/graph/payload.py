"""The types of the action mechanism: menu, wizard descriptor, outcome of a mutation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON

from vlok.api.rules import Melding as RuleMelding
from vlok.api.wizard import Item, Keuze
from vlok.graph.build import Node
from vlok.graph.names import global_id
from vlok.procedures.descriptor import Descriptor
from vlok.procedures.descriptor import Stap as StapData
from vlok.procedures.descriptor import Veld as VeldData
from vlok.procedures.execute import Outcome


@strawberry.type(description="Een zin aan de gebruiker, en bij welke vraag ze hoort.")
class Melding:
    """A melding as clients read it."""

    nummer: int | None = strawberry.field(description="Nummer van de regel in de handleiding")
    code: str
    tekst: str
    ernst: str = strawberry.field(description="FOUT, WAARSCHUWING of INFO")
    stap: str | None
    veld: str | None
    entiteit: str | None = strawberry.field(description="Referte van de entiteit waarover het gaat")


@strawberry.type(description="Iemand anders wijzigde intussen: beide waarden blijven bewaard.")
class Conflict:
    """Both values of a concurrent edit."""

    uw_versie: int | None
    huidige_versie: int
    gewijzigd_door: str | None
    gewijzigd_op: datetime | None
    uw_invoer: JSON | None
    huidig: JSON | None


@strawberry.type(description="Het antwoord op een handeling.")
class HandelingResultaat:
    """The payload of every mutation."""

    uitgevoerd: bool
    meldingen: list[Melding]
    bevestiging_nodig: bool
    subject: Node | None
    conflict: Conflict | None
    bericht: str | None


@strawberry.type(description="Iets wat de gebruiker met dit onderwerp kan doen.")
class Handeling:
    """An entry of the action menu."""

    sleutel: str
    titel: str
    omschrijving: str | None
    groep: str | None
    beschikbaar: bool
    reden: str | None = strawberry.field(description="Waarom het nu niet kan")
    gevaarlijk: bool


@strawberry.type
class Detail:
    """What a user must know beside a choice or an item."""

    label: str
    waarde: str


@strawberry.type
class Optie:
    """A value that can be chosen."""

    waarde: str
    label: str
    details: list[Detail]


@strawberry.type
class ToonAls:
    """Show a question only while its sibling has one of these values."""

    veld: str
    waarden: list[str]


@strawberry.type
class Veld:
    """A question."""

    naam: str
    label: str
    soort: str = strawberry.field(description="TEKST TEKSTVAK GETAL BEDRAG DATUM VINKJE KEUZE MEERKEUZE BESTAND")
    verplicht: bool
    hulp: str | None
    opties: list[Optie]
    toon_als: ToonAls | None
    minimum: int | None
    maximum: int | None


@strawberry.type
class StapItem:
    """One thing a repeated step is filled in for."""

    sleutel: str
    titel: str
    details: list[Detail]


@strawberry.type
class Stap:
    """A page of a wizard."""

    sleutel: str
    titel: str
    uitleg: str | None
    velden: list[Veld]
    lijst: str | None = strawberry.field(description="Naam van de lijst als de stap per item herhaald wordt")
    item_sleutel: str | None
    items: list[StapItem]


@strawberry.type(description="Een wizard voor een onderwerp, gegeven de antwoorden tot nu.")
class Formulier:
    """The wizard descriptor."""

    handeling: str
    titel: str
    uitleg: str | None
    knop: str
    subject_id: strawberry.ID
    subject_referte: str
    subject_titel: str
    versie: int
    stappen: list[Stap]
    waarden: JSON
    zicht_nadien: list[str] = strawberry.field(
        description="Wie het ziet na de uitvoering, per organisatie; leeg als de handeling niets deelt"
    )


def melding(given: RuleMelding) -> Melding:
    """A melding of the rules as clients read it."""
    return Melding(
        nummer=given.nummer,
        code=given.code,
        tekst=given.tekst,
        ernst=given.ernst.value,
        stap=given.stap,
        veld=given.veld,
        entiteit=given.entiteit,
    )


def conflict(outcome: Outcome) -> Conflict | None:
    """The conflict of an outcome, if there is one."""
    if outcome.conflict is None:
        return None
    moment = outcome.conflict["gewijzigd_op"]
    return Conflict(**{**outcome.conflict, "gewijzigd_op": datetime.fromisoformat(moment) if moment else None})


def _details(pairs: tuple[tuple[str, str], ...]) -> list[Detail]:
    return [Detail(label=label, waarde=waarde) for label, waarde in pairs]


def _optie(keuze: Keuze) -> Optie:
    return Optie(waarde=keuze.waarde, label=keuze.label, details=_details(keuze.details))


def _veld(veld: VeldData) -> Veld:
    return Veld(
        naam=veld.naam,
        label=veld.label,
        soort=veld.soort,
        verplicht=veld.verplicht,
        hulp=veld.hulp,
        opties=[_optie(keuze) for keuze in veld.opties],
        toon_als=ToonAls(veld=veld.toon_als[0], waarden=list(veld.toon_als[1])) if veld.toon_als else None,
        minimum=veld.minimum,
        maximum=veld.maximum,
    )


def _item(item: Item) -> StapItem:
    return StapItem(sleutel=item.sleutel, titel=item.titel, details=_details(item.details))


def _stap(stap: StapData) -> Stap:
    return Stap(
        sleutel=stap.sleutel,
        titel=stap.titel,
        uitleg=stap.uitleg,
        velden=[_veld(veld) for veld in stap.velden],
        lijst=stap.lijst,
        item_sleutel=stap.item_sleutel,
        items=[_item(item) for item in stap.items],
    )


def formulier(given: Descriptor, type_name: str, subject: Any, versie: int, about: str) -> Formulier:
    """A descriptor for one subject as clients read it; ``about`` is the subject in words."""
    return Formulier(
        handeling=given.action.key,
        titel=given.action.title,
        uitleg=given.action.description or None,
        knop=given.action.button,
        subject_id=strawberry.ID(global_id(type_name, subject.id)),
        subject_referte=getattr(subject, "referte", ""),
        subject_titel=about,
        versie=versie,
        stappen=[_stap(stap) for stap in given.stappen],
        waarden=given.waarden,  # type: ignore[arg-type]
        zicht_nadien=list(given.zicht_nadien),
    )
