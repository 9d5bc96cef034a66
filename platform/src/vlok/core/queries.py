"""The kernel's queries: who am I, my worklist, one dossier, the document types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, and_, func, or_, select, true

from vlok.api.actor import Actor
from vlok.api.clock import belgian_day
from vlok.api.graph import Arg, Computed, RootList, RootOne
from vlok.api.tables import Onderwerp
from vlok.api.wizard import Form, vraag
from vlok.core.uitleg import Uitleg, waarom
from vlok.graph.names import global_id
from vlok.identity.actors import Actors
from vlok.identity.roles import rollen


class WerklijstFilter(Form):
    """Beperkt de werklijst."""

    zoek: str | None = vraag("Zoek in adres of referte")
    nummer: int | None = vraag("Taaknummer")
    enkel_mijn: bool = vraag("Enkel aan mij toegewezen", False)
    enkel_te_laat: bool = vraag("Enkel te laat", False)


def worklist(actor: Actor, taak: Any, args: Mapping[str, Any]) -> ColumnElement[bool]:
    """The open tasks that the filter leaves; whose they are is the policy's business."""
    wanted: WerklijstFilter = args["filter"]
    return and_(
        taak.gesloten_op.is_(None),
        taak.nummer == wanted.nummer if wanted.nummer is not None else true(),
        or_(*(taak.gebruiker_id == id_ for id_ in actor.persoon_ids)) if wanted.enkel_mijn else true(),
        taak.sorteerdatum < func.current_date() if wanted.enkel_te_laat else true(),
        _about(taak, wanted.zoek) if wanted.zoek else true(),
    )


def _about(taak: Any, words: str) -> ColumnElement[bool]:
    """Looked up for each task in turn: the tasks of a worklist are fewer than what there is to do something about."""
    named = select(Onderwerp.titel + " " + Onderwerp.referte).where(Onderwerp.id == taak.onderwerp_id)
    about: ColumnElement[bool] = named.correlate_except(Onderwerp).scalar_subquery().icontains(words, autoescape=True)
    return about


@strawberry.type(description="Een rol van de gebruiker.")
class Rol:
    """A role and its Dutch name."""

    code: str
    naam: str


@strawberry.type(description="Een organisatie waarvoor de gebruiker kan optreden.")
class OrganisatieKeuze:
    """An organisation to switch to."""

    code: str
    naam: str
    rollen: list[Rol]
    actief: bool


@strawberry.type(description="De organisatie waarvoor de gebruiker optreedt.")
class EigenOrganisatie:
    """The acting organisation."""

    code: str
    naam: str
    soort: str
    globale_id: strawberry.ID = strawberry.field(
        description="Om te vragen wat de gebruiker voor de organisatie kan doen"
    )


@strawberry.type(description="De aangemelde gebruiker.")
class Ik:
    """The signed-in person, acting for one organisation."""

    id: strawberry.ID
    naam: str
    organisatie: EigenOrganisatie
    rollen: list[Rol]
    vervangt: list[str] = strawberry.field(description="Wie de gebruiker vandaag in deze organisatie vervangt")
    namens: str | None = strawberry.field(
        description="De intergemeentelijke samenwerking waarvoor de gebruiker hier optreedt"
    )
    organisaties: list[OrganisatieKeuze]
    schermen: list[str] = strawberry.field(description="Schermen die deze rollen openen")


def _roles(kernel: Any, codes: Any) -> list[Rol]:
    """With their names; a guest of a compartment has roles that exist nowhere else."""
    guests = kernel.compartment.rollen if kernel.compartment else {}
    return [Rol(code=code, naam=guests.get(code) or rollen()[code].naam) for code in sorted(codes)]


async def ik(info: strawberry.Info[Any, Any]) -> Ik:
    """Who is signed in, for which organisation, with which roles and screens."""
    context = info.context
    actor = context.actor
    kernel = context.kernel
    actors = Actors(kernel.settings, kernel.people, kernel.clock)
    async with context.alone():
        choices = await actors.organisaties(actor.gebruiker_id, belgian_day(kernel.clock.now()))
    return Ik(
        id=strawberry.ID(str(actor.gebruiker_id)),
        naam=actor.naam,
        organisatie=EigenOrganisatie(
            code=actor.organisatie_code,
            naam=actor.organisatie_naam,
            soort=actor.soort.value,
            globale_id=strawberry.ID(global_id("Organisatie", actor.organisatie_id)),
        ),
        rollen=_roles(kernel, actor.rollen),
        vervangt=[afwezige.naam for afwezige in actor.vervangt],
        namens=actor.igs,
        organisaties=[
            OrganisatieKeuze(
                code=one.code,
                naam=one.naam,
                rollen=_roles(kernel, one.rollen),
                actief=one.code == actor.organisatie_code,
            )
            for one in choices
        ],
        schermen=_screens(kernel, actor),
    )


def _screens(kernel: Any, actor: Actor) -> list[str]:
    """The lists of the main menu that the actor's roles open."""
    menu = [f for f in kernel.contributions.root_fields.values() if isinstance(f, RootList) and f.menu]
    return [f.name for f in menu if kernel.policy.allows(actor, f.object or kernel.types[f.to].key, "lezen")]


@strawberry.type(description="Een documenttype zoals het vandaag geldt.")
class Documenttype:
    """A document type."""

    nummer: str
    naam: str
    ondertekenaars: list[str] = strawberry.field(description="Wie ondertekent, in volgorde")
    aanmaak: list[str] = strawberry.field(description="A: door VLOK gemaakt, M: uit een sjabloon, U: opgeladen")


async def documenttypes(info: strawberry.Info[Any, Any]) -> list[Documenttype]:
    """The document types of today by number, for whoever is signed in."""
    _ = info.context.actor  # refuses whoever is not
    kernel = info.context.kernel
    today = belgian_day(kernel.clock.now())
    return [
        Documenttype(nummer=t.nummer, naam=t.naam, ondertekenaars=list(t.ondertekenaars), aanmaak=sorted(t.aanmaak))
        for t in kernel.contributions.document_types
        if t.geldt_op(today)
    ]


ROOT_FIELDS = (
    Computed("kernel.ik", "De aangemelde gebruiker en de organisatie waarvoor die optreedt", Ik, ik, {}),
    Computed("kernel.documenttypes", "De documenttypes van vandaag", list[Documenttype], documenttypes, {}),
    Computed(
        "kernel.waarom",
        "Waarom de gebruiker iets ziet of kan, of niet. Wat er niet is en wat niet gezien mag worden zijn één antwoord",
        Uitleg,
        waarom,
        {
            "subject": Arg(strawberry.ID, ..., "Globale sleutel of referte van het onderwerp"),
            "handeling": Arg(str | None, None, "Sleutel van een handeling; leeg: waarom is dit te zien"),
        },
    ),
    RootOne("kernel.dossier", "Een dossier volgens zijn referte", to="Dossier"),
    RootList(
        "kernel.werklijst",
        "De open taken voor de rollen van de gebruiker, de dringendste eerst",
        to="Taak",
        order=lambda taak: (taak.sorteerdatum, taak.id),
        where=worklist,
        args={"filter": Arg(WerklijstFilter, None, "Beperk de lijst")},
        object="kernel.werklijst",
        menu=True,
    ),
)
