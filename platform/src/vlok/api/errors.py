"""What can be said no to, and what is simply broken.

Three kinds only. A ``Refusal`` is a correct, expected "no" to a user. A ``ContractError`` is a plugin, a data file or a
policy that is wrong: it is raised while starting, never while serving. Everything else is a defect.

Every "no" carries a code. ``CODES`` is the closed list, and what each means to whoever writes a client; the schema
publishes it. Beside it stand only the labels of rules (``OO-B3``), which belong to the plugin that wrote the rule.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

CODES: Mapping[str, str] = MappingProxyType(
    {
        "NIET_AANGEMELD": "Niemand is aangemeld, of de sessie is voorbij.",
        "ANDERE_SITE": "Het verzoek komt van een andere website.",
        "ONBEKEND": "Bestaat niet, of u hebt er geen toegang toe: het antwoord is in beide gevallen hetzelfde.",
        "NIET_GEVONDEN": "De gekozen organisatie is er geen waarvoor u een rol hebt.",
        "ONGELDIG": "De vraag of een waarde erin is niet juist gevormd.",
        "ONBEKENDE_VRAAG": "Deze omgeving beantwoordt enkel de vragen van haar eigen toepassingen.",
        "TE_ZWAAR": "De vraag is te groot of vraagt te veel rijen.",
        "TE_VAAK": "U vroeg dit te vaak na elkaar; de tekst zegt hoeveel er kan.",
        "CONFLICT": "Iemand anders wijzigde het dossier intussen, of is ermee bezig.",
        "NIET_BESCHIKBAAR": "De handeling kan nu niet; de tekst zegt waarom.",
        "VERPLICHT": "Een verplichte vraag is niet beantwoord.",
        "ONGELDIGE_KEUZE": "De gekozen waarde staat niet in de lijst.",
        "DATUM": "De datum past niet bij de andere datums of bij vandaag.",
        "DUBBEL_ADRES": "Op dit adres is al een pand bekend.",
        "NIET_AANGEBODEN": "Deze entiteit wordt in deze stap niet aangeboden.",
        "NOG_NIET_KLAAR": "Het document wordt nog gemaakt.",
        "PDF_TE_GROOT": "Het bestand is te groot.",
        "AANVAARD": "De ingelezen rij is aanvaard.",
        "AANVAARD_MET_OPMERKING": "De ingelezen rij is aanvaard; de tekst zegt wat eraan opviel.",
        "BIJGEWERKT": "De ingelezen rij werkte een gekende rij bij.",
        "ONGEWIJZIGD": "De ingelezen rij was al gekend.",
        "GEWEIGERD": "Geweigerd; de tekst zegt waarom.",
        "INTERN": "Er ging iets mis bij ons. Het is gemeld.",
    }
)
RULE_LABEL = re.compile(r"[A-Z]{2,}-[A-Z0-9]+")
"""How the label of a rule looks: the prefix of its plugin, a hyphen, a number or a word."""


def is_code(code: str) -> bool:
    """Whether a code is of the closed list, or the label of a rule."""
    return code in CODES or RULE_LABEL.fullmatch(code) is not None


class ContractError(Exception):
    """A plugin, data file or policy breaks the kernel contract. Raised at start, never while serving."""


class Refusal(Exception):
    """An expected "no", shown to the user in Dutch.

    Raise it anywhere below ``execute()`` or a route; the transaction rolls back whole and the boundary answers with
    ``code`` (from ``CODES``) and ``tekst``. ``veld`` and ``stap`` point at the question.
    """

    def __init__(self, code: str, tekst: str, *, stap: str | None = None, veld: str | None = None) -> None:
        super().__init__(tekst)
        self.code = code
        self.tekst = tekst
        self.stap = stap
        self.veld = veld
