"""The limit of the write: the raw driver, hand-written statements, one insert per table, one transaction."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import orjson
from psycopg import AsyncConnection, AsyncCursor

from bench.schrijven import rijen
from bench.schrijven.rijen import Asked, Case, Unit, Who

WHO = (
    "select s.gebruiker_id, g.voornaam || ' ' || g.naam, o.id, o.code, o.naam, o.soort, o.domein, o.gebied,"
    " array_agg(r.rol order by r.rol) from sessie s join gebruiker g on g.id = s.gebruiker_id"
    " join lateral (select convert_from(s.inhoud, 'UTF8')::json as j) c on true"
    " join organisatie o on o.id = (c.j ->> 'organisatie')::uuid"
    " join roltoekenning r on r.gebruiker_id = s.gebruiker_id and r.organisatie_id = o.id"
    " where s.sleutel_hash = %s group by s.gebruiker_id, g.id, o.id"
)
TELL = (
    "select set_config('app.domein', %(domein)s, true), set_config('app.gebied', %(gebied)s, true),"
    " set_config('app.gebruiker', %(gebruiker_id)s, true)"
)
CASE = (
    "select d.id, d.versie, d.onderwerp_id, o.datum_verzoek, p.straat, p.huisnummer, p.postcode, p.gemeente"
    " from dossier d join oo_procedure o on o.dossier_id = d.id join pand p on p.id = d.onderwerp_id"
    " where d.referte = %s and d.domein = %s and d.status = 'Gestart' for update of d"
)
UNITS = (
    "select e.id, e.referte, e.soort, e.busnummer, e.ligging, e.capakeys, q.id, q.status, b.onderzoek_referte,"
    " b.datum, b.uitslag from dossier d join deelprocedure q on q.dossier_id = d.id"
    " join entiteit e on e.id = q.entiteit_id join oo_bevinding b on b.dossier_id = d.id and b.entiteit_id = e.id"
    " where d.referte = %s and e.referte = any(%s) order by e.sorteer, e.referte"
)
EARLIER = "select antwoord from antwoord where gebruiker_id = %s and domein = %s and sleutel = %s"
NUMBERS = (
    "insert into nummerreeks (prefix, jaar, laatste) values (%s, %s, %s) on conflict (prefix, jaar)"
    " do update set laatste = nummerreeks.laatste + excluded.laatste returning laatste"
)
ROWS = "insert into {0} ({1}) select {1} from json_populate_recordset(null::{0}, %s)"
JOBS = (
    "insert into procrastinate_jobs (queue_name, task_name, priority, args)"
    " select 'default', 'vlok.job', 0, value::jsonb from json_array_elements(%s)"
)
STATUS = "update deelprocedure set status = 'Beslissing in opmaak', versie = versie + 1 where id = any(%s)"
TASKS = (
    "update taak set gesloten_op = %s, gesloten_door = %s"
    " where dossier_id = %s and gesloten_op is null and nummer = any(%s)"
)
DOSSIER = "update dossier set versie = versie + 1, gewijzigd_op = %s, gewijzigd_door = %s where id = %s"


async def decide(connection: AsyncConnection[Any], cookie: bytes, variables: dict[str, Any]) -> bytes:
    """The decision about every chosen unit, and the answer that the wizard waits for."""
    found = await (await connection.execute(WHO, [hashlib.sha256(cookie).hexdigest()])).fetchone()
    assert found
    who = Who(*found)
    given = {name: variables[name] for name in ("subject", "invoer", "versie", "sleutel")}
    asked = Asked(**given, now=datetime.now(UTC), verzoek=uuid4().hex)
    case, units, last = await _read(connection, who, asked)
    assert case.versie == asked.versie
    assert len(units) == len(asked.units)
    await _write(connection, who, case, units, asked, last)
    return _answer(asked, len(units))


async def _read(connection: AsyncConnection[Any], who: Who, asked: Asked) -> tuple[Case, list[Unit], list[int]]:
    """All that is looked at, and the last numbers of the two series, in one way to the server and back."""
    count = len(asked.units)
    async with connection.pipeline():
        await connection.execute(TELL, {**who._asdict(), "gebruiker_id": str(who.gebruiker_id)})
        case = await connection.execute(CASE, [asked.subject, who.domein])
        earlier = await connection.execute(EARLIER, [who.gebruiker_id, who.domein, asked.sleutel])
        units = await connection.execute(UNITS, [asked.subject, asked.units])
        series = [await connection.execute(NUMBERS, [one, asked.now.year, count]) for one in ("BS", "DO")]
    assert await earlier.fetchone() is None
    [found] = await case.fetchall()
    last = [(await one.fetchall())[0][0] for one in series]
    return Case(*found), [Unit(*row) for row in await units.fetchall()], last


async def _write(
    connection: AsyncConnection[Any], who: Who, case: Case, units: list[Unit], asked: Asked, last: list[int]
) -> None:
    year, count, keys = asked.now.year % 100, len(units), [uuid4() for _ in units]
    decisions, documents = [], []
    for n, (unit, key) in enumerate(zip(units, keys, strict=True), 1 - count):
        named = {"id": key, "referte": f"BS{year}-{last[0] + n:06d}"}
        decisions.append({**named, **rijen.beslissing(who, case, unit, asked)})
        made = key, f"DO{year}-{last[1] + n:06d}"
        documents.append({"id": uuid4(), **rijen.document(who, case, unit, asked, made)})
    jobs = [rijen.job(who, asked, document["id"]) for document in documents]
    async with connection.pipeline(), connection.cursor() as cursor:
        await _insert(cursor, "oo_beslissing", decisions)
        await _insert(cursor, "document", documents)
        await cursor.execute(JOBS, [_json(jobs)])
        await cursor.execute(STATUS, [[unit.deelprocedure_id for unit in units]])
        await cursor.execute(TASKS, [asked.now, who.naam, case.id, list(rijen.CLOSED)])
        await cursor.execute(DOSSIER, [asked.now, who.naam, case.id])
        await _insert(cursor, "uitvoering", [{"id": uuid4(), **rijen.uitvoering(who, case, asked, count)}])
        await _insert(cursor, "antwoord", [rijen.antwoord(who, case, asked, count)])
        await _insert(cursor, "auditregel", [{"id": uuid4(), **line} for line in rijen.audit(who, case, asked)])


async def _insert(cursor: AsyncCursor[Any], table: str, rows: list[dict[str, Any]]) -> None:
    await cursor.execute(ROWS.format(table, ", ".join(rows[0])), [_json(rows)])


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _answer(asked: Asked, count: int) -> bytes:
    told = f"{count} {'beslissing' if count == 1 else 'beslissingen'} gemaakt."
    said = {"uitgevoerd": True, "bevestigingNodig": False, "bericht": told, "meldingen": [], "conflict": None}
    shown = {"__typename": "Dossier", "referte": asked.subject}
    return orjson.dumps({"data": {"voerHandelingUit": {**said, "subject": shown}}})
