"""``waarom``: the lines that let the user through, or why not; hidden and absent are one answer, byte for byte."""

from uuid import uuid4

import pytest

from vlok.api.tables import Document
from vlok.db.roles import connected
from vlok.graph.names import global_id
from vlok.identity.personas import personas
from vlok.testing.practice_world import (
    BEHEERDER,
    ELDERS,
    WVL,
    a_document,
    a_dossier,
    admin_url,
    browser,
)
from vlok.testing.statements import counted

WAAROM = """query($s: ID!, $h: String) { waarom(subject: $s, handeling: $h) {
  zichtbaar toegestaan reden regels { rol rolNaam via bereik bron } } }"""
VERVANGEN, KLAARMAKEN, AFSLUITEN = "kernel.documentVervangen", "kernel.documentenKlaarmaken", "proef.afsluiten"


async def why(proef, persona, subject, handeling=None):
    return (await proef.query(persona, WAAROM, s=str(getattr(subject, "referte", subject)), h=handeling))["waarom"]


@pytest.fixture(scope="module")
async def rows(proef):
    """Documents of Aalst: unsigned, signed, signed and shielded again; and a signed one of Gent."""
    aalst, gent = await a_dossier(proef), await a_dossier(proef, ELDERS, gebied="44021")
    made = {
        "dossier": aalst,
        "unsigned": await a_document(proef, aalst),
        "signed": await a_document(proef, aalst, signed=True),
        "shielded": await a_document(proef, aalst, signed=True),
        "gent": await a_document(proef, gent, ELDERS, signed=True),
    }
    async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
        (await work.session.get(Document, made["shielded"].id)).gedeeld_op = None
    return made


async def test_who_sees_a_row_reads_by_which_lines(proef, rows):
    found = await why(proef, BEHEERDER, rows["unsigned"])
    assert (found["zichtbaar"], found["toegestaan"], found["reden"]) == (True, True, None)
    assert found["regels"] == [
        {
            "rol": "lb.dossierbeheerder",
            "rolNaam": "Dossierbeheerder",
            "via": "Lezer",
            "bereik": "van de eigen organisatie, en wat ondertekend of verstuurd is in het werkingsgebied",
            "bron": "Afsprakenkader VLOK: niet ondertekend eigen en ondertekend beide",
        }
    ]
    assert (await why(proef, WVL, rows["signed"]))["zichtbaar"]


async def test_who_may_do_it_reads_by_which_line_and_whether_it_can_be_done_now(proef, rows):
    may = await why(proef, BEHEERDER, rows["dossier"], AFSLUITEN)
    assert (may["toegestaan"], may["reden"]) == (True, None)
    assert [line["bereik"] for line in may["regels"]] == ["van de eigen organisatie"]
    assert may["regels"][0]["via"] is None
    not_now = await why(proef, BEHEERDER, rows["signed"], VERVANGEN)
    assert (not_now["zichtbaar"], not_now["toegestaan"]) == (True, False)
    assert not_now["reden"]
    assert [line["rol"] for line in not_now["regels"]] == ["lb.dossierbeheerder"]


async def test_who_lacks_the_role_reads_which_roles_of_the_own_organisation_have_it(proef, rows):
    found = await why(proef, "burgemeester@aalst", rows["signed"], VERVANGEN)
    assert (found["zichtbaar"], found["toegestaan"], found["regels"]) == (True, False, [])
    assert found["reden"] == (
        "Uw rollen geven dit recht niet. Binnen uw organisatie heeft dit recht: Woningcontroleur, Dossierbeheerder."
    )
    nobody = await why(proef, WVL, rows["dossier"], AFSLUITEN)
    assert nobody["reden"] == "Geen enkele rol van uw organisatie geeft dit recht."


async def test_who_has_the_role_but_not_for_this_row_reads_for_which_rows(proef, rows):
    found = await why(proef, "gewestelijk-ambtenaar@wvl", rows["signed"], VERVANGEN)
    assert (found["zichtbaar"], found["toegestaan"]) == (True, False)
    assert found["reden"] == "Uw rollen geven dit recht enkel voor: van de eigen organisatie."


async def test_who_holds_several_roles_reads_a_line_for_each(proef, rows):
    from dataclasses import replace

    actor = await proef.actor(BEHEERDER)
    proef._actors["twee@aalst"] = replace(actor, rollen=actor.rollen | {"lb.burgemeester"})
    found = await why(proef, "twee@aalst", rows["signed"])
    assert [line["rol"] for line in found["regels"]] == ["lb.burgemeester", "lb.dossierbeheerder"]


async def raw(proef, persona, **variables) -> bytes:
    async with browser(proef, persona) as client:
        got = await client.post("/graphql", json={"query": WAAROM, "variables": variables})
    assert got.status_code == 200
    return got.content


PERSONAS = [
    "lezer@aalst",
    ELDERS,
    WVL,
    "gewestelijk-ambtenaar@wvl",
    "wooninspecteur@wi",
    "lezer@vlabel",
    "auditor@vlabel",
]


@pytest.mark.parametrize("persona", [ELDERS, WVL, "gewestelijk-ambtenaar@wvl", "lezer@vlabel", "auditor@vlabel"])
@pytest.mark.parametrize("handeling", [None, VERVANGEN, "kernel.documentOpmerkingSchrijven"])
async def test_absent_foreign_unsigned_and_shielded_are_one_answer(proef, rows, persona, handeling):
    hidden = [rows["unsigned"], rows["shielded"]]
    if persona not in (WVL, "gewestelijk-ambtenaar@wvl"):
        hidden.append(rows["signed"])
    asked = [global_id("Document", row.id) for row in hidden] + [global_id("Document", uuid4()) for _ in range(3)]
    asked += [row.referte for row in hidden] + ["DO26-999999", "DO18-000001"]
    answers = {await raw(proef, persona, s=one, h=handeling) for one in asked}
    assert len(answers) == 1
    assert b'"zichtbaar":false' in next(iter(answers))


async def test_the_answer_about_what_is_hidden_says_what_the_roles_see_and_when_more_is_seen(proef, rows):
    found = await why(proef, WVL, rows["unsigned"])
    assert found["reden"] == (
        "Niet gevonden, of u hebt er geen toegang toe. Van deze soort ziet u: van de eigen organisatie, en wat"
        " ondertekend of verstuurd is in het werkingsgebied. Wat van een andere organisatie is, ziet u pas na de"
        " ondertekening of het versturen."
    )
    nothing = await why(proef, "lezer@vlabel", rows["signed"])
    assert nothing["reden"] == "Niet gevonden, of u hebt er geen toegang toe. Van deze soort ziet u niets."
    assert nothing["regels"] == []


async def test_hidden_and_absent_cost_the_same_statements(proef, rows):
    async def sent(subject, handeling=None) -> list[str]:
        with counted(proef.kernel.database) as found:
            await why(proef, WVL, subject, handeling)
        return found

    for handeling in (None, VERVANGEN):
        hidden, absent = [
            await sent(key, handeling)
            for key in (global_id("Document", rows["unsigned"].id), global_id("Document", uuid4()))
        ]
        assert hidden == absent
        assert len([statement for statement in hidden if "set_config" not in statement]) == 1


@pytest.mark.parametrize("subject", ["", "onzin", "é", "x" * 5000, "Onzin:1", "REX6MQ", "DO26-000001 ", "%", "'"])
async def test_what_is_no_id_says_nothing_in_particular(proef, rows, subject):
    found = await why(proef, WVL, subject)
    assert found["zichtbaar"] is found["toegestaan"] is False
    assert found["reden"].startswith("Niet gevonden, of u hebt er geen toegang toe.")


@pytest.mark.parametrize("handeling", ["", "onzin", "wi.dossierOpenen", KLAARMAKEN])
async def test_an_action_that_is_not_for_this_kind_is_answered_without_looking_at_the_row(proef, rows, handeling):
    answers = [await why(proef, WVL, key, handeling) for key in (rows["signed"], rows["unsigned"], "DO26-999999")]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["reden"] == "Die handeling bestaat niet voor dit onderwerp."


async def test_who_is_not_signed_in_learns_nothing(proef, rows):
    result = await proef.result(None, WAAROM, s=rows["signed"].referte)
    assert result.data is None
    assert [error.extensions["code"] for error in result.errors] == ["NIET_AANGEMELD"]


async def test_it_changes_nothing_and_leaves_no_line(proef, rows, cluster):
    for persona in PERSONAS:
        await proef.actor(persona)
    with connected(admin_url(cluster, proef)) as admin:
        before = admin.execute("select count(*) from auditregel").fetchone()
        for persona in PERSONAS:
            await why(proef, persona, rows["signed"])
            await why(proef, persona, rows["dossier"], KLAARMAKEN)
        assert admin.execute("select count(*) from auditregel").fetchone() == before


async def test_every_persona_gets_an_answer_that_agrees_with_what_it_can_read(proef, rows):
    node = "query($id: ID!) { node(id: $id) { id } }"
    one_of_each = {f"{p.rollen[0][0]}": p.naam for p in personas().values()}.values()
    for persona in one_of_each:
        for row in (rows["signed"], rows["unsigned"], rows["gent"]):
            key = global_id("Document", row.id)
            seen = (await proef.query(persona, node, id=key))["node"] is not None
            assert (await why(proef, persona, key))["zichtbaar"] is seen, (persona, row.referte)
