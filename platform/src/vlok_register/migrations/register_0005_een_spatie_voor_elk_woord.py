"""een spatie voor elk woord."""

from alembic import op

revision = "register_0005"
down_revision = "register_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is searched in begins with a space, so that the index knows where its first word begins too."""
    _rewritten("' ' || zoek")


def downgrade() -> None:
    """Back."""
    _rewritten("ltrim(zoek)")


def _rewritten(zoek: str) -> None:
    """The table and its indexes anew: an update would leave every row, and every word in the index, there twice."""
    op.execute(f"alter table pand alter column zoek type text using {zoek}")
    op.execute("analyze pand")
