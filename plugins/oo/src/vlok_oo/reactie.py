"""Registering a reaction in the hoorplicht, in four steps (infosessie VLOK 11/03/2020, "Reactie hoorplicht")."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar
from uuid import uuid4

from vlok.api.actions import Done
from vlok.api.paper import Attachment, attach_documents
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.wizard import Answers, BestandId, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_oo.feiten import OoFeiten
from vlok_oo.handeling import DossierHandeling, keuzes, niet_in_de_toekomst
from vlok_oo.start import rolnaam, volledige_naam
from vlok_oo.tables import OoReactie
from vlok_register.api.tables import Entiteit

PV_HOORZITTING = "DT951"
"""A provisional number (``data/documenttypes.toml``)."""


class OoWijze(StrEnum):
    """How one reacted."""

    MONDELING = "mondeling"
    SCHRIFTELIJK = "schriftelijk"

    @property
    def label(self) -> str:
        """The word with a capital."""
        return self.value.capitalize()


class OoReactieEntiteiten(Form):
    """About which entiteiten the reaction is."""

    entiteiten: list[str] = vraag("Entiteiten", [], verplicht=True, keuze=True)


class OoReactieGegevens(Form):
    """When, how and what."""

    datum: date | None = vraag("Datum reactie", verplicht=True)
    wijze: OoWijze | None = vraag("Wijze", verplicht=True)
    inhoud: str = vraag("Inhoud", "", lang=True, hulp="Komt in het besluit van de burgemeester.")


class OoReactieBetrokkenen(Form):
    """Who reacted."""

    betrokkenen: list[str] = vraag("Betrokkenen", [], keuze=True)


class OoReactieVerslag(Form):
    """The record of the hearing."""

    bestand: BestandId | None = vraag("Proces-verbaal van de hoorzitting", bestand=True)


ENTITEITEN = Step("entiteiten", "Entiteiten", OoReactieEntiteiten)
REACTIE = Step("reactie", "Reactie", OoReactieGegevens)
BETROKKENEN = Step("betrokkenen", "Betrokkenen", OoReactieBetrokkenen)
VERSLAG = Step("verslag", "Verslag", OoReactieVerslag)


def gehoord(facts: OoFeiten) -> Sequence[Entiteit]:
    """The entiteiten for which the hoorplicht was started."""
    heard = {key for hoorplicht in facts.hoorplichten for key in hoorplicht.entiteit_ids}
    return [entiteit for entiteit in facts.entiteiten.values() if entiteit.id in heard]


class ReactieRegistreren(DossierHandeling):
    """Reactie hoorplicht registreren."""

    key = "oo.reactieRegistreren"
    title = "Reactie hoorplicht registreren"
    description = "Leg vast wie wanneer reageerde, en laad het proces-verbaal van de hoorzitting op."
    button = "Registreren"
    shown_to_both = True
    steps: ClassVar[tuple[Step[Any], ...]] = (ENTITEITEN, REACTIE, BETROKKENEN, VERSLAG)

    def belet(self, facts: OoFeiten) -> str | None:
        return None if facts.hoorplichten else "De hoorplicht is nog niet gestart."

    def choices(self, facts: OoFeiten, answers: Answers) -> Choices:
        people = [Keuze(b.referte, volledige_naam(b), (("Rol", rolnaam(b)),)) for b in facts.betrokkenen]
        return {"entiteiten.entiteiten": keuzes(gehoord(facts), facts), "betrokkenen.betrokkenen": people}

    def check(self, facts: OoFeiten, answers: Answers) -> Iterable[Melding]:
        yield from niet_in_de_toekomst(answers[REACTIE].datum, answers.today, REACTIE.key)

    async def apply(self, work: Work, subject: Dossier, facts: OoFeiten, answers: Answers) -> Done:
        about, people = set(answers[ENTITEITEN].entiteiten), set(answers[BETROKKENEN].betrokkenen)
        gegeven = answers[REACTIE]
        reactie = OoReactie(
            id=uuid4(),
            referte=await work.number(OoReactie.referte_prefix),
            dossier_id=subject.id,
            datum=gegeven.datum,
            wijze=gegeven.wijze,
            inhoud=gegeven.inhoud,
            entiteit_ids=[entiteit.id for entiteit in gehoord(facts) if entiteit.referte in about],
            betrokkene_ids=[betrokkene.id for betrokkene in facts.betrokkenen if betrokkene.referte in people],
            domein=subject.domein,
            gebied=subject.gebied,
        )
        work.session.add(reactie)
        if (bestand := answers[VERSLAG].bestand) is not None:
            titel = "Proces-verbaal van de hoorzitting"
            verslag = Attachment(PV_HOORZITTING, titel, bestand, subject.onderwerp_id, reactie.id)
            await attach_documents(work, subject, [verslag])
        return Done(f"Reactie {reactie.referte} is geregistreerd.", samenvatting=reactie.referte)
