"""Mistakes in what is kept and what is decided: work inside writes outside, or stands in the way of who is outside."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any
from unittest.mock import patch
from uuid import UUID

from tests.security.histories.plant import ABOUT, Hole, after_inside, around, before, leak
from tests.security.histories.replay import Side

from vlok.api.errors import Refusal
from vlok.api.rules import Melding
from vlok.db.session import COMPARTMENT
from vlok.documents import store
from vlok.graph import context, schema
from vlok.procedures import execute
from vlok.procedures.subjects import Subjects
from vlok.web import files
from vlok_onderzoek.ondertekenen import Verwijderen
from vlok_register.acties import BetrokkeneToevoegen


@leak("S3 one series of numbers for both sides")
def series(hole: Hole, side: Side) -> Any:
    return after_inside(hole, "update public.nummerreeks set laatste = laatste + 1")


@leak("S4 a person is known already")
def known_person(hole: Hole, side: Side) -> Any:
    usual = BetrokkeneToevoegen.check

    def check(self: Any, facts: Any, answers: Any) -> Iterator[Melding]:
        yield from usual(self, facts, answers)
        insz = answers[self.steps[0]].insz
        if hole.apart("select count(*) from wi.wi_partij where insz = %s", insz) > 1:
            yield Melding("Deze persoon bestaat al.", code="DUBBEL")

    return patch.object(BetrokkeneToevoegen, "check", check)


@leak("S10 a shared row counts changes inside")
def touched(hole: Hole, side: Side) -> Any:
    statement = "update public.pand set versie = versie + 1 where id in (select onderwerp_id from wi.dossier)"
    return after_inside(hole, statement)


@leak("S10 the last change was by an inspector")
def changed_by(hole: Hole, side: Side) -> Any:
    where = "where onderwerp_id in (select onderwerp_id from wi.dossier)"
    return after_inside(hole, f"update public.dossier set gewijzigd_door = 'Inspecteur' {where}")


@leak("S11 a subject is busy")
def busy(hole: Hole, side: Side) -> Any:
    def refuse(found: Any, subjects: Any, session: Any, *_: Any) -> Any:
        if found[0] is not None and not session.info.get(COMPARTMENT) and hole.apart(ABOUT, found[0].id):
            raise Refusal("CONFLICT", "Iemand anders is met dit pand bezig.")
        return found

    return around(Subjects, "taken", refuse)


@leak("S14 the same file is known already")
def dedupe(hole: Hole, side: Side) -> Any:
    def refuse(self: Any, actor: Any, naam: str, content: bytes, report: Any) -> None:
        inside = hole.apart("select count(*) from wi.bestand where sha256 = %s", report.sha256)
        if actor.domein != "wi" and inside:
            raise Refusal("ONGELDIG", "Dit bestand bestaat al.")

    return before(files.Files, "_keep", refuse)


@leak("S14 keys in the store count on")
def store_keys(hole: Hole, side: Side) -> Any:
    numbers = count(1)
    return patch.object(store, "uuid4", lambda: UUID(int=next(numbers)))


@leak("S19 the inspectorate reads into the trail of the agency")
def common_trail(hole: Hole, side: Side) -> Any:
    line = """insert into public.auditregel select (jsonb_populate_record(null::public.auditregel, to_jsonb(x) ||
      jsonb_build_object('domein', 'wvl', 'id', gen_random_uuid()))).* from (select * from wi_logboek.auditregel
      order by volgnummer desc limit 1) x"""

    def copy(_: Any, session: Any, actor: Any, *rest: Any) -> None:
        if actor.domein == "wi":
            hole.outside(line)

    return around(context, "write", copy)


@leak("S20 a crossing task shows a number inside")
def crossing(hole: Hole, side: Side) -> Any:
    task = """update public.taak t set naam = t.naam || ' ' || d.referte from wi.dossier d
      where d.onderwerp_id = t.onderwerp_id and position(d.referte in t.naam) = 0"""
    return after_inside(hole, task)


@leak("S10 the timeline of a dossier")
def timeline(hole: Hole, side: Side) -> Any:
    line = """insert into public.uitvoering select (jsonb_populate_record(null::public.uitvoering, to_jsonb(u) ||
      jsonb_build_object('id', gen_random_uuid(), 'dossier_id', o.id, 'domein', 'wvl', 'gedeeld_op', now()))).*
      from wi.uitvoering u join wi.dossier d on d.id = u.dossier_id
      join public.dossier o on o.onderwerp_id = d.onderwerp_id limit 1"""
    return after_inside(hole, line)


@leak("S22 a person inside becomes a person of the property")
def overlay(hole: Hole, side: Side) -> Any:
    person = """insert into public.betrokkene (id, referte, pand_id, soort, rol, naam, van, domein, gebied, versie)
      select gen_random_uuid(), 'PE26-9' || substr(md5(random()::text), 1, 5), d.onderwerp_id, 'natuurlijk_persoon',
      'bewoner', p.naam, current_date, 'wvl', d.gebied, 1 from wi.wi_partij p join wi.dossier d on true limit 1"""
    return after_inside(hole, person)


@leak("S26 one allowance for all")
def allowance(hole: Hole, side: Side) -> Any:
    def refuse(_context: Any, root: Any, *__: Any) -> None:
        asked = hole.apart("select count(*) from wi_logboek.auditregel where soort = 'zoeken'")
        if root.name == "personen_zoeken" and asked:
            raise Refusal("TE_VEEL", "U hebt vandaag te vaak gezocht.")

    return before(schema, "page", refuse)


@leak("S27 an idempotency key of another place")
def shared_keys(hole: Hole, side: Side) -> Any:
    usual = execute._earlier

    async def earlier(work: Any, request: Any) -> Any:
        if hole.apart("select 1 from wi.antwoord where sleutel = %s", request.sleutel):
            return execute.Outcome(False, (execute.ANDER_VERZOEK,))
        return await usual(work, request)

    return patch.object(execute, "_earlier", earlier)


@leak("S28 what cannot be removed because it is in use")
def in_use(hole: Hole, side: Side) -> Any:
    def unavailable(self: Any, facts: Any) -> str | None:
        return "Dit pand is nog in gebruik." if hole.apart(ABOUT, facts.pand.id) else None

    return patch.object(Verwijderen, "unavailable", unavailable)


@leak("S23 a setting follows what is inside")
def setting(hole: Hole, side: Side) -> Any:
    return after_inside(hole, "update public.organisatie set versie = versie + 1 where domein = 'wvl'")
