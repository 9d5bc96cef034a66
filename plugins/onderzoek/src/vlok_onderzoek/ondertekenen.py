"""Signing an examination, which shares it with everybody unless it is shielded; removing it while it is not signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update

from vlok.api.actions import Action, Done
from vlok.api.afscherming import lopende_afscherming
from vlok.api.wizard import Answers
from vlok.api.work import Work
from vlok_onderzoek.tables import Onderzoek, OnderzoekResultaat, Onderzoekstatus
from vlok_register.api.facts import OnderzoekOndertekend
from vlok_register.api.tables import Pand

GROUP = "Onderzoeken"


@dataclass(frozen=True)
class MetResultaten:
    """An examination with its results and the pand it is about, and whether it is shielded."""

    onderzoek: Onderzoek
    resultaten: Sequence[OnderzoekResultaat]
    pand: Pand
    afgeschermd: bool


async def resultaten_van(work: Work, onderzoek: Onderzoek) -> Sequence[OnderzoekResultaat]:
    """The results of an examination, in their order."""
    own = select(OnderzoekResultaat).where(OnderzoekResultaat.onderzoek_id == onderzoek.id)
    return (await work.session.scalars(own.order_by(OnderzoekResultaat.volgorde))).all()


async def meld_ondertekend(work: Work, onderzoek: Onderzoek, resultaten: Sequence[OnderzoekResultaat]) -> None:
    """Tell that a signed examination may be used."""
    uitslagen = tuple((resultaat.entiteit_id, resultaat.uitslag) for resultaat in resultaten)
    await work.tell(
        OnderzoekOndertekend(
            onderzoek_id=onderzoek.id,
            referte=onderzoek.referte,
            pand_id=onderzoek.pand_id,
            domein=onderzoek.domein,
            gebied=onderzoek.gebied,
            datum=onderzoek.datum,
            uitslagen=uitslagen,
        )
    )


class OnderzoekHandeling(Action[Onderzoek, MetResultaten]):
    """What can be done to an examination as long as it is not signed."""

    subject = Onderzoek
    group = GROUP

    async def load(self, work: Work, subject: Onderzoek) -> MetResultaten:
        shielded = await lopende_afscherming(work, subject.id) is not None
        found = await resultaten_van(work, subject)
        return MetResultaten(subject, found, await work.session.get_one(Pand, subject.pand_id), shielded)

    def unavailable(self, facts: MetResultaten) -> str | None:
        signed = facts.onderzoek.status == Onderzoekstatus.ONDERTEKEND
        return "Dit onderzoek is al ondertekend." if signed else None


class Ondertekenen(OnderzoekHandeling):
    """Onderzoek ondertekenen."""

    key = "onderzoek.ondertekenen"
    title = "Onderzoek ondertekenen"
    description = (
        "Na de ondertekening ligt het resultaat vast en is het zichtbaar voor alle organisaties, tenzij het onderzoek"
        " afgeschermd is."
    )
    button = "Ondertekenen"
    shown_to_both = True

    def shares(self, facts: MetResultaten) -> bool:
        return not facts.afgeschermd

    async def apply(self, work: Work, subject: Onderzoek, facts: MetResultaten, answers: Answers) -> Done:
        subject.status, subject.ondertekend_op = Onderzoekstatus.ONDERTEKEND, work.now
        if facts.afgeschermd:
            bericht = f"Onderzoek {subject.referte} is ondertekend. Het is afgeschermd: enkel uw organisatie ziet het."
            return Done(bericht, samenvatting=subject.referte)
        subject.gedeeld_op = work.now
        results = update(OnderzoekResultaat).where(OnderzoekResultaat.onderzoek_id == subject.id)
        await work.session.execute(results.values(gedeeld_op=work.now))
        await work.session.flush()
        await meld_ondertekend(work, subject, facts.resultaten)
        return Done(f"Onderzoek {subject.referte} is ondertekend.", samenvatting=subject.referte)


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
