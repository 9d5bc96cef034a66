"""The 7 extra checks on a decision that may come too early or be too heavy. Numbers and sentences are normative.

Source: handleiding VLOK, "Hoe maakt de gemeente de beslissing van de burgemeester en laat ze ondertekenen?", table
"Controle mogelijke te vroege of te zware beslissing". A dossierbeheerder may knowingly pass them; the 2020 quick card
that forbids a heavier decision outright is superseded by that page. "Ontvoogd" is the older word for ``vrijgesteld``.

Quality and overbewoning are two questions: OG/OVB weighs as OG in checks 1 to 4, and counts as overbewoond in 5 and 6.
"""

from vlok.api.rules import Rulebook
from vlok_oo.termijnen import Termijnsoort, termijn
from vlok_oo.voorstel import ONGESCHIKT, Beslissingstype, Kwaliteit, Uitslag, Voorstel

BRON = (
    "handleiding VLOK, 'Hoe maakt de gemeente de beslissing van de burgemeester en laat ze ondertekenen?', "
    "controle mogelijke te vroege of te zware beslissing"
)

waarschuwingen = Rulebook[Voorstel]("OO-W", confirmable=True, stap="beslissingen", bron=BRON)

OORDEEL = frozenset({Kwaliteit.VOL, Kwaliteit.OG, Kwaliteit.OGOB})


def is_advies_bindend(v: Voorstel) -> bool:
    """An advies was sent to a gemeente that is not exempt from asking it."""
    return v.uitslag_advies is not None and not v.vrijgesteld


def is_advies_afwezig(v: Voorstel) -> bool:
    """No advies was sent, or the one that was sent says that there is none."""
    return v.uitslag_advies is None or v.uitslag_advies.is_geen_advies


def is_onderzoek_leidend(v: Voorstel) -> bool:
    """The onderzoek is what the decision is measured by: there is no advies, or the onderzoek is more recent."""
    if is_advies_afwezig(v):
        return True
    return v.datum_onderzoek is not None and v.datum_advies is not None and v.datum_onderzoek > v.datum_advies


def kwaliteit(uitslag: Uitslag | None) -> Kwaliteit | None:
    """The quality found, if there is a result and it names one."""
    return uitslag.kwaliteit if uitslag else None


def noemt_geen_overbewoning(uitslag: Uitslag | None) -> bool:
    """A judgement on the entiteit (VOL, OG or OG/OB) without overbewoning."""
    return uitslag is not None and uitslag.kwaliteit in OORDEEL and not uitslag.overbewoond


@waarschuwingen(
    1,
    "beslissing",
    "Entiteit {referte}: De beslissing mag niet zwaarder zijn dan het advies voor een gemeente die niet ontvoogd is.",
)
def onbewoonbaar_is_niet_zwaarder_dan_advies_ongeschikt(v: Voorstel) -> bool:
    te_zwaar = kwaliteit(v.uitslag_advies) is Kwaliteit.OG and v.beslissing is Beslissingstype.OGOB
    return not (is_advies_bindend(v) and te_zwaar)


@waarschuwingen(
    2,
    "beslissing",
    "Entiteit {referte}: De beslissing mag niet zwaarder zijn dan het advies voor een gemeente die niet ontvoogd is.",
)
def ongeschikt_is_niet_zwaarder_dan_advies_voldoet(v: Voorstel) -> bool:
    te_zwaar = kwaliteit(v.uitslag_advies) in (Kwaliteit.VOL, Kwaliteit.GADV) and v.beslissing in ONGESCHIKT
    return not (is_advies_bindend(v) and te_zwaar)


@waarschuwingen(
    3,
    "beslissing",
    "Entiteit {referte}: De beslissing mag niet zwaarder zijn dan de resultaten van het onderzoek.",
)
def onbewoonbaar_is_niet_zwaarder_dan_onderzoek_ongeschikt(v: Voorstel) -> bool:
    te_zwaar = kwaliteit(v.uitslag_onderzoek) is Kwaliteit.OG and v.beslissing is Beslissingstype.OGOB
    return not (is_onderzoek_leidend(v) and te_zwaar)


@waarschuwingen(
    4,
    "beslissing",
    "Entiteit {referte}: De beslissing mag niet zwaarder zijn dan de resultaten van het onderzoek.",
)
def ongeschikt_is_niet_zwaarder_dan_onderzoek_voldoet(v: Voorstel) -> bool:
    te_zwaar = kwaliteit(v.uitslag_onderzoek) is Kwaliteit.VOL and v.beslissing in ONGESCHIKT
    return not (is_onderzoek_leidend(v) and te_zwaar)


@waarschuwingen(
    5,
    "beslissing",
    "Entiteit {referte}: De beslissing overbewoning kan niet worden genomen als in het onderzoek de overbewoning niet "
    "werd aangeduid.",
)
def overbewoning_staat_in_het_onderzoek(v: Voorstel) -> bool:
    onvermeld = Beslissingstype.OVB in v.soorten and noemt_geen_overbewoning(v.uitslag_onderzoek)
    return not (is_onderzoek_leidend(v) and onvermeld)


@waarschuwingen(
    6,
    "beslissing",
    "Entiteit {referte}: De beslissing overbewoning kan niet worden genomen als er geen advies voor overbewoning is "
    "gegeven.",
)
def overbewoning_staat_in_het_advies(v: Voorstel) -> bool:
    onvermeld = Beslissingstype.OVB in v.soorten and noemt_geen_overbewoning(v.uitslag_advies)
    return not (is_advies_bindend(v) and onvermeld)


@waarschuwingen(
    7,
    "datum",
    "Entiteit {referte}: U kan pas een beslissing nemen op basis van het eigen onderzoek na 75 dagen na de "
    "adviesvraag.",
)
def eigen_onderzoek_wacht_op_het_advies(v: Voorstel) -> bool:
    """Raised too when no advies was asked: a gemeente that is not exempt must have asked it."""
    if v.vrijgesteld or not is_advies_afwezig(v) or v.datum is None:
        return True
    wachttijd = termijn(Termijnsoort.EIGEN_ONDERZOEK, v.peildag)
    return v.datum_adviesvraag is not None and v.datum >= wachttijd.einde(v.datum_adviesvraag)
