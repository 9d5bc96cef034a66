"""gerechtelijke procedure.

All of it in the schema ``wi``, in which this plugin's migrations work. No key points outside that schema.
"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from vlok.api.compartment_migration import GAST, protect_in

revision = "wi_0002"
down_revision = "wi_0001"
branch_labels = None
depends_on = None

OPDRACHT = f"gebruiker_id = {GAST} and status in ('Gegeven', 'Uitgevoerd', 'Gevalideerd', 'Beëindigd')"
"""A guest reaches the assignments given to him; ended ones only while he ends them: the scope leaves them out."""

CONTROLEURS = """create function wi.wi_woningcontroleurs(dag date) returns table (id uuid, naam text)
    language sql stable security definer set search_path = public, pg_temp as $$
    select gebruiker.id, gebruiker.voornaam || ' ' || gebruiker.naam from gebruiker
    where exists (select from roltoekenning where roltoekenning.gebruiker_id = gebruiker.id
        and roltoekenning.rol = 'wvl.woningcontroleur' and roltoekenning.mandaat_id is null
        and roltoekenning.van <= dag and (roltoekenning.tot is null or roltoekenning.tot >= dag)) $$"""
"""Who can be asked: the one thing of roles elsewhere that the compartment may know."""


def upgrade() -> None:
    """Forward."""
    _zaken()
    _opdrachten()
    _akten()
    _gevolgen()
    for table in ("zaak", "melding", "partij", "resultaat", "pv", "herstelvordering", "gevolg", "uitspraak"):
        protect_in("wi", f"wi_{table}")
    protect_in("wi", "wi_opdracht", guests=OPDRACHT)
    op.execute(CONTROLEURS)
    op.execute("revoke all on function wi.wi_woningcontroleurs(date) from public")
    op.execute("grant execute on function wi.wi_woningcontroleurs(date) to vlok_wi")


def _owned(table: str, *indexed: str) -> None:
    """The indexes on whose and where a row is, and on what it belongs to."""
    for column in ("domein", "gebied", *indexed):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _whose() -> list[sa.Column[str]]:
    return [sa.Column("domein", sa.Text(), nullable=False), sa.Column("gebied", sa.Text(), nullable=False)]


def _of_dossier(table: str, nullable: bool = False) -> list[sa.Column[UUID] | sa.Constraint]:
    return [
        sa.Column("dossier_id", sa.Uuid(), nullable=nullable),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f(f"fk_{table}_dossier_id")),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _zaken() -> None:
    op.create_table(
        "wi_zaak",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("pand_id", sa.Uuid(), nullable=False),
        sa.Column("aanleiding", sa.Text(), nullable=False),
        sa.Column("omschrijving", sa.Text(), nullable=False),
        *_whose(),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_wi_zaak_dossier_id")),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_wi_zaak")),
    )
    _owned("wi_zaak", "pand_id")
    op.create_table(
        "wi_melding",
        *_of_dossier("wi_melding", nullable=True),
        sa.Column("oo_dossier_id", sa.Uuid(), nullable=False),
        sa.Column("oo_referte", sa.Text(), nullable=False),
        sa.Column("pand_id", sa.Uuid(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("omschrijving", sa.Text(), nullable=False),
        sa.Column("melder", sa.Text(), nullable=False),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("beantwoord_op", sa.Date(), nullable=True),
        sa.Column("versie", sa.Integer(), nullable=False),
        *_whose(),
    )
    _owned("wi_melding", "dossier_id", "pand_id")
    op.create_table(
        "wi_partij",
        *_of_dossier("wi_partij"),
        sa.Column("hoedanigheid", sa.Text(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("voornaam", sa.Text(), nullable=True),
        sa.Column("insz", sa.Text(), nullable=True),
        sa.Column("kbo", sa.Text(), nullable=True),
        sa.Column("adres", sa.Text(), nullable=True),
        *_whose(),
    )
    _owned("wi_partij", "dossier_id")


def _opdrachten() -> None:
    op.create_table(
        "wi_opdracht",
        sa.Column("zaak_id", sa.Uuid(), nullable=False),
        sa.Column("pand_id", sa.Uuid(), nullable=False),
        sa.Column("gebruiker_id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("controleur", sa.Text(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("checklist", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("gegeven_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uitgevoerd_op", sa.Date(), nullable=True),
        sa.Column("gevalideerd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        *_whose(),
        sa.ForeignKeyConstraint(["zaak_id"], ["wi_zaak.dossier_id"], name=op.f("fk_wi_opdracht_zaak_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wi_opdracht")),
    )
    _owned("wi_opdracht", "zaak_id")
    op.create_index(op.f("ix_wi_opdracht_gebruiker_id_status"), "wi_opdracht", ["gebruiker_id", "status"])
    op.create_table(
        "wi_resultaat",
        sa.Column("opdracht_id", sa.Uuid(), nullable=False),
        sa.Column("zaak_id", sa.Uuid(), nullable=False),
        sa.Column("entiteit_id", sa.Uuid(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("uitslag", sa.Text(), nullable=False),
        sa.Column("bevindingen", sa.Text(), nullable=False),
        sa.Column("gevalideerd", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *_whose(),
        sa.ForeignKeyConstraint(["opdracht_id"], ["wi_opdracht.id"], name=op.f("fk_wi_resultaat_opdracht_id")),
        sa.ForeignKeyConstraint(["zaak_id"], ["wi_zaak.dossier_id"], name=op.f("fk_wi_resultaat_zaak_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wi_resultaat")),
    )
    _owned("wi_resultaat", "zaak_id")
    both = ["opdracht_id", "entiteit_id"]
    op.create_index(op.f("ix_wi_resultaat_opdracht_id_entiteit_id"), "wi_resultaat", both, unique=True)


def _akten() -> None:
    op.create_table(
        "wi_pv",
        *_of_dossier("wi_pv"),
        sa.Column("nummer", sa.Text(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("entiteit_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("vaststellingen", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parket", sa.Text(), nullable=True),
        sa.Column("verzonden_op", sa.Date(), nullable=True),
        *_whose(),
        sa.UniqueConstraint("nummer", name=op.f("uq_wi_pv_nummer")),
    )
    _owned("wi_pv", "dossier_id")
    op.create_table(
        "wi_herstelvordering",
        *_of_dossier("wi_herstelvordering"),
        sa.Column("nummer", sa.Text(), nullable=False),
        sa.Column("entiteit_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("maatregel", sa.Text(), nullable=False),
        sa.Column("termijn_maanden", sa.Integer(), nullable=False),
        sa.Column("dwangsom", sa.Integer(), nullable=True),
        sa.Column("motivering", sa.Text(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("ingeschreven_op", sa.Date(), nullable=True),
        sa.Column("uitgevoerd_op", sa.Date(), nullable=True),
        *_whose(),
        sa.UniqueConstraint("nummer", name=op.f("uq_wi_herstelvordering_nummer")),
    )
    _owned("wi_herstelvordering", "dossier_id")


def _gevolgen() -> None:
    op.create_table(
        "wi_gevolg",
        *_of_dossier("wi_gevolg"),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("toelichting", sa.Text(), nullable=False),
        *_whose(),
    )
    _owned("wi_gevolg", "dossier_id")
    op.create_table(
        "wi_uitspraak",
        *_of_dossier("wi_uitspraak"),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("instantie", sa.Text(), nullable=False),
        sa.Column("herstel", sa.Boolean(), nullable=False),
        sa.Column("hersteltermijn", sa.Date(), nullable=True),
        sa.Column("dwangsom", sa.Integer(), nullable=True),
        sa.Column("beschikking", sa.Text(), nullable=False),
        *_whose(),
    )
    _owned("wi_uitspraak", "dossier_id")


def downgrade() -> None:
    """Back."""
    op.execute("drop function wi.wi_woningcontroleurs(date)")
    for table in (
        "uitspraak",
        "gevolg",
        "herstelvordering",
        "pv",
        "resultaat",
        "opdracht",
        "partij",
        "melding",
        "zaak",
    ):
        op.drop_table(f"wi_{table}")
