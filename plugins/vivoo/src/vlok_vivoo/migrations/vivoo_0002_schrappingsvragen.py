"""schrappingsvragen."""

import sqlalchemy as sa
from alembic import op

from vlok.api.migration import protect

revision = "vivoo_0002"
down_revision = "vivoo_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "vivoo_schrappingsvraag",
        sa.Column("registratie_id", sa.Uuid(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("verwerkt_op", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("domein", sa.Text(), nullable=False),
        sa.Column("gebied", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registratie_id"], ["vivoo_registratie.id"], name=op.f("fk_vivoo_schrappingsvraag_registratie_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vivoo_schrappingsvraag")),
    )
    for column in ("domein", "gebied", "registratie_id"):
        name = op.f(f"ix_vivoo_schrappingsvraag_{column}")
        op.create_index(name, "vivoo_schrappingsvraag", [column], unique=False)
    protect("vivoo_schrappingsvraag", "eigen")


def downgrade() -> None:
    """Back."""
    op.drop_table("vivoo_schrappingsvraag")
