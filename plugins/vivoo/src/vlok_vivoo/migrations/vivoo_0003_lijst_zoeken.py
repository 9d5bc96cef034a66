"""lijst zoeken."""

from alembic import op

revision = "vivoo_0003"
down_revision = "vivoo_0002"
branch_labels = None
depends_on = None

TABLE = "vivoo_registratie"


def upgrade() -> None:
    """Forward."""
    op.create_index(op.f("ix_vivoo_registratie_gebied_sorteer_id"), TABLE, ["gebied", "sorteer", "id"])
    op.create_index(op.f("ix_vivoo_registratie_sorteer_id"), TABLE, ["sorteer", "id"])
    words = {"zoek": "gin_trgm_ops"}
    op.create_index("ix_vivoo_registratie_zoek", TABLE, ["zoek"], postgresql_using="gin", postgresql_ops=words)
    op.drop_index(op.f("ix_vivoo_registratie_sorteer"), TABLE)
    op.drop_index(op.f("ix_vivoo_registratie_gebied"), TABLE)


def downgrade() -> None:
    """Back."""
    op.create_index(op.f("ix_vivoo_registratie_gebied"), TABLE, ["gebied"])
    op.create_index(op.f("ix_vivoo_registratie_sorteer"), TABLE, ["sorteer"])
    op.drop_index("ix_vivoo_registratie_zoek", TABLE)
    op.drop_index(op.f("ix_vivoo_registratie_sorteer_id"), TABLE)
    op.drop_index(op.f("ix_vivoo_registratie_gebied_sorteer_id"), TABLE)
