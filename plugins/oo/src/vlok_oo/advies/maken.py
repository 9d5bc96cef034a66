"""Wonen in Vlaanderen makes an advies per entiteit; the gewestelijk ambtenaar signs it (DT023, with letter DT024)."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import uuid4

from vlok.api.actions import Done
from vlok.api.paper import HUISSTIJL, DocumentOrder, order_documents
from vlok.api.tables import Dossier
from vlok.api.tasks import open_task
from vlok.api.wizard import Answers, Choices, Form, Item, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_oo import brieven
from vlok_oo.documents import ADVIES, BEGELEIDENDE_BRIEF
from vlok_oo.feiten import OoFeiten
from vlok_oo.handeling import DossierHandeling, aantal, keuzes, resultaten, zet_statussen
from vlok_oo.inhoud import AdviesInhoud, Adviesregel, BegeleidendeBriefInhoud, Partij
from vlok_oo.parameters import PLAATS
from vlok_oo.procedure import ADVIESFASE, Adviesstatus, DpStatus
from vlok_oo.rechtsgronden import rechtsgronden
from vlok_oo.tables import OoAdvies
from vlok_oo.tasks import ONDERTEKEN_ADVIES
from vlok_register.api.tables import Entiteit

UITSLAGEN = {
    "VOL": "voldoet",
    "OG": "ongeschikt",
    "OG/OB": "ongeschikt en onbewoonbaar",
    "VOL/OVB": "voldoet, maar overbewoond",
    "OG/OVB": "ongeschikt en overbewoond",
    "OG/OB/OVB": "ongeschikt, onbewoonbaar en overbewoond",
    "OVB": "overbewoond",
    "GADV": "geen advies",
}


class OoAdviesEntiteiten(Form):
    """Which entiteiten get their advies now."""

    entiteiten: list[str] = vraag("Entiteiten", [], verplicht=True, keuze=True)


class OoAdviesPerEntiteit(Form):
    """The advies about one entiteit."""

    entiteit: str = vraag("Entiteit", "")
    uitslag: str | None = vraag("Advies", verplicht=True, keuze=True)
    motivering: str = vraag("Motivering", "", lang=True)


class OoAdviezen(Form):
    """The adviezen."""

    per_entiteit: list[OoAdviesPerEntiteit] = vraag("Advies per entiteit", [])


ENTITEITEN = Step("entiteiten", "Entiteiten", OoAdviesEntiteiten)
ADVIEZEN = Step("adviezen", "Advies per entiteit", OoAdviezen, per="per_entiteit", item_key="entiteit")


def te_maken(facts: OoFeiten) -> Sequence[Entiteit]:
    """The entiteiten that advice was asked about and that have none."""
    return [e for e in facts.entiteiten.values() if facts.adviesvraag(e.id) and e.id not in facts.adviezen]


class AdviesMaken(DossierHandeling):
    """Advies maken."""

    key = "oo.adviesMaken"
    title = "Advies maken"
    description = "VLOK maakt het advies en de brief voor de gemeente; de gewestelijk ambtenaar ondertekent ze."
    button = "Advies maken"
    steps: ClassVar[tuple[Step[Any], ...]] = (ENTITEITEN, ADVIEZEN)

    def belet(self, facts: OoFeiten) -> str | None:
        return None if te_maken(facts) else "Er zijn geen entiteiten waarvoor nog een advies moet worden gemaakt."

    def choices(self, facts: OoFeiten, answers: Answers) -> Choices:
        return {
            "entiteiten.entiteiten": keuzes(te_maken(facts), facts),
            "adviezen.uitslag": [Keuze(code, f"{code}: {label}") for code, label in UITSLAGEN.items()],
        }

    def items(self, facts: OoFeiten, answers: Answers, step: Step[Any]) -> Sequence[Item]:
        return [Item(e.referte, e.titel, resultaten(e.id, facts)) for e in _gekozen(facts, answers)]

    def defaults(self, facts: OoFeiten, answers: Answers) -> Mapping[str, Any]:
        found = {
            e.referte: {"uitslag": facts.bevindingen[e.id].uitslag}
            for e in _gekozen(facts, answers)
            if e.id in facts.bevindingen
        }
        return {"entiteiten": {"entiteiten": [e.referte for e in te_maken(facts)]}, "adviezen": found}

    async def apply(self, work: Work, subject: Dossier, facts: OoFeiten, answers: Answers) -> Done:
        entiteiten = _gekozen(facts, answers)
        adviezen = await _adviezen(work, facts, entiteiten, answers)
        work.session.add_all(adviezen)
        await order_documents(work, subject, await _documenten(work, facts, entiteiten, adviezen))
        moved = [dp for e in entiteiten if (dp := facts.deelprocedures[e.id]).status in ADVIESFASE]
        await zet_statussen(work, {dp.id: DpStatus.ADVIES_TER_ONDERTEKENING for dp in moved})
        await open_task(work, ONDERTEKEN_ADVIES, subject)
        som = aantal(len(adviezen), "advies is", "adviezen zijn")
        return Done(f"{som} gemaakt.", samenvatting=aantal(len(adviezen), "advies", "adviezen"))


def _gekozen(facts: OoFeiten, answers: Answers) -> Sequence[Entiteit]:
    chosen = set(answers[ENTITEITEN].entiteiten)
    return [entiteit for entiteit in te_maken(facts) if entiteit.referte in chosen]


async def _adviezen(
    work: Work, facts: OoFeiten, entiteiten: Sequence[Entiteit], answers: Answers
) -> Sequence[OoAdvies]:
    rijen = {rij.entiteit: rij for rij in answers[ADVIEZEN].per_entiteit}
    refertes = await work.numbers(OoAdvies.referte_prefix, len(entiteiten))
    ronde = uuid4()
    return [
        OoAdvies(
            id=uuid4(),
            referte=referte,
            dossier_id=facts.dossier.id,
            deelprocedure_id=facts.deelprocedures[entiteit.id].id,
            entiteit_id=entiteit.id,
            ronde_id=ronde,
            uitslag=rijen[entiteit.referte].uitslag,
            motivering=rijen[entiteit.referte].motivering,
            status=Adviesstatus.TER_ONDERTEKENING,
            domein=work.actor.domein,
            gebied=facts.dossier.gebied,
        )
        for entiteit, referte in zip(entiteiten, refertes, strict=True)
    ]


async def _documenten(
    work: Work, facts: OoFeiten, entiteiten: Sequence[Entiteit], adviezen: Sequence[OoAdvies]
) -> Sequence[DocumentOrder]:
    plaats = (await work.parameters(work.actor.domein))[PLAATS]
    letters = [
        DocumentOrder(
            ADVIES,
            _advies_inhoud(entiteit, advies, facts, plaats),
            f"{ADVIES.title}: {entiteit.referte}",
            entiteit.id,
            advies.id,
        )
        for entiteit, advies in zip(entiteiten, adviezen, strict=True)
    ]
    brief = DocumentOrder(
        BEGELEIDENDE_BRIEF,
        _brief_inhoud(entiteiten, adviezen, facts, plaats),
        "Brief bij advies",
        facts.dossier.onderwerp_id,
        adviezen[0].ronde_id,
    )
    return [*letters, brief]


def _advies_inhoud(entiteit: Entiteit, advies: OoAdvies, facts: OoFeiten, plaats: str) -> AdviesInhoud:
    adviesvraag = facts.adviesvraag(entiteit.id)
    assert adviesvraag is not None
    return AdviesInhoud(
        gemeente=brieven.gemeente(facts),
        plaats=plaats,
        woning=brieven.woning(entiteit, facts),
        adviesvraag_datum=adviesvraag.datum,
        uitslag=advies.uitslag,
        rechtsgronden=rechtsgronden(("ADVIES",), facts.vandaag),
        onderzoek=brieven.onderzoek(entiteit.id, facts),
        motivering=advies.motivering,
    )


def _brief_inhoud(
    entiteiten: Sequence[Entiteit], adviezen: Sequence[OoAdvies], facts: OoFeiten, plaats: str
) -> BegeleidendeBriefInhoud:
    naam = brieven.gemeente(facts)
    house = facts.parameters[HUISSTIJL]
    return BegeleidendeBriefInhoud(
        plaats=plaats,
        geadresseerde=Partij(
            hoedanigheid="burgemeester",
            naam=f"De burgemeester van {naam}",
            adres=house.adres if house else (naam,),
        ),
        adviesvraag_datum=max(vraag.datum for e in entiteiten if (vraag := facts.adviesvraag(e.id))),
        adviezen=tuple(
            Adviesregel(entiteit=entiteit.referte, adres=brieven.adres(entiteit, facts), uitslag=advies.uitslag)
            for entiteit, advies in zip(entiteiten, adviezen, strict=True)
        ),
        beslissen_voor=facts.procedure.termijn_burgemeester or facts.vandaag,
    )
