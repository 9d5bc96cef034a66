"""logboek met wijzers."""

import sqlalchemy as sa
from alembic import op

from vlok.api.compartment_migration import places

revision = "kernel_0007"
down_revision = "kernel_0006"
branch_labels = None
depends_on = None

LINK = """
create or replace function {schema}.auditregel_schakel() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_bitmapscan = off as $$
declare
    laatste record;
begin
    perform pg_advisory_xact_lock(tg_relid::int, hashtext(new.domein));
    select volgnummer, hash into laatste from {schema}.auditregel
        where domein = new.domein order by -volgnummer limit 1;
    new.volgnummer := coalesce(laatste.volgnummer, 0) + 1;
    new.vorige := coalesce(laatste.hash, decode(repeat('00', 32), 'hex'));
    new.hash := sha256(convert_to((
        select string_agg(coalesce(octet_length(waarde) || ':' || waarde, '-'), '' order by plaats)
        from unnest(array[
            'v1', new.volgnummer::text, encode(new.vorige, 'hex'), new.id::text,
            (extract(epoch from new.tijdstip) * 1000000)::bigint::text, new.domein, new.gebruiker_id::text,
            new.gebruiker, new.organisatie, new.namens, new.rollen::text, new.soort, new.wat, new.doel,
            new.subject_type, new.subject_id::text,
            case when array_ndims(new.getoond) = 1 and array_lower(new.getoond, 1) = 1
                then '{{' || array_to_string(new.getoond, ',', 'NULL') || '}}' else new.getoond::text end,
            new.verzoek_id, new.gegevens::text
        ]) with ordinality as veld(waarde, plaats)
    ), 'UTF8'));
    new.wijzer := null;
    if new.volgnummer % 128 = 0 then
        new.wijzer := array(
            select uuid_hash(sleutel) from (
                select unnest(new.getoond) union all select new.subject_id union all
                select s from {schema}.auditregel r
                cross join lateral (select unnest(r.getoond) union all select r.subject_id) van(s)
                where r.domein = new.domein and r.volgnummer > new.volgnummer - 128 and r.volgnummer < new.volgnummer
            ) deel(sleutel)
            where sleutel is not null group by 1 order by 1
        );
    end if;
    return new;
end $$
"""
"""The link as it was (kernel_0003): the same bytes, by statements that stand fixed, so that their plans are kept;
each table has a function of its own. Made for an empty table they must serve a full one: by index. The text of
``getoond`` is what a cast makes of it, in half the time. New is the pointer of every 128th line (``vlok.api.wijzers``).
"""
SWITCH = "create trigger schakel before insert on {}.auditregel for each row execute function {}.auditregel_schakel()"
WIDEST = 8160
"""Bytes of a row that stands whole in its table: the keys of one page are not moved elsewhere, compressed in vain."""
OLD = ("getoond", "subject_id", "tijdstip")
"""``&&`` tells of the rows that it passes over, so row security lets no index serve it, nor what is asked beside it."""
NEW = ("volgnummer", "tijdstip")
"""After the domain, as all questions ask."""


def upgrade() -> None:
    """Forward."""
    for schema in places("auditregel"):
        op.add_column("auditregel", sa.Column("wijzer", sa.ARRAY(sa.Integer()), nullable=True), schema=schema)
        for name in NEW:
            op.create_index(op.f(f"ix_auditregel_domein_{name}"), "auditregel", ["domein", name], schema=schema)
        for name in OLD:
            op.drop_index(op.f(f"ix_auditregel_{name}"), "auditregel", schema=schema)
        op.execute(f"alter table {schema}.auditregel set (toast_tuple_target = {WIDEST})")
        op.execute(LINK.format(schema=schema))
        op.execute(f"revoke execute on function {schema}.auditregel_schakel() from public")
        _link(schema, schema)


def downgrade() -> None:
    """Back: the lines and their links stay, their pointers go."""
    before = op.get_context().opts["script"].get_revision("kernel_0003").module.LINK
    op.execute(before.replace("create function", "create or replace function"))
    for schema in reversed(places("auditregel")):
        _link(schema, "public")
        if schema != "public":
            op.execute(f"drop function {schema}.auditregel_schakel()")
        op.execute(f"alter table {schema}.auditregel reset (toast_tuple_target)")
        for name in OLD:
            method = "gin" if name == "getoond" else "btree"
            op.create_index(op.f(f"ix_auditregel_{name}"), "auditregel", [name], postgresql_using=method, schema=schema)
        for name in NEW:
            op.drop_index(op.f(f"ix_auditregel_domein_{name}"), "auditregel", schema=schema)
        op.drop_column("auditregel", "wijzer", schema=schema)


def _link(schema: str, home: str) -> None:
    op.execute(f"drop trigger schakel on {schema}.auditregel")
    op.execute(SWITCH.format(schema, home))
