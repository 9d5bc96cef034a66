"""Rows of a protected table are reached through the policy, or from a place that is named here with its reason.

Read from the source: nothing is run. Row-level security stands under all of these too; this is the first fence, which a
reviewer can read. Both lists only shrink: a module that no longer needs its line must lose it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from vlok.api.orm import Base
from vlok.app import contributions
from vlok.settings import Settings

ROOT = Path(__file__).parents[2]
STATEMENTS = ("select", "exists", "update", "delete", "insert", "aliased")
LOOKUPS = ("get", "get_one", "refresh", "merge")
contributions(Settings())  # maps every class


@cache
def sources() -> dict[str, ast.Module]:
    """Dotted name → syntax tree of everything that runs in production; migrations speak to no user."""
    found = {}
    for top in (ROOT / "platform" / "src", *sorted(ROOT.glob("plugins/*/src"))):
        for file in sorted(top.rglob("*.py")):
            name = ".".join(file.relative_to(top).with_suffix("").parts)
            if "migrations" not in name and not name.startswith("vlok.testing"):
                found[name] = ast.parse(file.read_text(encoding="utf-8"))
    return found


def protected() -> set[str]:
    """The classes whose rows are somebody's."""
    return {m.class_.__name__ for m in Base.registry.mappers if getattr(m.class_, "__rls__", "open") != "open"}


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    func = node.func
    return func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""


def names(node: ast.AST) -> Iterator[str]:
    """The names used as they are (``Dossier``) or for their columns (``Dossier.id``)."""
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id


def raw(module: ast.Module) -> set[str]:
    """The protected classes that a module puts in a statement of its own, or looks up by key."""
    found: set[str] = set()
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        if called(node) in STATEMENTS or (called(node) in LOOKUPS and "session" in ast.unparse(node.func)):
            found |= {name for argument in node.args for name in names(argument)} & protected()
    return found


RAW = {
    # what the kernel keeps of itself: nobody chooses a row of it
    "vlok.audit.daily": "de ankers: de laatste schakel van elke ketting, als eigenaar",
    "vlok.identity.rights": "wie vervangt wie vandaag: bij elke vraag, voor er een handelend persoon is",
    "vlok.jobs.upkeep": "ruimt op wat niemand nog nodig heeft",
    "vlok.policy.simulate": "wie vervangt wie vandaag; de rijen zelf gaan door beide beleiden",
    "vlok.procedures.execute": "het eerste antwoord op een sleutel van deze persoon; wie een onderwerp laatst wijzigde",
    "vlok.procedures.subjects": "het dossier van een onderwerp dat het beleid koos, om het te vergrendelen",
    "vlok.unit_of_work": "parameters van een organisatie; eigen opgeladen bestanden",
    "vlok.demo.data": "de voorbeeldgegevens van de demo",
    # by the policy itself, in the same statement
    "vlok.core.queries": "zoekt in onderwerpen van taken die het beleid al koos",
    "vlok.graph.operations": "de titel van een onderwerp dat het beleid al koos",
    "vlok.web.files": "het bestand bij een document dat het beleid in dezelfde vraag kiest",
    "vlok.web.logboek": "regels die het beleid in dezelfde vraag kiest",
    "vlok_register.graph": "welke documenten, taken en entiteiten bij een pand horen; het beleid kiest ze daarna",
    "vlok_register.personen": "de persoon die het beleid in dezelfde vraag kiest",
    "vlok_wi.graph": "velden en zoekwoorden van rijen die het beleid al koos",
    "vlok_wi.scopes": "een bereik zelf: welke rijen bij een opdracht van deze persoon horen",
    "vlok_wi.gast": "of deze persoon een lopende opdracht heeft, en wat daarbij hoort",
    # the rows of a subject that execute() found through the policy, in its transaction
    "vlok.api.afscherming": "de lopende afscherming van het onderwerp",
    "vlok.api.paper": "de documenten van het onderwerp",
    "vlok.api.tasks": "de taken van het onderwerp",
    "vlok.core.afscherming": "de tijdlijn van het onderwerp",
    "vlok.core.document_actions": "de documenten van het dossier",
    "vlok.core.jobs": "het document dat een handeling bestelde",
    "vlok.core.opmerkingen": "de opmerking of waarover ze gaat, vergrendeld",
    "vlok.core.parameter_actions": "de waarden van de organisatie",
    "vlok.core.vervanging_actions": "de vervangingen van de organisatie",
    "vlok_register.acties": "wat al bij het pand of in de gemeente bestaat",
    "vlok_register.api.register": "rijen van het register voor een handeling van een plugin",
    "vlok_register.vorderingen": "de inschrijving waarover een feit spreekt",
    "vlok_onderzoek.afschermen": "de resultaten van het onderzoek",
    "vlok_onderzoek.ondertekenen": "de resultaten en het pand van het onderzoek",
    "vlok_onderzoek.vastleggen": "de entiteiten van het pand",
    "vlok_oo.beslissing.beheren": "het dossier en de documenten van de beslissing",
    "vlok_oo.feiten": "alle feiten van het dossier",
    "vlok_oo.handeling": "de deelprocedures van het dossier",
    "vlok_oo.reactions": "wat een feit in dezelfde transactie verandert",
    "vlok_oo.start": "de dossiers en betrokkenen van het pand",
    "vlok_vivoo.importeren": "de registraties van de rijen die ingelezen worden",
    "vlok_vivoo.opname": "wat een geldige beslissing in dezelfde transactie opneemt",
    "vlok_vivoo.schrapping": "de registratie en de vraag om ze te schrappen",
    "vlok_wi.feiten": "alle feiten van het dossier",
    "vlok_wi.inschrijving": "de vordering die ingeschreven wordt",
    "vlok_wi.opdracht": "de opdrachten van het dossier",
    "vlok_wi.openen": "het dossier en de melding",
    "vlok_wi.reactions": "wat een feit in dezelfde transactie verandert",
}
"""Module → why it speaks to a protected table itself."""


def test_only_named_modules_put_a_protected_table_in_a_statement():
    """Everything else goes through ``Policy.visible``: lists, counts, look-ups and relations."""
    found = {name: classes for name, module in sources().items() if (classes := raw(module))}
    assert {name: classes for name, classes in found.items() if name not in RAW} == {}
    assert sorted(set(RAW) - set(found)) == [], "staat niet meer in de code: haal de regel weg"


GOES_AROUND = {
    "from_statement": "rijen uit vrije SQL, langs het beleid",
    "merge": "een rij van elders, zonder te vragen of ze er is",
    "exec_driver_sql": "vrije SQL",
    "with_loader_criteria": "een filter op afspraak in plaats van in de vraag",
    "text": "vrije SQL",
    "literal_column": "een stuk vrije SQL",
}
FREE_SQL = {
    "text": {
        "vlok.api.tables": "de voorwaarde van een index",
        "vlok.api.compartment_migration": "migraties",
        "vlok.audit.tables": "de voorwaarde van een index",
        "vlok.db.alembic.env": "migraties",
        "vlok.db.copies": "vergelijkt tabellen van een compartiment met hun voorbeeld",
        "vlok.db.migrate": "migraties",
        "vlok.db.session": "zegt de databank wie handelt",
        "vlok.jobs.queue": "een opdracht voor de wachtrij; wat erin staat zijn parameters",
        "vlok_register.tables": "de voorwaarde van een index",
        "vlok_vivoo.tables": "de voorwaarde van een index",
    },
    "literal_column": {
        "vlok.audit.daily": "een constante",
        "vlok.core.types": "een leeg pad in JSON",
        "vlok.db.direct": "de plaats waar een opdracht bewijst wie vraagt",
        "vlok.graph.plan": "een lege lijst",
        "vlok.identity.seat": "de kolommen van de sessie zelf",
        "vlok_register.personen": "een constante",
    },
}
"""Call → module → what it is there for. In none of them does a value of a user become SQL."""
COMPILER = "vlok.graph.compiled"
"""Makes the text of a statement once; its rows are chosen by ``Policy.visible`` like everywhere."""


@pytest.mark.parametrize("call", GOES_AROUND)
def test_what_goes_around_the_policy_is_called_nowhere_else(call):
    found = {
        name
        for name, module in sources().items()
        if not name.startswith(COMPILER) and any(calls(node, call) for node in ast.walk(module))
    }
    assert found == set(FREE_SQL.get(call, {}))


STRAIGHT = {
    "vlok.audit.lines": "schrijft regels van het logboek",
    "vlok.db.session": "geeft door aan de rol van wie handelt",
    "vlok.graph.compiled.commands": "toont het plan van een vraag",
    "vlok.graph.context": "het antwoord dat de vertaler in een opdracht schreef, en de regels van het logboek ervan",
    "vlok.db.direct": "de ene rij van een opdracht, zonder cursor",
    "vlok.identity.expected": "het laatste gebruik van een bewezen sessie",
    "vlok.identity.actors": "wat iemand vandaag mag zijn: voor er een handelend persoon is",
    "vlok.identity.sessions": "de sessie: voor er een handelend persoon is",
}
"""Module → what of it goes straight to the driver, past SQLAlchemy."""
STRAIGHT_ON = ("direct.rows", "database.rows", "direct.row", "database.row")


def test_nobody_else_goes_straight_to_the_driver():
    found = {
        name
        for name, module in sources().items()
        if any(
            isinstance(node, ast.Call)
            and (ast.unparse(node.func).endswith(STRAIGHT_ON) or ast.unparse(node.func) in ("rows", "exchange"))
            for node in ast.walk(module)
        )
    }
    assert found == set(STRAIGHT)


def calls(node: ast.AST, name: str) -> bool:
    """Whether it is a call of SQLAlchemy's function, or of the session's method, of that name."""
    if not isinstance(node, ast.Call) or called(node) != name:
        return False
    return isinstance(node.func, ast.Name) or (isinstance(node.func, ast.Attribute) and on_session(node.func))


def on_session(func: ast.Attribute) -> bool:
    """``session.merge``, ``select(…).from_statement`` and ``sa.text``, but not ``request.text()``."""
    on = ast.unparse(func.value)
    return on == "sa" or "session" in on or "select(" in on or func.attr == "exec_driver_sql"


def test_no_module_speaks_to_a_table_instead_of_its_class():
    """``Dossier.__table__`` in a statement has no filter of the ORM and no name in the list above."""
    found = {
        name
        for name, module in sources().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in ("__table__", "local_table")
    }
    assert found == {"vlok.db.migrate"}


def test_a_value_never_becomes_sql():
    """No f-string, ``%`` or ``+`` of anything but CONSTANTS makes SQL that is sent to the database while serving."""
    offline = ("vlok.db.", "vlok.api.compartment_migration", "vlok.api.migration", COMPILER)
    made = [
        f"{name}:{node.lineno}"
        for name, module in sources().items()
        if not name.startswith(offline)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and called(node) in ("text", "literal_column", "exec_driver_sql") and node.args
        if isinstance(node.func, ast.Name) and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
        if not all(part.isupper() for part in names(node.args[0]))
    ]
    assert made == []


def test_the_check_sees_what_it_forbids():
    """A control: each of these would fail above."""
    wrong = ast.parse(
        "await session.get(Dossier, key)\n"
        "select(Document.id).where(True)\n"
        "update(Taak).values(naam='x')\n"
        "aliased(Pand)\n"
        "await work.session.merge(Opmerking())\n"
    )
    assert raw(wrong) == {"Dossier", "Document", "Taak", "Pand", "Opmerking"}
    around = ast.parse(
        "select(X).from_statement(text('select 1'))\nawait session.merge(x)\nconnection.exec_driver_sql('x')"
    )
    seen = {name for node in ast.walk(around) for name in GOES_AROUND if calls(node, name)}
    assert seen == {"from_statement", "merge", "exec_driver_sql", "text"}
    assert not any(calls(node, "text") for node in ast.walk(ast.parse("await request.text()")))
