"""Everything the actions on a dossier OO look at, loaded in a fixed number of statements however many entiteiten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from vlok.api.orm import Base
from vlok.api.paper import Documentstatus
from vlok.api.parameters import Parameters
from vlok.api.tables import Document, Dossier
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

R = TypeVar("R", bound=Base)

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

    @property
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


async def laad_feiten(work: Work, dossier: Dossier) -> OoFeiten:
    """The facts of a dossier; of another kind of procedure, nothing but the dossier."""
    parameters = await work.parameters(dossier.domein)
    if dossier.soort != SOORT:
        return OoFeiten(work.today, dossier, parameters)
    session = work.session
    rij = await session.get_one(OoProcedure, dossier.id)
    pand = await session.get_one(Pand, dossier.onderwerp_id)
    entiteiten = await session.scalars(
        select(Entiteit).where(Entiteit.pand_id == pand.id).order_by(Entiteit.sorteer, Entiteit.referte)
    )
    betrokkenen = await session.scalars(
        select(Betrokkene)
        .where(Betrokkene.pand_id == pand.id, or_(Betrokkene.tot.is_(None), Betrokkene.tot >= work.today))
        .order_by(Betrokkene.naam, Betrokkene.referte)
    )
    bevindingen, losse = await _bevindingen(session, dossier.id, pand.id)
    adviezen = await _rijen(session, OoAdvies, dossier.id)
    beslissingen = await _rijen(session, OoBeslissing, dossier.id)
    documenten, afgeschermd = await _documenten(session, dossier.id)
    return OoFeiten(
        vandaag=work.today,
        dossier=dossier,
        parameters=parameters,
        rij=rij,
        gebouw=pand,
        entiteiten={entiteit.id: entiteit for entiteit in entiteiten},
        deelprocedures={dp.entiteit_id: dp for dp in await _rijen(session, Deelprocedure, dossier.id)},
        betrokkenen=betrokkenen.all(),
        bevindingen={b.entiteit_id: b for b in bevindingen},
        eigen_onderzocht=frozenset(b.entiteit_id for b in bevindingen if b.domein == dossier.domein),
        losse_bevindingen=losse,
        adviesvragen=sorted(await _rijen(session, OoAdviesvraag, dossier.id), key=lambda v: (v.datum, v.referte)),
        adviezen={advies.entiteit_id: advies for advies in sorted(adviezen, key=lambda a: a.referte)},
        hoorplichten=sorted(await _rijen(session, OoHoorplicht, dossier.id), key=lambda h: h.gestart_op),
        reacties=sorted(await _rijen(session, OoReactie, dossier.id), key=lambda r: (r.datum, r.referte)),
        beslissingen=per_entiteit(beslissingen),
        documenten=documenten,
        afgeschermd=afgeschermd,
    )


async def _rijen(session: AsyncSession, model: type[R], dossier_id: UUID) -> Sequence[R]:
    return (await session.scalars(select(model).filter_by(dossier_id=dossier_id))).all()


async def _bevindingen(
    session: AsyncSession, dossier_id: UUID, pand_id: UUID
) -> tuple[Sequence[OoBevinding], Sequence[OoBevinding]]:
    """Those of the procedure and those of the pand that belong to none, the oldest first."""
    here = (OoBevinding.dossier_id == dossier_id) | (
        OoBevinding.dossier_id.is_(None) & (OoBevinding.pand_id == pand_id)
    )
    oldest_first = select(OoBevinding).where(here).order_by(OoBevinding.datum, OoBevinding.onderzoek_referte)
    found = (await session.scalars(oldest_first)).all()
    return [b for b in found if b.dossier_id is not None], [b for b in found if b.dossier_id is None]


async def _documenten(
    session: AsyncSession, dossier_id: UUID
) -> tuple[Mapping[UUID, Sequence[str]], Mapping[UUID, Sequence[str]]]:
    """By step: the statuses of its documents, and the references of those that are signed and not shared."""
    of_steps = select(Document.stap_id, Document.status, Document.referte, Document.gedeeld_op).where(
        Document.dossier_id == dossier_id, Document.stap_id.is_not(None)
    )
    statussen: dict[UUID, list[str]] = defaultdict(list)
    afgeschermd: dict[UUID, list[str]] = defaultdict(list)
    for stap_id, status, referte, gedeeld_op in await session.execute(of_steps.order_by(Document.referte)):
        if stap_id is not None:
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
