"""een spatie voor elk woord."""

from vlok.api.migration import rewrite_text

revision = "vivoo_0004"
down_revision = "vivoo_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is searched in begins with a space, so that the index knows where its first word begins too."""
    rewrite_text("vivoo_registratie", "zoek", "' ' || zoek")


def downgrade() -> None:
    """Back."""
    rewrite_text("vivoo_registratie", "zoek", "ltrim(zoek)")
