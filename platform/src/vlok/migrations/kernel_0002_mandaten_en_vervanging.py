"""mandaten en vervanging."""

import sqlalchemy as sa
from alembic import op

from vlok.api.migration import protect

revision = "kernel_0002"
down_revision = "kernel_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "mandaat",
        sa.Column("igs_code", sa.Text(), nullable=False),
        sa.Column("igs_naam", sa.Text(), nullable=False),
        sa.Column("igs_ovo", sa.Text(), nullable=False),
        sa.Column("organisatie_id", sa.Uuid(), nullable=False),
        sa.Column("geldig_van", sa.Date(), nullable=False),
        sa.Column("geldig_tot", sa.Date(), nullable=True),
        sa.Column("besluit", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_mandaat_organisatie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandaat")),
    )
    op.create_index(
        op.f("ix_mandaat_igs_ovo_organisatie_id_geldig_van"),
        "mandaat",
        ["igs_ovo", "organisatie_id", "geldig_van"],
        unique=True,
    )
    op.create_table(
        "vervanging",
        sa.Column("organisatie_id", sa.Uuid(), nullable=False),
        sa.Column("afwezige_id", sa.Uuid(), nullable=False),
        sa.Column("vervanger_id", sa.Uuid(), nullable=False),
        sa.Column("van", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=False),
        sa.Column("reden", sa.Text(), nullable=False),
        sa.Column("ingesteld_door", sa.Text(), nullable=False),
        sa.Column("ingesteld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beeindigd_door", sa.Text(), nullable=True),
        sa.Column("beeindigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("versie", sa.Integer(), nullable=False),
        sa.Column("domein", sa.Text(), nullable=False),
        sa.Column("gebied", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "van <= tot and afwezige_id <> vervanger_id", name=op.f("ck_vervanging_periode_en_personen")
        ),
        sa.ForeignKeyConstraint(["organisatie_id"], ["organisatie.id"], name=op.f("fk_vervanging_organisatie_id")),
        sa.ForeignKeyConstraint(["afwezige_id"], ["gebruiker.id"], name=op.f("fk_vervanging_afwezige_id")),
        sa.ForeignKeyConstraint(["vervanger_id"], ["gebruiker.id"], name=op.f("fk_vervanging_vervanger_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vervanging")),
    )
    op.create_index(op.f("ix_vervanging_vervanger_id_organisatie_id"), "vervanging", ["vervanger_id", "organisatie_id"])
    op.create_index(op.f("ix_vervanging_organisatie_id_van"), "vervanging", ["organisatie_id", "van"])
    op.create_index(op.f("ix_vervanging_domein"), "vervanging", ["domein"])
    op.create_index(op.f("ix_vervanging_gebied"), "vervanging", ["gebied"])
    op.create_table(
        "afmelding",
        sa.Column("jti_hash", sa.Text(), nullable=False),
        sa.Column("gebruikt_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jti_hash", name=op.f("pk_afmelding")),
    )
    op.create_index(op.f("ix_afmelding_gebruikt_op"), "afmelding", ["gebruikt_op"])
    op.add_column("roltoekenning", sa.Column("mandaat_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_roltoekenning_mandaat_id"), "roltoekenning", "mandaat", ["mandaat_id"], ["id"])
    protect("mandaat", "open")
    protect("vervanging", "aanmelding")
    protect("afmelding", "open")


def downgrade() -> None:
    """Back."""
    op.drop_constraint(op.f("fk_roltoekenning_mandaat_id"), "roltoekenning", type_="foreignkey")
    op.drop_column("roltoekenning", "mandaat_id")
    op.drop_table("afmelding")
    op.drop_table("vervanging")
    op.drop_table("mandaat")
