"""een spatie voor elk woord."""

from alembic import op

revision = "register_0005"
down_revision = "register_0004"
branch_labels = None
depends_on = None

INDEX = "ix_pand_zoek"
WORDS = {"zoek": "gin_trgm_ops"}


def upgrade() -> None:
    """What is searched in begins with a space, so that the index knows where its first word begins too."""
    _rewritten("' ' || zoek")


def downgrade() -> None:
    """Back."""
    _rewritten("ltrim(zoek)")


def _rewritten(zoek: str) -> None:
    """The index anew afterwards: quicker than keeping it while every row changes."""
    op.drop_index(INDEX, "pand")
    op.execute(f"update pand set zoek = {zoek}")  # noqa: S608  a constant above
    op.create_index(INDEX, "pand", ["zoek"], postgresql_using="gin", postgresql_ops=WORDS)
