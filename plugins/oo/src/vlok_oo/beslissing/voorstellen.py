"""From the facts of a dossier and the answers of the wizard to what the rules judge."""

from collections.abc import Iterable, Sequence

from vlok.api.rules import Melding
from vlok.api.wizard import Answers
from vlok_oo.beslissing.formulieren import BESLISSINGEN, ENTITEITEN, ONDERTEKENING, OoBeslissingPerEntiteit
from vlok_oo.feiten import OoFeiten
from vlok_oo.parameters import VRIJGESTELD
from vlok_oo.procedure import GEEN_BESLISSING_MEER, Adviesstatus
from vlok_oo.rules import controleer
from vlok_oo.tables import OoAdvies
from vlok_oo.voorstel import (
    MET_OVERBEWONING,
    Beslissingsstatus,
    Beslissingstype,
    BestaandeBeslissing,
    Uitslag,
    Voorstel,
    Voorstellen,
)
from vlok_register.api.tables import Entiteit

AL_GEMAAKT = frozenset({24, 25, 26})
"""The validations that say that a decision exists already."""


def verstuurd_advies(entiteit: Entiteit, facts: OoFeiten) -> OoAdvies | None:
    """The advies about an entiteit, once Wonen in Vlaanderen sent it."""
    advies = facts.adviezen.get(entiteit.id)
    return advies if advies is not None and advies.status == Adviesstatus.VERSTUURD else None


def is_aangeboden(entiteit: Entiteit, facts: OoFeiten) -> bool:
    """Whether the wizard offers an entiteit (handleiding VLOK, step 1).

    It is in a sent advies or in a signed examination of the gemeente, the procedure holds no decision VOL, OG or OG/OB
    about it, and it was not repaired or granted a conformiteitsattest.
    """
    grond = verstuurd_advies(entiteit, facts) is not None or entiteit.id in facts.eigen_onderzocht
    status = facts.status(entiteit.id)
    beslist = any(b.soort in MET_OVERBEWONING for b in facts.beslissingen.get(entiteit.id, ()))
    return grond and status is not None and status not in GEEN_BESLISSING_MEER and not beslist


def aangeboden(facts: OoFeiten) -> Sequence[Entiteit]:
    """The entiteiten that the wizard offers."""
    return [entiteit for entiteit in facts.entiteiten.values() if is_aangeboden(entiteit, facts)]


def gekozen(facts: OoFeiten, answers: Answers) -> Sequence[Entiteit]:
    """The chosen entiteiten that exist, in the order of the pand."""
    chosen = set(answers[ENTITEITEN].entiteiten)
    return [entiteit for entiteit in facts.entiteiten.values() if entiteit.referte in chosen]


def voorstellen(facts: OoFeiten, answers: Answers) -> Voorstellen:
    """The whole run of the wizard, as the rules see it."""
    rijen = {rij.entiteit: rij for rij in answers[BESLISSINGEN].per_entiteit}
    return Voorstellen(
        per_entiteit=tuple(
            _voorstel(entiteit, rijen.get(entiteit.referte) or OoBeslissingPerEntiteit(), facts)
            for entiteit in gekozen(facts, answers)
        ),
        vandaag=answers.today,
        ondertekenflow=answers[ONDERTEKENING].flow,
    )


def _voorstel(entiteit: Entiteit, rij: OoBeslissingPerEntiteit, facts: OoFeiten) -> Voorstel:
    bevinding, advies = facts.bevindingen.get(entiteit.id), verstuurd_advies(entiteit, facts)
    adviesvraag = facts.adviesvraag(entiteit.id)
    return Voorstel(
        referte=entiteit.referte,
        vandaag=facts.vandaag,
        **rij.model_dump(exclude={"entiteit", "motivering"}),
        datum_adviesvraag=adviesvraag.datum if adviesvraag else None,
        datum_onderzoek=bevinding.datum if bevinding else None,
        uitslag_onderzoek=Uitslag.lees(bevinding.uitslag) if bevinding else None,
        datum_advies=advies.datum if advies else None,
        uitslag_advies=Uitslag.lees(advies.uitslag) if advies else None,
        vrijgesteld=facts.parameters[VRIJGESTELD],
        bestaande=tuple(
            BestaandeBeslissing(Beslissingstype(b.soort), b.datum, Beslissingsstatus(b.status))
            for b in facts.beslissingen.get(entiteit.id, ())
        ),
    )


def oordeel(facts: OoFeiten, answers: Answers) -> Iterable[Melding]:
    """What the rules say, and which chosen entiteiten the wizard did not offer.

    Of an entiteit that is not offered because its decision exists, validations 24 to 26 tell more.
    """
    run = voorstellen(facts, answers)
    meldingen = controleer(run, answers.today)
    yield from meldingen
    yield from _termijnen(run)
    verklaard = {melding.entiteit for melding in meldingen if melding.nummer in AL_GEMAAKT}
    offered = {entiteit.referte for entiteit in aangeboden(facts)}
    for referte in dict.fromkeys(answers[ENTITEITEN].entiteiten):
        if referte not in offered | verklaard:
            tekst = f"Entiteit {referte}: Voor deze entiteit kan u in deze procedure nu geen beslissing maken."
            yield Melding(tekst, code="NIET_AANGEBODEN", stap=ENTITEITEN.key, veld="entiteiten", entiteit=referte)


def _termijnen(run: Voorstellen) -> Iterable[Melding]:
    """The handleiding bounds the term for snelherstel from above (validation 15); a term is at least a day."""
    for v in run.per_entiteit:
        if v.snelherstel_dagen is not None and v.snelherstel_dagen < 1:
            tekst = f"Entiteit {v.referte}: De termijn voor het snelherstel moet minstens 1 dag zijn."
            yield Melding(tekst, code="OO-TERMIJN", stap=BESLISSINGEN.key, veld="snelherstelDagen", entiteit=v.referte)
