"""werklijst per rol en persoon."""

import sqlalchemy as sa
from alembic import op

from vlok.api.compartment_migration import places

revision = "kernel_0006"
down_revision = "kernel_0005"
branch_labels = None
depends_on = None

OPEN = "gesloten_op is null"
LISTS = {
    "ix_taak_werklijst_organisatie": (["domein", "sorteerdatum", "id"], OPEN),
    "ix_taak_werklijst_persoon": (["gebruiker_id", "sorteerdatum", "id"], f"{OPEN} and gebruiker_id is not null"),
}
COARSE = ("domein", "gebied")
"""On millions of tasks an index on one of these finds too many to be of use, and its cost falls on every new task."""


def upgrade() -> None:
    """Forward."""
    for schema in places("taak"):
        for name, (columns, where) in LISTS.items():
            op.create_index(name, "taak", columns, schema=schema, postgresql_where=sa.text(where))
        for column in COARSE:
            op.drop_index(op.f(f"ix_taak_{column}"), "taak", schema=schema)


def downgrade() -> None:
    """Back."""
    for schema in places("taak"):
        for column in COARSE:
            op.create_index(op.f(f"ix_taak_{column}"), "taak", [column], schema=schema)
        for name in LISTS:
            op.drop_index(name, "taak", schema=schema)
