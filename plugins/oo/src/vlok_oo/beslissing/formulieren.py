"""The pages of the wizard "Beslissing burgemeester maken".

Source: handleiding VLOK, "Hoe maakt de gemeente de beslissing van de burgemeester en laat ze ondertekenen?". The dates
tell which of the last two is shown: decisions still to be taken (today or later) are signed in VLOK, those taken before
are uploaded. With both kinds in one run, both pages are shown, each for its own.
"""

from datetime import date
from typing import Any

from vlok.api.wizard import Answers, BestandId, Form, Step, vraag
from vlok_oo.voorstel import Basis, Beslissingstype, Ondertekenflow, SloopOfHerbestemming

AAN = ("true",)


class OoBeslissingEntiteiten(Form):
    """The entiteiten to decide about."""

    entiteiten: list[str] = vraag("Entiteiten", [], keuze=True, vrij=True)


class OoStandaardBeslissing(Form):
    """What holds for every decision, unless the next page says otherwise."""

    beslissing: Beslissingstype | None = vraag("Beslissing")
    datum: date | None = vraag(
        "Datum beslissing", hulp="Vanaf vandaag: VLOK maakt de documenten. Vroeger: u laadt ze op."
    )
    basis: Basis | None = vraag("Basis van de beslissing")
    datum_kennisgeving: date | None = vraag("Datum kennisgeving advies en/of onderzoek")
    stopzetting_bewoning: bool = vraag("Stopzetting bewoning", False)
    datum_stopzetting: date | None = vraag("Bewoning stopgezet tegen", toon_als=("stopzetting_bewoning", AAN))


class OoBeslissingPerEntiteit(Form):
    """The decision about one entiteit, with its options."""

    entiteit: str = vraag("Entiteit", "")
    beslissing: Beslissingstype | None = vraag("Beslissing")
    extra_overbewoning: bool = vraag(
        "Extra aanduiding overbewoning", False, hulp="VLOK maakt voor de overbewoning een afzonderlijke beslissing."
    )
    datum: date | None = vraag("Datum beslissing")
    uitstel_tot: date | None = vraag("Uitstel tot", toon_als=("beslissing", (Beslissingstype.UITSTEL.value,)))
    reden: str = vraag(
        "Reden", "", lang=True, toon_als=("beslissing", (Beslissingstype.UITSTEL.value, Beslissingstype.ANDERE.value))
    )
    basis: Basis | None = vraag("Basis van de beslissing")
    datum_kennisgeving: date | None = vraag("Datum kennisgeving advies en/of onderzoek")
    motivering: str = vraag("Motivering", "", lang=True)
    stopzetting_bewoning: bool = vraag("Stopzetting bewoning", False)
    datum_stopzetting: date | None = vraag("Bewoning stopgezet tegen", toon_als=("stopzetting_bewoning", AAN))
    snelherstel: bool = vraag("Snelherstel", False)
    snelherstel_dagen: int | None = vraag("Termijn snelherstel (dagen)", toon_als=("snelherstel", AAN), minimum=1)
    gebreken: str = vraag(
        "Gebreken voor snelherstel", "", lang=True, toon_als=("snelherstel", AAN), hulp="Eén gebrek per regel."
    )
    werken_op_kosten_eigenaar: bool = vraag("Werken op kosten van de eigenaar", False)
    herhuisvesting: bool = vraag("Herhuisvesting", False)
    recuperatie_kosten: str = vraag("Recuperatie herhuisvestingskosten", "")
    sloop_of_herbestemming: SloopOfHerbestemming | None = vraag("Sloop of herbestemming")


class OoBeslissingen(Form):
    """The decisions."""

    per_entiteit: list[OoBeslissingPerEntiteit] = vraag("Beslissing per entiteit", [])


class OoOndertekening(Form):
    """How the documents are signed."""

    flow: Ondertekenflow | None = vraag("Manier van ondertekenen")


class OoBeslissingsdocument(Form):
    """The document of one entiteit."""

    entiteit: str = vraag("Entiteit", "")
    bestand: BestandId | None = vraag(
        "Beslissingsdocument (pdf)", bestand=True, hulp="Kan ook later, vanop de beslissing. Versturen kan pas daarna."
    )


class OoBeslissingsdocumenten(Form):
    """The documents of decisions that were taken outside VLOK."""

    per_entiteit: list[OoBeslissingsdocument] = vraag("Document per entiteit", [])


ENTITEITEN = Step("entiteiten", "Entiteiten", OoBeslissingEntiteiten)
STANDAARD = Step(
    "standaard",
    "Standaard parameters",
    OoStandaardBeslissing,
    help="Wat u hier invult, geldt voor alle gekozen entiteiten. In de volgende stap kan u het per entiteit wijzigen.",
)
BESLISSINGEN = Step("beslissingen", "Beslissing en opties", OoBeslissingen, per="per_entiteit", item_key="entiteit")


def datums(answers: Answers) -> dict[str, date]:
    """The dates that were filled in, by the reference of the entiteit."""
    return {rij.entiteit: rij.datum for rij in answers[BESLISSINGEN].per_entiteit if rij.datum is not None}


def _nog_te_nemen(facts: Any, answers: Answers) -> bool:
    return any(datum >= answers.today for datum in datums(answers).values())


def _al_genomen(facts: Any, answers: Answers) -> bool:
    return any(datum < answers.today for datum in datums(answers).values())


ONDERTEKENING = Step("ondertekening", "Manier van ondertekenen", OoOndertekening, asked=_nog_te_nemen)
DOCUMENTEN = Step(
    "documenten",
    "Beslissingsdocument opladen",
    OoBeslissingsdocumenten,
    asked=_al_genomen,
    per="per_entiteit",
    item_key="entiteit",
)
STAPPEN: tuple[Step[Any], ...] = (ENTITEITEN, STANDAARD, BESLISSINGEN, ONDERTEKENING, DOCUMENTEN)
