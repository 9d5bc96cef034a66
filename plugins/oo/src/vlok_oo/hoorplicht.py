"""The hoorplicht: who is concerned may react before the burgemeester decides (infosessie VLOK 11/03/2020)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from vlok.api.actions import Done
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import open_task
from vlok.api.wizard import Answers, Choices, Form, Step, vraag
from vlok.api.work import Work
from vlok_oo.feiten import OoFeiten
from vlok_oo.handeling import DossierHandeling, aantal, dag, in_waarschuwing, keuzes, zet_statussen
from vlok_oo.parameters import HOORPLICHT_TERMIJN
from vlok_oo.procedure import VOOR_BESLISSING, DpStatus
from vlok_oo.tables import OoHoorplicht
from vlok_oo.tasks import TERMIJN_REACTIES
from vlok_register.api.tables import Entiteit


class OoHoorplichtTermijn(Form):
    """Which entiteiten, and until when one may react."""

    entiteiten: list[str] = vraag("Entiteiten", [], verplicht=True, keuze=True)
    tot: date | None = vraag("Reageren kan tot en met", verplicht=True)


HOORPLICHT = Step("hoorplicht", "Hoorplicht", OoHoorplichtTermijn)


def te_horen(facts: OoFeiten) -> Sequence[Entiteit]:
    """The entiteiten of the procedure about which nothing was decided."""
    return [e for e in facts.entiteiten.values() if facts.status(e.id) in VOOR_BESLISSING]


class HoorplichtStarten(DossierHandeling):
    """Hoorplicht starten."""

    key = "oo.hoorplichtStarten"
    title = "Hoorplicht starten"
    description = "De betrokkenen kunnen tot de gekozen dag reageren."
    button = "Starten"
    shown_to_both = True
    steps: ClassVar[tuple[Step[Any], ...]] = (HOORPLICHT,)

    def belet(self, facts: OoFeiten) -> str | None:
        if reason := in_waarschuwing(facts):
            return reason
        return None if te_horen(facts) else "Er zijn geen entiteiten waarvoor de hoorplicht kan starten."

    def choices(self, facts: OoFeiten, answers: Answers) -> Choices:
        return {"hoorplicht.entiteiten": keuzes(te_horen(facts), facts)}

    def defaults(self, facts: OoFeiten, answers: Answers) -> Mapping[str, Any]:
        days = facts.parameters[HOORPLICHT_TERMIJN]
        return {"hoorplicht": {"tot": facts.vandaag + timedelta(days=days)}}

    def check(self, facts: OoFeiten, answers: Answers) -> Iterable[Melding]:
        tot = answers[HOORPLICHT].tot
        if tot is not None and tot < answers.today:
            yield Melding("Deze datum mag niet in het verleden liggen.", code="DATUM", stap=HOORPLICHT.key, veld="tot")

    async def apply(self, work: Work, subject: Dossier, facts: OoFeiten, answers: Answers) -> Done:
        tot = answers[HOORPLICHT].tot
        assert tot is not None
        chosen = set(answers[HOORPLICHT].entiteiten)
        entiteiten = [entiteit for entiteit in te_horen(facts) if entiteit.referte in chosen]
        work.session.add(
            OoHoorplicht(
                dossier_id=subject.id,
                gestart_op=work.today,
                tot=tot,
                entiteit_ids=[entiteit.id for entiteit in entiteiten],
                domein=subject.domein,
                gebied=subject.gebied,
            )
        )
        facts.procedure.hoorplicht_tot = max(tot, facts.procedure.hoorplicht_tot or tot)
        moved = [facts.deelprocedures[entiteit.id].id for entiteit in entiteiten]
        await zet_statussen(work, dict.fromkeys(moved, DpStatus.HOORPLICHT_GESTART))
        await open_task(work, TERMIJN_REACTIES, subject, deadline=tot)
        som = aantal(len(entiteiten), "entiteit", "entiteiten")
        return Done(f"De hoorplicht loopt tot {dag(tot)} voor {som}.", samenvatting=f"{som}, tot {dag(tot)}")
