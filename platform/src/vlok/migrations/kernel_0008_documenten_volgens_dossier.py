"""documenten volgens dossier en pand."""

from alembic import op

from vlok.api.compartment_migration import places

revision = "kernel_0008"
down_revision = "kernel_0007"
branch_labels = None
depends_on = None

COARSE = ("domein", "gebied")
"""Documents are asked of a dossier or a property, never of a whole organisation. PostgreSQL read these indexes beside
those, for nothing: the largest organisation has tens of thousands in them."""


def upgrade() -> None:
    """Forward."""
    for schema in places("document"):
        for column in COARSE:
            op.drop_index(op.f(f"ix_document_{column}"), "document", schema=schema)


def downgrade() -> None:
    """Back."""
    for schema in places("document"):
        for column in COARSE:
            op.create_index(op.f(f"ix_document_{column}"), "document", [column], schema=schema)
