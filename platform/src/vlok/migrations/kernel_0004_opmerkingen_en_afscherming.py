"""opmerkingen en afscherming."""

import sqlalchemy as sa
from alembic import op

from vlok.api.migration import protect

revision = "kernel_0004"
down_revision = "kernel_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("document", sa.Column("verstuurd_op", sa.DateTime(timezone=True), nullable=True))
    _opmerking()
    _afscherming()
    protect("opmerking", "gedeeld")
    protect("afscherming", "eigen")


def _opmerking() -> None:
    op.create_table(
        "opmerking",
        sa.Column("onderwerp_id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("tekst", sa.Text(), nullable=False),
        sa.Column("auteur_id", sa.Uuid(), nullable=False),
        sa.Column("auteur", sa.Text(), nullable=False),
        sa.Column("geschreven_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gelezen_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("gedeeld_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("domein", sa.Text(), nullable=False),
        sa.Column("gebied", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["onderwerp_id"], ["onderwerp.id"], name=op.f("fk_opmerking_onderwerp_id")),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_opmerking_dossier_id")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_opmerking_document_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opmerking")),
    )
    op.create_index(op.f("ix_opmerking_onderwerp_id_geschreven_op"), "opmerking", ["onderwerp_id", "geschreven_op"])
    op.create_index(op.f("ix_opmerking_dossier_id_geschreven_op"), "opmerking", ["dossier_id", "geschreven_op"])
    for column in ("document_id", "domein", "gebied"):
        op.create_index(op.f(f"ix_opmerking_{column}"), "opmerking", [column])


def _afscherming() -> None:
    op.create_table(
        "afscherming",
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("toelichting", sa.Text(), nullable=False),
        sa.Column("afgeschermd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("afgeschermd_door", sa.Text(), nullable=False),
        sa.Column("opgeheven_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opgeheven_door", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("domein", sa.Text(), nullable=False),
        sa.Column("gebied", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_afscherming")),
    )
    op.create_index(op.f("ix_afscherming_object_id_afgeschermd_op"), "afscherming", ["object_id", "afgeschermd_op"])
    op.create_index(
        "ix_afscherming_lopend",
        "afscherming",
        ["object_id"],
        unique=True,
        postgresql_where=sa.text("opgeheven_op is null"),
    )
    for column in ("domein", "gebied"):
        op.create_index(op.f(f"ix_afscherming_{column}"), "afscherming", [column])


def downgrade() -> None:
    """Back."""
    op.drop_table("afscherming")
    op.drop_table("opmerking")
    op.drop_column("document", "verstuurd_op")
