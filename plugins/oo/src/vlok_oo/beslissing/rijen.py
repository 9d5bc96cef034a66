"""From a proposal that passed the rules to the rows that keep it: one per decision, overbewoning apart."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from vlok.api.wizard import Answers
from vlok.api.work import Work
from vlok_oo.beslissing.formulieren import BESLISSINGEN, ONDERTEKENING
from vlok_oo.feiten import OoFeiten
from vlok_oo.tables import OoBeslissing
from vlok_oo.validaties import NIET_VERSTUURD
from vlok_oo.voorstel import Beslissingsstatus, Beslissingstype, Voorstel
from vlok_register.api.tables import Entiteit

DOCUMENT = "DT034"
"""The document of a decision that was taken outside VLOK (handleiding VLOK: "VLOK laadt DT034 op")."""


async def beslissingen(
    work: Work, facts: OoFeiten, answers: Answers, per_entiteit: Sequence[Voorstel]
) -> list[OoBeslissing]:
    """The rows of a run of the wizard, in one look-up of references."""
    asked = [(voorstel, soort) for voorstel in per_entiteit for soort in voorstel.soorten]
    refertes = await work.numbers(OoBeslissing.referte_prefix, len(asked))
    motivering = {rij.entiteit: rij.motivering for rij in answers[BESLISSINGEN].per_entiteit}
    flow = answers[ONDERTEKENING].flow
    return [
        OoBeslissing(
            id=uuid4(),
            referte=referte,
            soort=soort,
            status=Beslissingsstatus.IN_OPMAAK if v.is_nog_te_nemen else Beslissingsstatus.TE_VERSTUREN,
            datum=v.datum,
            ondertekenflow=flow if v.is_nog_te_nemen else None,
            aangemaakt_op=work.now,
            motivering=motivering.get(v.referte, ""),
            poststempel=False,
            domein=facts.dossier.domein,
            gebied=facts.dossier.gebied,
            **_plaats(v, facts),
            **_opties(v, soort),
        )
        for (v, soort), referte in zip(asked, refertes, strict=True)
    ]


def _plaats(v: Voorstel, facts: OoFeiten) -> dict[str, Any]:
    entiteit = facts.op_referte[v.referte]
    deelprocedure = facts.deelprocedures[entiteit.id]
    open_ones = [b for b in facts.beslissingen.get(entiteit.id, ()) if b.status in NIET_VERSTUURD]
    return {
        "dossier_id": facts.dossier.id,
        "deelprocedure_id": deelprocedure.id,
        "entiteit_id": entiteit.id,
        "vorige_status": open_ones[0].vorige_status if open_ones else deelprocedure.status,
    }


def _opties(v: Voorstel, soort: Beslissingstype) -> dict[str, Any]:
    """What was chosen; a separate overbewoning keeps what is not about the defects of the dwelling."""
    eigen = soort is v.beslissing
    snel = eigen and v.snelherstel
    return {
        "basis": v.basis,
        "datum_kennisgeving": v.datum_kennisgeving,
        "reden": v.reden if eigen else "",
        "uitstel_tot": v.uitstel_tot if soort is Beslissingstype.UITSTEL else None,
        "datum_stopzetting": v.datum_stopzetting if v.stopzetting_bewoning else None,
        "snelherstel_dagen": v.snelherstel_dagen if snel else None,
        "gebreken": v.gebreken if snel else "",
        "werken_op_kosten_eigenaar": eigen and v.werken_op_kosten_eigenaar,
        "herhuisvesting": eigen and v.herhuisvesting,
        "recuperatie_kosten": v.recuperatie_kosten if eigen else "",
        "sloop_of_herbestemming": v.sloop_of_herbestemming if eigen else None,
    }


def document_titel(beslissing: OoBeslissing, entiteit: Entiteit) -> str:
    """How the uploaded document of a decision is called."""
    return f"Beslissing burgemeester ({Beslissingstype(beslissing.soort).label}): {entiteit.referte}"
