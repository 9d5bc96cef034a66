"""Everything the actions on a WI-dossier look at, loaded in one statement however many entiteiten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select

from vlok.api.paper import Documentstatus
from vlok.api.parameters import Parameters
from vlok.api.tables import Document, Dossier
from vlok.api.together import Together
from vlok.api.work import Work
from vlok_register.api.tables import Entiteit, Pand
from vlok_wi.tables import (
    Pvsoort,
    Pvstatus,
    Vorderingstatus,
    WiGevolg,
    WiHerstelvordering,
    WiMelding,
    WiOpdracht,
    WiPartij,
    WiPv,
    WiResultaat,
    WiUitspraak,
    WiZaak,
)
from vlok_wi.uitslag import CONFORM

GETEKEND = frozenset({Documentstatus.ONDERTEKEND, Documentstatus.OPGELADEN})
"""A document that counts as signed."""


@dataclass(frozen=True)
class WiFeiten:
    """A WI-dossier with all that happened in it, each list the oldest first.

    ``resultaten`` holds per entiteit the last result that was validated; ``documenten`` the statuses of the documents
    of a step (a proces-verbaal, a herstelvordering) by the step's id.
    """

    vandaag: date
    dossier: Dossier
    zaak: WiZaak
    pand: Pand
    parameters: Parameters
    entiteiten: Mapping[UUID, Entiteit] = field(default_factory=dict)
    melding: WiMelding | None = None
    partijen: Sequence[WiPartij] = ()
    opdrachten: Sequence[WiOpdracht] = ()
    resultaten: Mapping[UUID, WiResultaat] = field(default_factory=dict)
    ongevalideerd: Mapping[UUID, Sequence[WiResultaat]] = field(default_factory=dict)
    pvs: Sequence[WiPv] = ()
    vorderingen: Sequence[WiHerstelvordering] = ()
    gevolgen: Sequence[WiGevolg] = ()
    uitspraken: Sequence[WiUitspraak] = ()
    documenten: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    controleurs: Mapping[str, str] = field(default_factory=dict)
    """Whom an examination can be asked, by id; loaded only where that is the question."""

    @property
    def op_referte(self) -> Mapping[str, Entiteit]:
        """The entiteiten of the pand by reference."""
        return {entiteit.referte: entiteit for entiteit in self.entiteiten.values()}

    @property
    def gebrekkig(self) -> Sequence[Entiteit]:
        """The entiteiten whose last validated result is not conform."""
        return [e for e in self.entiteiten.values() if e.id in self.resultaten and not self.is_conform(e.id)]

    @property
    def te_herstellen(self) -> frozenset[UUID]:
        """The entiteiten of a registered herstelvordering whose execution was not established yet."""
        return te_herstellen(self.vorderingen, self.pvs)

    @property
    def herstel_afgewezen(self) -> bool:
        """Whether the last judgment, if there is one, ordered no repair."""
        last = max((uitspraak.datum for uitspraak in self.uitspraken), default=None)
        return last is not None and not any(u.herstel for u in self.uitspraken if u.datum == last)

    def is_conform(self, entiteit_id: UUID) -> bool:
        """Whether the last validated result of an entiteit says that it meets the norms."""
        resultaat = self.resultaten.get(entiteit_id)
        return resultaat is not None and resultaat.uitslag == CONFORM

    def is_getekend(self, stap_id: UUID) -> bool:
        """Whether a step has documents, all of them signed."""
        statussen = self.documenten.get(stap_id, ())
        return bool(statussen) and GETEKEND.issuperset(statussen)

    def gekozen(self, refertes: Sequence[str]) -> Sequence[Entiteit]:
        """The entiteiten of these references, in the order of the pand."""
        chosen = set(refertes)
        return [entiteit for entiteit in self.entiteiten.values() if entiteit.referte in chosen]


def te_herstellen(vorderingen: Sequence[WiHerstelvordering], pvs: Sequence[WiPv]) -> frozenset[UUID]:
    """What registered herstelvorderingen ask to repair, without what a signed PV van uitvoering covers."""
    asked = {key for v in vorderingen if v.status == Vorderingstatus.INGESCHREVEN for key in v.entiteit_ids}
    done = {
        key
        for pv in pvs
        if pv.soort == Pvsoort.UITVOERING and pv.status != Pvstatus.IN_OPMAAK
        for key in pv.entiteit_ids
    }
    return frozenset(asked - done)


DOSSIER: BindParameter[UUID] = bindparam("dossier")
FEITEN = Together(
    select(WiZaak).where(WiZaak.id == DOSSIER),
    select(Pand).join(WiZaak, WiZaak.pand_id == Pand.id).where(WiZaak.id == DOSSIER),
    select(Entiteit)
    .join(WiZaak, WiZaak.pand_id == Entiteit.pand_id)
    .where(WiZaak.id == DOSSIER)
    .order_by(Entiteit.sorteer, Entiteit.referte),
    select(WiMelding).where(WiMelding.dossier_id == DOSSIER),
    select(WiPartij).where(WiPartij.dossier_id == DOSSIER),
    select(WiOpdracht).where(WiOpdracht.zaak_id == DOSSIER).order_by(WiOpdracht.volgnummer),
    select(WiResultaat)
    .join(WiOpdracht, WiOpdracht.id == WiResultaat.opdracht_id)
    .where(WiResultaat.zaak_id == DOSSIER)
    .order_by(WiResultaat.datum, WiOpdracht.volgnummer),
    select(WiPv).where(WiPv.dossier_id == DOSSIER).order_by(WiPv.nummer),
    select(WiHerstelvordering).where(WiHerstelvordering.dossier_id == DOSSIER).order_by(WiHerstelvordering.nummer),
    select(WiGevolg).where(WiGevolg.dossier_id == DOSSIER).order_by(WiGevolg.datum, WiGevolg.id),
    select(WiUitspraak).where(WiUitspraak.dossier_id == DOSSIER).order_by(WiUitspraak.datum, WiUitspraak.id),
    select(Document.stap_id, Document.status).where(Document.dossier_id == DOSSIER, Document.stap_id.is_not(None)),
)


async def laad_feiten(work: Work, dossier: Dossier) -> WiFeiten:
    """The facts of a dossier, in one statement."""
    parameters, found = await work.facts(FEITEN, dossier.domein, dossier=dossier.id)
    [zaak], [pand], entiteiten, meldingen, partijen, opdrachten, gevonden, *rest = found
    pvs, vorderingen, gevolgen, uitspraken, van_stappen = rest
    return WiFeiten(
        vandaag=work.today,
        dossier=dossier,
        zaak=zaak,
        pand=pand,
        parameters=parameters,
        entiteiten={entiteit.id: entiteit for entiteit in entiteiten},
        melding=meldingen[0] if meldingen else None,
        partijen=sorted(partijen, key=lambda p: (p.naam, p.id)),
        opdrachten=opdrachten,
        resultaten={r.entiteit_id: r for r in gevonden if r.gevalideerd},
        ongevalideerd=_per_opdracht([r for r in gevonden if not r.gevalideerd]),
        pvs=pvs,
        vorderingen=vorderingen,
        gevolgen=gevolgen,
        uitspraken=uitspraken,
        documenten=_documenten(van_stappen),
    )


def _per_opdracht(resultaten: Sequence[WiResultaat]) -> Mapping[UUID, Sequence[WiResultaat]]:
    found: dict[UUID, list[WiResultaat]] = defaultdict(list)
    for resultaat in resultaten:
        found[resultaat.opdracht_id].append(resultaat)
    return found


def _documenten(van_stappen: Iterable[tuple[UUID, str]]) -> Mapping[UUID, Sequence[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for stap_id, status in van_stappen:
        found[stap_id].append(status)
    return found
