"""compartimenten."""

import sqlalchemy as sa
from alembic import op

from vlok.api.migration import conceal, protect

revision = "kernel_0005"
down_revision = "kernel_0004"
branch_labels = None
depends_on = None

OWN_BUSINESS = (
    "sessie",
    "afmelding",
    "roltoekenning",
    "mandaat",
    "antwoord",
    "feit",
    "auditregel",
    "nummerreeks",
    "ontvangst",
)
"""What no compartment reads: signing in, rights, what was answered, told, logged and numbered."""

POLICIES = "select tablename, policyname from pg_policies where schemaname = 'public' and {} = any(roles)"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "ontvangst",
        sa.Column("sleutel", sa.Uuid(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("tijdstip", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sleutel", name=op.f("pk_ontvangst")),
    )
    protect("ontvangst", "open")
    # Tables of a database from before the compartments; those made since have this from the start.
    for table, policy in _policies("vlok_app"):
        op.execute(f"alter policy {policy} on {table} to vlok_app, vlok_compartiment")
        op.execute(f"grant select on {table} to vlok_compartiment")
    for table in OWN_BUSINESS:
        conceal(table)


def downgrade() -> None:
    """Back."""
    op.drop_table("ontvangst")
    for table, policy in _policies("vlok_compartiment"):
        op.execute(f"alter policy {policy} on {table} to vlok_app")
        conceal(table)


def _policies(role: str) -> list[tuple[str, str]]:
    rows = op.get_bind().execute(sa.text(POLICIES.format(f"'{role}'")))
    return [(row.tablename, row.policyname) for row in rows]
