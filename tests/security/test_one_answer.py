"""What is absent, what is another's and what is forbidden are one answer, byte for byte, and change nothing."""

from uuid import uuid4

import orjson
import pytest
from sqlalchemy import select

from vlok.api.tables import Document, Dossier, Onderwerp, Taak
from vlok.audit.tables import Auditregel
from vlok.db.roles import connected
from vlok.graph.names import global_id
from vlok.testing.crash import content
from vlok.testing.practice_world import (
    BEHEERDER,
    ELDERS,
    WVL,
    a_document,
    a_dossier,
    admin_url,
    browser,
    count_of,
)

NOTA = {"nota": {"tekst": "van een ander"}}


@pytest.fixture(scope="module")
async def gents(proef):
    """A dossier of Gent with everything in it."""
    dossier = await a_dossier(proef, ELDERS, gebied="44021", titel="Korenmarkt 1, 9000 Gent")
    await proef.act(ELDERS, "proef.noteren", dossier, {"nota": {"tekst": "geheim van Gent"}})
    document = await a_document(proef, dossier, ELDERS, signed=True)
    async with proef.session(ELDERS) as session:
        taak = (await session.scalars(select(Taak).where(Taak.dossier_id == dossier.id))).first()
    assert taak is not None
    return dossier, taak, document


async def answer(world, persona, query, **variables) -> bytes:
    async with browser(world, persona) as client:
        got = await client.post("/graphql", json={"query": query, "variables": variables})
    assert got.status_code == 200
    return got.content


EXECUTE = """mutation($r: ID!, $i: JSON, $k: String, $v: Int, $h: String!) {
  voerHandelingUit(handeling: $h, subject: $r, invoer: $i, idempotentiesleutel: $k, versie: $v) {
    uitgevoerd bevestigingNodig bericht meldingen { code tekst } subject { id } conflict { huidigeVersie } } }"""


async def test_an_action_on_an_unknown_a_foreign_and_a_forbidden_subject_answers_alike(proef, gents):
    dossier, taak, document = gents
    mine = await a_dossier(proef)
    unknown = [str(uuid4()), "PD26-999999", "", "x" * 5000, global_id("Dossier", uuid4()), global_id("Onzin", uuid4())]
    foreign = [dossier.referte, str(dossier.id), global_id("Dossier", dossier.id)]
    other_kind = [taak.referte, document.referte, global_id("Taak", taak.id), global_id("Onderwerp", dossier.id)]
    wrong = {
        await answer(proef, BEHEERDER, EXECUTE, h="proef.noteren", r=r, i=NOTA) for r in unknown + foreign + other_kind
    }
    wrong |= {await answer(proef, "lezer@aalst", EXECUTE, h="proef.noteren", r=mine.referte, i=NOTA)}
    wrong |= {await answer(proef, BEHEERDER, EXECUTE, h="proef.bestaatNiet", r=mine.referte, i=NOTA)}
    wrong |= {await answer(proef, BEHEERDER, EXECUTE, h="proef.noteren", r=dossier.referte, i=NOTA, v=1, k="sleutel")}
    wrong |= {await answer(proef, BEHEERDER, EXECUTE, h="proef.noteren", r=dossier.referte, i={"onzin": 1})}
    assert len(wrong) == 1
    [melding] = orjson.loads(wrong.pop())["data"]["voerHandelingUit"]["meldingen"]
    assert melding["code"] == "ONBEKEND"


async def test_a_refused_attempt_changes_no_row_of_any_table(proef, cluster, gents):
    dossier, taak, _ = gents
    personas = (BEHEERDER, "lezer@aalst", "lezer@wvl")
    for persona in personas:
        await proef.actor(persona)  # who signs in for the first time becomes known
    with connected(admin_url(cluster, proef)) as admin:
        before = content(admin)
    for handeling, subject in [
        ("proef.noteren", dossier),
        ("proef.afsluiten", dossier),
        ("proef.taakAfronden", taak),
        ("kernel.documentenKlaarmaken", dossier),
    ]:
        for persona in personas:
            outcome = await proef.act(persona, handeling, subject, NOTA, bevestigd=True, sleutel="poging")
            assert [m.code for m in outcome.meldingen] == ["ONBEKEND"]
    with connected(admin_url(cluster, proef)) as admin:
        assert content(admin) == before


async def test_a_reading_by_id_of_what_is_hidden_and_what_is_absent_answers_alike(proef, gents):
    dossier, taak, document = gents
    query = "query($id: ID!) { node(id: $id) { id ... on Dossier { referte } ... on Document { url } } }"
    rows = [("Dossier", dossier.id), ("Taak", taak.id), ("Document", document.id), ("Onderwerp", dossier.onderwerp_id)]
    ids = [global_id(name, key) for name, key in rows] + [global_id(name, uuid4()) for name, _ in rows]
    answers = {await answer(proef, BEHEERDER, query, id=key) for key in [*ids, "onzin", "", "é", str(dossier.id)]}
    assert answers == {b'{"data":{"node":null}}'}
    assert b"PD26" in await answer(proef, ELDERS, query, id=ids[0])


async def test_a_reading_by_reference_of_what_is_hidden_and_what_is_absent_answers_alike(proef, gents):
    dossier, *_ = gents
    for query in (
        "query($r: String!) { dossier(referte: $r) { id } }",
        "query($r: ID!) { handelingen(subject: $r, ookNietBeschikbaar: true) { sleutel } }",
        'query($r: ID!) { formulier(handeling: "proef.noteren", subject: $r) { titel } }',
    ):
        answers = {await answer(proef, BEHEERDER, query, r=r) for r in (dossier.referte, "PD26-999999", "", "onzin")}
        assert len(answers) == 1, answers


async def test_a_municipality_never_reads_a_row_of_another_through_any_query(proef, gents):
    """Everything Aalst can ask without knowing a key, and every relation from there, holds nothing of Gent."""
    await a_dossier(proef)
    query = """{ ik { organisaties { code } organisatie { naam } }
      werklijst(first: 500) { totalCount edges { node { referte onderwerp { titel }
        dossier { referte organisatieNaam taken { naam } documenten { titel } tijdlijn { samenvatting } } } } } }"""
    for persona in (BEHEERDER, "taakbeheerder@aalst", "burgemeester@aalst", "lezer@aalst", "auditor@aalst"):
        got = await answer(proef, persona, query)
        assert b"Gent" not in got
        assert gents[0].referte.encode() not in got


async def test_a_municipality_never_reads_a_row_of_another_in_sql(proef, gents):
    for model in (Onderwerp, Dossier, Taak, Document):
        assert await count_of(proef, BEHEERDER, model, model.gebied == "44021") == 0
        assert await count_of(proef, ELDERS, model, model.gebied == "44021") > 0
    assert await count_of(proef, BEHEERDER, Auditregel, Auditregel.domein == "lb:44021") == 0


async def test_the_agency_sees_the_dossier_of_every_municipality_but_the_tax_office_none(proef, gents):
    query = "query($r: String!) { dossier(referte: $r) { referte } }"
    assert gents[0].referte.encode() in await answer(proef, WVL, query, r=gents[0].referte)
    assert await answer(proef, "lezer@vlabel", query, r=gents[0].referte) == b'{"data":{"dossier":null}}'


async def test_a_key_of_an_answer_is_worth_nothing_to_another_person(proef, gents):
    """The first answer to a key names a subject; who uses the same key for it elsewhere learns nothing."""
    dossier, *_ = gents
    await answer(proef, ELDERS, EXECUTE, h="proef.noteren", r=dossier.referte, i=NOTA, k="van-gent")
    got = await answer(proef, BEHEERDER, EXECUTE, h="proef.noteren", r=dossier.referte, i=NOTA, k="van-gent")
    assert b"ONBEKEND" in got
    assert global_id("Dossier", dossier.id).encode() not in got
