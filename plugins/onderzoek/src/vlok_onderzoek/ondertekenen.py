"""Signing an examination, which shares it with everybody; or removing it while it is not signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from vlok.api.actions import Action, Done
from vlok.api.wizard import Answers
from vlok.api.work import Work
from vlok_onderzoek.tables import Onderzoek, OnderzoekResultaat, Onderzoekstatus
from vlok_register.api.facts import OnderzoekOndertekend
from vlok_register.api.tables import Pand

GROUP = "Onderzoeken"


@dataclass(frozen=True)
class MetResultaten:
    """An examination with its results and the pand it is about."""

    onderzoek: Onderzoek
    resultaten: Sequence[OnderzoekResultaat]
    pand: Pand


class OnderzoekHandeling(Action[Onderzoek, MetResultaten]):
    """What can be done to an examination as long as it is not signed."""

    subject = Onderzoek
    group = GROUP

    async def load(self, work: Work, subject: Onderzoek) -> MetResultaten:
        own = select(OnderzoekResultaat).where(OnderzoekResultaat.onderzoek_id == subject.id)
        found = (await work.session.scalars(own.order_by(OnderzoekResultaat.volgorde))).all()
        return MetResultaten(subject, found, await work.session.get_one(Pand, subject.pand_id))

    def unavailable(self, facts: MetResultaten) -> str | None:
        signed = facts.onderzoek.status == Onderzoekstatus.ONDERTEKEND
        return "Dit onderzoek is al ondertekend." if signed else None


class Ondertekenen(OnderzoekHandeling):
    """Onderzoek ondertekenen."""

    key = "onderzoek.ondertekenen"
    title = "Onderzoek ondertekenen"
    description = "Na de ondertekening ligt het resultaat vast en is het zichtbaar voor alle organisaties."
    button = "Ondertekenen"
    shown_to_both = True

    async def apply(self, work: Work, subject: Onderzoek, facts: MetResultaten, answers: Answers) -> Done:
        subject.status = Onderzoekstatus.ONDERTEKEND
        subject.ondertekend_op = subject.gedeeld_op = work.now
        results = update(OnderzoekResultaat).where(OnderzoekResultaat.onderzoek_id == subject.id)
        await work.session.execute(results.values(gedeeld_op=work.now))
        await work.session.flush()
        await work.tell(_feit(facts))
        return Done(f"Onderzoek {subject.referte} is ondertekend.", samenvatting=subject.referte)


def _feit(facts: MetResultaten) -> OnderzoekOndertekend:
    onderzoek = facts.onderzoek
    return OnderzoekOndertekend(
        onderzoek_id=onderzoek.id,
        referte=onderzoek.referte,
        pand_id=onderzoek.pand_id,
        domein=onderzoek.domein,
        gebied=onderzoek.gebied,
        datum=onderzoek.datum,
        uitslagen=tuple((resultaat.entiteit_id, resultaat.uitslag) for resultaat in facts.resultaten),
    )


class Verwijderen(OnderzoekHandeling):
    """Onderzoek verwijderen."""

    key = "onderzoek.verwijderen"
    title = "Onderzoek verwijderen"
    description = "Een onderzoek dat niet ondertekend is, verdwijnt met zijn resultaten."
    button = "Verwijderen"
    dangerous = True

    async def apply(self, work: Work, subject: Onderzoek, facts: MetResultaten, answers: Answers) -> Done:
        await work.session.execute(delete(OnderzoekResultaat).where(OnderzoekResultaat.onderzoek_id == subject.id))
        await work.session.delete(subject)
        return Done(f"Onderzoek {subject.referte} is verwijderd.", toon=facts.pand, samenvatting=subject.referte)
