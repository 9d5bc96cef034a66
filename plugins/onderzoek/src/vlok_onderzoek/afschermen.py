"""Keeping an examination from the other organisations, and sharing it again."""

from datetime import datetime

from sqlalchemy import update

from vlok.api.actions import Done
from vlok.api.afscherming import Afschermen, Opheffen, Schild, SchildHandeling
from vlok.api.wizard import Answers
from vlok.api.work import Work
from vlok_onderzoek.ondertekenen import GROUP, meld_ondertekend, resultaten_van
from vlok_onderzoek.tables import Onderzoek, OnderzoekResultaat
from vlok_register.api.facts import OnderzoekAfgeschermd


class MetResultaten(SchildHandeling[Onderzoek]):
    """The results of an examination are seen by whom it is seen."""

    group = GROUP
    subject = Onderzoek

    async def schakel(self, work: Work, subject: Onderzoek, moment: datetime | None) -> None:
        await super().schakel(work, subject, moment)
        own = update(OnderzoekResultaat).where(OnderzoekResultaat.onderzoek_id == subject.id)
        await work.session.execute(own.values(gedeeld_op=moment))


class OnderzoekAfschermen(MetResultaten, Afschermen[Onderzoek]):
    """Onderzoek afschermen."""

    key = "onderzoek.afschermen"
    title = "Onderzoek afschermen"
    description = (
        "Enkel uw organisatie ziet dit onderzoek nog, ook na de ondertekening. Zolang het afgeschermd is, telt het in"
        " geen procedure mee."
    )

    async def apply(self, work: Work, subject: Onderzoek, facts: Schild[Onderzoek], answers: Answers) -> Done:
        done = await super().apply(work, subject, facts, answers)
        if subject.ondertekend_op is not None:
            await work.tell(OnderzoekAfgeschermd(subject.id, subject.referte))
        return done


class OnderzoekAfschermingOpheffen(MetResultaten, Opheffen[Onderzoek]):
    """Afscherming van een onderzoek opheffen."""

    key = "onderzoek.afschermingOpheffen"
    description = "Een ondertekend onderzoek wordt weer zichtbaar voor alle organisaties en telt mee in een procedure."
    reveals = (Onderzoek,)

    async def apply(self, work: Work, subject: Onderzoek, facts: Schild[Onderzoek], answers: Answers) -> Done:
        done = await super().apply(work, subject, facts, answers)
        if subject.ondertekend_op is not None:
            await meld_ondertekend(work, subject, await resultaten_van(work, subject))
        return done
