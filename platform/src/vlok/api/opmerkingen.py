"""Writing a remark: on a dossier, on one of its documents, or on anything that is an onderwerp (a pand).

The author chooses who reads it: the own organisation, or both sides (Afsprakenkader VLOK). A plugin makes the action
for a table of its own by subclassing ``Schrijven``.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_

from vlok.api.actions import Action, Done
from vlok.api.graph import Many, many
from vlok.api.orm import Base
from vlok.api.rules import Melding
from vlok.api.tables import Opmerking
from vlok.api.wizard import Answers, Form, Step, vraag
from vlok.api.work import Work

S = TypeVar("S", bound=Base)

LANGSTE = 4000
"""Characters of a remark: more belongs in a document."""


class OpmerkingLezers(StrEnum):
    """Who reads a remark."""

    EIGEN = "EIGEN"
    BEIDE = "BEIDE"

    @property
    def label(self) -> str:
        """As users read it."""
        return {"EIGEN": "Eigen organisatie", "BEIDE": "Beide"}[self.value]


class OpmerkingTekst(Form):
    """Een opmerking, en wie ze leest."""

    tekst: str = vraag("Opmerking", "", verplicht=True, lang=True)
    zichtbaarheid: OpmerkingLezers = vraag(
        "Wie leest dit?",
        OpmerkingLezers.EIGEN,
        verplicht=True,
        hulp="Beide: ook de andere organisatie. U kan dat enkel terugdraaien zolang die de opmerking niet las.",
    )


OPMERKING = Step("opmerking", "Opmerking", OpmerkingTekst)


@dataclass(frozen=True)
class Plaats:
    """What a remark is on."""

    onderwerp_id: UUID
    dossier_id: UUID | None = None
    document_id: UUID | None = None
    deelbaar: bool = True
    """Whether the other side can see what it is on: a remark never tells of what its reader may not know."""


class Schrijven(Action[S, Plaats]):
    """Write a remark. It changes nothing of what it is on."""

    title = "Opmerking schrijven"
    description = "Kies zelf wie de opmerking leest: enkel uw organisatie, of ook de andere."
    group = "Opmerkingen"
    button = "Bewaren"
    changes_dossier = False
    steps: ClassVar[tuple[Step[Any], ...]] = (OPMERKING,)

    @abstractmethod
    def plaats(self, subject: S) -> Plaats:
        """Where the remark stands when it is written on this subject."""

    async def load(self, work: Work, subject: S) -> Plaats:
        return self.plaats(subject)

    def check(self, facts: Plaats, answers: Answers) -> Iterable[Melding]:
        given = answers[OPMERKING]
        if len(given.tekst) > LANGSTE:
            tekst = f"Een opmerking telt hoogstens {LANGSTE} tekens; deze telt er {len(given.tekst)}."
            yield Melding(tekst, code="ONGELDIG", stap=OPMERKING.key, veld="tekst")
        if given.zichtbaarheid is OpmerkingLezers.BEIDE and not facts.deelbaar:
            tekst = "De andere organisatie ziet dit document niet: schrijf de opmerking voor de eigen organisatie."
            yield Melding(tekst, code="ONGELDIGE_KEUZE", stap=OPMERKING.key, veld="zichtbaarheid")

    async def apply(self, work: Work, subject: S, facts: Plaats, answers: Answers) -> Done:
        given = answers[OPMERKING]
        work.session.add(
            Opmerking(
                tekst=given.tekst,
                auteur_id=work.actor.gebruiker_id,
                auteur=work.actor.naam,
                geschreven_op=work.now,
                gedeeld_op=work.now if given.zichtbaarheid is OpmerkingLezers.BEIDE else None,
                domein=work.actor.domein,
                **_waar(subject, facts),
            )
        )
        return Done("De opmerking is bewaard.")


def _waar(subject: Any, plaats: Plaats) -> Mapping[str, Any]:
    return {
        "gebied": subject.gebied,
        "onderwerp_id": plaats.onderwerp_id,
        "dossier_id": plaats.dossier_id,
        "document_id": plaats.document_id,
    }


def op_onderwerp(onderwerp: Any, opmerking: Any) -> ColumnElement[bool]:
    """The remarks on an onderwerp itself, not on its dossiers."""
    return and_(opmerking.onderwerp_id == onderwerp.id, opmerking.dossier_id.is_(None), opmerking.document_id.is_(None))


def opmerkingen_van(on: Any, waarop: str) -> Many:
    """The field ``opmerkingen`` of a type, the youngest first."""
    found = many("Opmerking", on, lambda o: (o.geschreven_op.desc(), o.id), f"Opmerkingen {waarop}, de jongste eerst")
    assert isinstance(found, Many)
    return found
