"""From the rows of a dossier to what its documents speak about (``vlok_wi.inhoud``)."""

from collections.abc import Sequence

from vlok_register.api.register import Insz, Kbo
from vlok_register.api.tables import Entiteit
from vlok_wi.feiten import WiFeiten
from vlok_wi.inhoud import Goed, Partij, Vaststelling
from vlok_wi.tables import WiPartij

SOORTEN = {
    "ZW": "zelfstandige woning",
    "NZW": "niet-zelfstandige woning (kamer)",
    "NWF": "entiteit zonder woonfunctie",
}


def goed(facts: WiFeiten) -> Goed:
    """The pand as a document names it."""
    pand = facts.pand
    return Goed(
        referte=pand.referte,
        adres=f"{pand.straat} {pand.huisnummer}",
        gemeente=" ".join(part for part in (pand.postcode, pand.gemeente) if part),
        capakeys=tuple(pand.capakeys),
    )


def vaststellingen(entiteiten: Sequence[Entiteit], facts: WiFeiten) -> tuple[Vaststelling, ...]:
    """What the last validated examination said about entiteiten; one without a result is left out."""
    return tuple(
        Vaststelling(
            entiteit=entiteit.referte,
            adres=entiteit.titel,
            soort=SOORTEN.get(entiteit.soort, entiteit.soort),
            datum=resultaat.datum,
            uitslag=resultaat.uitslag,
            bevindingen=resultaat.bevindingen,
        )
        for entiteit in entiteiten
        if (resultaat := facts.resultaten.get(entiteit.id)) is not None
    )


def partijen(facts: WiFeiten) -> tuple[Partij, ...]:
    """Who is in the dossier, the suspects first."""
    in_order = sorted(facts.partijen, key=lambda partij: partij.hoedanigheid != "verdachte")
    return tuple(map(_partij, in_order))


def _partij(partij: WiPartij) -> Partij:
    lines = (line.strip() for line in (partij.adres or "").splitlines())
    return Partij(
        hoedanigheid=partij.hoedanigheid,
        naam=" ".join(part for part in (partij.voornaam, partij.naam) if part),
        adres=tuple(line for line in lines if line),
        nummer=Insz(partij.insz).opgemaakt if partij.insz else str(Kbo(partij.kbo)) if partij.kbo else "",
    )
