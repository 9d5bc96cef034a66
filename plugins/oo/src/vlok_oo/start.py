"""Starting procedure OO on a pand, because somebody asked for it.

Source: handleiding VLOK, "Hoe registreert de gemeente het verzoek tot opstart procedure OO of de informele melding tot
opstart waarschuwingsprocedure?" and "Hoe start u een procedure OO via initiatief burgemeester…" (tasks 1 and 2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import or_, select

from vlok.api.actions import Action, Done
from vlok.api.paper import Attachment, attach_documents
from vlok.api.rules import Ernst, Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import open_task
from vlok.api.wizard import Answers, BestandId, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_oo.handeling import dag, niet_in_de_toekomst
from vlok_oo.initiatiefnemers import INITIATIEFNEMERS
from vlok_oo.procedure import REFERTE, SOORT, Dossierstatus, Procedureinfo
from vlok_oo.tables import OoProcedure
from vlok_oo.tasks import TERMIJN_BURGEMEESTER, VERWERK_VERZOEK
from vlok_oo.termijnen import Termijnsoort, termijn
from vlok_register.api.register import rollen
from vlok_register.api.tables import Betrokkene, Pand


class OoVerzoek(Form):
    """The request that starts the procedure."""

    datum: date | None = vraag(
        "Datum van ontvangst", verplicht=True, hulp="De termijn van drie maanden loopt vanaf hier."
    )
    initiatiefnemer: str | None = vraag("Initiatiefnemer", verplicht=True, keuze=True)
    verzoekers: list[str] = vraag("Verzoekers", [], keuze=True)
    omschrijving: str = vraag("Omschrijving", "", lang=True)
    bestand: BestandId | None = vraag("Verzoek (DT001)", bestand=True, hulp="Het verzoek of de melding als pdf.")


VERZOEK = Step("verzoek", "Verzoek", OoVerzoek)


@dataclass(frozen=True)
class Startfeiten:
    """The pand, those concerned by it, and the procedures OO that run on it."""

    vandaag: date
    domein: str
    pand: Pand
    betrokkenen: Sequence[Betrokkene]
    lopende: Sequence[Dossier]


class Starten(Action[Pand, Startfeiten]):
    """Procedure OO starten."""

    key = "oo.procedureStarten"
    title = "Procedure OO starten"
    description = "Start een procedure tot ongeschikt- en onbewoonbaarverklaring na een verzoek."
    group = "Procedure OO"
    button = "Starten"
    subject = Pand
    shown_to_both = True
    steps: ClassVar[tuple[Step[Any], ...]] = (VERZOEK,)

    async def load(self, work: Work, subject: Pand) -> Startfeiten:
        people = select(Betrokkene).where(
            Betrokkene.pand_id == subject.id, or_(Betrokkene.tot.is_(None), Betrokkene.tot >= work.today)
        )
        running = select(Dossier).where(
            Dossier.onderwerp_id == subject.id, Dossier.soort == SOORT, Dossier.status == Dossierstatus.GESTART
        )
        return Startfeiten(
            work.today,
            work.actor.domein,
            subject,
            (await work.session.scalars(people.order_by(Betrokkene.naam, Betrokkene.referte))).all(),
            (await work.session.scalars(running.order_by(Dossier.referte))).all(),
        )

    def unavailable(self, facts: Startfeiten) -> str | None:
        return None if facts.pand.actief else "Dit pand is niet actief."

    def choices(self, facts: Startfeiten, answers: Answers) -> Choices:
        asking = [Keuze(i.code, i.naam) for i in INITIATIEFNEMERS if i.geldt_op(facts.vandaag)]
        people = [Keuze(b.referte, volledige_naam(b), (("Rol", rolnaam(b)),)) for b in facts.betrokkenen]
        return {"verzoek.initiatiefnemer": asking, "verzoek.verzoekers": people}

    def check(self, facts: Startfeiten, answers: Answers) -> Iterable[Melding]:
        yield from niet_in_de_toekomst(answers[VERZOEK].datum, answers.today, VERZOEK.key)
        for dossier in facts.lopende:
            if dossier.domein == facts.domein:
                tekst = (
                    f"Op dit pand loopt al een procedure OO ({dossier.referte}, gestart op {dag(dossier.gestart_op)})."
                )
                yield Melding(tekst, Ernst.WAARSCHUWING, code="OO-LOPEND", stap=VERZOEK.key)

    async def apply(self, work: Work, subject: Pand, facts: Startfeiten, answers: Answers) -> Done:
        verzoek = answers[VERZOEK]
        dossier = await _dossier(work, subject, verzoek)
        deadline = termijn(Termijnsoort.BESLISSING, dossier.gestart_op).einde(dossier.gestart_op)
        chosen = set(verzoek.verzoekers)
        work.session.add(
            OoProcedure(
                id=dossier.id,
                datum_verzoek=verzoek.datum,
                initiatiefnemer=verzoek.initiatiefnemer,
                verzoeker_ids=[b.id for b in facts.betrokkenen if b.referte in chosen],
                omschrijving=verzoek.omschrijving,
                termijn_burgemeester=deadline,
                domein=dossier.domein,
                gebied=dossier.gebied,
            )
        )
        if verzoek.bestand is not None:
            bijlage = Attachment("DT001", "Verzoek tot procedure OO", verzoek.bestand, subject.id)
            await attach_documents(work, dossier, [bijlage])
        await open_task(work, TERMIJN_BURGEMEESTER, dossier, deadline=deadline)
        await open_task(work, VERWERK_VERZOEK, dossier)
        return Done(f"Procedure {dossier.referte} is gestart.", toon=dossier, samenvatting=dossier.referte)


async def _dossier(work: Work, pand: Pand, verzoek: OoVerzoek) -> Dossier:
    assert verzoek.datum is not None
    dossier = Dossier(
        id=uuid4(),
        referte=await work.number(REFERTE),
        soort=SOORT,
        onderwerp_id=pand.id,
        status=Dossierstatus.GESTART,
        info=Procedureinfo.OO,
        gestart_op=verzoek.datum,
        gewijzigd_op=work.now,
        gewijzigd_door=work.actor.naam,
        domein=work.actor.domein,
        gebied=pand.gebied,
    )
    work.session.add(dossier)
    await work.session.flush()
    return dossier


def rolnaam(betrokkene: Betrokkene) -> str:
    """The role in words."""
    rol = rollen().get(betrokkene.rol)
    return rol.naam if rol else betrokkene.rol


def volledige_naam(betrokkene: Betrokkene) -> str:
    """First and last name, or the name of an enterprise."""
    return " ".join(part for part in (betrokkene.voornaam, betrokkene.naam) if part)
