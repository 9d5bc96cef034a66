"""wijzers in trappen."""

from alembic import op

from vlok.api.compartment_migration import places

revision = "kernel_0009"
down_revision = "kernel_0008"
branch_labels = None
depends_on = None

SMALLER = "update {schema}.auditregel set wijzer = null where volgnummer % 128 <> 0 and wijzer is not null"
PLANNED = "set enable_bitmapscan = off"
"""After this the link says how its statements are planned."""
WHOLE = "    new.wijzer := null;\n"
"""Here the pointer begins in the link of kernel_0007; what stands before it, the hash, stays as it is."""
STEPS = """    new.wijzer := null;
    if new.volgnummer % 16 = 0 then
        new.wijzer := array(
            select uuid_hash(sleutel) from (
                select unnest(new.getoond) union all select new.subject_id union all
                select s from {schema}.auditregel r
                cross join lateral (select unnest(r.getoond) union all select r.subject_id) van(s)
                where r.domein = new.domein and r.volgnummer > new.volgnummer - 16 and r.volgnummer < new.volgnummer
            ) deel(sleutel)
            where sleutel is not null group by 1 order by 1
        );
    end if;
    if new.volgnummer % 128 = 0 then
        new.wijzer := case when not exists (
            select from {schema}.auditregel r
            where r.domein = new.domein and r.volgnummer > new.volgnummer - 128 and r.volgnummer < new.volgnummer
            and r.volgnummer % 16 = 0 and r.wijzer is null
        ) then array(
            select sleutel from (
                select unnest(new.wijzer) union all
                select unnest(r.wijzer) from {schema}.auditregel r
                where r.domein = new.domein and r.volgnummer > new.volgnummer - 128 and r.volgnummer < new.volgnummer
                and r.volgnummer % 16 = 0
            ) deel(sleutel)
            group by 1 order by 1
        ) end;
    end if;
    return new;
end $$
"""
"""A pointer was made of 128 lines at once: 8 ms in which its domain waited. Now every 16th line points at its own 16,
and a 128th at what those say, where all of them say something: of a part that was begun before this, it is read.
The plans are kept on connections too that plan a question anew for the word that is sought.
"""


def upgrade() -> None:
    """Forward."""
    before = _link_of_0007()
    assert (before.count(WHOLE), before.count(PLANNED)) == (1, 1)
    link = before.partition(WHOLE)[0].replace(PLANNED, f"{PLANNED} set plan_cache_mode = force_generic_plan") + STEPS
    for schema in places("auditregel"):
        op.execute(link.format(schema=schema))


def downgrade() -> None:
    """Back. The smaller pointers go: ``vlok audit verify`` of before takes each for one of 128 lines."""
    for schema in places("auditregel"):
        op.execute(_link_of_0007().format(schema=schema))
        op.execute(f"alter table {schema}.auditregel disable trigger blijft")
        op.execute(SMALLER.format(schema=schema))
        op.execute(f"alter table {schema}.auditregel enable trigger blijft")


def _link_of_0007() -> str:
    link: str = op.get_context().opts["script"].get_revision("kernel_0007").module.LINK
    return link
