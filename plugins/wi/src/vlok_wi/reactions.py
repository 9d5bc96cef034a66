"""What the judicial procedure does when something happens: a melding comes in, a document of its own is signed."""

from sqlalchemy import select

from vlok.api.facts import AnyReaction, DocumentOndertekend, Reaction
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks, open_task, open_task_about
from vlok.api.work import Work
from vlok_register.api.facts import VerhuringGemeld
from vlok_wi.feiten import te_herstellen
from vlok_wi.handeling import zet_stap
from vlok_wi.inschrijving import beeindig_inschrijvingen
from vlok_wi.tables import Meldingstatus, Pvsoort, Pvstatus, Vorderingstatus, WiHerstelvordering, WiMelding, WiPv
from vlok_wi.tasks import CONTROLEER_HERSTEL, SCHRIJF_VORDERING_IN, VERWERK_MELDING, VERZEND_PV
from vlok_wi.vrijgave import schrap_van_vivoo

UITVOERING_VASTGESTELD = "wi.uitvoeringVastgesteld"
"""The step that a signed PV van uitvoering makes (``data/procedure.toml``)."""


async def verhuring_gemeld(work: Work, feit: VerhuringGemeld) -> None:
    """The way in: keep the melding and put it on the worklist of Voor- en natraject (task 915)."""
    work.session.add(
        WiMelding(
            oo_dossier_id=feit.dossier_id,
            oo_referte=feit.referte,
            pand_id=feit.onderwerp_id,
            soort=feit.soort,
            datum=feit.datum,
            omschrijving=feit.omschrijving,
            melder=feit.melder,
            ontvangen_op=work.now,
            status=Meldingstatus.NIEUW,
            domein=work.actor.domein,
            gebied=feit.gebied,
        )
    )
    await open_task_about(work, VERWERK_MELDING, feit.onderwerp_id, feit.gebied)


async def document_getekend(work: Work, feit: DocumentOndertekend) -> None:
    """A signed proces-verbaal can be sent, a signed herstelvordering entered, a signed PV van uitvoering counts."""
    if feit.dossier_id is None or feit.stap_id is None:
        return
    dossier = await work.session.get_one(Dossier, feit.dossier_id)
    if (pv := await work.session.get(WiPv, feit.stap_id)) is not None:
        pv.status = Pvstatus.ONDERTEKEND
        await (
            _uitgevoerd(work, dossier, pv) if pv.soort == Pvsoort.UITVOERING else open_task(work, VERZEND_PV, dossier)
        )
    elif (vordering := await work.session.get(WiHerstelvordering, feit.stap_id)) is not None:
        vordering.status = Vorderingstatus.ONDERTEKEND
        await open_task(work, SCHRIJF_VORDERING_IN, dossier)


async def _uitgevoerd(work: Work, dossier: Dossier, pv: WiPv) -> None:
    """The inventory may drop the dwellings (R1) and the register ends its entries (R4); all repaired: Hersteld."""
    await work.session.flush()
    vorderingen = (await work.session.scalars(select(WiHerstelvordering).filter_by(dossier_id=dossier.id))).all()
    pvs = (await work.session.scalars(select(WiPv).filter_by(dossier_id=dossier.id))).all()
    left = te_herstellen(vorderingen, pvs)
    for entiteit_id in pv.entiteit_ids:
        schrap_van_vivoo(work, entiteit_id=entiteit_id, datum=pv.datum)
    await beeindig_inschrijvingen(work, dossier.id, pv.entiteit_ids, pv.datum)
    for vordering in vorderingen:
        if vordering.status == Vorderingstatus.INGESCHREVEN and left.isdisjoint(vordering.entiteit_ids):
            vordering.status, vordering.uitgevoerd_op = Vorderingstatus.UITGEVOERD, pv.datum
    if not left:
        await close_tasks(work, dossier.id, [CONTROLEER_HERSTEL])
        await zet_stap(work, dossier, UITVOERING_VASTGESTELD)


REACTIONS: tuple[AnyReaction, ...] = (
    Reaction("wi.verhuringGemeld", VerhuringGemeld, verhuring_gemeld),
    Reaction("wi.documentGetekend", DocumentOndertekend, document_getekend),
)
