"""panden zoeken."""

from alembic import op

revision = "register_0004"
down_revision = "register_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_index(op.f("ix_pand_gebied_sorteer_id"), "pand", ["gebied", "sorteer", "id"])
    op.create_index(op.f("ix_pand_sorteer_id"), "pand", ["sorteer", "id"])
    op.create_index("ix_pand_zoek", "pand", ["zoek"], postgresql_using="gin", postgresql_ops={"zoek": "gin_trgm_ops"})
    op.drop_index(op.f("ix_pand_sorteer"), "pand")
    op.drop_index(op.f("ix_pand_gebied"), "pand")


def downgrade() -> None:
    """Back."""
    op.create_index(op.f("ix_pand_gebied"), "pand", ["gebied"])
    op.create_index(op.f("ix_pand_sorteer"), "pand", ["sorteer"])
    op.drop_index("ix_pand_zoek", "pand")
    op.drop_index(op.f("ix_pand_sorteer_id"), "pand")
    op.drop_index(op.f("ix_pand_gebied_sorteer_id"), "pand")
