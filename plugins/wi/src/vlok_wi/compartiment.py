"""The place in which this plugin lives: what stands in it once more, its own series, and what may cross its wall."""

from types import MappingProxyType

from vlok.api.compartments import Compartment
from vlok_register.api.facts import (
    AttestVervallen,
    HerstelvorderingIngeschreven,
    MeldingMetHerstelvordering,
    SchrappingGevraagd,
    VerhuringGemeld,
)
from vlok_wi.gast import OPDRACHTNEMER, gast

COMPARTIMENT = Compartment(
    key="wi.compartiment",
    naam="Gerechtelijke procedure van de Wooninspectie",
    domein="wi",
    plugins=("wi",),
    tables=frozenset(
        {
            "afscherming",
            "antwoord",
            "auditregel",
            "bestand",
            "betrokkene",
            "deelprocedure",
            "document",
            "dossier",
            "feit",
            "nummerreeks",
            "ontvangst",
            "opmerking",
            "parameterwaarde",
            "taak",
            "uitvoering",
        }
    ),
    series=MappingProxyType({"TK": "WT", "DO": "WD", "WI": "WI", "PV": "PV", "HV": "HV"}),
    guest=gast,
    rollen=MappingProxyType({OPDRACHTNEMER: "Woningcontroleur met een opdracht"}),
    releases=(SchrappingGevraagd, HerstelvorderingIngeschreven, AttestVervallen, MeldingMetHerstelvordering),
    intakes=(VerhuringGemeld,),
)
