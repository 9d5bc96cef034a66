"""Linking an examination that was signed before the procedure began.

Source: handleiding VLOK, "Hoe (ont)koppel ik een bestaand onderzoek in een procedure?": only signed examinations of the
own organisation that are not too old, with the choice to bring their entiteiten into the procedure.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from vlok.api.actions import Done
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks
from vlok.api.wizard import Answers, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_oo.feiten import OoFeiten
from vlok_oo.handeling import DossierHandeling, dag
from vlok_oo.procedure import DpStatus
from vlok_oo.tables import OoBevinding
from vlok_oo.tasks import VERWERK_VERZOEK
from vlok_oo.termijnen import Termijnsoort, termijn
from vlok_register.api.register import start_deelprocedures


class OoBestaandOnderzoek(Form):
    """Which examinations, and whether their entiteiten come along."""

    onderzoeken: list[str] = vraag("Onderzoeken", [], verplicht=True, keuze=True)
    koppel_entiteiten: bool = vraag("Koppel ook de entiteiten van het onderzoek", True)


ONDERZOEK = Step("onderzoek", "Onderzoek", OoBestaandOnderzoek)


def koppelbaar(facts: OoFeiten) -> Sequence[OoBevinding]:
    """The findings of the gemeente that belong to no procedure and are young enough."""
    term = termijn(Termijnsoort.KOPPELBAAR_ONDERZOEK, facts.vandaag)
    return [
        bevinding
        for bevinding in facts.losse_bevindingen
        if bevinding.domein == facts.dossier.domein and term.einde(bevinding.datum) > facts.vandaag
    ]


class OnderzoekKoppelen(DossierHandeling):
    """Bestaand onderzoek koppelen."""

    key = "oo.onderzoekKoppelen"
    title = "Bestaand onderzoek koppelen"
    description = "Gebruik een eerder ondertekend onderzoek van de gemeente in deze procedure."
    button = "Koppelen"
    shown_to_both = True
    steps: ClassVar[tuple[Step[Any], ...]] = (ONDERZOEK,)

    def belet(self, facts: OoFeiten) -> str | None:
        return None if koppelbaar(facts) else "Er is geen eerder onderzoek van de gemeente om te koppelen."

    def choices(self, facts: OoFeiten, answers: Answers) -> Choices:
        found = {b.onderzoek_referte: b.datum for b in koppelbaar(facts)}
        return {"onderzoek.onderzoeken": [Keuze(ref, f"{ref} van {dag(datum)}") for ref, datum in found.items()]}

    async def apply(self, work: Work, subject: Dossier, facts: OoFeiten, answers: Answers) -> Done:
        chosen = [b for b in koppelbaar(facts) if b.onderzoek_referte in answers[ONDERZOEK].onderzoeken]
        for bevinding in chosen:
            bevinding.dossier_id = subject.id
        if answers[ONDERZOEK].koppel_entiteiten:
            entiteiten = [facts.entiteiten[key] for key in {b.entiteit_id for b in chosen}]
            await start_deelprocedures(work, subject, entiteiten, DpStatus.GESTART)
        await close_tasks(work, subject.id, [VERWERK_VERZOEK])
        refertes = ", ".join(dict.fromkeys(b.onderzoek_referte for b in chosen))
        return Done(f"Gekoppeld: {refertes}.", samenvatting=refertes)
