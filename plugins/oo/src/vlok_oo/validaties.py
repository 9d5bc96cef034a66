"""The 27 validations of the wizard "Beslissing burgemeester maken". Numbers and sentences are normative.

Source: handleiding VLOK, "Hoe maakt de gemeente de beslissing van de burgemeester en laat ze ondertekenen?", table
"Validaties in de wizard aanmaken beslissing". An empty value is the business of the rule that asks for it: every other
rule passes over it.
"""

from datetime import date

from vlok.api.rules import Rulebook
from vlok_oo.termijnen import Termijnsoort, termijn
from vlok_oo.voorstel import (
    MET_OVERBEWONING,
    ONGESCHIKT,
    Basis,
    Beslissingsstatus,
    Beslissingstype,
    Voorstel,
    Voorstellen,
)

BRON = (
    "handleiding VLOK, 'Hoe maakt de gemeente de beslissing van de burgemeester en laat ze ondertekenen?', "
    "validaties in de wizard"
)

keuze = Rulebook[Voorstellen]("OO-B", stap="entiteiten", bron=BRON)
fouten = Rulebook[Voorstel]("OO-B", stap="beslissingen", bron=BRON)

NIET_VERSTUURD = frozenset(
    {Beslissingsstatus.IN_OPMAAK, Beslissingsstatus.TER_ONDERTEKENING, Beslissingsstatus.TE_VERSTUREN}
)
VERVANGEN_DOOR_MB = frozenset({Beslissingsstatus.MB_IN_DE_PLAATS_GEKOMEN})
GENOMEN = frozenset({Beslissingsstatus.VERSTUURD, Beslissingsstatus.GELDIG})


def later(one: date | None, other: date | None) -> bool:
    """An empty date is another rule's business."""
    return one is None or other is None or one > other


def bestaat_al(v: Voorstel, statussen: frozenset[Beslissingsstatus]) -> bool:
    """One of the decisions this becomes (OVB is one of its own) is already there for that day, in such a status."""
    return any(b.soort in v.soorten and b.datum == v.datum and b.status in statussen for b in v.bestaande)


@keuze(1, "entiteiten", "Kies de entiteiten waarvoor u een beslissing wilt maken.")
def er_is_een_entiteit_gekozen(keuze: Voorstellen) -> bool:
    return bool(keuze.per_entiteit)


@fouten(2, "uitstelTot", "Entiteit {referte}: Vul in tot wanneer u uitstel verleent.")
def uitstel_heeft_een_einde(v: Voorstel) -> bool:
    return v.beslissing is not Beslissingstype.UITSTEL or v.uitstel_tot is not None


@fouten(3, "uitstelTot", "Entiteit {referte}: De datum voor het uitstel moet later dan de datum beslissing liggen.")
def uitstel_eindigt_na_de_beslissing(v: Voorstel) -> bool:
    return later(v.uitstel_tot, v.datum)


@fouten(4, "reden", "Entiteit {referte}: Vul de reden in waarom u geen beslissing neemt.")
def geen_beslissing_heeft_een_reden(v: Voorstel) -> bool:
    return v.beslissing is not Beslissingstype.ANDERE or bool(v.reden.strip())


@fouten(5, "datum", "Entiteit {referte}: Vul de datum beslissing in.")
def beslissing_heeft_een_datum(v: Voorstel) -> bool:
    return v.datum is not None


@fouten(6, "datum", "Entiteit {referte}: Datum beslissing moet na de datum adviesvraag liggen")
def beslissing_volgt_op_de_adviesvraag(v: Voorstel) -> bool:
    return later(v.datum, v.datum_adviesvraag)


@fouten(7, "datum", "Entiteit {referte}: Datum beslissing moet na de datum van het onderzoek liggen")
def beslissing_volgt_op_het_onderzoek_waarop_ze_steunt(v: Voorstel) -> bool:
    return v.basis is not Basis.ONDERZOEK or later(v.datum, v.datum_onderzoek)


@fouten(8, "datum", "Entiteit {referte}: Datum beslissing kan niet voor de datum advies liggen")
def beslissing_gaat_het_advies_niet_vooraf(v: Voorstel) -> bool:
    return v.datum == v.datum_advies or later(v.datum, v.datum_advies)


@fouten(9, "beslissing", "Entiteit {referte}: Vul de beslissing in voor de entiteit.")
def er_is_een_beslissing(v: Voorstel) -> bool:
    return v.beslissing is not None


@fouten(
    10,
    "datumKennisgeving",
    "Entiteit {referte}: Datum kennisgeving advies en/of onderzoek mag niet in de toekomst liggen",
)
def kennisgeving_is_gebeurd(v: Voorstel) -> bool:
    return v.datum_kennisgeving is None or v.datum_kennisgeving <= v.vandaag


@fouten(
    11,
    "datumKennisgeving",
    "Entiteit {referte}: Datum kennisgeving advies en/of onderzoek moet voor de datum beslissing liggen",
)
def kennisgeving_gaat_de_beslissing_vooraf(v: Voorstel) -> bool:
    return later(v.datum, v.datum_kennisgeving)


@fouten(12, "datumStopzetting", "Entiteit {referte}: Vul in wanneer de bewoning moet stopgezet zijn")
def stopzetting_heeft_een_datum(v: Voorstel) -> bool:
    return not v.stopzetting_bewoning or v.datum_stopzetting is not None


@fouten(
    13,
    "datumStopzetting",
    "Entiteit {referte}: De datum stopzetting bewoning moet later dan de datum beslissing liggen.",
)
def bewoning_stopt_na_de_beslissing(v: Voorstel) -> bool:
    return later(v.datum_stopzetting, v.datum)


@fouten(14, "snelherstelDagen", "Entiteit {referte}: Vul de termijn in voor het snelherstel.")
def snelherstel_heeft_een_termijn(v: Voorstel) -> bool:
    return not v.snelherstel or v.snelherstel_dagen is not None


@fouten(15, "snelherstelDagen", "Entiteit {referte}: De termijn voor het snelherstel mag maximum 15 dagen zijn.")
def snelherstel_is_snel(v: Voorstel) -> bool:
    return v.snelherstel_dagen is None or v.snelherstel_dagen <= termijn(Termijnsoort.SNELHERSTEL, v.peildag).aantal


@fouten(
    16,
    "extraOverbewoning",
    "Entiteit {referte}: Extra aanduiding overbewoning kan enkel samen met de beslissing ongeschikt, "
    "ongeschikt en onbewoonbaar of voldoet.",
)
def extra_overbewoning_hoort_bij_een_oordeel(v: Voorstel) -> bool:
    return not v.extra_overbewoning or v.beslissing is None or v.beslissing in MET_OVERBEWONING


@fouten(
    17,
    "snelherstel",
    "Entiteit {referte}: Snelherstel is enkel mogelijk bij beslissing ongeschikt en onbewoonbaar.",
)
def snelherstel_hoort_bij_onbewoonbaar(v: Voorstel) -> bool:
    return not v.snelherstel or v.beslissing in (None, Beslissingstype.OGOB)


@fouten(
    18,
    "herhuisvesting",
    "Entiteit {referte}: Herhuisvesting is enkel mogelijk bij beslissing ongeschikt en onbewoonbaar.",
)
def herhuisvesting_hoort_bij_onbewoonbaar(v: Voorstel) -> bool:
    return not v.herhuisvesting or v.beslissing in (None, Beslissingstype.OGOB)


@fouten(
    19,
    "recuperatieKosten",
    "Entiteit {referte}: Recuperatie herhuisvestingskosten enkel mogelijk indien in herhuisvesting is aangeduid.",
)
def recuperatie_hoort_bij_herhuisvesting(v: Voorstel) -> bool:
    return v.herhuisvesting or not v.recuperatie_kosten.strip()


@fouten(20, "gebreken", "Entiteit {referte}: Duid de gebreken aan die voor snelherstel in aanmerking komen.")
def snelherstel_noemt_de_gebreken(v: Voorstel) -> bool:
    return not v.snelherstel or bool(v.gebreken.strip())


@fouten(
    21,
    "werkenOpKostenEigenaar",
    "Entiteit {referte}: U kan de werken enkel op kosten van de eigenaar laten uitvoeren indien snelherstel is "
    "aangeduid.",
)
def werken_op_kosten_eigenaar_horen_bij_snelherstel(v: Voorstel) -> bool:
    return not v.werken_op_kosten_eigenaar or v.snelherstel


@fouten(
    22,
    "sloopOfHerbestemming",
    "Entiteit {referte}: U kan niet het snelherstel en sloop of herbestemming samen opleggen",
)
def snelherstel_sluit_sloop_of_herbestemming_uit(v: Voorstel) -> bool:
    return not v.snelherstel or v.sloop_of_herbestemming is None


@keuze(23, "flow", "Duid aan of de besluiten manueel of digitaal worden ondertekend.", stap="ondertekening")
def nog_te_nemen_besluiten_hebben_een_ondertekenflow(keuze: Voorstellen) -> bool:
    return keuze.ondertekenflow is not None or not any(v.is_nog_te_nemen for v in keuze.per_entiteit)


@fouten(
    24,
    "beslissing",
    "Entiteit {referte}: Deze beslissing is al gemaakt maar nog niet verstuurd. Laad en vervang indien gewenst het "
    "gekoppelde document en verstuur naar Wonen in Vlaanderen.",
)
def beslissing_wacht_niet_al_op_verzending(v: Voorstel) -> bool:
    return not bestaat_al(v, NIET_VERSTUURD)


@fouten(
    25,
    "beslissing",
    "Entiteit {referte}: Er is al een MB dat deze beslissing vervangt. U kan deze beslissing niet meer opnieuw maken.",
)
def beslissing_is_niet_vervangen_door_een_mb(v: Voorstel) -> bool:
    return not bestaat_al(v, VERVANGEN_DOOR_MB)


@fouten(26, "beslissing", "Entiteit {referte}: Deze beslissing is al gemaakt. U kan deze niet opnieuw maken.")
def beslissing_is_niet_al_genomen(v: Voorstel) -> bool:
    return not bestaat_al(v, GENOMEN)


@fouten(
    27,
    "sloopOfHerbestemming",
    "Entiteit {referte}: U kan enkel sloop of herbestemming opleggen bij een beslissing ongeschikt of ongeschikt en "
    "onbewoonbaar.",
)
def sloop_of_herbestemming_hoort_bij_ongeschikt(v: Voorstel) -> bool:
    return v.sloop_of_herbestemming is None or v.beslissing is None or v.beslissing in ONGESCHIKT
