"""verhuurmeldingen."""

import sqlalchemy as sa
from alembic import op

from vlok.api.migration import protect

revision = "oo_0002"
down_revision = "oo_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "oo_verhuurmelding",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("omschrijving", sa.Text(), nullable=False),
        sa.Column("gemeld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gemeld_door", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("domein", sa.Text(), nullable=False),
        sa.Column("gebied", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_oo_verhuurmelding_dossier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oo_verhuurmelding")),
    )
    for column in ("domein", "dossier_id", "gebied"):
        op.create_index(op.f(f"ix_oo_verhuurmelding_{column}"), "oo_verhuurmelding", [column], unique=False)
    protect("oo_verhuurmelding", "eigen")


def downgrade() -> None:
    """Back."""
    op.drop_table("oo_verhuurmelding")
