"""Who is in a WI-dossier: suspects, victims, witnesses. They stand in the compartment and nowhere else."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, ClassVar

from vlok.api.actions import Done
from vlok.api.rules import Melding
from vlok.api.tables import Dossier
from vlok.api.wizard import Answers, Form, Step, vraag
from vlok.api.work import Work
from vlok_register.api.register import Insz, Kbo, OngeldigeWaarde
from vlok_wi.feiten import WiFeiten
from vlok_wi.handeling import WiHandeling
from vlok_wi.tables import WiPartij


class WiHoedanigheid(StrEnum):
    """In what capacity somebody is in the dossier."""

    VERDACHTE = "verdachte"
    EIGENAAR = "eigenaar"
    SLACHTOFFER = "slachtoffer"
    GETUIGE = "getuige"

    @property
    def label(self) -> str:
        """The word with a capital."""
        return self.value.capitalize()


class WiPartijsoort(StrEnum):
    """Natuurlijk persoon of onderneming."""

    NATUURLIJK_PERSOON = "natuurlijk_persoon"
    ONDERNEMING = "onderneming"

    @property
    def label(self) -> str:
        """In words."""
        return {"natuurlijk_persoon": "Natuurlijk persoon", "onderneming": "Onderneming"}[self.value]


class WiPartijgegevens(Form):
    """One person or enterprise."""

    hoedanigheid: WiHoedanigheid | None = vraag("Hoedanigheid", verplicht=True)
    soort: WiPartijsoort | None = vraag("Wie", WiPartijsoort.NATUURLIJK_PERSOON, verplicht=True)
    voornaam: str | None = vraag("Voornaam", toon_als=("soort", ("natuurlijk_persoon",)))
    naam: str | None = vraag("Naam", verplicht=True)
    insz: str | None = vraag("Rijksregisternummer", toon_als=("soort", ("natuurlijk_persoon",)))
    kbo: str | None = vraag("Ondernemingsnummer", toon_als=("soort", ("onderneming",)))
    adres: str | None = vraag("Adres", lang=True, hulp="Straat en nummer, en op de tweede regel postcode en gemeente.")


PARTIJ = Step("partij", "Partij", WiPartijgegevens)


class PartijToevoegen(WiHandeling):
    """Partij toevoegen."""

    key = "wi.partijToevoegen"
    title = "Partij toevoegen"
    description = "Enkel de Wooninspectie ziet wie betrokken is in een gerechtelijk dossier."
    button = "Toevoegen"
    steps: ClassVar[tuple[Step[Any], ...]] = (PARTIJ,)

    def check(self, facts: WiFeiten, answers: Answers) -> Iterable[Melding]:
        partij = answers[PARTIJ]
        if partij.soort is WiPartijsoort.ONDERNEMING:
            yield from _gebreken(Kbo.lees, partij.kbo, "kbo")
        else:
            yield from _gebreken(Insz.lees, partij.insz, "insz")

    async def apply(self, work: Work, subject: Dossier, facts: WiFeiten, answers: Answers) -> Done:
        partij = answers[PARTIJ]
        assert partij.hoedanigheid is not None
        assert partij.soort is not None
        persoon = partij.soort is WiPartijsoort.NATUURLIJK_PERSOON
        work.session.add(
            WiPartij(
                dossier_id=subject.id,
                hoedanigheid=partij.hoedanigheid.value,
                soort=partij.soort.value,
                naam=partij.naam,
                voornaam=partij.voornaam if persoon else None,
                insz=Insz.lees(partij.insz).nummer if persoon and partij.insz else None,
                kbo=Kbo.lees(partij.kbo).nummer if not persoon and partij.kbo else None,
                adres=partij.adres or None,
                domein=subject.domein,
                gebied=subject.gebied,
            )
        )
        return Done("De partij is toegevoegd.", samenvatting=partij.hoedanigheid.label)


def _gebreken(lees: Callable[[str], Any], tekst: str | None, veld: str) -> Iterable[Melding]:
    """What is wrong with the form of a number."""
    try:
        if tekst:
            lees(tekst)
    except OngeldigeWaarde as fout:
        yield Melding(fout.tekst, code="ONGELDIG", stap=PARTIJ.key, veld=veld)
