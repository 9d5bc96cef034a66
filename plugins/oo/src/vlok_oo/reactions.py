"""What procedure OO does when something happens elsewhere: an examination is signed, a document gets its signature."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select

from vlok.api.errors import Refusal
from vlok.api.facts import AnyReaction, DocumentOndertekend, Reaction
from vlok.api.tables import Document, Dossier
from vlok.api.tasks import close_tasks, open_task
from vlok.api.work import Work
from vlok_oo.documents import ANDERE, BESLUIT, UITSTEL
from vlok_oo.feiten import GETEKEND
from vlok_oo.handeling import zet_statussen
from vlok_oo.procedure import ADVIESFASE, SOORT, Adviesstatus, Dossierstatus, DpStatus, Procedureinfo, status_na
from vlok_oo.tables import OoAdvies, OoBeslissing, OoBevinding
from vlok_oo.tasks import ONDERTEKEN_ADVIES, VERSTUUR_ADVIES, VERSTUUR_BESLISSING, VERWERK_BESLISSING, VERWERK_VERZOEK
from vlok_oo.voorstel import Beslissingsstatus
from vlok_register.api.facts import MeldingMetHerstelvordering, OnderzoekAfgeschermd, OnderzoekOndertekend
from vlok_register.api.register import start_deelprocedures
from vlok_register.api.tables import Deelprocedure, Entiteit

BESLUITEN = (BESLUIT.soort, UITSTEL.soort, ANDERE.soort)
"""The documents that a decision waits for (handleiding VLOK: DT034, DT043, DT044)."""
ONGETEKEND = (Beslissingsstatus.IN_OPMAAK, Beslissingsstatus.TER_ONDERTEKENING)


async def onderzoek_ondertekend(work: Work, feit: OnderzoekOndertekend) -> None:
    """Keep the findings; in a running procedure of the gemeente they start the deelprocedures of their entiteiten."""
    dossier = await _lopend(work, feit)
    work.session.add_all(
        OoBevinding(
            dossier_id=dossier.id if dossier else None,
            pand_id=feit.pand_id,
            entiteit_id=entiteit_id,
            onderzoek_id=feit.onderzoek_id,
            onderzoek_referte=feit.referte,
            datum=feit.datum,
            uitslag=uitslag,
            domein=feit.domein,
            gebied=feit.gebied,
        )
        for entiteit_id, uitslag in feit.uitslagen
    )
    if dossier is not None:
        keys = [entiteit_id for entiteit_id, _ in feit.uitslagen]
        entiteiten = (await work.session.scalars(select(Entiteit).where(Entiteit.id.in_(keys)))).all()
        await start_deelprocedures(work, dossier, entiteiten, DpStatus.GESTART)
        await close_tasks(work, dossier.id, [VERWERK_VERZOEK])
        dossier.gewijzigd_op, dossier.gewijzigd_door = work.now, work.actor.naam


async def onderzoek_afgeschermd(work: Work, feit: OnderzoekAfgeschermd) -> None:
    """Forget the findings; Refusal when a procedure, which both sides read, rests on them."""
    kept = select(OoBevinding.dossier_id).where(OoBevinding.onderzoek_id == feit.onderzoek_id)
    if any((await work.session.scalars(kept)).all()):
        raise Refusal(
            "NIET_BESCHIKBAAR",
            f"Onderzoek {feit.referte} wordt gebruikt in een procedure en kan niet meer afgeschermd worden.",
        )
    await work.session.execute(delete(OoBevinding).where(OoBevinding.onderzoek_id == feit.onderzoek_id))


async def _lopend(work: Work, feit: OnderzoekOndertekend) -> Dossier | None:
    """The procedure that runs on the pand, locked: the examining organisation's own first, then the youngest."""
    running = select(Dossier).where(
        Dossier.onderwerp_id == feit.pand_id,
        Dossier.gebied == feit.gebied,
        Dossier.soort == SOORT,
        Dossier.status == Dossierstatus.GESTART,
    )
    first = running.order_by((Dossier.domein == feit.domein).desc(), Dossier.gestart_op.desc(), Dossier.referte.desc())
    return await work.session.scalar(first.limit(1).with_for_update())


async def advies_getekend(work: Work, feit: DocumentOndertekend) -> None:
    """When every document of a round of adviezen is signed, the round can be sent; the advies bears that day's date."""
    if feit.dossier_id is None or feit.stap_id is None:
        return
    waiting = select(OoAdvies).where(
        OoAdvies.dossier_id == feit.dossier_id, OoAdvies.status == Adviesstatus.TER_ONDERTEKENING
    )
    adviezen = (await work.session.scalars(waiting)).all()
    ronde_id = next((a.ronde_id for a in adviezen if feit.stap_id in (a.id, a.ronde_id)), None)
    ronde = [advies for advies in adviezen if advies.ronde_id == ronde_id]
    if ronde_id is None or not await _is_getekend(work, [ronde_id, *(advies.id for advies in ronde)]):
        return
    for advies in ronde:
        advies.status, advies.datum = Adviesstatus.TE_VERSTUREN, work.today
    await zet_statussen(work, dict.fromkeys(await _in_adviesfase(work, ronde), DpStatus.ADVIES_TE_VERSTUREN))
    if len(ronde) == len(adviezen):
        await close_tasks(work, feit.dossier_id, [ONDERTEKEN_ADVIES])
    await open_task(work, VERSTUUR_ADVIES, await work.session.get_one(Dossier, feit.dossier_id))


async def _in_adviesfase(work: Work, adviezen: Sequence[OoAdvies]) -> Sequence[UUID]:
    here = select(Deelprocedure.id).where(
        Deelprocedure.id.in_([advies.deelprocedure_id for advies in adviezen]), Deelprocedure.status.in_(ADVIESFASE)
    )
    return (await work.session.scalars(here)).all()


async def beslissing_getekend(work: Work, feit: DocumentOndertekend) -> None:
    """When every document of a decision is signed, it can be sent: tasks 111 and 181."""
    if feit.dossier_id is None or feit.stap_id is None:
        return
    beslissing = await work.session.get(OoBeslissing, feit.stap_id)
    if beslissing is None or beslissing.status not in ONGETEKEND:
        return
    if not await _is_getekend(work, [beslissing.id], BESLUITEN):
        return
    beslissing.status = Beslissingsstatus.TE_VERSTUREN
    await work.session.flush()
    others = select(OoBeslissing.status).where(OoBeslissing.deelprocedure_id == beslissing.deelprocedure_id)
    status = status_na(await work.session.scalars(others))
    assert status is not None
    await zet_statussen(work, {beslissing.deelprocedure_id: status})
    dossier = await work.session.get_one(Dossier, feit.dossier_id)
    for soort in (VERWERK_BESLISSING, VERSTUUR_BESLISSING):
        await open_task(work, soort, dossier)


async def _is_getekend(work: Work, stappen: Sequence[UUID], soorten: Sequence[str] = ()) -> bool:
    unsigned = select(Document.id).where(Document.stap_id.in_(stappen), Document.status.not_in(GETEKEND))
    if soorten:
        unsigned = unsigned.where(Document.soort.in_(soorten))
    return (await work.session.scalar(unsigned.limit(1))) is None


async def melding_met_herstelvordering(work: Work, feit: MeldingMetHerstelvordering) -> None:
    """The procedure ends: a herstelvordering took its place (handleiding VLOK, "Wanneer sluit VLOK procedures af?")."""
    dossier = await work.session.get(Dossier, feit.dossier_id, with_for_update=True)
    if dossier is None or dossier.soort != SOORT or dossier.status != Dossierstatus.GESTART:
        return
    dossier.status, dossier.info = Dossierstatus.AFGESLOTEN, Procedureinfo.MELDING_MET_HERSTELVORDERING
    dossier.gewijzigd_op, dossier.gewijzigd_door = work.now, work.actor.organisatie_naam
    await close_tasks(work, dossier.id)


REACTIONS: tuple[AnyReaction, ...] = (
    Reaction("oo.onderzoekOndertekend", OnderzoekOndertekend, onderzoek_ondertekend),
    Reaction("oo.onderzoekAfgeschermd", OnderzoekAfgeschermd, onderzoek_afgeschermd),
    Reaction("oo.adviesGetekend", DocumentOndertekend, advies_getekend),
    Reaction("oo.beslissingGetekend", DocumentOndertekend, beslissing_getekend),
    Reaction("oo.meldingMetHerstelvordering", MeldingMetHerstelvordering, melding_met_herstelvordering),
)
