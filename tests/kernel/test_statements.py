"""A budget of statements per query: one per root field, whatever is selected and however many rows there are."""

import pytest

from vlok.graph.context import Context
from vlok.graph.names import global_id
from vlok.testing.practice_world import BEHEERDER, WVL, a_dossier
from vlok.testing.statements import counted, own
from vlok.testing.trail import asking_anew, lines_of

DEEP = """
  referte status organisatieNaam onderwerp { titel }
  taken(first: 50) { naam rolNaam teLaat toegewezenAan dossier { referte taken { referte } } }
  documenten { referte url } tijdlijn { wie titel }
"""


@pytest.fixture(scope="module")
async def dossier(proef):
    made = await a_dossier(proef)
    for number in range(10):
        await proef.act(BEHEERDER, "proef.noteren", made, {"nota": {"tekst": f"nota {number}"}})
    return made


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("{ ik { naam } }", 0),
        (f'{{ dossier(referte: "REF") {{ {DEEP} }} }}', 1),
        (f'{{ node(id: "ID") {{ ... on Dossier {{ {DEEP} }} }} }}', 1),
        (f"{{ werklijst(first: 5) {{ edges {{ node {{ dossier {{ {DEEP} }} }} }} }} }}", 1),
        ("{ werklijst { totalCount edges { cursor node { referte } } pageInfo { hasNextPage } } }", 0),
        ('{ a: dossier(referte: "REF") { referte } b: dossier(referte: "REF") { info } }', 2),
        ('{ dossier(referte: "PD99-000000") { referte } }', 0),
    ],
)
async def test_a_question_is_one_statement_that_keeps_what_it_shows(proef, dossier, query, kept):
    """Who asks is told in it, and what it shows is on record in it, when it shows anything that is kept."""
    text = query.replace("REF", dossier.referte).replace("ID", global_id("Dossier", dossier.id))
    actor = asking_anew(await proef.actor(BEHEERDER))
    with counted(proef.kernel.database) as sent:
        async with Context(proef.kernel, actor) as context:
            await proef.product.schema.execute(text, context_value=context)
    assert len(sent) == 1, sent
    assert len(await lines_of(proef.kernel, actor)) == kept


async def test_the_number_of_rows_does_not_change_the_number_of_statements(proef, dossier):
    await proef.actor(WVL)
    lengths = []
    for first in (1, 10):
        with counted(proef.kernel.database) as sent:
            query = "query($n: Int!) { werklijst(first: $n) { edges { node { dossier { referte } } } } }"
            found = await proef.query(WVL, query, n=first)
        lengths.append((len(found["werklijst"]["edges"]), len(sent)))
    assert lengths == [(1, 1), (10, 1)]


async def test_a_menu_and_a_wizard_stay_within_their_budget(proef, dossier):
    for query, budget in [
        ("query($r: ID!) { handelingen(subject: $r, ookNietBeschikbaar: true) { sleutel } }", 8),
        ('query($r: ID!) { formulier(handeling: "proef.noteren", subject: $r) { titel } }', 8),
    ]:
        with counted(proef.kernel.database) as sent:
            await proef.query(BEHEERDER, query, r=dossier.referte)
        assert len(sent) <= budget, sent


READ_BACK = """mutation($r: ID!, $i: JSON) {
  voerHandelingUit(handeling: "proef.noteren", subject: $r, invoer: $i) { uitgevoerd subject { SELECTION } }
}"""


@pytest.mark.parametrize("selection", ["id", "... on Dossier { referte }", f"... on Dossier {{ {DEEP} }}"])
async def test_a_change_is_read_back_in_one_statement_whatever_is_selected(proef, dossier, selection):
    """What follows on the line about the change itself: the reading, and that it was shown."""
    await proef.actor(BEHEERDER)
    text = READ_BACK.replace("SELECTION", selection)
    with counted(proef.kernel.database) as sent:
        answer = await proef.query(BEHEERDER, text, r=dossier.referte, i={"nota": {"tekst": "teruggelezen"}})
    assert answer["voerHandelingUit"]["uitgevoerd"]
    written = next(at for at, one in enumerate(sent) if "INSERT INTO auditregel" in one)
    assert len(own(sent[written + 1 :])) <= 2, sent
