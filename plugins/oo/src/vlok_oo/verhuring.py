"""The gemeente reports to the Wooninspectie that a dwelling is lived in or let again after a decision.

Source: infosessie VLOK 11/03/2020. One way: the gemeente keeps and sees its own report, and nothing of what follows.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from vlok.api.actions import Done
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.wizard import Answers, Form, Step, vraag
from vlok.api.work import Work
from vlok_oo.feiten import OoFeiten
from vlok_oo.handeling import DossierHandeling, niet_in_de_toekomst
from vlok_oo.procedure import SOORT
from vlok_oo.tables import OoVerhuurmelding
from vlok_oo.voorstel import ONGESCHIKT, Beslissingsstatus
from vlok_register.api.facts import VerhuringGemeld

VERSTUURD = (Beslissingsstatus.VERSTUURD, Beslissingsstatus.GELDIG)


class OoVerhuurvorm(StrEnum):
    """What the gemeente saw."""

    VERHURING = "verhuring"
    BEWONING = "bewoning"

    @property
    def label(self) -> str:
        """The word as it is shown."""
        return f"Nieuwe {self.value}"


class OoVerhuring(Form):
    """What was seen, and when."""

    soort: OoVerhuurvorm | None = vraag("Wat stelde u vast", verplicht=True)
    datum: date | None = vraag("Datum van de vaststelling", verplicht=True)
    omschrijving: str = vraag(
        "Omschrijving", "", verplicht=True, lang=True, hulp="Welke woning, wie er woont of verhuurt, en hoe u het weet."
    )


VERHURING = Step("verhuring", "Vaststelling", OoVerhuring)


class VerhuringMelden(DossierHandeling):
    """Nieuwe bewoning of verhuring melden."""

    key = "oo.verhuringMelden"
    title = "Nieuwe bewoning of verhuring melden aan de Wooninspectie"
    description = "Enkel uw gemeente ziet deze melding hier terug. U ziet niet wat er verder mee gebeurt."
    button = "Melden"
    steps: ClassVar[tuple[Step[Any], ...]] = (VERHURING,)

    async def load(self, work: Work, subject: Dossier) -> OoFeiten:
        return replace(await super().load(work, subject), meldbaar=work.releases(VerhuringGemeld))

    def unavailable(self, facts: OoFeiten) -> str | None:
        """Also in a procedure that ended: letting goes on after it."""
        if facts.dossier.soort != SOORT:
            return "Deze handeling hoort bij een procedure OO."
        return self.belet(facts)

    def belet(self, facts: OoFeiten) -> str | None:
        if not facts.meldbaar:
            return "In deze omgeving werkt de Wooninspectie niet mee."
        declared = any(b.status in VERSTUURD and b.soort in ONGESCHIKT for b in facts.alle_beslissingen)
        return None if declared else "Er is nog geen besluit tot ongeschiktverklaring verstuurd."

    def check(self, facts: OoFeiten, answers: Answers) -> Iterable[Melding]:
        gemeld = answers[VERHURING].datum
        yield from niet_in_de_toekomst(gemeld, answers.today, VERHURING.key)
        eerste = min(b.datum for b in facts.alle_beslissingen if b.status in VERSTUURD and b.soort in ONGESCHIKT)
        if gemeld is not None and gemeld < eerste:
            tekst = "De vaststelling kan niet voor het besluit liggen."
            yield Melding(tekst, code="DATUM", stap=VERHURING.key, veld="datum")

    async def apply(self, work: Work, subject: Dossier, facts: OoFeiten, answers: Answers) -> Done:
        gezien = answers[VERHURING]
        assert gezien.soort is not None
        assert gezien.datum is not None
        work.session.add(
            OoVerhuurmelding(
                dossier_id=subject.id,
                soort=gezien.soort,
                datum=gezien.datum,
                omschrijving=gezien.omschrijving,
                gemeld_op=work.now,
                gemeld_door=work.actor.naam,
                domein=work.actor.domein,
                gebied=subject.gebied,
            )
        )
        work.release(
            VerhuringGemeld(
                dossier_id=subject.id,
                referte=subject.referte,
                onderwerp_id=subject.onderwerp_id,
                gebied=subject.gebied,
                soort=gezien.soort.value,
                datum=gezien.datum,
                omschrijving=gezien.omschrijving,
                melder=work.actor.organisatie_naam,
            )
        )
        return Done("De melding is verstuurd naar de Wooninspectie.", samenvatting=gezien.soort.label)
