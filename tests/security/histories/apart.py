"""What the inspectorate does in its own place, drawn from a seed: dossiers, suspects, records, files, looking."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random

from tests.security.histories.replay import Observed, Step
from tests.security.histories.script import PERSONS, SHARED, Ground, action, graphql, upload

NATRAJECT, VERBALISANT, INSPECTEUR = "voor-en-natraject@wi", "verbalisant@wi", "wooninspecteur@wi"
INSIDE = "/wi/graphql"


@dataclass
class Apart:
    """Draws the steps of the inspectorate; learns which dossiers it opened."""

    seed: int
    ground: Ground
    dossiers: list[str] = field(default_factory=list)
    opened: int = 0

    def __post_init__(self) -> None:
        self.random = Random(f"{self.seed} apart")  # noqa: S311

    def next(self) -> Step:
        """The next step; the first one opens a dossier."""
        moves = [self.open] if not self.dossiers else [self.open, self.suspect, self.suspect, self.record, self.draft]
        moves += [self.look, self.search, self.keep, self.ask_inside]
        return self.random.choice(moves if self.opened else [self.open])()

    def learn(self, step: Step, seen: Observed) -> None:
        """Remember the dossiers."""
        if seen.status == 200 and b'"__typename":"Dossier"' in seen.body and b"dossierOpenen" in step.content:
            subject = json.loads(seen.body)["data"]["voerHandelingUit"]["subject"]
            self.dossiers.append(subject["id"])

    def open(self) -> Step:
        """A dossier on a property of anybody."""
        self.opened += 1
        pand = self.random.choice([p for panden in self.ground.panden.values() for p in panden])
        opening = {"aanleiding": "ambtshalve", "omschrijving": "Vermoeden van verhuring"}
        return action(NATRAJECT, "wi.dossierOpenen", pand, {"opening": opening}, INSIDE)

    def suspect(self) -> Step:
        """A person whom the municipality may know as well."""
        first, last, insz = self.random.choice(PERSONS)
        party = {
            "hoedanigheid": "verdachte",
            "soort": "natuurlijk_persoon",
            "voornaam": first,
            "naam": last,
            "insz": insz,
        }
        key = {"k": "k1"} if self.random.random() < 0.4 else {}  # one that others give as well
        subject = self.random.choice(self.dossiers)
        return action(NATRAJECT, "wi.partijToevoegen", subject, {"partij": party}, INSIDE, **key)

    def record(self) -> Step:
        """A record, refused or not as the state of the dossier has it."""
        pv = {"datum": "2026-11-23", "entiteiten": [], "vaststellingen": "Verhuurd."}
        return action(VERBALISANT, "wi.pvOpmaken", self.random.choice(self.dossiers), {"pv": pv}, INSIDE)

    def draft(self) -> Step:
        """An end without consequence."""
        reden = {"reden": {"reden": "Niet langer verhuurd."}}
        return action(VERBALISANT, "wi.zonderGevolg", self.random.choice(self.dossiers), reden, INSIDE)

    def look(self) -> Step:
        """In the common place, with the very questions that others ask."""
        return graphql(self.random.choice((VERBALISANT, INSPECTEUR)), self.random.choice(SHARED))

    def search(self) -> Step:
        """For a person, in the common place."""
        query = """query($n: String!) { personenZoeken(naam: $n, reden: "strafonderzoek",
          toelichting: "identiteit nagaan", first: 5) { totalCount } }"""
        return graphql(VERBALISANT, query, n=self.random.choice(PERSONS)[1])

    def keep(self) -> Step:
        """A file that a municipality may have as well."""
        return upload(VERBALISANT, self.random.choice(self.ground.pdfs), "/wi/bestanden")

    def ask_inside(self) -> Step:
        """The own worklist."""
        return graphql(NATRAJECT, "{ werklijst(first: 20) { totalCount edges { node { referte } } } }", INSIDE)
