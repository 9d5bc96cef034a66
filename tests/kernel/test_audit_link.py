"""What a line's hash covers is what it always was, byte for byte, whatever stands in the line."""

from datetime import UTC
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb
from tests.kernel.trail import AALST, NOW, as_app, database, faults, kept

__all__ = ["database", "kept"]

OTHERWISE = """
select volgnummer from (select new.*, new.hash = sha256(convert_to((
        select string_agg(coalesce(octet_length(waarde) || ':' || waarde, '-'), '' order by plaats)
        from unnest(array[
            'v1', new.volgnummer::text, encode(new.vorige, 'hex'), new.id::text,
            (extract(epoch from new.tijdstip) * 1000000)::bigint::text, new.domein, new.gebruiker_id::text,
            new.gebruiker, new.organisatie, new.namens, new.rollen::text, new.soort, new.wat, new.doel,
            new.subject_type, new.subject_id::text, new.getoond::text, new.verzoek_id, new.gegevens::text
        ]) with ordinality as veld(waarde, plaats)
    ), 'UTF8')) as same from auditregel new) checked where same is not true
"""
"""The lines with another hash than kernel_0003, which made the chain, gave them."""
INSERT = """
insert into auditregel (id, tijdstip, domein, gebruiker_id, gebruiker, organisatie, namens, rollen, soort, wat, doel,
    subject_type, subject_id, getoond, verzoek_id, gegevens)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, {}, %s, %s)
"""
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | st.sampled_from(
    ["", "NULL", '"', "'", "{}", "\\", ",", "-", "2:v1", "é\u0301", "\U0001f3e0", "a\nb\t\r"]
)
MAYBE = st.none() | TEXT
KEYS = st.lists(st.uuids() | st.just(UUID(int=0)), max_size=5)
JSON = st.recursive(st.none() | st.booleans() | st.integers(-(2**40), 2**40) | TEXT, lambda x: st.dictionaries(TEXT, x))
LINE = st.tuples(
    *(st.uuids(), st.datetimes(timezones=st.just(UTC)), st.uuids(), TEXT, TEXT, MAYBE),
    *(st.lists(TEXT, max_size=3), TEXT, TEXT, MAYBE, MAYBE, st.none() | st.uuids(), KEYS, TEXT, JSON.map(Jsonb)),
)
STRANGE = (
    "array[null, '00000000-0000-0000-0000-000000000001', null]::uuid[]",
    "array[null]::uuid[]",
    "'[0:1]={00000000-0000-0000-0000-000000000001,NULL}'::uuid[]",
    "'{{00000000-0000-0000-0000-000000000001},{NULL}}'::uuid[]",
    "'{}'::uuid[]",
)
"""Arrays that no answer makes, but that a column of uuid[] may hold."""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINE, min_size=1, max_size=4, unique_by=lambda one: one[0]))
def test_any_line_has_the_hash_that_it_had(database, lines):
    with as_app(database, AALST) as app, app.transaction(force_rollback=True):
        for key, moment, *rest in lines:
            app.execute(INSERT.format("%s"), [key, moment, AALST, *rest])
        assert app.execute(OTHERWISE).fetchall() == []
        assert app.execute("select count(*) from auditregel").fetchone() == (len(lines),)


@pytest.mark.parametrize("keys", STRANGE)
def test_a_strange_array_too(database, keys):
    line = [UUID(int=1), NOW, AALST, UUID(int=2), "", "", None, [], "lijst", "x", None, None, None, "", Jsonb({})]
    with as_app(database, AALST) as app:
        app.execute(INSERT.format(keys), line)
        assert app.execute(f"select getoond = {keys} from auditregel").fetchone() == (True,)
        assert app.execute(OTHERWISE).fetchall() == []
    assert faults(database) == []
