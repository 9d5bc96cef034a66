"""What is checked before an act of the judicial procedure, as numbered sentences. Pure: values in, meldingen out."""

from dataclasses import dataclass, field
from datetime import date

from vlok.api.rules import Rulebook
from vlok_wi.termijnen import Termijnsoort, termijn
from vlok_wi.uitslag import CONFORM

HERSTEL = "herstel"
SLOOP = "sloop"


@dataclass(frozen=True)
class Pvgegevens:
    """A proces-verbaal as it is asked: of which day, and what the examinations said of its entiteiten."""

    vandaag: date
    datum: date | None
    onderzoeken: tuple[tuple[date, str], ...]
    verdachten: int


pv: Rulebook[Pvgegevens] = Rulebook("WI-P", stap="pv", bron="VCW art. 3.34-3.35; Wetboek van Strafvordering")
pv_twijfel: Rulebook[Pvgegevens] = Rulebook("WI-W", confirmable=True, stap="pv", bron="eigen keuze van dit product")


@pv(1, "datum", "Een proces-verbaal kan niet in de toekomst liggen.")
def _pv_vandaag(gegeven: Pvgegevens) -> bool:
    return gegeven.datum is None or gegeven.datum <= gegeven.vandaag


@pv(2, "datum", "Het proces-verbaal kan niet voor het onderzoek liggen waarop het steunt.")
def _pv_na_onderzoek(gegeven: Pvgegevens) -> bool:
    return gegeven.datum is None or all(dag <= gegeven.datum for dag, _ in gegeven.onderzoeken)


@pv(3, "entiteiten", "Kies enkel entiteiten die volgens een gevalideerd onderzoek niet voldoen.")
def _pv_inbreuk(gegeven: Pvgegevens) -> bool:
    return bool(gegeven.onderzoeken) and all(uitslag != CONFORM for _, uitslag in gegeven.onderzoeken)


@pv_twijfel(1, "vaststellingen", "Er is nog geen verdachte in het dossier. Bent u zeker?")
def _pv_verdachte(gegeven: Pvgegevens) -> bool:
    return gegeven.verdachten > 0


@dataclass(frozen=True)
class Uitvoering:
    """A PV van uitvoering as it is asked: what the last examination said, and what is still to be repaired."""

    vandaag: date
    datum: date | None
    onderzoeken: tuple[tuple[date, str], ...]
    buiten_vordering: int


uitvoering: Rulebook[Uitvoering] = Rulebook(
    "WI-U", stap="pv", bron="vlaanderen.be, Wooninspectie: PV van uitvoering na controle"
)


@uitvoering(1, "datum", "Een proces-verbaal kan niet in de toekomst liggen.")
def _uitvoering_vandaag(gegeven: Uitvoering) -> bool:
    return gegeven.datum is None or gegeven.datum <= gegeven.vandaag


@uitvoering(2, "datum", "Het proces-verbaal kan niet voor de controle liggen waarop het steunt.")
def _uitvoering_na_controle(gegeven: Uitvoering) -> bool:
    return gegeven.datum is None or all(dag <= gegeven.datum for dag, _ in gegeven.onderzoeken)


@uitvoering(3, "entiteiten", "Elke gekozen entiteit moet volgens het laatste gevalideerde onderzoek voldoen.")
def _uitvoering_conform(gegeven: Uitvoering) -> bool:
    return bool(gegeven.onderzoeken) and all(uitslag == CONFORM for _, uitslag in gegeven.onderzoeken)


@uitvoering(4, "entiteiten", "Kies enkel entiteiten waarvoor een ingeschreven herstelvordering loopt.")
def _uitvoering_van_vordering(gegeven: Uitvoering) -> bool:
    return gegeven.buiten_vordering == 0


@dataclass(frozen=True)
class Vordering:
    """A herstelvordering as it is asked."""

    vandaag: date
    datum: date | None
    maatregel: str | None
    termijn_maanden: int | None
    dwangsom: int | None
    conforme: int
    al_gevorderd: int


vordering: Rulebook[Vordering] = Rulebook("WI-H", stap="vordering", bron="VCW art. 3.43")
vordering_twijfel: Rulebook[Vordering] = Rulebook("WI-T", confirmable=True, stap="vordering", bron="VCW art. 3.43")


@vordering(1, "datum", "Een herstelvordering kan niet in de toekomst liggen.")
def _vordering_vandaag(gegeven: Vordering) -> bool:
    return gegeven.datum is None or gegeven.datum <= gegeven.vandaag


@vordering(2, "termijnMaanden", "De hersteltermijn is ten minste één maand en ten hoogste twee jaar.")
def _vordering_termijn(gegeven: Vordering) -> bool:
    langste = termijn(Termijnsoort.HERSTEL, gegeven.vandaag).aantal
    return gegeven.termijn_maanden is None or 1 <= gegeven.termijn_maanden <= langste


@vordering(3, "entiteiten", "Een entiteit die voldoet, kan niet in een herstelvordering.")
def _vordering_gebrek(gegeven: Vordering) -> bool:
    return gegeven.conforme == 0


@vordering(4, "entiteiten", "Voor een van deze entiteiten loopt al een herstelvordering in dit dossier.")
def _vordering_nieuw(gegeven: Vordering) -> bool:
    return gegeven.al_gevorderd == 0


@vordering_twijfel(1, "dwangsom", "U vordert geen dwangsom. Bent u zeker?")
def _vordering_dwangsom(gegeven: Vordering) -> bool:
    return bool(gegeven.dwangsom)


@dataclass(frozen=True)
class Vonnis:
    """A judgment as it is entered; ``eerste_gevolg`` is the day of the first step of the parket."""

    vandaag: date
    datum: date | None
    herstel: bool
    hersteltermijn: date | None
    dwangsom: int | None
    eerste_gevolg: date | None
    gevolgen: frozenset[str] = field(default_factory=frozenset)


vonnis: Rulebook[Vonnis] = Rulebook("WI-V", stap="uitspraak", bron="VCW art. 3.43-3.50")


@vonnis(1, "datum", "Een uitspraak kan niet in de toekomst liggen.")
def _vonnis_vandaag(gegeven: Vonnis) -> bool:
    return gegeven.datum is None or gegeven.datum <= gegeven.vandaag


@vonnis(2, "datum", "De uitspraak kan niet voor het gevolg van het parket liggen.")
def _vonnis_na_gevolg(gegeven: Vonnis) -> bool:
    return gegeven.datum is None or gegeven.eerste_gevolg is None or gegeven.eerste_gevolg <= gegeven.datum


@vonnis(3, "hersteltermijn", "Bij een bevolen herstel hoort de laatste dag van de hersteltermijn.")
def _vonnis_termijn(gegeven: Vonnis) -> bool:
    return not gegeven.herstel or gegeven.hersteltermijn is not None


@vonnis(4, "hersteltermijn", "De hersteltermijn eindigt na de uitspraak en ten hoogste twee jaar later.")
def _vonnis_binnen_termijn(gegeven: Vonnis) -> bool:
    if not gegeven.herstel or gegeven.hersteltermijn is None or gegeven.datum is None:
        return True
    return gegeven.datum < gegeven.hersteltermijn <= termijn(Termijnsoort.HERSTEL, gegeven.datum).einde(gegeven.datum)


@vonnis(5, "dwangsom", "Een dwangsom hoort enkel bij een bevolen herstel.")
def _vonnis_dwangsom(gegeven: Vonnis) -> bool:
    return gegeven.herstel or not gegeven.dwangsom
