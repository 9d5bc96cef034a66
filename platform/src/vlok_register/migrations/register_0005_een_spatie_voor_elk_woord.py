"""een spatie voor elk woord."""

from vlok.api.migration import rewrite_text

revision = "register_0005"
down_revision = "register_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is searched in begins with a space, so that the index knows where its first word begins too."""
    rewrite_text("pand", "zoek", "' ' || zoek")


def downgrade() -> None:
    """Back."""
    rewrite_text("pand", "zoek", "ltrim(zoek)")
