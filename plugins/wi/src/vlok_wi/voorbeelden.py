"""A sample of every document, for tests and previews. People and addresses are invented."""

from datetime import date

from vlok_wi.inhoud import Goed, Partij, PvInhoud, UitvoeringInhoud, Vaststelling, VorderingInhoud

GOED = Goed(
    referte="PA26-000007",
    adres="Kerkstraat 12",
    gemeente="9999 Kapelrode",
    capakeys=("99999A0242/00C000",),
)
VERHUURDER = Partij(
    hoedanigheid="verdachte",
    naam="Immo Voorbeeld BV",
    adres=("Zandweg 7", "9999 Kapelrode"),
    nummer="0316.380.841",
)
GEBREKKIG = Vaststelling(
    entiteit="EN26-000011",
    adres="Kerkstraat 12 bus 1",
    soort="zelfstandige woning",
    datum=date(2026, 11, 10),
    uitslag="OG/OB",
    bevindingen="Risico op CO-vergiftiging: de geiser voert niet af. Geen verluchting in de badkamer.",
)
HERSTELD = Vaststelling(
    entiteit="EN26-000011",
    adres="Kerkstraat 12 bus 1",
    soort="zelfstandige woning",
    datum=date(2027, 9, 1),
    uitslag="VOL",
    bevindingen="Alle gebreken zijn hersteld.",
)
RECHTSGROND = "de Vlaamse Codex Wonen van 2021, in het bijzonder artikel 3.34 en 3.35"

PV = PvInhoud(
    nummer="PV26-000003",
    soort="aanvankelijk",
    dossier="WI26-000002",
    verbalisant="Karel Wouters",
    goed=GOED,
    partijen=(VERHUURDER,),
    vaststellingen=(GEBREKKIG,),
    relaas="De woning wordt verhuurd aan een gezin met twee kinderen.",
    rechtsgronden=(RECHTSGROND,),
)
UITVOERING = UitvoeringInhoud(
    nummer="PV27-000019",
    dossier="WI26-000002",
    verbalisant="Karel Wouters",
    goed=GOED,
    vaststellingen=(HERSTELD,),
    relaas="De herstelmaatregel is volledig uitgevoerd.",
    rechtsgronden=("de Vlaamse Codex Wonen van 2021, in het bijzonder artikel 3.43",),
    vorderingen=("HV26-000001",),
)
VORDERING = VorderingInhoud(
    nummer="HV26-000001",
    dossier="WI26-000002",
    wooninspecteur="Lea Peeters",
    goed=GOED,
    partijen=(VERHUURDER,),
    vaststellingen=(GEBREKKIG,),
    maatregel="herstel",
    termijn_maanden=10,
    dwangsom=150,
    motivering="De gebreken bedreigen de gezondheid van de bewoners.",
    rechtsgronden=("de Vlaamse Codex Wonen van 2021, in het bijzonder artikel 3.43",),
)
