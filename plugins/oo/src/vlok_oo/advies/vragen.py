"""The gemeente asks for advice, in three steps (infosessie VLOK 11/03/2020, "Advies vragen aan Wonen")."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from vlok.api.actions import Done
from vlok.api.paper import Attachment, attach_documents
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks, open_task
from vlok.api.wizard import Answers, BestandId, Choices, Form, Step, vraag
from vlok.api.work import Work
from vlok_oo.feiten import OoFeiten
from vlok_oo.handeling import (
    DossierHandeling,
    aantal,
    in_waarschuwing,
    keuzes,
    niet_in_de_toekomst,
    zet_statussen,
)
from vlok_oo.procedure import DpStatus
from vlok_oo.tables import OoAdviesvraag
from vlok_oo.tasks import VERWERK_ADVIESVRAAG, VERWERK_VERZOEK
from vlok_register.api.register import start_deelprocedures
from vlok_register.api.tables import Entiteit

GEEN_WONING = "NWF"


class OoTypeWoning(StrEnum):
    """What kind of dwelling the advice is asked about."""

    ZELFSTANDIG = "ZW"
    KAMER = "NZW"

    @property
    def label(self) -> str:
        """The type in words."""
        return "Zelfstandige woning" if self is OoTypeWoning.ZELFSTANDIG else "Niet-zelfstandige woning (kamer)"


class OoAdviesvraagDatum(Form):
    """When the advice was asked."""

    datum: date | None = vraag("Datum adviesvraag", verplicht=True)


class OoAdviesvraagEntiteiten(Form):
    """About which dwellings."""

    type_woning: OoTypeWoning | None = vraag("Type woning", verplicht=True)
    entiteiten: list[str] = vraag("Entiteiten", [], verplicht=True, keuze=True)


class OoAdviesvraagBijlage(Form):
    """The letter to Wonen in Vlaanderen, if there is one."""

    bestand: BestandId | None = vraag("Adviesvraag (DT016)", bestand=True)


DATUM = Step("datum", "Datum adviesvraag", OoAdviesvraagDatum)
ENTITEITEN = Step("entiteiten", "Entiteiten", OoAdviesvraagEntiteiten)
BIJLAGE = Step("bijlage", "Bijlage", OoAdviesvraagBijlage)


VRAAGBAAR = frozenset({None, DpStatus.GESTART, DpStatus.HOORPLICHT_GESTART})
"""Where an entiteit may stand for advice to be asked; ``None``: not in the procedure yet."""


def te_adviseren(facts: OoFeiten) -> Sequence[Entiteit]:
    """The dwellings of the pand about which no advice was asked and nothing was decided."""
    return [
        entiteit
        for entiteit in facts.entiteiten.values()
        if entiteit.soort != GEEN_WONING
        and facts.adviesvraag(entiteit.id) is None
        and facts.status(entiteit.id) in VRAAGBAAR
    ]


class AdviesVragen(DossierHandeling):
    """Advies vragen aan Wonen in Vlaanderen."""

    key = "oo.adviesVragen"
    title = "Advies vragen aan Wonen in Vlaanderen"
    description = "De gekozen entiteiten komen op de werklijst van Wonen in Vlaanderen."
    button = "Advies vragen"
    shown_to_both = True
    steps: ClassVar[tuple[Step[Any], ...]] = (DATUM, ENTITEITEN, BIJLAGE)

    def belet(self, facts: OoFeiten) -> str | None:
        if reason := in_waarschuwing(facts):
            return reason
        return None if te_adviseren(facts) else "Er zijn geen entiteiten waarvoor nog advies kan worden gevraagd."

    def choices(self, facts: OoFeiten, answers: Answers) -> Choices:
        return {"entiteiten.entiteiten": keuzes(te_adviseren(facts), facts)}

    def check(self, facts: OoFeiten, answers: Answers) -> Iterable[Melding]:
        datum = answers[DATUM].datum
        yield from niet_in_de_toekomst(datum, answers.today, DATUM.key)
        if datum is not None and datum < facts.procedure.datum_verzoek:
            tekst = "De datum van de adviesvraag kan niet voor de datum van het verzoek liggen."
            yield Melding(tekst, code="DATUM", stap=DATUM.key, veld="datum")
        wanted = answers[ENTITEITEN].type_woning
        for referte in answers[ENTITEITEN].entiteiten:
            entiteit = facts.op_referte.get(referte)
            if wanted is not None and entiteit is not None and entiteit.soort != wanted:
                tekst = f"Entiteit {referte}: Deze entiteit is van een ander type."
                yield Melding(tekst, code="OO-TYPE", stap=ENTITEITEN.key, veld="entiteiten", entiteit=referte)

    async def apply(self, work: Work, subject: Dossier, facts: OoFeiten, answers: Answers) -> Done:
        gevraagd = answers[ENTITEITEN]
        entiteiten = [facts.op_referte[referte] for referte in dict.fromkeys(gevraagd.entiteiten)]
        adviesvraag = OoAdviesvraag(
            referte=await work.number(OoAdviesvraag.referte_prefix),
            dossier_id=subject.id,
            datum=answers[DATUM].datum,
            type_woning=gevraagd.type_woning,
            entiteit_ids=[entiteit.id for entiteit in entiteiten],
            domein=subject.domein,
            gebied=subject.gebied,
        )
        work.session.add(adviesvraag)
        facts.procedure.datum_adviesvraag = adviesvraag.datum
        deelprocedures = await start_deelprocedures(work, subject, entiteiten, DpStatus.ADVIES_GEVRAAGD)
        await work.session.flush()
        await zet_statussen(work, {dp.id: DpStatus.ADVIES_GEVRAAGD for dp in deelprocedures})
        if (bestand := answers[BIJLAGE].bestand) is not None:
            await attach_documents(work, subject, [Attachment("DT016", "Adviesvraag", bestand, subject.onderwerp_id)])
        await close_tasks(work, subject.id, [VERWERK_VERZOEK])
        await open_task(work, VERWERK_ADVIESVRAAG, subject)
        som = aantal(len(entiteiten), "entiteit", "entiteiten")
        return Done(f"Het advies is gevraagd voor {som}.", samenvatting=f"{adviesvraag.referte}: {som}")
