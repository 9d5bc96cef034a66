"""herstelvorderingen."""

import sqlalchemy as sa
from alembic import op

from vlok.api.migration import protect

revision = "register_0002"
down_revision = "register_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "herstelvordering",
        sa.Column("onderwerp_id", sa.Uuid(), nullable=False),
        sa.Column("adres", sa.Text(), nullable=False),
        sa.Column("sinds", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("domein", sa.Text(), nullable=False),
        sa.Column("gebied", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["onderwerp_id"], ["onderwerp.id"], name=op.f("fk_herstelvordering_onderwerp_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_herstelvordering")),
    )
    op.create_index(op.f("ix_herstelvordering_domein"), "herstelvordering", ["domein"], unique=False)
    op.create_index(op.f("ix_herstelvordering_gebied"), "herstelvordering", ["gebied"], unique=False)
    op.create_index(
        "ix_herstelvordering_lopend",
        "herstelvordering",
        ["onderwerp_id"],
        unique=True,
        postgresql_where=sa.text("tot is null"),
    )
    protect("herstelvordering", "gebied")


def downgrade() -> None:
    """Back."""
    op.drop_table("herstelvordering")
