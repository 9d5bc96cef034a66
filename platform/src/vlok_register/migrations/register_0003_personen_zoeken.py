"""personen zoeken."""

import sqlalchemy as sa
from alembic import op

revision = "register_0003"
down_revision = "register_0002"
branch_labels = None
depends_on = None

ACCENTS = "àáâãäåāăąçćčďđèéêëēęěğìíîïīłñńňòóôõöőøřśşšťùúûüūůűýÿźżž"
BARE = "aaaaaaaaacccddeeeeeeegiiiiilnnnooooooorssstuuuuuuuyyzzz"
KEY = f"regexp_replace(translate(lower(naam), '{ACCENTS}', '{BARE}'), '[^[:alnum:]]+', '', 'g')"


def upgrade() -> None:
    """Forward."""
    op.create_index("ix_betrokkene_naamsleutel", "betrokkene", [sa.text(KEY)])
    op.create_index("ix_betrokkene_insz", "betrokkene", ["insz"], postgresql_where=sa.text("insz is not null"))


def downgrade() -> None:
    """Back."""
    op.drop_index("ix_betrokkene_insz", "betrokkene")
    op.drop_index("ix_betrokkene_naamsleutel", "betrokkene")
