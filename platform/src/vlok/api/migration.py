"""Row-level security: PostgreSQL repeats the domain rule underneath the policy, for the application role.

Each mapped class names its rule in ``__rls__``. Migrations write the SQL of a rule into the database with ``protect``;
the settings ``app.domein`` and ``app.gebied`` are set at the begin of every transaction. A migration uses nothing else
of ours.
"""

from alembic import op

DOMEIN = "(select nullif(current_setting('app.domein', true), ''))"
GEBIED = "(select nullif(current_setting('app.gebied', true), ''))"

IN_GEBIED = f"({GEBIED} = '*' or gebied = {GEBIED})"
EIGEN = f"domein = {DOMEIN}"
GEDEELD = f"({EIGEN} or (gedeeld_op is not null and {IN_GEBIED}))"
BESTAND = f"({EIGEN} or exists (select from document where document.bestand_id = bestand.id))"
AANMELDING = f"({DOMEIN} is null or {EIGEN})"
LIJST = f"({IN_GEBIED} or {DOMEIN} = 'vlabel')"

RULES = {
    "open": "true",
    "gebied": IN_GEBIED,
    "eigen": EIGEN,
    "gedeeld": GEDEELD,
    "bestand": BESTAND,
    "lijst": LIJST,
    "logboek": EIGEN,
    "instelling": IN_GEBIED,
    "aanmelding": AANMELDING,
}
"""The rules a table may name: what of it the acting domain may reach."""

READ_BY_ALL = ("instelling",)
"""Everybody's terms depend on these rows: all may read them, the rule holds for writing."""

APPEND_ONLY = ("logboek",)

READERS = "vlok_app, vlok_compartiment"
"""The rule holds for the application, and for the compartments, which may only read (see ``conceal``)."""


def protect(table: str, rule: str) -> None:
    """Put a new table under a rule, for reading and for writing."""
    for statement in statements(table, rule):
        op.execute(statement)


def statements(table: str, rule: str) -> list[str]:
    """The statements that do so."""
    using = RULES[rule]
    found = [
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy {table}_{rule} on {table} for all to {READERS} using ({using}) with check ({using})",
        f"create policy {table}_eigenaar on {table} for all to vlok_owner using (true) with check (true)",
        f"grant select on {table} to vlok_compartiment",
    ]
    if rule in READ_BY_ALL:
        found.append(f"create policy {table}_lezen on {table} for select to {READERS} using (true)")
    if rule in APPEND_ONLY:
        found.append(f"revoke update, delete, truncate on {table} from vlok_app")
    return found


def rewrite_text(table: str, column: str, using: str) -> None:
    """Give the text in a column of every row the value of an expression. The table and its indexes are made anew: an
    update would leave every row, and every word of it in an index, there twice."""
    op.execute(f"alter table {table} alter column {column} type text using {using}")
    op.execute(f"analyze {table}")


def conceal(table: str) -> None:
    """The kernel's own bookkeeping: no compartment has any business in it."""
    op.execute(f"revoke all on {table} from vlok_compartiment")


def chain(table: str) -> None:
    """Make ``table``, shaped as ``auditregel``, a chain: each line is linked to the one before it in its domain.

    From then on nobody changes, removes or empties it, the owner of the table neither.
    """
    stays = "for each {} execute function auditregel_weiger()"
    op.execute(f"create trigger schakel before insert on {table} for each row execute function auditregel_schakel()")
    op.execute(f"create trigger blijft before update or delete on {table} {stays.format('row')}")
    op.execute(f"create trigger leegt_niet before truncate on {table} {stays.format('statement')}")


def unchain(table: str) -> None:
    """Take the chain off again; the lines stay."""
    for trigger in ("schakel", "blijft", "leegt_niet"):
        op.execute(f"drop trigger {trigger} on {table}")
