"""The documents of decisions still to be taken: DT034 for a verdict, DT044 for uitstel, DT043 for "beslissing andere".

The signing gate of the handleiding draws on these three; which of them goes with which decision is inferred.
"""

from collections.abc import Sequence

from vlok.api.documents import AnyLetter
from vlok.api.paper import DocumentOrder
from vlok_oo import brieven
from vlok_oo.documents import ANDERE, BESLUIT, UITSTEL, besluit_titel
from vlok_oo.feiten import OoFeiten
from vlok_oo.inhoud import AndereInhoud, BesluitInhoud, Snelherstel, UitstelInhoud
from vlok_oo.parameters import VRIJGESTELD
from vlok_oo.rechtsgronden import beroepsmogelijkheid, rechtsgronden
from vlok_oo.tables import OoBeslissing
from vlok_oo.voorstel import Beslissingstype
from vlok_register.api.tables import Entiteit


def documenten(beslissingen: Sequence[OoBeslissing], facts: OoFeiten, *, digitaal: bool) -> Sequence[DocumentOrder]:
    """One document per decision; ``digitaal`` draws signature fields."""
    overbewoond = {b.entiteit_id for b in beslissingen if b.soort == Beslissingstype.OVB}
    return [_document(b, facts, apart=b.entiteit_id in overbewoond, digitaal=digitaal) for b in beslissingen]


def _document(beslissing: OoBeslissing, facts: OoFeiten, *, apart: bool, digitaal: bool) -> DocumentOrder:
    entiteit = facts.entiteiten[beslissing.entiteit_id]
    letter: AnyLetter
    content: object
    match beslissing.soort:
        case Beslissingstype.UITSTEL:
            letter, titel = UITSTEL, UITSTEL.title
            content = _uitstel(beslissing, entiteit, facts)
        case Beslissingstype.ANDERE:
            letter, titel = ANDERE, ANDERE.title
            content = _andere(beslissing, entiteit, facts)
        case soort:
            letter, titel = BESLUIT, besluit_titel(soort)
            content = _besluit(beslissing, entiteit, facts, apart=apart and soort != Beslissingstype.OVB)
    naam = f"{titel}: {entiteit.referte}"
    return DocumentOrder(letter, content, naam, entiteit.id, beslissing.id, digitaal, datum=beslissing.datum)


def _uitstel(beslissing: OoBeslissing, entiteit: Entiteit, facts: OoFeiten) -> UitstelInhoud:
    assert beslissing.uitstel_tot is not None
    first, others = brieven.geadresseerden(entiteit, facts)
    return UitstelInhoud(
        gemeente=brieven.gemeente(facts),
        geadresseerde=first,
        woning=brieven.woning(entiteit, facts),
        uitstel_tot=beslissing.uitstel_tot,
        reden=beslissing.reden,
        onderzoek=brieven.onderzoek(entiteit.id, facts),
        kopie_aan=others,
    )


def _andere(beslissing: OoBeslissing, entiteit: Entiteit, facts: OoFeiten) -> AndereInhoud:
    first, others = brieven.geadresseerden(entiteit, facts)
    return AndereInhoud(
        gemeente=brieven.gemeente(facts),
        geadresseerde=first,
        woning=brieven.woning(entiteit, facts),
        reden=beslissing.reden,
        kopie_aan=others,
    )


def _besluit(beslissing: OoBeslissing, entiteit: Entiteit, facts: OoFeiten, *, apart: bool) -> BesluitInhoud:
    return BesluitInhoud(
        gemeente=brieven.gemeente(facts),
        beslissing=beslissing.soort,
        woning=brieven.woning(entiteit, facts),
        betrokkenen=tuple(map(brieven.partij, brieven.betrokkenen(entiteit.id, facts))),
        rechtsgronden=rechtsgronden(_onderwerpen(beslissing), beslissing.datum),
        beroep=beroepsmogelijkheid(beslissing.datum),
        verzoek=brieven.verzoek(facts),
        onderzoek=brieven.onderzoek(entiteit.id, facts),
        advies=brieven.advies(entiteit.id, facts),
        vrijgesteld=facts.parameters[VRIJGESTELD],
        kennisgeving_datum=beslissing.datum_kennisgeving,
        reacties=brieven.reacties(entiteit.id, facts),
        motivering=beslissing.motivering,
        overbewoning_apart=apart,
        stopzetting_datum=beslissing.datum_stopzetting,
        snelherstel=_snelherstel(beslissing),
        herhuisvesting=beslissing.herhuisvesting,
        recuperatie=beslissing.recuperatie_kosten,
        sloop_of_herbestemming=beslissing.sloop_of_herbestemming,
    )


def _onderwerpen(beslissing: OoBeslissing) -> Sequence[str]:
    options = {
        beslissing.soort: True,
        "SNELHERSTEL": beslissing.snelherstel_dagen is not None,
        "HERHUISVESTING": beslissing.herhuisvesting,
        beslissing.sloop_of_herbestemming or "": beslissing.sloop_of_herbestemming is not None,
    }
    return [onderwerp for onderwerp, chosen in options.items() if chosen]


def _snelherstel(beslissing: OoBeslissing) -> Snelherstel | None:
    if beslissing.snelherstel_dagen is None:
        return None
    return Snelherstel(
        termijn_dagen=beslissing.snelherstel_dagen,
        gebreken=tuple(line.strip() for line in beslissing.gebreken.splitlines() if line.strip()),
        op_kosten_eigenaar=beslissing.werken_op_kosten_eigenaar,
    )
