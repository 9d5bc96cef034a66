"""Invented samples of every document of procedure OO: tests and previews print them. No person or place is real."""

from dataclasses import replace
from datetime import date

from vlok_oo.inhoud import (
    Advies,
    AdviesInhoud,
    Adviesregel,
    AndereInhoud,
    BegeleidendeBriefInhoud,
    BesluitInhoud,
    Bezetting,
    Gebrek,
    Onderzoek,
    Partij,
    Reactie,
    Snelherstel,
    UitstelInhoud,
    Verzoek,
    Woning,
)
from vlok_oo.rechtsgronden import beroepsmogelijkheid, rechtsgronden

DAG = date(2026, 11, 22)
GEMEENTE = "Kapelrode"

WONING = Woning(
    entiteit="EN26-004217",
    soort="zelfstandige woning (appartement)",
    adres="Molenstraat 14 bus 2",
    gemeente="9999 Kapelrode",
    capakeys=("99999A0123/00B004",),
    ligging="eerste verdieping, links",
)
EIGENAAR = Partij(hoedanigheid="eigenaar", naam="Lotte Verhelst", adres=("Zandweg 7", "9999 Kapelrode"))
BEWONER = Partij(hoedanigheid="bewoner", naam="Amir Haddad", adres=("Molenstraat 14 bus 2", "9999 Kapelrode"))
ONDERZOEK = Onderzoek(
    referte="OZ26-011873",
    datum=date(2026, 9, 18),
    uitvoerder="de woningcontroleur van Wonen in Vlaanderen",
    uitslag="OG/OB",
)
ADVIES = Advies(referte="AD26-002954", datum=date(2026, 10, 5), uitslag="OG/OB")

ONGESCHIKT_EN_ONBEWOONBAAR = BesluitInhoud(
    gemeente=GEMEENTE,
    beslissing="OG/OB",
    woning=WONING,
    betrokkenen=(EIGENAAR, BEWONER),
    rechtsgronden=rechtsgronden(("OG/OB", "SNELHERSTEL", "HERHUISVESTING"), DAG),
    beroep=beroepsmogelijkheid(DAG),
    verzoek=Verzoek(datum=date(2026, 8, 24), verzoeker="de bewoner"),
    onderzoek=ONDERZOEK,
    advies=ADVIES,
    kennisgeving_datum=date(2026, 10, 12),
    reacties=(
        Reactie(
            naam="Lotte Verhelst",
            datum=date(2026, 10, 23),
            wijze="schriftelijk",
            inhoud="De eigenaar stelde een aannemer aan en vraagt om de elektrische installatie eerst te herstellen.",
        ),
    ),
    motivering="De vastgestelde gebreken aan de elektrische installatie en het risico op CO-vergiftiging maken een "
    "onmiddellijk optreden noodzakelijk. De aangekondigde werken zijn niet begonnen, zodat de reactie van de eigenaar "
    "niet tot een andere beoordeling leidt.",
    stopzetting_datum=date(2026, 12, 15),
    snelherstel=Snelherstel(
        termijn_dagen=10,
        gebreken=(
            "elektrische installatie: risico op elektrocutie in de badkamer",
            "gasgeiser: onvoldoende afvoer van rookgassen",
        ),
        op_kosten_eigenaar=True,
    ),
    herhuisvesting=True,
    recuperatie="de kosten van transport, installatie en tijdelijk verblijf worden verhaald op de verhuurder.",
)
ONGESCHIKT = replace(
    ONGESCHIKT_EN_ONBEWOONBAAR,
    beslissing="OG",
    rechtsgronden=rechtsgronden(("OG", "SLOOP"), DAG),
    onderzoek=replace(ONDERZOEK, uitslag="OG/OVB"),
    advies=replace(ADVIES, uitslag="OG/OVB"),
    reacties=(),
    motivering="Herstel is volgens het technisch verslag niet haalbaar zonder de draagstructuur te vervangen.",
    overbewoning_apart=True,
    stopzetting_datum=None,
    snelherstel=None,
    herhuisvesting=False,
    recuperatie="",
    sloop_of_herbestemming="SLOOP",
)
VOLDOET = replace(
    ONGESCHIKT,
    beslissing="VOL",
    rechtsgronden=rechtsgronden(("VOL",), DAG),
    onderzoek=replace(ONDERZOEK, uitslag="VOL", uitvoerder="de woningcontroleur van Kapelrode"),
    advies=None,
    vrijgesteld=True,
    motivering="",
    overbewoning_apart=False,
    sloop_of_herbestemming=None,
)
OVERBEWOOND = replace(
    VOLDOET,
    beslissing="OVB",
    rechtsgronden=rechtsgronden(("OVB",), DAG),
    onderzoek=replace(ONDERZOEK, uitslag="OG/OVB"),
    advies=replace(ADVIES, uitslag="OG/OVB"),
    vrijgesteld=False,
    bezetting=Bezetting(bewoners=7, maximum=3),
    stopzetting_datum=date(2027, 1, 31),
)
UITSTEL = UitstelInhoud(
    gemeente=GEMEENTE,
    geadresseerde=EIGENAAR,
    woning=WONING,
    uitstel_tot=date(2027, 2, 28),
    reden="De herstelwerken zijn begonnen en kunnen volgens de planning van de aannemer in februari klaar zijn.",
    onderzoek=replace(ONDERZOEK, uitslag="OG"),
    kopie_aan=(BEWONER,),
)
ANDERE = AndereInhoud(
    gemeente=GEMEENTE,
    geadresseerde=EIGENAAR,
    woning=WONING,
    reden="De woning is op 3 november 2026 gesloopt, zodat de procedure zonder voorwerp is.",
    kopie_aan=(BEWONER,),
)
GEWESTELIJK_ADVIES = AdviesInhoud(
    gemeente=GEMEENTE,
    plaats="Gent",
    woning=WONING,
    adviesvraag_datum=date(2026, 9, 2),
    uitslag="OG/OB",
    rechtsgronden=rechtsgronden(("ADVIES",), DAG),
    onderzoek=ONDERZOEK,
    gebreken=(
        Gebrek(
            code="A1",
            omschrijving="Risico op elektrocutie: onbeveiligde stroomkring in de badkamer",
            categorie="III",
        ),
        Gebrek(code="A2", omschrijving="Risico op CO-vergiftiging: onvoldoende afvoer van rookgassen", categorie="III"),
        Gebrek(code="C1", omschrijving="Doorslaand vocht in de buitenmuur van de slaapkamer", categorie="II"),
    ),
    motivering="De gebreken van categorie III vormen een direct gevaar voor de veiligheid en de gezondheid.",
)
BEGELEIDENDE_BRIEF = BegeleidendeBriefInhoud(
    plaats="Gent",
    geadresseerde=Partij(
        hoedanigheid="burgemeester", naam="De burgemeester van Kapelrode", adres=("Marktplein 1", "9999 Kapelrode")
    ),
    adviesvraag_datum=date(2026, 9, 2),
    adviezen=(Adviesregel(entiteit=WONING.entiteit, adres="Molenstraat 14 bus 2, 9999 Kapelrode", uitslag="OG/OB"),),
    beslissen_voor=date(2026, 11, 24),
    bijlagen=("Advies van de gewestelijk ambtenaar", "Technisch verslag OZ26-011873"),
)
