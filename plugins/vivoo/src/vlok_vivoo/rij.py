"""One row of the published inventory, judged: what it says, or why it cannot be taken in.

The columns are those of the report "VIVOO - inventarisatie en schrapping" (infosessie VLOK 11/03/2020).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from vlok_register.api.register import Adres, Capakey, Gemeente, OngeldigeWaarde, gemeente
from vlok_vivoo.registratie import Lijst

REFERTE = re.compile(r"EN[0-9]{2}-[0-9]{6}")
DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ZONDER_AANVANG = "geen datum van aanvang"


@dataclass(frozen=True)
class Rij:
    """A row that can be taken in; ``opmerkingen`` say what is odd about it."""

    referte: str
    adres: Adres
    gemeente: Gemeente
    lijst: Lijst
    aanvang: date | None
    schrapping: date | None
    reden: str | None
    capakeys: tuple[str, ...]
    opmerkingen: tuple[str, ...] = ()

    @property
    def loopt(self) -> bool:
        """Whether the entiteit is still on the list."""
        return self.schrapping is None and self.reden is None


@dataclass
class _Reading:
    """Collects every fault of a row: nobody should discover them one by one."""

    cells: Mapping[str, str]
    day: date
    faults: list[str] = field(default_factory=list)

    def referte(self) -> str:
        value = self.cells["referte_entiteit"]
        if not REFERTE.fullmatch(value):
            self.faults.append(f"'{value}' is geen referte van een entiteit" if value else "geen referte")
        return value

    def gemeente(self) -> Gemeente | None:
        value = self.cells["gemeente"]
        found = gemeente(value, self.day) if value else None
        if found is None:
            self.faults.append(f"de gemeente '{value}' is niet gekend" if value else "geen gemeente")
        return found

    def adres(self, plaats: Gemeente | None) -> Adres | None:
        value = self.cells["adres"]
        if not value:
            self.faults.append("geen adres")
            return None
        try:
            return Adres.lees(value, gemeente=plaats.naam if plaats else "")
        except OngeldigeWaarde as fout:
            self.faults.append(f"adres: {fout.tekst}")
            return None

    def lijst(self) -> Lijst | None:
        value = self.cells["procedure"]
        if value not in tuple(Lijst):
            self.faults.append(f"'{value}' is geen lijst van VIVOO (OO of NGW)")
            return None
        return Lijst(value)

    def datum(self, column: str) -> date | None:
        value = self.cells[column]
        try:
            found = date.fromisoformat(value) if DATUM.fullmatch(value) else None
        except ValueError:
            found = None
        if value and found is None:
            self.faults.append(f"'{value}' is geen datum (jjjj-mm-dd)")
        if found and found > self.day:
            self.faults.append(f"{value} ligt in de toekomst")
        return found

    def capakeys(self) -> tuple[str, ...]:
        try:
            return tuple(str(Capakey.lees(part)) for part in self.cells["capakey"].split(",") if part.strip())
        except OngeldigeWaarde as fout:
            self.faults.append(f"capakey: {fout.tekst}")
            return ()


def judge(cells: Mapping[str, str], day: date) -> Rij | str:
    """The row, or every reason why it cannot be taken in, in one Dutch line."""
    if cells["leesfout"] or not all(cell.isprintable() for cell in cells.values()):
        return cells["leesfout"] or "een cel bevat een teken dat niet kan"
    reading = _Reading(cells, day)
    referte, plaats, lijst = reading.referte(), reading.gemeente(), reading.lijst()
    adres, capakeys = reading.adres(plaats), reading.capakeys()
    aanvang, schrapping = reading.datum("datum_aanvang"), reading.datum("datum_schrapping")
    if aanvang and schrapping and schrapping < aanvang:
        reading.faults.append("de schrapping ligt voor de aanvang")
    if reading.faults or plaats is None or lijst is None or adres is None:
        return "; ".join(reading.faults)
    return Rij(
        referte=referte,
        adres=adres,
        gemeente=plaats,
        lijst=lijst,
        aanvang=aanvang,
        schrapping=schrapping,
        reden=cells["reden_schrapping"] or None,
        capakeys=capakeys,
        opmerkingen=tuple(_oddities(cells, plaats, aanvang)),
    )


def _oddities(cells: Mapping[str, str], plaats: Gemeente, aanvang: date | None) -> list[str]:
    found = [] if aanvang else [ZONDER_AANVANG]
    if cells["provincie"] and cells["provincie"] != plaats.provincie:
        found.append(f"{plaats.naam} ligt in {plaats.provincie}, niet in {cells['provincie']}")
    return found
