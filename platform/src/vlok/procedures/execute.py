"""``execute``: the one way in for every change.

Authorise → lock → version → available? → check → confirm? → apply, in one transaction with its tasks, documents, facts,
audit line and jobs. "Unknown" and "not yours" are one answer. A "no" is an Outcome, never an exception to the client.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from vlok.api.actions import AnyAction, Done
from vlok.api.actor import Actor
from vlok.api.errors import Refusal
from vlok.api.rules import Ernst, Melding
from vlok.procedures.answers import Filled, fill
from vlok.procedures.subjects import EXECUTE, Subjects, dossier_of, lock, touch, values
from vlok.procedures.tables import Antwoord, Uitvoering
from vlok.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from vlok.kernel import Kernel

ONBEKEND = Melding("Niet gevonden, of u hebt er geen toegang toe.", code="ONBEKEND")
BEZET = Melding(
    "Iemand anders is op dit moment met dit dossier bezig. Probeer het zo dadelijk opnieuw.", code="CONFLICT"
)
GEWIJZIGD = Melding(
    "Dit dossier is intussen door iemand anders gewijzigd. Uw invoer is bewaard:"
    " bekijk de wijziging en probeer opnieuw.",
    code="CONFLICT",
)
ONGELDIG = Melding("Een ingevulde waarde is te groot of bevat een teken dat niet kan.", code="ONGELDIG")
RACES = ("23505", "23503")
"""Somebody made the same row, or removed the one referred to, in the meantime."""
LOCKED = ("55P03", "40P01")
"""Lock not available, deadlock."""
ANDER_VERZOEK = Melding("Deze idempotentiesleutel is al gebruikt voor een ander verzoek.", code="ONGELDIG")


@dataclass(frozen=True)
class Request:
    """What a user asks: an action on a subject, with answers by step."""

    handeling: str
    subject: str
    invoer: Mapping[str, Any] = field(default_factory=dict)
    dry_run: bool = False
    bevestigd: bool = False
    versie: int | None = None
    sleutel: str | None = None

    def hash(self) -> str:
        """Equal for equal requests; a key may not be used for another one."""
        asked = [self.handeling, self.subject, self.invoer, self.versie]
        return hashlib.sha256(orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)).hexdigest()


@dataclass(frozen=True)
class Outcome:
    """The answer. ``toon`` is (type name, id) of the row to show; ``conflict`` keeps both values."""

    uitgevoerd: bool
    meldingen: tuple[Melding, ...] = ()
    toon: tuple[str, str] | None = None
    conflict: Mapping[str, Any] | None = None
    bericht: str | None = None

    @property
    def bevestiging_nodig(self) -> bool:
        """Only warnings stand between the user and the execution."""
        found = {m.ernst for m in self.meldingen}
        return not self.uitgevoerd and Ernst.WAARSCHUWING in found and Ernst.FOUT not in found


async def execute(kernel: Kernel, actor: Actor, request: Request) -> Outcome:
    """Run an action for an actor. Never raises for a "no"; a defect rolls back whole and propagates."""
    try:
        async with kernel.work(actor) as work:
            work.keep = False
            return await _run(kernel, work, request)
    except Refusal as no:
        return Outcome(False, (Melding(no.tekst, code=no.code, stap=no.stap, veld=no.veld),))
    except StaleDataError:
        return await _after_race(kernel, actor, request)
    except IntegrityError as fout:
        if getattr(fout.orig, "sqlstate", None) not in RACES:
            raise
        return await _after_race(kernel, actor, request)
    except DataError:
        return Outcome(False, (ONGELDIG,))
    except OperationalError as fout:
        if getattr(fout.orig, "sqlstate", None) in LOCKED:
            return Outcome(False, (BEZET,))
        raise


async def _after_race(kernel: Kernel, actor: Actor, request: Request) -> Outcome:
    """Somebody else was first: the same request (then its answer), or another change (then a conflict)."""
    async with kernel.work(actor) as work:
        work.keep = False
        if earlier := await _earlier(work, request):
            return earlier
        action = kernel.actions[request.handeling]
        subject = await Subjects(kernel, actor).find(work.session, request.subject, action.subject, action.key, EXECUTE)
        anchor = await lock(work.session, subject, update=False) if subject is not None else None
        return await _conflict(work, request, anchor) if anchor is not None else Outcome(False, (ONBEKEND,))


async def _run(kernel: Kernel, work: UnitOfWork, request: Request) -> Outcome:
    action = kernel.actions.get(request.handeling)
    if action is None:
        return Outcome(False, (ONBEKEND,))
    subjects = Subjects(kernel, work.actor)
    subject, anchor = await subjects.taken(work.session, request.subject, action, update=not request.dry_run)
    if not request.dry_run and (earlier := await _earlier(work, request)):
        return earlier
    if subject is None or anchor is None:
        return Outcome(False, (ONBEKEND,))
    facts = await action.load(work, subject)
    if action.changes_dossier and request.versie is not None and request.versie != anchor.versie:
        return await _conflict(work, request, anchor)
    if reason := action.unavailable(facts):
        return Outcome(False, (Melding(reason, code="NIET_BESCHIKBAAR"),))
    filled = fill(action, facts, work, request.invoer)
    meldingen = _judge(action, facts, filled)
    tried = Outcome(False, meldingen, toon=_reference(kernel, subject))
    wrong = any(m.ernst is Ernst.FOUT for m in meldingen)
    if wrong or (tried.bevestiging_nodig and not request.bevestigd) or request.dry_run:
        return tried
    return await _apply(kernel, work, request, Ready(action, subject, anchor, facts, filled, meldingen))


@dataclass(frozen=True)
class Ready:
    """An action that may be applied."""

    action: AnyAction
    subject: Any
    anchor: Any
    facts: Any
    filled: Filled
    meldingen: tuple[Melding, ...]


def _judge(action: AnyAction, facts: Any, filled: Filled) -> tuple[Melding, ...]:
    """Malformed answers first; the rules speak only about answers that could be read."""
    malformed = [m for m in filled.meldingen if m.code in ("ONGELDIG", "ONGELDIGE_KEUZE")]
    if malformed:
        return tuple(filled.meldingen)
    return (*filled.meldingen, *action.check(facts, filled.answers))


async def _apply(kernel: Kernel, work: UnitOfWork, request: Request, ready: Ready) -> Outcome:
    done = await ready.action.apply(work, ready.subject, ready.facts, ready.filled.answers)
    if ready.action.changes_dossier:
        _changed(work, ready.anchor)
    shown = done.toon if done.toon is not None else ready.subject
    _record(work, ready, done, shown)
    await work.session.flush()
    outcome = Outcome(True, (*ready.meldingen, *done.meldingen), _reference(kernel, shown), None, done.bericht)
    work.keep = True
    if request.sleutel:
        work.session.add(_answer(work, request, outcome))
    return outcome


def _changed(work: UnitOfWork, anchor: Any) -> None:
    """Count the change of the dossier, and say whose it is."""
    touch(anchor)
    if hasattr(anchor, "gewijzigd_op"):
        anchor.gewijzigd_op, anchor.gewijzigd_door = work.now, work.actor.naam


def _record(work: UnitOfWork, ready: Ready, done: Done, shown: Any) -> None:
    """The line on the timeline and the line in the audit trail."""
    action, subject = ready.action, ready.subject
    confirmed = [
        {"code": m.code, "tekst": m.tekst, "entiteit": m.entiteit}
        for m in ready.meldingen
        if m.ernst is Ernst.WAARSCHUWING
    ]
    work.session.add(
        Uitvoering(
            handeling=action.key,
            titel=action.title,
            subject_id=subject.id,
            dossier_id=dossier_of(shown) or dossier_of(subject),
            domein=work.actor.domein,
            gebied=subject.gebied,
            gedeeld_op=work.now if action.shown_to_both and action.shares(ready.facts) else None,
            gebruiker_id=work.actor.gebruiker_id,
            gebruiker=work.actor.naam,
            tijdstip=work.now,
            samenvatting=done.samenvatting,
            bevestigd=confirmed,
        )
    )
    work.audit(f"handeling:{action.key}", {"titel": action.title, "bevestigd": confirmed}, subject)


def _reference(kernel: Kernel, row: Any) -> tuple[str, str]:
    return kernel.types.of_row(row).name, str(row.id)


async def _conflict(work: UnitOfWork, request: Request, anchor: Any) -> Outcome:
    """Both values kept: what the user sent and what is there now, with who changed it last and when."""
    last = select(Uitvoering.gebruiker, Uitvoering.tijdstip).where(
        (Uitvoering.subject_id == anchor.id) | (Uitvoering.dossier_id == dossier_of(anchor))
    )
    found = (await work.session.execute(last.order_by(Uitvoering.tijdstip.desc()).limit(1))).first()
    conflict = {
        "uw_versie": request.versie,
        "huidige_versie": anchor.versie,
        "gewijzigd_door": found.gebruiker if found else None,
        "gewijzigd_op": found.tijdstip.isoformat() if found else None,
        "uw_invoer": dict(request.invoer),
        "huidig": dict(values(anchor)),
    }
    return Outcome(False, (GEWIJZIGD,), conflict=conflict)


async def _earlier(work: UnitOfWork, request: Request) -> Outcome | None:
    """The first answer to this idempotency key."""
    if not request.sleutel:
        return None
    key = (work.actor.gebruiker_id, work.actor.domein, request.sleutel)
    earlier = await work.session.get(Antwoord, key)
    if earlier is None:
        return None
    if earlier.verzoek_hash != request.hash():
        return Outcome(False, (ANDER_VERZOEK,))
    body = dict(earlier.antwoord)
    meldingen = tuple(Melding(**{**m, "ernst": Ernst(m["ernst"])}) for m in body.pop("meldingen"))
    toon = tuple(body.pop("toon"))
    return Outcome(meldingen=meldingen, toon=(toon[0], toon[1]), **body)


def _answer(work: UnitOfWork, request: Request, outcome: Outcome) -> Antwoord:
    return Antwoord(
        gebruiker_id=work.actor.gebruiker_id,
        domein=work.actor.domein,
        sleutel=request.sleutel,
        verzoek_hash=request.hash(),
        antwoord=orjson.loads(orjson.dumps(asdict(outcome))),
        tijdstip=work.now,
    )
