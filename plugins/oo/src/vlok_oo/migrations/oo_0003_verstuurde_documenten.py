"""verstuurde documenten."""

from alembic import op

revision = "oo_0003"
down_revision = "oo_0002"
branch_labels = None
depends_on = None

VERSTUURD = """
select id as stap_id, gedeeld_op from oo_beslissing where gedeeld_op is not null
union all
select id, gedeeld_op from oo_advies where gedeeld_op is not null
union all
select ronde_id, min(gedeeld_op) from oo_advies where gedeeld_op is not null group by ronde_id
"""


def upgrade() -> None:
    """Documents of what was sent before documents kept that themselves."""
    op.execute(
        f"update document set verstuurd_op = stap.gedeeld_op from ({VERSTUURD}) stap"  # noqa: S608  a constant above
        " where document.stap_id = stap.stap_id and document.verstuurd_op is null"
    )


def downgrade() -> None:
    """Nothing to undo: that a document was sent stays true."""
