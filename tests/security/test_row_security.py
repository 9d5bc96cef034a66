"""Row-level security: what PostgreSQL itself refuses the product's role, whatever the code above it asks."""

from contextlib import contextmanager
from uuid import uuid4

import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import func, select, update

from vlok.api.migration import READ_BY_ALL, RULES
from vlok.api.orm import Base
from vlok.api.tables import Afscherming, Bestand, Document, Opmerking
from vlok.db.roles import connected
from vlok.tenancy.tables import Parameterwaarde
from vlok.testing.practice_world import BEHEERDER, a_document, a_dossier, admin_url

OWN, OTHER, AGENCY, INSPECTION, TAX, NOBODY = (
    ("lb:41002", "41002"), ("lb:44021", "44021"), ("wvl", "*"), ("wi", "*"), ("vlabel", ""), ("", ""),
)  # fmt: skip
READERS = ("vlok_app", "vlok_compartiment")
"""The product's role, and those of the compartments, which may only read."""
WITHOUT_RULES = ("alembic_version_", "procrastinate_")
"""Tables of libraries: revision numbers, and the job queue, whose workers serve every domain."""


@contextmanager
def as_app(world, who):
    """A connection of the product's role, acting for a domain."""
    with connected(world.kernel.database.engine.url.render_as_string(hide_password=False)) as connection:
        connection.execute(
            "select set_config('app.domein', %s, false), set_config('app.gebied', %s, false)", [who[0], who[1]]
        )
        yield connection


@pytest.fixture(scope="module")
def tables(world, cluster) -> list[str]:
    """Every table of the whole product."""
    with connected(admin_url(cluster, world)) as admin:
        rows = admin.execute("select tablename from pg_tables where schemaname = 'public' order by 1").fetchall()
    return [name for (name,) in rows if not name.startswith(WITHOUT_RULES)]


async def test_every_table_is_under_row_security_also_for_its_owner(world, cluster, tables):
    forced = "select relname from pg_class where relrowsecurity and relforcerowsecurity"
    with connected(admin_url(cluster, world)) as admin:
        forced_tables = {name for (name,) in admin.execute(forced)}
    assert "dossier" in tables
    assert [name for name in tables if name not in forced_tables] == []


async def test_every_table_has_the_rule_its_class_names_and_no_other(world, cluster, tables):
    mapped = {str(m.local_table.name): m.class_.__rls__ for m in Base.registry.mappers if m.local_table.name in tables}  # type: ignore[attr-defined]
    with connected(admin_url(cluster, world)) as admin:
        found = admin.execute(
            "select tablename, policyname, roles::text[] from pg_policies where schemaname = 'public'"
        )
        policies = {(table, policy, *roles) for table, policy, roles in found.fetchall()}
    expected = {(table, f"{table}_{rule}", *READERS) for table, rule in mapped.items()}
    expected |= {(table, f"{table}_eigenaar", "vlok_owner") for table in mapped}
    expected |= {(table, f"{table}_lezen", *READERS) for table, rule in mapped.items() if rule in READ_BY_ALL}
    assert set(mapped) == set(tables)
    assert set(mapped.values()) <= set(RULES)
    assert policies == expected


async def test_a_parameter_is_read_by_all_and_written_only_within_the_own_territory(world):
    async def count_and_change(persona: str) -> tuple[int, int]:
        async with world.session(persona) as session:
            seen = await session.scalar(select(func.count()).select_from(Parameterwaarde))
            changed = await session.execute(update(Parameterwaarde).values(gewijzigd_door="iemand"))
            return seen, changed.rowcount

    aalst = await world.actor("toepassingsbeheerder@aalst")
    async with world.kernel.work(aalst) as work:
        set_by = {"gewijzigd_door": "test", "gewijzigd_op": work.now, "geldig_van": work.today}
        place = {"organisatie_id": aalst.organisatie_id, "domein": aalst.domein, "gebied": aalst.gebied}
        work.session.add(Parameterwaarde(sleutel="kernel.proef", waarde=1, **place, **set_by))
    assert await count_and_change("toepassingsbeheerder@gent") == (1, 0)
    assert await count_and_change("toepassingsbeheerder@aalst") == (1, 1)
    assert await count_and_change("toepassingsbeheerder@wvl") == (1, 1)


async def test_no_view_function_or_sequence_goes_around_the_rules(world, cluster):
    with connected(admin_url(cluster, world)) as admin:
        views = admin.execute("select count(*) from pg_views where schemaname = 'public'").fetchone()
        definers = admin.execute(
            "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"
        ).fetchall()
    assert views == (0,)
    assert definers == [("auditregel_schakel",)]  # links a line to the one before it, which its writer need not see


@pytest.fixture(scope="module")
async def rows(proef):
    """One dossier of Aalst with a task, an unsigned and a signed document with their files, and the trail of it all."""
    dossier = await a_dossier(proef)
    await proef.act(BEHEERDER, "proef.noteren", dossier, {"nota": {"tekst": "x"}}, sleutel="rls")
    draft = await a_document(proef, dossier, bestand=await proef.upload(BEHEERDER))
    async with proef.kernel.work(await proef.actor(BEHEERDER)) as work:
        owned = {"domein": dossier.domein, "gebied": dossier.gebied}
        on_it = {"onderwerp_id": dossier.onderwerp_id, "dossier_id": dossier.id, "auteur_id": uuid4(), "auteur": "An"}
        for moment in (None, work.now):
            remark = Opmerking(tekst="x", geschreven_op=work.now, gedeeld_op=moment, **on_it, **owned)
            work.session.add(remark)
        told = {"afgeschermd_op": work.now, "afgeschermd_door": "An"}
        work.session.add(Afscherming(object_id=draft.id, reden="beraad", toelichting="x", **told, **owned))
    return dossier, draft, await a_document(proef, dossier, signed=True, bestand=await proef.upload(BEHEERDER))


def count(connection, table) -> int:
    row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return int(row[0])


SEEN = {
    "onderwerp": {OWN: 1, OTHER: 0, AGENCY: 1, INSPECTION: 1, TAX: 0, NOBODY: 0},
    "dossier": {OWN: 1, OTHER: 0, AGENCY: 1, INSPECTION: 1, TAX: 0, NOBODY: 0},
    "taak": {OWN: 2, OTHER: 0, AGENCY: 2, INSPECTION: 2, TAX: 0, NOBODY: 0},
    "document": {OWN: 2, OTHER: 0, AGENCY: 1, INSPECTION: 1, TAX: 0, NOBODY: 0},
    "bestand": {OWN: 2, OTHER: 0, AGENCY: 1, INSPECTION: 1, TAX: 0, NOBODY: 0},
    "uitvoering": {OWN: 1, OTHER: 0, AGENCY: 1, INSPECTION: 1, TAX: 0, NOBODY: 0},
    "opmerking": {OWN: 2, OTHER: 0, AGENCY: 1, INSPECTION: 1, TAX: 0, NOBODY: 0},
    "afscherming": {OWN: 1, OTHER: 0, AGENCY: 0, INSPECTION: 0, TAX: 0, NOBODY: 0},
    "auditregel": {OWN: 1, OTHER: 0, AGENCY: 0, INSPECTION: 0, TAX: 0, NOBODY: 0},
    "feit": {OWN: 1, OTHER: 0, AGENCY: 0, INSPECTION: 0, TAX: 0, NOBODY: 0},
    "antwoord": {OWN: 1, OTHER: 0, AGENCY: 0, INSPECTION: 0, TAX: 0, NOBODY: 0},
}
"""Unsigned is the own organisation's and signed is both sides'; trail, facts and answers are the own organisation's."""


@pytest.mark.parametrize("table", SEEN)
async def test_a_domain_reads_what_its_rule_says(proef, rows, table):
    for who, expected in SEEN[table].items():
        with as_app(proef, who) as app:
            assert count(app, table) == expected, who


@pytest.mark.parametrize("table", SEEN)
async def test_what_cannot_be_read_cannot_be_changed_or_removed(proef, rows, table):
    for who, expected in SEEN[table].items():
        if expected or table == "auditregel":
            continue
        with as_app(proef, who) as app:
            column = "domein"
            name, field = sql.Identifier(table), sql.Identifier(column)
            assert app.execute(sql.SQL("update {} set {f} = {f}").format(name, f=field)).rowcount == 0, who
            assert app.execute(sql.SQL("delete from {}").format(name)).rowcount == 0, who


async def test_the_agency_cannot_touch_an_unsigned_document_of_the_municipality(proef, rows):
    _, unsigned, _ = rows
    with as_app(proef, AGENCY) as app:
        for statement in ("update document set titel = 'x' where id = %s", "delete from document where id = %s"):
            assert app.execute(statement, [unsigned.id]).rowcount == 0
        assert app.execute("select from document where referte = %s", [unsigned.referte]).fetchall() == []


@pytest.mark.parametrize("who", [OTHER, TAX, NOBODY])
async def test_a_row_cannot_be_put_in_anothers_territory(proef, rows, who):
    dossier, *_ = rows
    insert = (
        "insert into taak (id, referte, nummer, naam, rol, onderwerp_id, domein, gebied, sorteerdatum, aangemaakt_op)"
        " values (%s, %s, 1, 'x', 'lb.lezer', %s, 'lb:41002', '41002', now(), now())"
    )
    with as_app(proef, who) as app, pytest.raises(InsufficientPrivilege, match="row-level security"):
        app.execute(insert, [uuid4(), f"TK-{who[0]}", dossier.onderwerp_id])


async def test_a_row_cannot_be_moved_out_of_sight(proef, rows):
    dossier, _, signed = rows
    with as_app(proef, OWN) as app:
        for statement, key in [
            ("update dossier set gebied = '44021' where id = %s", dossier.id),
            ("update document set domein = 'wvl', gedeeld_op = null where id = %s", signed.id),
        ]:
            with pytest.raises(InsufficientPrivilege, match="row-level security"):
                app.execute(statement, [key])


@pytest.mark.parametrize(
    "statement", ["update auditregel set wat = 'niets'", "delete from auditregel", "truncate auditregel"]
)
async def test_the_trail_can_be_written_and_never_rewritten(proef, rows, statement):
    for who in (OWN, OTHER, AGENCY):
        with as_app(proef, who) as app, pytest.raises(InsufficientPrivilege, match="permission denied"):
            app.execute(statement)


async def test_nobody_writes_in_the_trail_of_another(proef, rows):
    line = (
        "insert into auditregel (id, tijdstip, domein, gebruiker_id, gebruiker, organisatie, rollen, soort, wat,"
        " getoond, verzoek_id, gegevens)"
        " values (%s, now(), %s, %s, 'An', 'Stad', '{}', 'openen', 'iets', '{}', '', '{}')"
    )
    with as_app(proef, OTHER) as app:
        app.execute(line, [uuid4(), "lb:44021", uuid4()])
        with pytest.raises(InsufficientPrivilege, match="row-level security"):
            app.execute(line, [uuid4(), "lb:41002", uuid4()])


async def test_the_domain_of_one_transaction_does_not_reach_the_next_on_the_same_connection(proef, rows):
    """The pool hands a connection on; what was set in one transaction is gone in the following."""
    async with proef.session(BEHEERDER) as session:
        assert (
            len(list(await session.execute(update(Document).values(titel=Document.titel).returning(Document.id)))) == 2
        )
    for _ in range(proef.kernel.database.engine.pool.size()):  # type: ignore[attr-defined]
        async with proef.kernel.database.sessions() as nobody:
            assert list(await nobody.scalars(Bestand.__table__.select())) == []
