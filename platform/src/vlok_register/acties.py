"""Goederen aanmaken and Personen beheren: adding a property, a unit, a person or enterprise concerned.

Source: handleiding VLOK, chapters "Goederen aanmaken", "Adressen en capakey's", "Personen beheren".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select

from vlok.api.actions import Action, Done
from vlok.api.errors import Refusal
from vlok.api.rules import Ernst, Melding
from vlok.api.tables import Organisatie
from vlok.api.wizard import Answers, Choices, Form, Keuze, Step, vraag
from vlok.api.work import Work
from vlok_register.adres import Adres
from vlok_register.api.register import NieuweEntiteit, NieuwPand, gemeente, make_entiteiten, make_panden
from vlok_register.capakey import Capakey
from vlok_register.catalogus import Gemeente, rollen
from vlok_register.identificatie import Insz, Kbo
from vlok_register.soorten import Betrokkenesoort, Entiteitsoort
from vlok_register.tables import Betrokkene, Entiteit, Pand
from vlok_register.waarde import OngeldigeWaarde

GROUP = "Register"
V = TypeVar("V")


def read(lees: Callable[[str], V], tekst: str | None) -> V | None:
    """The value in a text, or ``None`` when it is empty or not well formed (``faults`` says what is wrong)."""
    try:
        return lees(tekst) if tekst else None
    except OngeldigeWaarde:
        return None


def faults(lees: Callable[[str], Any], tekst: str | None, stap: str, veld: str) -> Iterable[Melding]:
    """What is wrong with the form of a text, on its field."""
    try:
        if tekst:
            lees(tekst)
    except OngeldigeWaarde as fout:
        yield Melding(fout.tekst, code=fout.code, stap=stap, veld=veld)


class RegisterAdres(Form):
    """Het adres van een pand."""

    straat: str | None = vraag("Straat", verplicht=True)
    huisnummer: str | None = vraag("Huisnummer", verplicht=True, hulp="Eén nummer of een reeks, zoals 47/49 of 12A.")
    postcode: str | None = vraag("Postcode")
    capakey: str | None = vraag(
        "Capakey", hulp="Zoals 41303D0920/00T002; meer perceelsleutels door een komma gescheiden."
    )


def address(form: RegisterAdres, plaats: Gemeente) -> Adres:
    """The address of the form in a municipality; OngeldigeWaarde when it is none."""
    return Adres.lees(f"{form.straat} {form.huisnummer}", gemeente=plaats.naam, postcode=form.postcode or None)


def capakeys(tekst: str) -> tuple[str, ...]:
    """The parcels in a text, normalised; OngeldigeWaarde when one is not well formed."""
    return tuple(str(Capakey.lees(part)) for part in tekst.split(",") if part.strip())


@dataclass(frozen=True)
class Straten:
    """The properties of the acting municipality by title, to warn for a double."""

    organisatie: Organisatie
    titels: frozenset[str] = field(default_factory=frozenset)


class PandToevoegen(Action[Organisatie, Straten]):
    """Pand toevoegen."""

    key = "register.pandToevoegen"
    title = "Pand toevoegen"
    description = "Maak een pand aan in uw gemeente; voeg daarna de entiteiten toe."
    group = GROUP
    button = "Toevoegen"
    subject = Organisatie
    steps: ClassVar[tuple[Step[Any], ...]] = (Step("adres", "Adres", RegisterAdres),)

    async def load(self, work: Work, subject: Organisatie) -> Straten:
        titles = select(Pand.titel).where(Pand.gebied == subject.gebied)
        return Straten(subject, frozenset((await work.session.scalars(titles)).all()))

    def check(self, facts: Straten, answers: Answers) -> Iterable[Melding]:
        form = answers[self.steps[0]]
        yield from faults(capakeys, form.capakey, "adres", "capakey")
        if form.straat and form.huisnummer:
            place = self._place(facts.organisatie, answers)
            yield from faults(lambda _: address(form, place), "adres", "adres", "huisnummer")
            found = read(lambda _: address(form, place), "adres")
            if found and any(t.startswith(f"{found.straat} {found.huisnummer},") for t in facts.titels):
                tekst = f"Er is al een pand {found.straat} {found.huisnummer} in uw gemeente."
                yield Melding(tekst, Ernst.WAARSCHUWING, code="DUBBEL_ADRES", stap="adres", veld="huisnummer")

    async def apply(self, work: Work, subject: Organisatie, facts: Straten, answers: Answers) -> Done:
        form = answers[self.steps[0]]
        place = self._place(subject, answers)
        [pand] = await make_panden(work, [NieuwPand(address(form, place), place, capakeys(form.capakey or ""))])
        return Done(f"Pand {pand.titel} is toegevoegd.", toon=pand, samenvatting=pand.referte)

    def _place(self, organisatie: Organisatie, answers: Answers) -> Gemeente:
        place = gemeente(organisatie.gebied, answers.today)
        if place is None:
            raise Refusal("NIET_BESCHIKBAAR", "Enkel een gemeente kan een pand toevoegen.")
        return place


class RegisterEntiteit(Form):
    """Een nieuwe entiteit."""

    soort: Entiteitsoort | None = vraag("Type", verplicht=True)
    busnummer: str | None = vraag("Busnummer", hulp="Zoals 12 of B(1/1); leeg als er geen bus is.")
    ligging: str | None = vraag("Ligging in het pand", hulp="Bijvoorbeeld: eerste verdieping links.")
    capakey: str | None = vraag("Capakey", hulp="Leeg: die van het pand.")


class EntiteitToevoegen(Action[Pand, Pand]):
    """Entiteit toevoegen."""

    key = "register.entiteitToevoegen"
    title = "Entiteit toevoegen"
    group = GROUP
    button = "Toevoegen"
    subject = Pand
    shown_to_both = True
    steps: ClassVar[tuple[Step[Any], ...]] = (Step("entiteit", "Entiteit", RegisterEntiteit),)

    async def load(self, work: Work, subject: Pand) -> Pand:
        return subject

    def check(self, facts: Pand, answers: Answers) -> Iterable[Melding]:
        form = answers[self.steps[0]]
        yield from faults(capakeys, form.capakey, "entiteit", "capakey")
        line = f"{facts.straat} {facts.huisnummer} bus {form.busnummer}" if form.busnummer else None
        yield from faults(Adres.lees, line, "entiteit", "busnummer")

    async def apply(self, work: Work, subject: Pand, facts: Pand, answers: Answers) -> Done:
        form = answers[self.steps[0]]
        new = NieuweEntiteit(
            subject, form.soort.value, form.busnummer or None, form.ligging or None, capakeys(form.capakey or "")
        )
        [entiteit] = await make_entiteiten(work, [new])
        return Done(f"{entiteit.titel} ({entiteit.referte}) is toegevoegd.", samenvatting=entiteit.referte)


class RegisterBetrokkene(Form):
    """Een betrokkene bij een pand of entiteit."""

    soort: Betrokkenesoort | None = vraag("Wie", Betrokkenesoort.NATUURLIJK_PERSOON, verplicht=True)
    voornaam: str | None = vraag("Voornaam", toon_als=("soort", ("natuurlijk_persoon",)))
    naam: str | None = vraag("Naam", verplicht=True)
    insz: str | None = vraag("Rijksregisternummer", toon_als=("soort", ("natuurlijk_persoon",)))
    kbo: str | None = vraag("Ondernemingsnummer", toon_als=("soort", ("onderneming",)))
    rol: str | None = vraag("Rol", verplicht=True, keuze=True)
    entiteit: str | None = vraag("Enkel voor entiteit", keuze=True, hulp="Leeg: voor het hele pand.")
    adres: str | None = vraag("Adres", lang=True, hulp="Straat en nummer, en op de tweede regel postcode en gemeente.")
    email: str | None = vraag("E-mail")


@dataclass(frozen=True)
class Eenheden:
    """A property and its units."""

    pand: Pand
    entiteiten: Sequence[Entiteit]


class BetrokkeneToevoegen(Action[Pand, Eenheden]):
    """Betrokkene toevoegen."""

    key = "register.betrokkeneToevoegen"
    title = "Betrokkene toevoegen"
    group = GROUP
    button = "Toevoegen"
    subject = Pand
    steps: ClassVar[tuple[Step[Any], ...]] = (Step("betrokkene", "Betrokkene", RegisterBetrokkene),)

    async def load(self, work: Work, subject: Pand) -> Eenheden:
        units = select(Entiteit).where(Entiteit.pand_id == subject.id).order_by(Entiteit.sorteer)
        return Eenheden(subject, (await work.session.scalars(units)).all())

    def choices(self, facts: Eenheden, answers: Answers) -> Choices:
        roles = [Keuze(code, rol.naam) for code, rol in rollen().items() if rol.geldt_op(answers.today)]
        units = [Keuze(entiteit.referte, f"{entiteit.titel} ({entiteit.referte})") for entiteit in facts.entiteiten]
        return {"betrokkene.rol": roles, "betrokkene.entiteit": units}

    def check(self, facts: Eenheden, answers: Answers) -> Iterable[Melding]:
        form = answers[self.steps[0]]
        if form.soort is Betrokkenesoort.NATUURLIJK_PERSOON:
            yield from faults(Insz.lees, form.insz, "betrokkene", "insz")
        else:
            yield from faults(Kbo.lees, form.kbo, "betrokkene", "kbo")

    async def apply(self, work: Work, subject: Pand, facts: Eenheden, answers: Answers) -> Done:
        form = answers[self.steps[0]]
        units: Mapping[str, UUID] = {entiteit.referte: entiteit.id for entiteit in facts.entiteiten}
        person = form.soort is Betrokkenesoort.NATUURLIJK_PERSOON
        insz, kbo = read(Insz.lees, form.insz), read(Kbo.lees, form.kbo)
        betrokkene = Betrokkene(
            id=uuid4(),
            referte=await work.number("PE"),
            pand_id=subject.id,
            entiteit_id=units.get(form.entiteit or ""),
            domein=subject.domein,
            gebied=subject.gebied,
            soort=form.soort.value,
            rol=form.rol,
            naam=form.naam,
            voornaam=form.voornaam if person else None,
            insz=insz.nummer if person and insz else None,
            kbo=kbo.nummer if not person and kbo else None,
            adres=form.adres or None,
            email=form.email or None,
            van=work.today,
        )
        work.session.add(betrokkene)
        return Done("De betrokkene is toegevoegd.", samenvatting=betrokkene.referte)


ACTIONS: tuple[Action[Any, Any], ...] = (PandToevoegen(), EntiteitToevoegen(), BetrokkeneToevoegen())
