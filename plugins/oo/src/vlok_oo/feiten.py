"""Everything the actions on a dossier OO look at, loaded in one statement however many entiteiten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, or_, select

from vlok.api.paper import Documentstatus
from vlok.api.parameters import Parameters
from vlok.api.tables import Document, Dossier
from vlok.api.together import Together
from vlok.api.work import Work
from vlok_oo.procedure import SOORT
from vlok_oo.tables import (
    OoAdvies,
    OoAdviesvraag,
    OoBeslissing,
    OoBevinding,
    OoHoorplicht,
    OoProcedure,
    OoReactie,
)
from vlok_register.api.tables import Betrokkene, Deelprocedure, Entiteit, Pand

GETEKEND = frozenset({Documentstatus.ONDERTEKEND, Documentstatus.OPGELADEN})
"""A document that counts as signed."""


@dataclass(frozen=True)
class OoFeiten:
    """A dossier OO as the acting organisation may see it: rows that the other side did not share are not in it.

    Mappings by ``UUID`` are by the id of the entiteit, unless said. ``bevindingen`` holds the most recent signed
    examination in the procedure, ``adviezen`` the last advies, of each entiteit; ``eigen_onderzocht`` the entiteiten
    that the gemeente itself examined; ``losse_bevindingen`` what was found on the pand outside any procedure.
    ``documenten`` gives the statuses of the documents of each step of the procedure (an advies, a round of adviezen, a
    beslissing), by the step's id; ``afgeschermd`` the references of those that are signed and kept from the other side.
    """

    vandaag: date
    dossier: Dossier
    parameters: Parameters
    rij: OoProcedure | None = None
    gebouw: Pand | None = None
    entiteiten: Mapping[UUID, Entiteit] = field(default_factory=dict)
    deelprocedures: Mapping[UUID, Deelprocedure] = field(default_factory=dict)
    betrokkenen: Sequence[Betrokkene] = ()
    bevindingen: Mapping[UUID, OoBevinding] = field(default_factory=dict)
    eigen_onderzocht: frozenset[UUID] = frozenset()
    losse_bevindingen: Sequence[OoBevinding] = ()
    adviesvragen: Sequence[OoAdviesvraag] = ()
    adviezen: Mapping[UUID, OoAdvies] = field(default_factory=dict)
    hoorplichten: Sequence[OoHoorplicht] = ()
    reacties: Sequence[OoReactie] = ()
    beslissingen: Mapping[UUID, Sequence[OoBeslissing]] = field(default_factory=dict)
    documenten: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    afgeschermd: Mapping[UUID, Sequence[str]] = field(default_factory=dict)
    meldbaar: bool = False
    """Whether there is a Wooninspectie here to report to."""

    @property
    def procedure(self) -> OoProcedure:
        """The dossier's own row; only a dossier OO has one."""
        assert self.rij is not None
        return self.rij

    @property
    def pand(self) -> Pand:
        """What the dossier is about."""
        assert self.gebouw is not None
        return self.gebouw

    @cached_property
    def op_referte(self) -> Mapping[str, Entiteit]:
        """The entiteiten of the pand by reference."""
        return {entiteit.referte: entiteit for entiteit in self.entiteiten.values()}

    @property
    def alle_beslissingen(self) -> Sequence[OoBeslissing]:
        """The decisions of the procedure, by reference."""
        return sorted((b for rows in self.beslissingen.values() for b in rows), key=lambda b: b.referte)

    def status(self, entiteit_id: UUID) -> str | None:
        """The status of the deelprocedure of an entiteit; ``None`` when it is not in the procedure."""
        deelprocedure = self.deelprocedures.get(entiteit_id)
        return deelprocedure.status if deelprocedure else None

    def adviesvraag(self, entiteit_id: UUID) -> OoAdviesvraag | None:
        """The last time advice was asked about an entiteit."""
        return next((vraag for vraag in reversed(self.adviesvragen) if entiteit_id in vraag.entiteit_ids), None)

    def is_getekend(self, *stappen: UUID) -> bool:
        """Whether these steps have documents, all of them signed."""
        statussen = [status for stap in stappen for status in self.documenten.get(stap, ())]
        return bool(statussen) and GETEKEND.issuperset(statussen)


DOSSIER: BindParameter[UUID] = bindparam("dossier")
ONDERWERP: BindParameter[UUID] = bindparam("onderwerp")
VANDAAG: BindParameter[date] = bindparam("vandaag")
FEITEN = Together(
    select(OoProcedure).where(OoProcedure.id == DOSSIER),
    select(Pand).where(Pand.id == ONDERWERP),
    select(Entiteit).where(Entiteit.pand_id == ONDERWERP).order_by(Entiteit.sorteer, Entiteit.referte),
    select(Deelprocedure).where(Deelprocedure.dossier_id == DOSSIER),
    select(Betrokkene)
    .where(Betrokkene.pand_id == ONDERWERP, or_(Betrokkene.tot.is_(None), Betrokkene.tot >= VANDAAG))
    .order_by(Betrokkene.naam, Betrokkene.referte),
    select(OoBevinding)
    .where(OoBevinding.dossier_id == DOSSIER)
    .order_by(OoBevinding.datum, OoBevinding.onderzoek_referte),
    select(OoBevinding)
    .where(OoBevinding.dossier_id.is_(None), OoBevinding.pand_id == ONDERWERP)
    .order_by(OoBevinding.datum, OoBevinding.onderzoek_referte),
    select(OoAdviesvraag)
    .where(OoAdviesvraag.dossier_id == DOSSIER)
    .order_by(OoAdviesvraag.datum, OoAdviesvraag.referte),
    select(OoAdvies).where(OoAdvies.dossier_id == DOSSIER).order_by(OoAdvies.referte),
    select(OoHoorplicht).where(OoHoorplicht.dossier_id == DOSSIER).order_by(OoHoorplicht.gestart_op),
    select(OoReactie).where(OoReactie.dossier_id == DOSSIER).order_by(OoReactie.datum, OoReactie.referte),
    select(OoBeslissing).where(OoBeslissing.dossier_id == DOSSIER).order_by(OoBeslissing.referte),
    select(Document.stap_id, Document.status, Document.referte, Document.gedeeld_op)
    .where(Document.dossier_id == DOSSIER, Document.stap_id.is_not(None))
    .order_by(Document.referte),
)


async def laad_feiten(work: Work, dossier: Dossier) -> OoFeiten:
    """The facts of a dossier, in one statement; of another kind of procedure, nothing but the dossier."""
    if dossier.soort != SOORT:
        return OoFeiten(work.today, dossier, await work.parameters(dossier.domein))
    wanted = {"dossier": dossier.id, "onderwerp": dossier.onderwerp_id, "vandaag": work.today}
    parameters, found = await work.facts(FEITEN, dossier.domein, **wanted)
    [rij], [pand], entiteiten, deelprocedures, betrokkenen, bevindingen, losse, *stappen = found
    adviesvragen, adviezen, hoorplichten, reacties, beslissingen, van_stappen = stappen
    documenten, afgeschermd = _documenten(van_stappen)
    return OoFeiten(
        vandaag=work.today,
        dossier=dossier,
        parameters=parameters,
        rij=rij,
        gebouw=pand,
        entiteiten={entiteit.id: entiteit for entiteit in entiteiten},
        deelprocedures={dp.entiteit_id: dp for dp in deelprocedures},
        betrokkenen=betrokkenen,
        bevindingen={b.entiteit_id: b for b in bevindingen},
        eigen_onderzocht=frozenset(b.entiteit_id for b in bevindingen if b.domein == dossier.domein),
        losse_bevindingen=losse,
        adviesvragen=adviesvragen,
        adviezen={advies.entiteit_id: advies for advies in adviezen},
        hoorplichten=hoorplichten,
        reacties=reacties,
        beslissingen=per_entiteit(beslissingen),
        documenten=documenten,
        afgeschermd=afgeschermd,
    )


def _documenten(
    van_stappen: Iterable[tuple[UUID, str, str, datetime | None]],
) -> tuple[Mapping[UUID, Sequence[str]], Mapping[UUID, Sequence[str]]]:
    """By step: the statuses of its documents, and the references of those that are signed and not shared."""
    statussen: dict[UUID, list[str]] = defaultdict(list)
    afgeschermd: dict[UUID, list[str]] = defaultdict(list)
    for stap_id, status, referte, gedeeld_op in van_stappen:
        statussen[stap_id].append(status)
        if status in GETEKEND and gedeeld_op is None:
            afgeschermd[stap_id].append(referte)
    return statussen, afgeschermd


def per_entiteit(beslissingen: Iterable[OoBeslissing]) -> Mapping[UUID, Sequence[OoBeslissing]]:
    """Decisions grouped by the entiteit they are about."""
    found: dict[UUID, list[OoBeslissing]] = defaultdict(list)
    for beslissing in beslissingen:
        found[beslissing.entiteit_id].append(beslissing)
    return found
