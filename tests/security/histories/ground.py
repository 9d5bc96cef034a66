"""The region before the two histories part: told by real actions, the inspectorate's own first dossiers among them."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from psycopg import Connection
from tests.security.histories.apart import INSPECTEUR, NATRAJECT, VERBALISANT
from tests.security.histories.replay import Prepared, a_template_of
from tests.security.histories.script import PUBLIC, Ground
from tests.security.story import CONTROLEUR, Inspectie, Teller

from vlok.api.clock import FixedClock
from vlok.app import build, running
from vlok.db.roles import connected
from vlok.graph.names import global_id
from vlok.identity.organisations import seed_organisaties
from vlok.settings import Settings
from vlok.testing.cluster import Databases
from vlok.testing.world import TEMPLATE, TODAY, World, a_pdf, build_template

TABLES = {"Pand": "pand", "Entiteit": "entiteit", "Dossier": "dossier", "Taak": "taak", "Document": "document",
          "Onderzoek": "onderzoek_onderzoek", "VivooRegistratie": "vivoo_registratie"}  # fmt: skip
SIGNED = "query ($r: String!) { dossier(referte: $r) { documenten(first: 50) { referte status } } }"


@asynccontextmanager
async def prepared(cluster: Databases, folder: Path) -> AsyncIterator[tuple[Prepared, Ground]]:
    """The prepared database and what a script may speak of."""
    cluster.template(TEMPLATE, build_template)
    database = cluster.clone(TEMPLATE)
    data = folder / "begin"
    product = build(Settings(data=data, demo=True), database.app_url, places=database.places, clock=FixedClock(TODAY))
    async with running(product.kernel, worker=False):
        async with product.kernel.database.sessions.begin() as session:
            await seed_organisaties(session)
        world = World(product, FixedClock(TODAY))
        for who in {*filter(None, PUBLIC), NATRAJECT, VERBALISANT, INSPECTEUR, CONTROLEUR}:
            await world.actor(who)
        apart = Inspectie(world, *await Teller(world, "aalst").finished())
        for code in ("aalst", "gent"):
            await Teller(world, code).halfway()
        await apart.prosecuted()
        await world.query("lezer@aalst", "{ panden { pageInfo { endCursor } } }")  # the key that seals cursors is made
        entered = {"inschrijving": {"datum": "2026-11-23"}}
        releases = [(INSPECTEUR, "wi.herstelvorderingInschrijven", apart.dossier, entered)]
        with connected(database.admin_url) as admin:
            ground = _ground(admin, releases)
            for schema in ("public", "wi"):
                admin.execute(f"truncate {schema}.procrastinate_jobs cascade")  # type: ignore[arg-type]
    known = (NATRAJECT, VERBALISANT, INSPECTEUR)
    yield Prepared(cluster, a_template_of(cluster, database), data, known), ground
    shutil.rmtree(data)
    cluster.drop(database)


def _ground(admin: Connection[Any], releases: list[tuple[str, str, str, dict[str, Any]]]) -> Ground:
    def rows(query: str) -> list[tuple[Any, ...]]:
        return admin.execute(query).fetchall()  # type: ignore[call-overload, no-any-return]

    codes = {"41002": "aalst", "44021": "gent"}
    panden, units, dossiers = defaultdict(list), defaultdict(list), defaultdict(list)
    for key, ground in rows("select id, gebied from pand order by referte"):
        panden[codes[ground]].append(global_id("Pand", key))
    for key, referte in rows("select pand_id, referte from entiteit order by referte"):
        units[global_id("Pand", key)].append(referte)
    for key, ground in rows("select id, gebied from dossier order by referte"):
        dossiers[codes[ground]].append(global_id("Dossier", key))
    ids = {name: [global_id(name, key) for (key,) in rows(f"select id from {table} order by referte")]
           for name, table in TABLES.items()}  # fmt: skip
    references = [one for table in TABLES.values() for (one,) in rows(f"select referte from {table} order by 1")]
    documents = [str(key) for (key,) in rows("select id from document order by referte")]
    organisations = {code: global_id("Organisatie", key) for code, key in rows("select code, id from organisatie")}
    pdfs = [a_pdf(), a_pdf().replace(b"%%EOF", b"%%EOF\n")]
    return Ground(dict(panden), dict(units), dict(dossiers), documents, ids, references, organisations, pdfs, releases)
