"""From the rows of a dossier to what its documents speak about (``vlok_oo.inhoud``)."""

from collections.abc import Sequence
from uuid import UUID

from vlok_oo.feiten import OoFeiten
from vlok_oo.inhoud import Advies, Onderzoek, Partij, Reactie, Verzoek, Woning
from vlok_oo.initiatiefnemers import BURGEMEESTER, naam_van
from vlok_oo.procedure import Adviesstatus
from vlok_oo.start import rolnaam, volledige_naam
from vlok_register.api.register import rollen
from vlok_register.api.tables import Betrokkene, Entiteit

SOORTEN = {
    "ZW": "zelfstandige woning",
    "NZW": "niet-zelfstandige woning (kamer)",
    "NWF": "entiteit zonder woonfunctie",
}


def gemeente(facts: OoFeiten) -> str:
    """The name of the municipality the pand lies in."""
    return facts.pand.gemeente


def woning(entiteit: Entiteit, facts: OoFeiten) -> Woning:
    """The entiteit as a document names it."""
    pand = facts.pand
    return Woning(
        entiteit=entiteit.referte,
        soort=SOORTEN.get(entiteit.soort, entiteit.soort),
        adres=adres(entiteit, facts),
        gemeente=" ".join(part for part in (pand.postcode, pand.gemeente) if part),
        capakeys=tuple(entiteit.capakeys or pand.capakeys),
        ligging=entiteit.ligging or "",
    )


def adres(entiteit: Entiteit, facts: OoFeiten) -> str:
    """Street, number and bus."""
    bus = f" bus {entiteit.busnummer}" if entiteit.busnummer else ""
    return f"{facts.pand.straat} {facts.pand.huisnummer}{bus}"


def onderzoek(entiteit_id: UUID, facts: OoFeiten) -> Onderzoek | None:
    """The examination a document leans on."""
    bevinding = facts.bevindingen.get(entiteit_id)
    if bevinding is None:
        return None
    eigen = bevinding.domein == facts.dossier.domein
    return Onderzoek(
        referte=bevinding.onderzoek_referte,
        datum=bevinding.datum,
        uitvoerder=f"de woningcontroleur van {gemeente(facts) if eigen else 'Wonen in Vlaanderen'}",
        uitslag=bevinding.uitslag,
    )


def advies(entiteit_id: UUID, facts: OoFeiten) -> Advies | None:
    """The advies that was sent; one that says "geen advies" is none."""
    gegeven = facts.adviezen.get(entiteit_id)
    if gegeven is None or gegeven.status != Adviesstatus.VERSTUURD or gegeven.datum is None:
        return None
    return (
        None
        if gegeven.uitslag == "GADV"
        else Advies(referte=gegeven.referte, datum=gegeven.datum, uitslag=gegeven.uitslag)
    )


def verzoek(facts: OoFeiten) -> Verzoek | None:
    """The request; ``None`` when the burgemeester started on his own initiative."""
    procedure = facts.procedure
    if procedure.initiatiefnemer == BURGEMEESTER:
        return None
    names = [volledige_naam(b) for b in facts.betrokkenen if b.id in procedure.verzoeker_ids]
    return Verzoek(datum=procedure.datum_verzoek, verzoeker=", ".join(names) or _lidwoord(procedure.initiatiefnemer))


def _lidwoord(initiatiefnemer: str) -> str:
    name = naam_van(initiatiefnemer)
    het = initiatiefnemer == "gemeente"
    return f"{'het' if het else 'de'} {name[0].lower()}{name[1:]}"


def betrokkenen(entiteit_id: UUID, facts: OoFeiten) -> Sequence[Betrokkene]:
    """Those concerned by an entiteit: its own, and those of the whole pand."""
    return [b for b in facts.betrokkenen if b.entiteit_id in (None, entiteit_id)]


def partij(betrokkene: Betrokkene) -> Partij:
    """A betrokkene as a document names it."""
    lines = (line.strip() for line in (betrokkene.adres or "").splitlines())
    return Partij(
        hoedanigheid=hoedanigheid(betrokkene),
        naam=volledige_naam(betrokkene),
        adres=tuple(line for line in lines if line),
    )


def hoedanigheid(betrokkene: Betrokkene) -> str:
    """The role in words, as in a sentence."""
    return rolnaam(betrokkene).lower()


def is_houder(betrokkene: Betrokkene) -> bool:
    """Whether the betrokkene holds a right in rem."""
    rol = rollen().get(betrokkene.rol)
    return rol is not None and rol.houder


def geadresseerden(entiteit: Entiteit, facts: OoFeiten) -> tuple[Partij, tuple[Partij, ...]]:
    """Who a letter goes to, and who gets a copy: first a houder van het zakelijk recht, whom the law names first."""
    people = sorted(betrokkenen(entiteit.id, facts), key=lambda b: not is_houder(b))
    if people:
        first, *others = map(partij, people)
        return first, tuple(others)
    huis = woning(entiteit, facts)
    unknown = Partij(
        hoedanigheid="houder van het zakelijk recht",
        naam="De houder van het zakelijk recht",
        adres=(huis.adres, huis.gemeente),
    )
    return unknown, ()


def reacties(entiteit_id: UUID, facts: OoFeiten) -> tuple[Reactie, ...]:
    """What was answered in the hoorplicht about an entiteit."""
    names = {b.id: volledige_naam(b) for b in facts.betrokkenen}
    return tuple(
        Reactie(
            naam=", ".join(names[key] for key in reactie.betrokkene_ids if key in names) or "Een betrokkene",
            datum=reactie.datum,
            wijze=reactie.wijze,
            inhoud=reactie.inhoud or "De reactie is opgenomen in het dossier.",
        )
        for reactie in facts.reacties
        if entiteit_id in reactie.entiteit_ids
    )
