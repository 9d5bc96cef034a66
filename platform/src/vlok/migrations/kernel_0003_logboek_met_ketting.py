"""logboek met ketting."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from vlok.api.migration import chain, unchain

revision = "kernel_0003"
down_revision = "kernel_0002"
branch_labels = None
depends_on = None

LINK = """
create function auditregel_schakel() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
    laatste record;
begin
    perform pg_advisory_xact_lock(tg_relid::int, hashtext(new.domein));
    execute format('select volgnummer, hash from %s where domein = $1 order by -volgnummer limit 1', tg_relid::regclass)
        into laatste using new.domein;
    new.volgnummer := coalesce(laatste.volgnummer, 0) + 1;
    new.vorige := coalesce(laatste.hash, decode(repeat('00', 32), 'hex'));
    new.hash := sha256(convert_to((
        select string_agg(coalesce(octet_length(waarde) || ':' || waarde, '-'), '' order by plaats)
        from unnest(array[
            'v1', new.volgnummer::text, encode(new.vorige, 'hex'), new.id::text,
            (extract(epoch from new.tijdstip) * 1000000)::bigint::text, new.domein, new.gebruiker_id::text,
            new.gebruiker, new.organisatie, new.namens, new.rollen::text, new.soort, new.wat, new.doel,
            new.subject_type, new.subject_id::text, new.getoond::text, new.verzoek_id, new.gegevens::text
        ]) with ordinality as veld(waarde, plaats)
    ), 'UTF8'));
    return new;
end $$
"""
"""The link of a line: its number and the hash of the one before it in its domain, under a lock that ends with the
transaction; then the hash of all its fields, each preceded by its length in bytes (``-`` for none), so that no two
different lines read alike. It runs as the owner: whoever may write a line need not be able to read the one before."""

REFUSE = """
create function auditregel_weiger() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    raise exception 'regels van het logboek blijven zoals ze zijn' using errcode = 'insufficient_privilege';
end $$
"""

AGAIN = """
insert into auditregel (id, tijdstip, domein, gebruiker_id, gebruiker, organisatie, rollen, soort, wat, subject_id,
    getoond, verzoek_id, gegevens)
select oud.id, tijdstip, oud.domein, gebruiker_id, gebruiker, coalesce(organisatie.naam, oud.domein), rollen,
    case wat when 'document:lezen' then 'openen' else 'wijziging' end, wat, subject_id,
    case wat when 'document:lezen' then array[subject_id] else '{}' end, verzoek_id, gegevens
from auditregel_oud as oud left join organisatie on organisatie.domein = oud.domein
order by tijdstip, oud.id
"""
"""The lines of before the chain, in the order of their moments."""


def added() -> list[sa.Column[Any]]:
    """What a line says more."""
    return [
        sa.Column("volgnummer", sa.BigInteger(), nullable=False),
        sa.Column("organisatie", sa.Text(), nullable=False),
        sa.Column("namens", sa.Text(), nullable=True),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("doel", sa.Text(), nullable=True),
        sa.Column("subject_type", sa.Text(), nullable=True),
        sa.Column("getoond", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("vorige", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
    ]


def upgrade() -> None:
    """Forward."""
    op.execute("create temporary table auditregel_oud on commit drop as select * from auditregel")
    op.execute("truncate auditregel")
    for column in added():
        op.add_column("auditregel", column)
    op.drop_index(op.f("ix_auditregel_domein"), "auditregel")
    op.create_index("uq_auditregel_keten", "auditregel", ["domein", sa.text("(- volgnummer)")], unique=True)
    op.create_index("ix_auditregel_getoond", "auditregel", ["getoond"], postgresql_using="gin")
    op.create_index(op.f("ix_auditregel_gebruiker_id_tijdstip"), "auditregel", ["gebruiker_id", "tijdstip"])
    op.execute(LINK)
    op.execute(REFUSE)
    op.execute("revoke execute on function auditregel_schakel(), auditregel_weiger() from public, vlok_app")
    chain("auditregel")
    op.execute(AGAIN)


def downgrade() -> None:
    """Back: the lines stay, their links go."""
    unchain("auditregel")
    op.execute("drop function auditregel_weiger()")
    op.execute("drop function auditregel_schakel()")
    op.drop_index(op.f("ix_auditregel_gebruiker_id_tijdstip"), "auditregel")
    op.drop_index("ix_auditregel_getoond", "auditregel")
    op.drop_index("uq_auditregel_keten", "auditregel")
    op.create_index(op.f("ix_auditregel_domein"), "auditregel", ["domein"])
    for column in added():
        op.drop_column("auditregel", column.name)
