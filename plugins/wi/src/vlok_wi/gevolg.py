"""What follows on the proces-verbaal: nothing, what the parket does, what the court says, and the end of the dossier.

Source: infosessie VLOK 11/03/2020 (gerechtelijke uitspraken, juridisch gevolg); VCW art. 3.43-3.50.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar
from uuid import uuid4

from vlok.api.actions import Done
from vlok.api.paper import Attachment, attach_documents
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.tasks import close_tasks, open_task
from vlok.api.wizard import Answers, BestandId, Form, Step, vraag
from vlok.api.work import Work
from vlok_wi import rules
from vlok_wi.documents import UITSPRAAK as DT_UITSPRAAK
from vlok_wi.feiten import WiFeiten
from vlok_wi.handeling import WiHandeling, niet_in_de_toekomst, zet_stap
from vlok_wi.inschrijving import beeindig_inschrijvingen
from vlok_wi.tables import LOPEND, Vorderingstatus, WiGevolg, WiUitspraak
from vlok_wi.tasks import CONTROLEER_HERSTEL, VOLG_PARKET_OP


class WiGevolgsoort(StrEnum):
    """What the parket can do with a proces-verbaal."""

    SEPONERING = "seponering"
    DAGVAARDING = "dagvaarding"
    MINNELIJKE_SCHIKKING = "minnelijke_schikking"

    @property
    def label(self) -> str:
        """In words."""
        return self.value.replace("_", " ").capitalize()


class WiReden(Form):
    """Why it ends."""

    reden: str = vraag("Reden", "", verplicht=True, lang=True)


class WiGevolgGegevens(Form):
    """What the parket did, and when."""

    soort: WiGevolgsoort | None = vraag("Gevolg", verplicht=True)
    datum: date | None = vraag("Datum", verplicht=True)
    toelichting: str = vraag("Toelichting", "", lang=True)


class WiUitspraakGegevens(Form):
    """What the court decided."""

    datum: date | None = vraag("Datum uitspraak", verplicht=True)
    instantie: str = vraag("Rechtbank of hof", "", verplicht=True)
    herstel: bool = vraag("De herstelmaatregel is bevolen", True)
    hersteltermijn: date | None = vraag("Herstel uiterlijk op", toon_als=("herstel", ("true",)))
    dwangsom: int | None = vraag(
        "Dwangsom in euro per dag", minimum=0, maximum=100_000, toon_als=("herstel", ("true",))
    )
    beschikking: str = vraag("Beschikking", "", lang=True)
    bestand: BestandId | None = vraag("Uitspraak (pdf)", bestand=True)


REDEN = Step("reden", "Reden", WiReden)
GEVOLG = Step("gevolg", "Gevolg", WiGevolgGegevens)
UITSPRAAK = Step("uitspraak", "Uitspraak", WiUitspraakGegevens)


class ZonderGevolg(WiHandeling):
    """Zonder gevolg afsluiten."""

    key = "wi.zonderGevolg"
    title = "Zonder gevolg afsluiten"
    description = "Er is geen inbreuk, of de melding vraagt geen onderzoek. Alle taken van het dossier sluiten."
    button = "Afsluiten"
    dangerous = True
    steps: ClassVar[tuple[Step[Any], ...]] = (REDEN,)

    def belet(self, facts: WiFeiten) -> str | None:
        return lopende_opdracht(facts) or ("Er is al een proces-verbaal in dit dossier." if facts.pvs else None)

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        await zet_stap(work, subject, self.key)
        return Done(f"Dossier {subject.referte} is zonder gevolg afgesloten.", samenvatting=answers[REDEN].reden)


def lopende_opdracht(facts: WiFeiten) -> str | None:
    """An assignment outlives no dossier: its holder would still be inside."""
    running = any(opdracht.status in LOPEND for opdracht in facts.opdrachten)
    return "Er loopt nog een opdracht van een woningcontroleur. Trek ze eerst in." if running else None


class JuridischGevolg(WiHandeling):
    """Juridisch gevolg invoeren."""

    key = "wi.juridischGevolg"
    title = "Juridisch gevolg invoeren"
    description = "Wat het parket met het proces-verbaal deed."
    button = "Invoeren"
    steps: ClassVar[tuple[Step[Any], ...]] = (GEVOLG,)

    def check(self, facts: WiFeiten, answers: Answers) -> Iterable[Melding]:
        datum = answers[GEVOLG].datum
        yield from niet_in_de_toekomst(datum, answers.today, GEVOLG.key)
        sent = [pv.verzonden_op for pv in facts.pvs if pv.verzonden_op is not None]
        if datum is not None and sent and datum < min(sent):
            tekst = "Het gevolg kan niet voor de verzending van het proces-verbaal liggen."
            yield Melding(tekst, code="DATUM", stap=GEVOLG.key, veld="datum")

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        given = answers[GEVOLG]
        assert given.soort is not None
        work.session.add(
            WiGevolg(
                dossier_id=subject.id,
                soort=given.soort.value,
                datum=given.datum,
                toelichting=given.toelichting,
                domein=subject.domein,
                gebied=subject.gebied,
            )
        )
        await close_tasks(work, subject.id, [VOLG_PARKET_OP])
        await zet_stap(work, subject, self.key)
        return Done(f"{given.soort.label} is ingevoerd.", samenvatting=given.soort.label)


class UitspraakInvoeren(WiHandeling):
    """Uitspraak invoeren."""

    key = "wi.uitspraakInvoeren"
    title = "Uitspraak invoeren"
    description = "Het vonnis of arrest, met de hersteltermijn en de dwangsom."
    button = "Invoeren"
    steps: ClassVar[tuple[Step[Any], ...]] = (UITSPRAAK,)

    def belet(self, facts: WiFeiten) -> str | None:
        summoned = any(gevolg.soort == WiGevolgsoort.DAGVAARDING for gevolg in facts.gevolgen)
        return None if summoned else "Er is nog geen dagvaarding ingevoerd."

    def check(self, facts: WiFeiten, answers: Answers) -> Iterable[Melding]:
        given = answers[UITSPRAAK]
        dagvaardingen = [g.datum for g in facts.gevolgen if g.soort == WiGevolgsoort.DAGVAARDING]
        vonnis = rules.Vonnis(
            vandaag=answers.today,
            datum=given.datum,
            herstel=given.herstel,
            hersteltermijn=given.hersteltermijn,
            dwangsom=given.dwangsom,
            eerste_gevolg=min(dagvaardingen, default=None),
        )
        yield from rules.vonnis.meldingen(vonnis, answers.today, about={})

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        given = answers[UITSPRAAK]
        uitspraak = WiUitspraak(
            id=uuid4(),
            dossier_id=subject.id,
            datum=given.datum,
            instantie=given.instantie,
            herstel=given.herstel,
            hersteltermijn=given.hersteltermijn if given.herstel else None,
            dwangsom=(given.dwangsom or None) if given.herstel else None,
            beschikking=given.beschikking,
            domein=subject.domein,
            gebied=subject.gebied,
        )
        work.session.add(uitspraak)
        if given.bestand is not None:
            stuk = Attachment(
                DT_UITSPRAAK, "Gerechtelijke uitspraak", given.bestand, subject.onderwerp_id, uitspraak.id
            )
            await attach_documents(work, subject, [stuk])
        await close_tasks(work, subject.id, [VOLG_PARKET_OP, CONTROLEER_HERSTEL])
        if given.herstel:
            await open_task(work, CONTROLEER_HERSTEL, subject, deadline=given.hersteltermijn)
        await zet_stap(work, subject, self.key)
        return Done("De uitspraak is ingevoerd.", samenvatting=given.instantie)


class Afsluiten(WiHandeling):
    """Dossier afsluiten."""

    key = "wi.afsluiten"
    title = "Dossier afsluiten"
    description = (
        "Alle taken van het dossier sluiten. Wees de rechter de herstelmaatregel af, dan eindigt de inschrijving in het"
        " openbaar register."
    )
    button = "Afsluiten"
    dangerous = True
    steps: ClassVar[tuple[Step[Any], ...]] = (REDEN,)

    def belet(self, facts: WiFeiten) -> str | None:
        if facts.te_herstellen and not facts.herstel_afgewezen:
            return "Er loopt nog een ingeschreven herstelvordering: ze geldt tot de uitvoering vastgesteld is."
        return lopende_opdracht(facts)

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        refused = sorted(facts.te_herstellen)
        for vordering in facts.vorderingen:
            if vordering.status == Vorderingstatus.INGESCHREVEN:
                vordering.status = Vorderingstatus.AFGEWEZEN
        if refused:
            await beeindig_inschrijvingen(work, subject.id, refused, facts.uitspraken[-1].datum)
        await zet_stap(work, subject, self.key)
        return Done(f"Dossier {subject.referte} is afgesloten.", samenvatting=answers[REDEN].reden)
