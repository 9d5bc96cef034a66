"""The limit that also keeps what it showed: the line that the law asks, written by the statement that reads the page.

Its keys come from the rows that make the page; nothing of them leaves the database. It writes the product's line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import orjson

from bench import kaal
from bench.scenarios import ALL

SESSION = (
    "select s.gebruiker_id, o.domein, o.gebied, array_agg(r.rol order by r.rol), g.voornaam || ' ' || g.naam, o.naam"
    " from sessie s join lateral (select convert_from(s.inhoud, 'UTF8')::json as j) c on true"
    " join organisatie o on o.id = (c.j ->> 'organisatie')::uuid join gebruiker g on g.id = s.gebruiker_id"
    " join roltoekenning r on r.gebruiker_id = s.gebruiker_id and r.organisatie_id = o.id"
    " where s.sleutel_hash = %s group by s.gebruiker_id, o.id, g.id"
)
RECORDED = """
with blad as materialized ({page}), regel as (
  insert into auditregel (id, tijdstip, domein, gebruiker_id, gebruiker, organisatie, namens, rollen, soort, wat, doel,
    subject_type, subject_id, getoond, verzoek_id, gegevens)
  select gen_random_uuid(), now(), %(domein)s, %(gebruiker)s::uuid, %(naam)s, %(organisatie)s, null, %(rollen)s::text[],
    %(soort)s, %(wat)s, null, %(type)s, geopend, pand || dossier || document, %(verzoek)s,
    jsonb_build_object('aantal', jsonb_strip_nulls(jsonb_build_object('pand', nullif(cardinality(pand), 0),
      'dossier', nullif(cardinality(dossier), 0), 'document', nullif(cardinality(document), 0))),
      'vraag', %(vraag)s::jsonb)
  from blad where pand || dossier || document <> '{{}}')
select antwoord from blad
"""
"""A page gives its answer, the one thing that was opened, and the keys of what it showed, by kind."""


@dataclass(frozen=True)
class Line:
    """What the line of a scenario says; ``vraag``: of the question, besides the variables."""

    soort: str
    wat: str
    type: str | None = None
    vraag: Mapping[str, Any] = field(default_factory=dict)


LINES = {
    "werklijst": Line("lijst", "werklijst"),
    "pand": Line("openen", "pand", "Pand"),
    "zoeken": Line("lijst", "panden", vraag={"first": 25}),
    "dossier-300": Line("openen", "dossier", "Dossier", {"referte": "OO20-0000000"}),
}
"""The others show nothing of which consultation is kept."""


class Handler(kaal.Handler):
    """The application of the limit, with other statements."""

    session = SESSION
    sql: Mapping[str, str] = {
        one.name: RECORDED.format(page=one.logged) if one.name in LINES else one.raw for one in ALL
    }

    def besides(self, name: str, variables: Mapping[str, Any], *more: str) -> Mapping[str, Any]:
        """Who and what the line tells of."""
        line = LINES.get(name, Line("", ""))
        vraag = orjson.dumps({**line.vraag, **variables}).decode()
        said = {"soort": line.soort, "wat": line.wat, "type": line.type, "vraag": vraag}
        return {**said, "naam": more[0], "organisatie": more[1], "verzoek": uuid4().hex}
