"""The guest of the compartment: a woningcontroleur of Wonen in Vlaanderen, for as long as an assignment of his runs.

Not his role opens the door but the assignment, and with it the door closes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.actions import Action, Done
from vlok.api.actor import Actor
from vlok.api.paper import Attachment, attach_documents
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import open_task
from vlok.api.wizard import Answers, BestandId, Form, Item, Step, vraag
from vlok.api.work import Work
from vlok_register.api.tables import Entiteit, Pand
from vlok_wi.documents import VERSLAG
from vlok_wi.handeling import GROUP, niet_in_de_toekomst
from vlok_wi.scopes import loopt
from vlok_wi.tables import Opdrachtstatus, WiOpdracht, WiResultaat
from vlok_wi.tasks import VALIDEER_ONDERZOEK, VALIDEER_ONDERZOEK_INSPECTEUR
from vlok_wi.uitslag import WiUitslag

OPDRACHTNEMER = "wi.opdrachtnemer"
"""The role a guest has inside, and nowhere else."""
CONTROLEUR = "wvl.woningcontroleur"


async def gast(session: AsyncSession, actor: Actor) -> Actor | None:
    """The woningcontroleur with the role of a guest, if he holds an assignment that runs; else nobody."""
    if CONTROLEUR not in actor.rollen:
        return None
    held = await session.scalar(select(WiOpdracht.id).where(loopt(actor, WiOpdracht)).limit(1))
    return replace(actor, rollen=frozenset({OPDRACHTNEMER})) if held is not None else None


class WiBezoek(Form):
    """When the examination was done, and the report made of it."""

    datum: date | None = vraag("Datum onderzoek", verplicht=True)
    verslag: BestandId | None = vraag("Technisch verslag (pdf)", bestand=True)


class WiBevinding(Form):
    """What was found about one entiteit."""

    entiteit: str = vraag("Entiteit", "")
    uitslag: WiUitslag | None = vraag("Resultaat", verplicht=True)
    bevindingen: str = vraag("Bevindingen", "", lang=True)


class WiBevindingen(Form):
    """The findings."""

    per_entiteit: list[WiBevinding] = vraag("Resultaat per entiteit", [])


BEZOEK = Step("bezoek", "Onderzoek", WiBezoek)
BEVINDINGEN = Step("bevindingen", "Resultaat per entiteit", WiBevindingen, per="per_entiteit", item_key="entiteit")


@dataclass(frozen=True)
class Opdrachtfeiten:
    """An assignment, and the entiteiten to examine."""

    opdracht: WiOpdracht
    pand: Pand
    entiteiten: Sequence[Entiteit]


class OpdrachtHandeling(Action[WiOpdracht, Opdrachtfeiten]):
    """What the holder of an assignment can do with it."""

    group = GROUP
    subject = WiOpdracht

    async def load(self, work: Work, subject: WiOpdracht) -> Opdrachtfeiten:
        units = select(Entiteit).where(Entiteit.pand_id == subject.pand_id).order_by(Entiteit.sorteer, Entiteit.referte)
        pand = await work.session.get_one(Pand, subject.pand_id)
        return Opdrachtfeiten(subject, pand, (await work.session.scalars(units)).all())


class OpdrachtUitvoeren(OpdrachtHandeling):
    """Onderzoek bezorgen."""

    key = "wi.opdrachtUitvoeren"
    title = "Onderzoek bezorgen aan de Wooninspectie"
    description = "U bezorgt het resultaat per entiteit. Een verbalisant of wooninspecteur valideert het."
    button = "Bezorgen"
    steps: ClassVar[tuple[Step[Any], ...]] = (BEZOEK, BEVINDINGEN)

    def unavailable(self, facts: Opdrachtfeiten) -> str | None:
        if facts.opdracht.status != Opdrachtstatus.GEGEVEN:
            return "U hebt dit onderzoek al bezorgd."
        return None if facts.entiteiten else "Dit pand heeft nog geen entiteiten."

    def items(self, facts: Opdrachtfeiten, answers: Answers, step: Step[Any]) -> Sequence[Item]:
        return [Item(entiteit.referte, entiteit.titel) for entiteit in facts.entiteiten]

    def check(self, facts: Opdrachtfeiten, answers: Answers) -> Iterable[Melding]:
        yield from niet_in_de_toekomst(answers[BEZOEK].datum, answers.today, BEZOEK.key)

    async def apply(self, work: Work, subject: WiOpdracht, facts: Opdrachtfeiten, answers: Answers) -> Done:
        datum = answers[BEZOEK].datum
        assert datum is not None
        subject.status, subject.uitgevoerd_op = Opdrachtstatus.UITGEVOERD, datum
        rijen = {rij.entiteit: rij for rij in answers[BEVINDINGEN].per_entiteit}
        work.session.add_all(
            WiResultaat(
                opdracht_id=subject.id,
                zaak_id=subject.zaak_id,
                entiteit_id=entiteit.id,
                datum=datum,
                uitslag=rijen[entiteit.referte].uitslag,
                bevindingen=rijen[entiteit.referte].bevindingen,
                gevalideerd=False,
                domein=subject.domein,
                gebied=subject.gebied,
            )
            for entiteit in facts.entiteiten
        )
        # A guest cannot read the dossier; a task and a document need of it what the assignment knows.
        dossier = Dossier(id=subject.zaak_id, onderwerp_id=subject.pand_id, gebied=subject.gebied)
        if (verslag := answers[BEZOEK].verslag) is not None:
            stuk = Attachment(VERSLAG, "Technisch verslag", verslag, subject.pand_id, subject.id)
            await attach_documents(work, dossier, [stuk])
        for soort in (VALIDEER_ONDERZOEK, VALIDEER_ONDERZOEK_INSPECTEUR):
            await open_task(work, soort, dossier)
        return Done("Het onderzoek is bezorgd aan de Wooninspectie.")


class KennisNemen(OpdrachtHandeling):
    """Kennis nemen van de validatie."""

    key = "wi.kennisNemen"
    title = "Kennis nemen van de validatie"
    description = "De opdracht is dan beëindigd en verdwijnt uit uw lijst."
    button = "Kennis genomen"

    def unavailable(self, facts: Opdrachtfeiten) -> str | None:
        validated = facts.opdracht.status == Opdrachtstatus.GEVALIDEERD
        return None if validated else "Het onderzoek is nog niet gevalideerd."

    async def apply(self, work: Work, subject: WiOpdracht, facts: Opdrachtfeiten, answers: Answers) -> Done:
        subject.status = Opdrachtstatus.BEEINDIGD
        return Done("De opdracht is beëindigd.", toon=facts.pand)
