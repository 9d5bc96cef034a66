"""What everybody outside the inspectorate does: drawn from a seed, from small pools, so that the two sides meet."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import GraphQLSchema
from tests.security.histories.replay import Observed, Step, Streams

from vlok.graph.names import global_id
from vlok.testing.operations import Pool
from vlok.testing.walker import Walker

PUBLIC = (
    "dossierbeheerder@aalst", "woningcontroleur@aalst", "lezer@aalst", "auditor@aalst", "taakbeheerder@aalst",
    "dossierbeheerder@gent", "burgemeester@gent", "auditor@gent", "lezer@hasselt",
    "dossierbeheerder@wvl", "taakbeheerder@wvl", "auditor@wvl", "inventarisbeheerder@wvl", "gewestelijk-ambtenaar@wvl",
    "lezer@vlabel", "auditor@vlabel", None,
)  # fmt: skip
"""Who asks; the woningcontroleur of the agency gets assignments, which are a release to him, and is left out."""
AUDITORS = ("auditor@aalst", "auditor@gent", "auditor@wvl", "auditor@vlabel")
STREETS = ("Kanaalstraat", "Nieuwstraat")
PERSONS = (("Lucas", "Vermeersch", "85073003328"), ("Samira", "El Amrani", "01020300467"))
EXECUTE = """mutation($h: String!, $s: ID!, $i: JSON, $k: String) {
  voerHandelingUit(handeling: $h, subject: $s, invoer: $i, bevestigd: true, idempotentiesleutel: $k) {
    uitgevoerd bericht meldingen { code tekst veld } subject { __typename id } conflict { huidigeVersie } } }"""
SHARED = (
    '{ panden(zoek: "Kanaalstraat", first: 10) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node {'
    " id referte titel versie taken(first: 10) { nummer naam referte dossier { referte } } dossiers(first: 3) { referte"
    " status versie gewijzigdDoor tijdlijn(first: 10) { titel samenvatting wie } documenten(first: 10) { referte } }"
    " betrokkenen(first: 10) { naam } } } } }",
    "{ werklijst(first: 20) { totalCount edges { node { referte nummer naam } } } }",
    "{ vivoo(first: 5) { totalCount edges { node { referte adres datumSchrapping } } } }",
    "{ ik { naam schermen rollen { code } organisaties { code } } }",
    "{ documenttypes { nummer naam } __schema { types { name } } }",
)
"""Questions that both sides ask word for word."""


def graphql(who: str | None, query: str, path: str = "/graphql", **variables: Any) -> Step:
    """A question."""
    return Step(who, "POST", path, json.dumps({"query": query, "variables": variables}).encode())


def action(who: str | None, key: str, subject: str, invoer: Any = None, path: str = "/graphql", **more: Any) -> Step:
    """A change."""
    return graphql(who, EXECUTE, path, h=key, s=subject, i=invoer or {}, **more)


def upload(who: str, pdf: bytes, path: str = "/bestanden") -> Step:
    """A file, always with the same border."""
    head = b'--grens\r\nContent-Disposition: form-data; name="bestand"; filename="foto.pdf"\r\n'
    body = head + b"Content-Type: application/pdf\r\n\r\n" + pdf + b"\r\n--grens--\r\n"
    return Step(who, "POST", path, body, "multipart/form-data; boundary=grens")


REFERENCES = [f"WI26-{number:06d}" for number in range(1, 9)] + [f"WT26-{number:06d}" for number in range(1, 9)]
"""References that the inspectorate gives out."""


@dataclass(frozen=True)
class Ground:
    """What there is to begin with: keys of panden by municipality, their units, dossiers, documents; and the files."""

    panden: dict[str, list[str]]
    units: dict[str, list[str]]
    dossiers: dict[str, list[str]]
    documents: list[str]
    ids: dict[str, list[str]]
    references: list[str]
    organisations: dict[str, str]
    pdfs: list[bytes]
    releases: list[tuple[str, str, str, dict[str, Any]]]
    """What may leave during the script: who, action, subject and answers, inside."""


@dataclass
class Public:
    """Draws the public steps one after the other; learns what came of them."""

    schema: GraphQLSchema
    ground: Ground
    streams: Streams
    examinations: list[str] = field(default_factory=list)
    released: int = 0

    def __post_init__(self) -> None:
        self.random = Random(f"{self.streams.seed} publiek")  # noqa: S311
        # The keys that the inspectorate will make: asking for them must tell nothing.
        turns = [self.streams.foresee(f"W{number}", 3) for number in range(12)]
        self.foreseen = {at: [keys[at] for keys in turns] for at in (1, 2)}
        ids = {name: list(found) for name, found in self.ground.ids.items()}
        for name in ("Dossier", "Document", "Taak"):
            ids[name] += [global_id(name, key) for keys in turns for key in keys[1:]]
        words = [*self.ground.references, *REFERENCES, *STREETS, "Vermeersch"]
        pool = Pool(ids, {"": words, "referte": words, "zoek": [*STREETS, *words], "subject": words})
        self.walker = Walker(self.schema, pool, self.streams.seed, depth=4, fields=18)

    def next(self) -> Step:
        """The next step."""
        draw = self.random.choice
        moves = [self.walk] * 6 + [self.shared] * 4 + [self.guess] * 3 + [self.act] * 7 + [self.file] * 3
        moves += [self.look_back] * 2 + [self.knock, self.form, self.search, self.work_off, self.release]
        return draw(moves)()

    def learn(self, step: Step, seen: Observed) -> None:
        """Remember what was made."""
        if seen.status == 200 and b'"__typename":"Onderzoek"' in seen.body and b"resultaatVastleggen" in step.content:
            made = json.loads(seen.body)["data"]["voerHandelingUit"]["subject"]["id"]
            self.examinations.append(made)

    def walk(self) -> Step:
        """A random question."""
        drawn = self.walker.query()
        return graphql(self.random.choice(PUBLIC), drawn.text, **drawn.variables)

    def shared(self) -> Step:
        """A question that the other side asks too."""
        return graphql(self.random.choice(PUBLIC), self.random.choice(SHARED))

    def guess(self) -> Step:
        """By keys and references that the inspectorate may have made by now, many at once."""
        if self.random.random() < 0.5:
            guessed = [(name, key) for name, at in (("Dossier", 1), ("Taak", 2)) for key in self.foreseen[at]]
            fields = [f'n{at}: node(id: "{global_id(*one)}") {{ id }}' for at, one in enumerate(guessed)]
        else:
            fields = [f'd{at}: dossier(referte: "{one}") {{ id }}' for at, one in enumerate(REFERENCES[:8])]
            fields.append(f'handelingen(subject: "{self.random.choice(REFERENCES[1:4])}") {{ sleutel }}')
        return graphql(self.random.choice(PUBLIC[:-1]), f"{{ {' '.join(fields)} }}")

    def act(self) -> Step:
        """A change of a municipality or of the agency."""
        code = self.random.choice(("aalst", "gent"))
        pand = self.random.choice(self.ground.panden[code])
        dossier = self.random.choice(self.ground.dossiers[code])
        who, examiner = f"dossierbeheerder@{code}", f"woningcontroleur@{code}"
        first, last, insz = self.random.choice(PERSONS)
        person = {"soort": "natuurlijk_persoon", "voornaam": first, "naam": last, "insz": insz, "rol": "bewoner"}
        house = {"straat": self.random.choice(STREETS), "huisnummer": str(self.random.randint(1, 6))}
        found = [{"entiteit": unit, "uitslag": "OG"} for unit in self.ground.units[pand]]
        exam = {"datum": "2026-11-06", "reden": "vooronderzoek", "entiteiten": self.ground.units[pand]}
        remark = {"tekst": f"nota {self.random.randint(1, 9)}", "zichtbaarheid": self.random.choice(("EIGEN", "BEIDE"))}
        steps = [
            action(who, "register.pandToevoegen", self.ground.organisations[code], {"adres": house}),
            action(who, "register.entiteitToevoegen", pand, {"entiteit": {"soort": "ZW", "busnummer": "9"}}),
            action(who, "register.betrokkeneToevoegen", pand, {"betrokkene": person}),
            action(examiner, "onderzoek.resultaatVastleggen", pand,
                   {"onderzoek": exam, "resultaten": {"perEntiteit": found}}),
            action(who, "register.pandOpmerkingSchrijven", pand, {"opmerking": remark}),
            action(who, "kernel.opmerkingSchrijven", dossier, {"opmerking": remark}),
            action(who, "oo.verhuringMelden", dossier, {"verhuring": {"soort": "verhuring", "datum": "2026-11-20"}}),
            action(who, "oo.procedureStarten", pand,
                   {"verzoek": {"datum": "2026-11-10", "initiatiefnemer": "belanghebbende"}}, k="k1"),
        ]  # fmt: skip
        if self.examinations:
            latest = self.examinations[-1]
            steps += [
                action(examiner, "onderzoek.ondertekenen", latest),
                action(examiner, "onderzoek.verwijderen", latest),
            ]
        return self.random.choice(steps)

    def file(self) -> Step:
        """A file that the other side may have as well, or the file of a document."""
        if self.random.random() < 0.5:
            return upload("dossierbeheerder@aalst", self.random.choice(self.ground.pdfs))
        who = self.random.choice(("dossierbeheerder@aalst", "dossierbeheerder@wvl", "lezer@vlabel"))
        return Step(who, "GET", f"/documenten/{self.random.choice(self.ground.documents)}")

    def look_back(self) -> Step:
        """An auditor reads or exports the log."""
        who = self.random.choice(AUDITORS)
        if self.random.random() < 0.5:
            return Step(who, "GET", "/logboek.csv")
        return graphql(
            who, "{ logboek(first: 50) { totalCount edges { node { tijdstip gebruiker wat soort doel } } } }"
        )

    def knock(self) -> Step:
        """At a door that is not there for who stands before it."""
        who = self.random.choice(PUBLIC)
        return self.random.choice((graphql(who, "{ __typename }", "/wi/graphql"), Step(who, "GET", "/wi/documenten/x")))

    def form(self) -> Step:
        """A wizard."""
        code = self.random.choice(("aalst", "gent"))
        pand = self.random.choice(self.ground.panden[code])
        query = 'query($s: ID!) { formulier(handeling: "onderzoek.resultaatVastleggen", subject: $s) { titel versie'
        return graphql(
            f"woningcontroleur@{code}", query + " subjectTitel waarden stappen { velden { naam } } } }", s=pand
        )

    def search(self) -> Step:
        """For a person."""
        query = """query($n: String!) { personenZoeken(naam: $n, reden: "dossierbehandeling",
          toelichting: "adres nakijken", first: 5) { totalCount edges { node { referte naam } } } }"""
        who = self.random.choice(("dossierbeheerder@aalst", "dossierbeheerder@wvl"))
        return graphql(who, query, n=self.random.choice(PERSONS)[1])

    def work_off(self) -> Step:
        """The worker runs what waits."""
        return Step(None, "JOBS", "public")

    def release(self) -> Step:
        """A release, in both histories alike; then nothing more is left to release."""
        if self.released < len(self.ground.releases):
            who, key, subject, answers = self.ground.releases[self.released]
            self.released += 1
            return action(who, key, subject, answers, "/wi/graphql")
        return Step(None, "JOBS", "wi")
